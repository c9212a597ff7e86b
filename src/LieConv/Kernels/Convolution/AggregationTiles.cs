using System.Runtime.Intrinsics;

namespace LieConv.Kernels;

/// <summary>
/// The sums over neighbours for one query and a slice of the items that share its geometry. The 16 kernel units of a
/// neighbour are exactly one vector, and the sums S[channel of item][unit] are laid out with the units inside.
/// </summary>
internal static unsafe class AggregationTiles
{
    private const int Lanes = GemmTiles.Lanes;

    /// <summary>S = Σ_j f_j ⊗ a_j: eight channels at once, so that each kernel vector is loaded once for
    /// eight.</summary>
    /// <param name="values">The slice of the first point's values.</param>
    /// <param name="offsets">Floats from there to each neighbour's slice.</param>
    /// <param name="kernel">Kernel values (k, 16).</param>
    /// <param name="k">Neighbours.</param>
    /// <param name="channels">Channels of all items of the slice.</param>
    /// <param name="sums">Result (channels, 16).</param>
    public static void Forward(float* values, nint* offsets, float* kernel, int k, int channels, float* sums)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            AggregationTiles256.Forward(values, offsets, kernel, k, channels, sums);
            return;
        }
        // Channels outside, neighbours inside: the sums never leave their registers, and the kernel of the query, 64
        // bytes a neighbour, stays in the first-level cache for all channels. Eight sums, as many as multiply-adds are
        // under way at once (4 cycles each, two started in a cycle); 16 would save one reading in eighteen.
        var channel = 0;
        for (; channel + 8 <= channels; channel += 8)
        {
            Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
            Vector512<float> s4 = default, s5 = default, s6 = default, s7 = default;
            for (var j = 0; j < k; j++)
            {
                var a = Vector512.Load(kernel + j * Lanes);
                var f = values + offsets[j] + channel;
                s0 = Vector512.FusedMultiplyAdd(Vector512.Create(f[0]), a, s0);
                s1 = Vector512.FusedMultiplyAdd(Vector512.Create(f[1]), a, s1);
                s2 = Vector512.FusedMultiplyAdd(Vector512.Create(f[2]), a, s2);
                s3 = Vector512.FusedMultiplyAdd(Vector512.Create(f[3]), a, s3);
                s4 = Vector512.FusedMultiplyAdd(Vector512.Create(f[4]), a, s4);
                s5 = Vector512.FusedMultiplyAdd(Vector512.Create(f[5]), a, s5);
                s6 = Vector512.FusedMultiplyAdd(Vector512.Create(f[6]), a, s6);
                s7 = Vector512.FusedMultiplyAdd(Vector512.Create(f[7]), a, s7);
            }
            var target = sums + (nint)channel * Lanes;
            s0.Store(target);
            s1.Store(target + Lanes);
            s2.Store(target + 2 * Lanes);
            s3.Store(target + 3 * Lanes);
            s4.Store(target + 4 * Lanes);
            s5.Store(target + 5 * Lanes);
            s6.Store(target + 6 * Lanes);
            s7.Store(target + 7 * Lanes);
        }
        for (; channel < channels; channel++)
        {
            var sum = Vector512<float>.Zero;
            for (var j = 0; j < k; j++)
                sum = Vector512.FusedMultiplyAdd(
                    Vector512.Create(values[offsets[j] + channel]), Vector512.Load(kernel + j * Lanes), sum);
            sum.Store(sums + (nint)channel * Lanes);
        }
    }

    /// <summary>Gradient of the kernel values: da_j = Σ_channel f_j · dS, eight neighbours at once.</summary>
    public static void KernelGradient(
        float* values, nint* offsets, float* sumsGradient, int k, int channels, float* kernelGradient)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            AggregationTiles256.KernelGradient(values, offsets, sumsGradient, k, channels, kernelGradient);
            return;
        }
        // The sums run over channels here, so neighbours are what eight independent sums are made of; a vector of dS,
        // which is larger than all else, is read once for eight.
        var j = 0;
        for (; j + 8 <= k; j += 8)
        {
            float* f0 = values + offsets[j], f1 = values + offsets[j + 1], f2 = values + offsets[j + 2];
            float* f3 = values + offsets[j + 3], f4 = values + offsets[j + 4], f5 = values + offsets[j + 5];
            float* f6 = values + offsets[j + 6], f7 = values + offsets[j + 7];
            Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
            Vector512<float> a4 = default, a5 = default, a6 = default, a7 = default;
            for (var i = 0; i < channels; i++)
            {
                var d = Vector512.Load(sumsGradient + (nint)i * Lanes);
                a0 = Vector512.FusedMultiplyAdd(Vector512.Create(f0[i]), d, a0);
                a1 = Vector512.FusedMultiplyAdd(Vector512.Create(f1[i]), d, a1);
                a2 = Vector512.FusedMultiplyAdd(Vector512.Create(f2[i]), d, a2);
                a3 = Vector512.FusedMultiplyAdd(Vector512.Create(f3[i]), d, a3);
                a4 = Vector512.FusedMultiplyAdd(Vector512.Create(f4[i]), d, a4);
                a5 = Vector512.FusedMultiplyAdd(Vector512.Create(f5[i]), d, a5);
                a6 = Vector512.FusedMultiplyAdd(Vector512.Create(f6[i]), d, a6);
                a7 = Vector512.FusedMultiplyAdd(Vector512.Create(f7[i]), d, a7);
            }
            var target = kernelGradient + j * Lanes;
            a0.Store(target);
            a1.Store(target + Lanes);
            a2.Store(target + 2 * Lanes);
            a3.Store(target + 3 * Lanes);
            a4.Store(target + 4 * Lanes);
            a5.Store(target + 5 * Lanes);
            a6.Store(target + 6 * Lanes);
            a7.Store(target + 7 * Lanes);
        }
        for (; j < k; j++)
        {
            var f = values + offsets[j];
            // With 25 neighbours one is left over at each query, often enough for two chains in place of one.
            Vector512<float> even = default, odd = default;
            for (var i = 0; i + 1 < channels; i += 2)
            {
                even = Vector512.FusedMultiplyAdd(
                    Vector512.Create(f[i]), Vector512.Load(sumsGradient + (nint)i * Lanes), even);
                odd = Vector512.FusedMultiplyAdd(
                    Vector512.Create(f[i + 1]), Vector512.Load(sumsGradient + (nint)(i + 1) * Lanes), odd);
            }
            if (channels % 2 == 1)
                even = Vector512.FusedMultiplyAdd(
                    Vector512.Create(f[channels - 1]), Vector512.Load(sumsGradient + (nint)(channels - 1) * Lanes),
                    even);
            (even + odd).Store(kernelGradient + j * Lanes);
        }
    }

    /// <summary>Adds the gradient of the values: df_j += dS · a_j, sixteen channels at once.</summary>
    public static void AddValueGradient(
        float* valuesGradient, nint* offsets, float* kernel, float* sumsGradient, int k, int channels)
    {
        var turned = stackalloc float[Lanes * Lanes];
        var rest = stackalloc float[Lanes * Lanes];
        for (var channel = 0; channel < channels; channel += Lanes)
        {
            var count = Math.Min(Lanes, channels - channel);
            var block = sumsGradient + (nint)channel * Lanes;
            if (count < Lanes)
            {
                new Span<float>(rest, Lanes * Lanes).Clear();
                new Span<float>(block, count * Lanes).CopyTo(new Span<float>(rest, Lanes * Lanes));
                block = rest;
            }
            // df sums over kernel units, which lie side by side in dS: turned once, the sums of 16 channels are
            // vertical for every neighbour, where each channel would add up the lanes of a vector.
            Transposition.Block(block, turned);
            if (Vector512.IsHardwareAccelerated)
                AddBlock(valuesGradient + channel, offsets, kernel, turned, k, count);
            else AggregationTiles256.AddBlock(valuesGradient + channel, offsets, kernel, turned, k, count);
        }
    }

    private static void AddBlock(
        float* gradient, nint* offsets, float* kernel, float* turned, int k, int count)
    {
        // The turned block stays in 16 of the 32 registers for all neighbours. Two chains of eight multiply-adds: they
        // halve the wait, and the next neighbour's chains, which depend on nothing here, fill what is left of it.
        var (d0, d1, d2, d3) = Four(turned);
        var (d4, d5, d6, d7) = Four(turned + 4 * Lanes);
        var (d8, d9, d10, d11) = Four(turned + 8 * Lanes);
        var (d12, d13, d14, d15) = Four(turned + 12 * Lanes);
        var partial = stackalloc float[Lanes];
        for (var j = 0; j < k; j++)
        {
            var a = kernel + j * Lanes;
            var x = Vector512.Create(a[0]) * d0;
            var y = Vector512.Create(a[1]) * d1;
            x = Vector512.FusedMultiplyAdd(Vector512.Create(a[2]), d2, x);
            y = Vector512.FusedMultiplyAdd(Vector512.Create(a[3]), d3, y);
            x = Vector512.FusedMultiplyAdd(Vector512.Create(a[4]), d4, x);
            y = Vector512.FusedMultiplyAdd(Vector512.Create(a[5]), d5, y);
            x = Vector512.FusedMultiplyAdd(Vector512.Create(a[6]), d6, x);
            y = Vector512.FusedMultiplyAdd(Vector512.Create(a[7]), d7, y);
            x = Vector512.FusedMultiplyAdd(Vector512.Create(a[8]), d8, x);
            y = Vector512.FusedMultiplyAdd(Vector512.Create(a[9]), d9, y);
            x = Vector512.FusedMultiplyAdd(Vector512.Create(a[10]), d10, x);
            y = Vector512.FusedMultiplyAdd(Vector512.Create(a[11]), d11, y);
            x = Vector512.FusedMultiplyAdd(Vector512.Create(a[12]), d12, x);
            y = Vector512.FusedMultiplyAdd(Vector512.Create(a[13]), d13, y);
            x = Vector512.FusedMultiplyAdd(Vector512.Create(a[14]), d14, x);
            y = Vector512.FusedMultiplyAdd(Vector512.Create(a[15]), d15, y);
            var target = gradient + offsets[j];
            if (count == Lanes)
            {
                (Vector512.Load(target) + x + y).Store(target);
                continue;
            }
            (x + y).Store(partial);
            for (var i = 0; i < count; i++) target[i] += partial[i];
        }
    }

    private static (Vector512<float>, Vector512<float>, Vector512<float>, Vector512<float>) Four(float* rows) =>
        (Vector512.Load(rows), Vector512.Load(rows + Lanes),
            Vector512.Load(rows + 2 * Lanes), Vector512.Load(rows + 3 * Lanes));
}
