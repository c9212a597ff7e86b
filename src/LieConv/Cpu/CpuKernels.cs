using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace LieConv.Cpu;

/// <summary>What all kernels of our own have in common.</summary>
internal static class CpuKernels
{
    /// <summary>As many threads as libtorch uses.</summary>
    public static ParallelOptions Threads => new() { MaxDegreeOfParallelism = get_num_threads() };

    /// <summary>Whether the processor has the vectors that kernels are written for.</summary>
    public static bool AreFast { get; } =
        Vector512.IsHardwareAccelerated || (Vector256.IsHardwareAccelerated && Fma.IsSupported);

    /// <summary>Whether these are vectors of sixteen numbers; a constant to the compiler.</summary>
    public static bool AreWide => Vector512.IsHardwareAccelerated;

    /// <summary>Whether large products by kernels for vectors of sixteen numbers are faster than libtorch's: its MKL uses
    /// such vectors on Intel's processors only.</summary>
    public static bool OutdoLibtorch { get; } = Vector512.IsHardwareAccelerated && IsFromAmd();

    /// <summary>Whether a tensor is what they work on: float32 in the processor's memory.</summary>
    public static bool Take(Tensor tensor) => IsHere(tensor) && tensor.dtype == ScalarType.Float32;

    /// <summary>Whether a tensor is in the processor's memory.</summary>
    public static bool IsHere(Tensor tensor) => tensor.device_type == TorchSharp.DeviceType.CPU;

    private static bool IsFromAmd() => X86Base.IsSupported && X86Base.CpuId(0, 0).Ebx == 0x68747541;     // "Auth"enticAMD
}
