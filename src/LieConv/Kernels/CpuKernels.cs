using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>What all kernels of our own have in common.</summary>
internal static class CpuKernels
{
    /// <summary>As many threads as libtorch uses.</summary>
    public static ParallelOptions Threads => new() { MaxDegreeOfParallelism = get_num_threads() };

    /// <summary>Whether a tensor is what they work on: float32 in the processor's memory.</summary>
    public static bool Take(Tensor tensor) =>
        tensor.device_type == TorchSharp.DeviceType.CPU && tensor.dtype == ScalarType.Float32;
}
