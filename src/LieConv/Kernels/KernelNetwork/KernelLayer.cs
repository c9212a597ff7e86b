using LieConv.Cpu;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// One layer of the kernel network as its tiles read it: n = (W x + bias - centre) · scale + shift. Without
/// normalisation centre and shift are 0 and the scale is 1. Bias and centre stay apart, so that a channel without spread
/// deviates by exactly 0.
/// </summary>
internal sealed unsafe class KernelLayer : IDisposable
{
    private readonly AlignedBuffer _forward, _backward, _vectors;
    private readonly float[] _factor, _inverse;

    /// <summary>Floats from one pair's inputs to the next: rounded up to the 4 rows of a tile.</summary>
    public static int StrideFor(int inputs) => (inputs + 3) / 4 * 4;

    /// <summary>Copies the parameters.</summary>
    /// <param name="weight">Shape (outputs, inputs).</param>
    /// <param name="bias">Shape (outputs).</param>
    /// <param name="normWeight">Factors (outputs) of the normalisation; null for none.</param>
    /// <param name="normBias">Shape (outputs); null for none.</param>
    public KernelLayer(Tensor weight, Tensor bias, Tensor? normWeight, Tensor? normBias)
    {
        (Outputs, Inputs) = ((int)weight.shape[0], (int)weight.shape[1]);
        _forward = new AlignedBuffer(GemmTiles.PackedSize(Inputs, Outputs));
        _backward = new AlignedBuffer(GemmTiles.PackedSize(Outputs, Inputs));
        _vectors = new AlignedBuffer(6L * Outputs, clear: true);
        Numbers(bias).CopyTo(new Span<float>(Bias, Outputs));
        _factor = normWeight is null ? [.. Enumerable.Repeat(1f, Outputs)] : Numbers(normWeight);
        _inverse = new float[Outputs];
        HasNorm = normWeight is not null;
        fixed (float* w = Numbers(weight))
        {
            Panels.Pack(StridedMatrix.Create(w, Inputs, transposed: true), Inputs, Outputs, _forward.Pointer);
            Panels.Pack(StridedMatrix.Create(w, Inputs, transposed: false), Outputs, Inputs, _backward.Pointer);
        }
        if (normBias is not null) Numbers(normBias).CopyTo(new Span<float>(Shift, Outputs));
        new Span<float>(Scale, Outputs).Fill(1);
        Array.Fill(_inverse, 1);
    }

    /// <summary>Width of x.</summary>
    public int Inputs { get; }

    /// <summary>Width of n, a multiple of a vector.</summary>
    public int Outputs { get; }

    /// <summary>W transposed, in panels of <see cref="GemmTiles"/>.</summary>
    public float* Forward => _forward.Pointer;

    /// <summary>W in panels: it takes gradients back to the inputs.</summary>
    public float* Backward => _backward.Pointer;

    /// <summary>Whether the layer normalises.</summary>
    public bool HasNorm { get; }

    /// <summary>By unit, what is added to the product.</summary>
    public float* Bias => _vectors.Pointer;

    /// <summary>By unit, the mean, or while it is sought a number near it.</summary>
    public float* Centre => _vectors.Pointer + 5 * Outputs;

    /// <summary>By unit, what the deviation from the mean is multiplied by.</summary>
    public float* Scale => _vectors.Pointer + Outputs;

    /// <summary>By unit, what is added at last.</summary>
    public float* Shift => _vectors.Pointer + 2 * Outputs;

    /// <summary>By unit, the factor of the deviation in the gradient, through the variance.</summary>
    public float* Slope => _vectors.Pointer + 3 * Outputs;

    /// <summary>By unit, the constant of the gradient, through the mean.</summary>
    public float* Constant => _vectors.Pointer + 4 * Outputs;

    /// <summary>By unit, one over the standard deviation.</summary>
    public ReadOnlySpan<float> Inverse => _inverse;

    /// <summary>Makes products come out as deviations from these numbers.</summary>
    public void CentreOn(ReadOnlySpan<float> centre) => centre.CopyTo(new Span<float>(Centre, Outputs));

    /// <summary>Normalises by these statistics.</summary>
    public void Normalise(ReadOnlySpan<float> mean, ReadOnlySpan<float> variance)
    {
        CentreOn(mean);
        for (var u = 0; u < Outputs; u++)
        {
            _inverse[u] = 1 / MathF.Sqrt(Math.Max(variance[u], (float)NormCall.UsualFloor));
            Scale[u] = _factor[u] * _inverse[u];
        }
    }

    /// <summary>What mean and variance add to the gradient, from the sums of dn and dn · deviation over the pairs.
    /// Below its floor the variance is a constant: nothing flows through it.</summary>
    public void FlowThroughStatistics(
        ReadOnlySpan<double> sums, ReadOnlySpan<double> products, ReadOnlySpan<float> variance, long count)
    {
        for (var u = 0; u < Outputs; u++)
        {
            Constant[u] = (float)(-Scale[u] * sums[u] / count);
            Slope[u] = variance[u] < NormCall.UsualFloor
                ? 0
                : (float)(-Scale[u] * (double)_inverse[u] * _inverse[u] * products[u] / count);
        }
    }

    private static float[] Numbers(Tensor tensor)
    {
        using var off = no_grad();
        using var plain = tensor.detach().contiguous();
        return plain.data<float>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _forward.Dispose();
        _backward.Dispose();
        _vectors.Dispose();
    }
}
