using System.Runtime.Intrinsics;

namespace LieConv.Kernels;

/// <summary>
/// What <see cref="AggregationTiles"/> does, on processors with vectors of eight numbers: the 16 kernel units of a
/// neighbour are two of them, and half as many sums fit in the registers.
/// </summary>
internal static unsafe class AggregationTiles256
{
    private const int Units = GemmTiles.Lanes;
    private const int Lanes = 8;

    /// <summary>S = Σ_j f_j ⊗ a_j, four channels at once.</summary>
    public static void Forward(float* values, nint* offsets, float* kernel, int k, int channels, float* sums)
    {
        // Four channels of two vectors are eight sums, as many as are under way at once; with the kernel's two vectors
        // and one number 11 of the 16 registers. Eight channels would need more than there are.
        var channel = 0;
        for (; channel + 4 <= channels; channel += 4)
        {
            Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default;
            Vector256<float> s20 = default, s21 = default, s30 = default, s31 = default;
            for (var j = 0; j < k; j++)
            {
                var (low, high) = (Vector256.Load(kernel + j * Units), Vector256.Load(kernel + j * Units + Lanes));
                var f = values + offsets[j] + channel;
                var x = Vector256.Create(f[0]);
                s00 = Vector256.FusedMultiplyAdd(x, low, s00);
                s01 = Vector256.FusedMultiplyAdd(x, high, s01);
                x = Vector256.Create(f[1]);
                s10 = Vector256.FusedMultiplyAdd(x, low, s10);
                s11 = Vector256.FusedMultiplyAdd(x, high, s11);
                x = Vector256.Create(f[2]);
                s20 = Vector256.FusedMultiplyAdd(x, low, s20);
                s21 = Vector256.FusedMultiplyAdd(x, high, s21);
                x = Vector256.Create(f[3]);
                s30 = Vector256.FusedMultiplyAdd(x, low, s30);
                s31 = Vector256.FusedMultiplyAdd(x, high, s31);
            }
            var target = sums + (nint)channel * Units;
            Store(target, s00, s01);
            Store(target + Units, s10, s11);
            Store(target + 2 * Units, s20, s21);
            Store(target + 3 * Units, s30, s31);
        }
        for (; channel < channels; channel++)
        {
            Vector256<float> low = default, high = default;
            for (var j = 0; j < k; j++)
            {
                var x = Vector256.Create(values[offsets[j] + channel]);
                low = Vector256.FusedMultiplyAdd(x, Vector256.Load(kernel + j * Units), low);
                high = Vector256.FusedMultiplyAdd(x, Vector256.Load(kernel + j * Units + Lanes), high);
            }
            Store(sums + (nint)channel * Units, low, high);
        }
    }

    /// <summary>Gradient of the kernel values: da_j = Σ_channel f_j · dS, four neighbours at once.</summary>
    public static void KernelGradient(
        float* values, nint* offsets, float* sumsGradient, int k, int channels, float* kernelGradient)
    {
        var j = 0;
        for (; j + 4 <= k; j += 4)
        {
            float* f0 = values + offsets[j], f1 = values + offsets[j + 1];
            float* f2 = values + offsets[j + 2], f3 = values + offsets[j + 3];
            Vector256<float> a00 = default, a01 = default, a10 = default, a11 = default;
            Vector256<float> a20 = default, a21 = default, a30 = default, a31 = default;
            for (var i = 0; i < channels; i++)
            {
                var d = sumsGradient + (nint)i * Units;
                var (low, high) = (Vector256.Load(d), Vector256.Load(d + Lanes));
                var x = Vector256.Create(f0[i]);
                a00 = Vector256.FusedMultiplyAdd(x, low, a00);
                a01 = Vector256.FusedMultiplyAdd(x, high, a01);
                x = Vector256.Create(f1[i]);
                a10 = Vector256.FusedMultiplyAdd(x, low, a10);
                a11 = Vector256.FusedMultiplyAdd(x, high, a11);
                x = Vector256.Create(f2[i]);
                a20 = Vector256.FusedMultiplyAdd(x, low, a20);
                a21 = Vector256.FusedMultiplyAdd(x, high, a21);
                x = Vector256.Create(f3[i]);
                a30 = Vector256.FusedMultiplyAdd(x, low, a30);
                a31 = Vector256.FusedMultiplyAdd(x, high, a31);
            }
            var target = kernelGradient + j * Units;
            Store(target, a00, a01);
            Store(target + Units, a10, a11);
            Store(target + 2 * Units, a20, a21);
            Store(target + 3 * Units, a30, a31);
        }
        for (; j < k; j++)
        {
            Vector256<float> low = default, high = default;
            for (var i = 0; i < channels; i++)
            {
                var x = Vector256.Create(values[offsets[j] + i]);
                low = Vector256.FusedMultiplyAdd(x, Vector256.Load(sumsGradient + (nint)i * Units), low);
                high = Vector256.FusedMultiplyAdd(x, Vector256.Load(sumsGradient + (nint)i * Units + Lanes), high);
            }
            Store(kernelGradient + j * Units, low, high);
        }
    }

    /// <summary>Adds the gradient of the values, df_j += dS · a_j, of up to 16 channels whose gradients of S are
    /// turned: row u has unit u of all of them.</summary>
    public static void AddBlock(float* gradient, nint* offsets, float* kernel, float* turned, int k, int count)
    {
        var partial = stackalloc float[Units];
        for (var j = 0; j < k; j++)
        {
            var a = kernel + j * Units;
            Vector256<float> low = default, high = default;
            // The turned block is 32 vectors, twice the registers: it is read from the first-level cache (1 kB) for
            // each neighbour.
            for (var unit = 0; unit < Units; unit++)
            {
                var x = Vector256.Create(a[unit]);
                low = Vector256.FusedMultiplyAdd(x, Vector256.Load(turned + unit * Units), low);
                high = Vector256.FusedMultiplyAdd(x, Vector256.Load(turned + unit * Units + Lanes), high);
            }
            var target = gradient + offsets[j];
            if (count == Units)
            {
                Store(target, Vector256.Load(target) + low, Vector256.Load(target + Lanes) + high);
                continue;
            }
            Store(partial, low, high);
            for (var i = 0; i < count; i++) target[i] += partial[i];
        }
    }

    private static void Store(float* target, Vector256<float> low, Vector256<float> high)
    {
        low.Store(target);
        high.Store(target + Lanes);
    }
}
