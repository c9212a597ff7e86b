namespace LieConv.Kernels;

/// <summary>The widths of a kernel network, which its kernels are written for.</summary>
internal static class KernelUnits
{
    /// <summary>Units of each hidden layer.</summary>
    public const int Hidden = 32;

    /// <summary>Kernel values of a pair: c_mid of the paper's code.</summary>
    public const int Outputs = 16;
}
