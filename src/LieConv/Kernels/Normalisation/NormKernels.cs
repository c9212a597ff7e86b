using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>The passes of batch normalisation with activation over rows of channels.</summary>
internal static unsafe class NormKernels<TVector>
    where TVector : struct, IFloats<TVector>
{
    private static int Lanes => TVector.Lanes;

    /// <summary>
    /// Mean and variance (biased) of each channel over the valid rows, in one pass: sums of deviations from one of the
    /// rows, which do not cancel where the mean is large.
    /// </summary>
    public static void Statistics(
        ChannelRows rows, ParallelOptions parallel, float* x, int count, float* mean, float* variance)
    {
        var width = rows.Vectors(Lanes) * Lanes;
        using var parts = new AlignedBuffer((long)rows.Tasks * 2 * width, clear: true);
        var sums = parts.Pointer;
        var pivot = x;
        for (var row = 0; row < rows.Rows; row++)
        {
            if (!rows.IsValid(row)) continue;
            pivot = x + (nint)row * rows.Channels;
            break;
        }
        Parallel.For(
            0, rows.Tasks, parallel, task => AddDeviations(rows, task, x, pivot, sums + (nint)task * 2 * width));
        var (first, second) = (new double[rows.Channels], new double[rows.Channels]);
        rows.Collect(sums, 2 * width, first, Lanes);
        rows.Collect(sums + width, 2 * width, second, Lanes);
        for (var c = 0; c < rows.Channels; c++)
        {
            var shift = first[c] / Math.Max(count, 1);
            mean[c] = count == 0 ? 0 : (float)(pivot[c] + shift);
            variance[c] = (float)Math.Max(second[c] / Math.Max(count, 1) - shift * shift, 0);
        }
    }

    private static void AddDeviations(ChannelRows rows, int task, float* x, float* pivot, float* sums)
    {
        var (row, end) = rows.Task(task);
        var (vectors, width) = (rows.Vectors(Lanes), rows.Vectors(Lanes) * Lanes);
        for (; row < end; row++)
        {
            if (!rows.IsValid(row)) continue;
            // Rows outside, as they lie in memory, which is what these passes wait for. The sums are in the first-level
            // cache instead of registers, and those of neighbouring vectors do not wait for each other.
            var source = x + (nint)row * rows.Channels;
            for (var v = 0; v < vectors; v++)
            {
                var (offset, slot) = (rows.Offset(v, Lanes), v * Lanes);
                var deviation = TVector.Load(source + offset) - TVector.Load(pivot + offset);
                (TVector.Load(sums + slot) + deviation).Store(sums + slot);
                TVector.FusedMultiplyAdd(deviation, deviation, TVector.Load(sums + width + slot))
                    .Store(sums + width + slot);
            }
        }
    }

    /// <summary>y = activation((x - mean) · scale + bias), each by channel; zero in rows of padding.</summary>
    public static void Forward<TActivation>(ChannelRows rows, ParallelOptions parallel, NormOperands on)
        where TActivation : struct, IActivationKernel
    {
        float* x = on.X, mean = on.Mean, scale = on.Scale, bias = on.Bias, y = on.Result;
        Parallel.For(0, rows.Tasks, parallel, task =>
        {
            var vectors = rows.Vectors(Lanes);
            var (row, end) = rows.Task(task);
            for (; row < end; row++)
            {
                var start = (nint)row * rows.Channels;
                if (!rows.IsValid(row))
                {
                    new Span<float>(y + start, rows.Channels).Clear();
                    continue;
                }
                for (var v = 0; v < vectors; v++)
                {
                    var offset = rows.Offset(v, Lanes);
                    var deviation = TVector.Load(x + start + offset) - TVector.Load(mean + offset);
                    var z = TVector.FusedMultiplyAdd(
                        deviation, TVector.Load(scale + offset), TVector.Load(bias + offset));
                    TActivation.Value(z).Store(y + start + offset);
                }
            }
        });
    }

    /// <summary>Sums by channel of dz and of dz · (x - mean), where dz is the gradient before the activation.</summary>
    public static void BackwardSums<TActivation>(
        ChannelRows rows, ParallelOptions parallel, NormOperands on, double[] sumGradient, double[] sumProduct)
        where TActivation : struct, IActivationKernel
    {
        float* x = on.X, dy = on.Gradient, mean = on.Mean, scale = on.Scale, bias = on.Bias;
        var width = rows.Vectors(Lanes) * Lanes;
        using var parts = new AlignedBuffer((long)rows.Tasks * 2 * width, clear: true);
        var sums = parts.Pointer;
        Parallel.For(0, rows.Tasks, parallel, task =>
        {
            var own = sums + (nint)task * 2 * width;
            var (row, end) = rows.Task(task);
            for (; row < end; row++)
            {
                if (!rows.IsValid(row)) continue;
                var start = (nint)row * rows.Channels;
                for (var v = 0; v < width / Lanes; v++)
                {
                    var (offset, slot) = (rows.Offset(v, Lanes), v * Lanes);
                    var deviation = TVector.Load(x + start + offset) - TVector.Load(mean + offset);
                    var z = TVector.FusedMultiplyAdd(
                        deviation, TVector.Load(scale + offset), TVector.Load(bias + offset));
                    var dz = TVector.Load(dy + start + offset) * TActivation.Slope(z);
                    (TVector.Load(own + slot) + dz).Store(own + slot);
                    TVector.FusedMultiplyAdd(dz, deviation, TVector.Load(own + width + slot))
                        .Store(own + width + slot);
                }
            }
        });
        rows.Collect(sums, 2 * width, sumGradient, Lanes);
        rows.Collect(sums + width, 2 * width, sumProduct, Lanes);
    }

    /// <summary>dx = dz · scale + (x - mean) · slope + constant, each by channel; zero in rows of padding.</summary>
    public static void BackwardInput<TActivation>(
        ChannelRows rows, ParallelOptions parallel, NormOperands on, float* slope, float* constant)
        where TActivation : struct, IActivationKernel
    {
        float* x = on.X, dy = on.Gradient, mean = on.Mean, scale = on.Scale, bias = on.Bias, dx = on.Result;
        Parallel.For(0, rows.Tasks, parallel, task =>
        {
            var vectors = rows.Vectors(Lanes);
            var (row, end) = rows.Task(task);
            for (; row < end; row++)
            {
                var start = (nint)row * rows.Channels;
                if (!rows.IsValid(row))
                {
                    new Span<float>(dx + start, rows.Channels).Clear();
                    continue;
                }
                for (var v = 0; v < vectors; v++)
                {
                    var offset = rows.Offset(v, Lanes);
                    var factor = TVector.Load(scale + offset);
                    var deviation = TVector.Load(x + start + offset) - TVector.Load(mean + offset);
                    var z = TVector.FusedMultiplyAdd(deviation, factor, TVector.Load(bias + offset));
                    var dz = TVector.Load(dy + start + offset) * TActivation.Slope(z);
                    var affine = TVector.FusedMultiplyAdd(
                        deviation, TVector.Load(slope + offset), TVector.Load(constant + offset));
                    TVector.FusedMultiplyAdd(dz, factor, affine).Store(dx + start + offset);
                }
            }
        });
    }
}
