namespace LieConv.Cli.Doctor.Facts;

/// <summary>What became of loading libtorch.</summary>
internal sealed record LibtorchFacts
{
    /// <summary>Why it did not load, in one line; null where it did.</summary>
    public string? LoadFailure { get; init; }

    /// <summary>Version of the libtorch that TorchSharp was made for.</summary>
    public string? Version { get; init; }

    /// <summary>Whether TorchSharp's methods keep what they were given alive until they return
    /// (build/LieConv.NativeCompatibility.targets).</summary>
    public bool KeepsOperands { get; init; }

    /// <summary>Threads it computes with.</summary>
    public int Threads { get; init; }

    /// <summary>CUDA devices it can use.</summary>
    public int CudaDevices { get; init; }
}
