using LieConv.Groups;
using LieConv.Numerics;
using LieConv.Tests.Groups;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Numerics;

public sealed class MatrixExponentialTests
{
    /// <summary>Boosts have the closed form cosh s, sinh s; norms from 1e-3 to 20 pass through all of libtorch's
    /// orders, where one matrix alone is off by 2e-10 (pytorch issue 196592).</summary>
    [Fact]
    public void Exp_OfASingleTangent_IsTheClosedForm()
    {
        using var scope = NewDisposeScope();
        var group = MatrixGroupExamples.Lorentz();
        for (var s = 1e-3; s < 20; s *= 1.2)
        {
            double[] expected = [Math.Cosh(s), Math.Sinh(s), 0, Math.Sinh(s), Math.Cosh(s), 0, 0, 0, 1];
            foreach (var shape in new long[][] { [3], [1, 3] })
            {
                var tangent = tensor([s, 0, 0]).reshape(shape);
                Assert.InRange(Relative(group.Exp(tangent).flatten(), expected), 0, 1e-14);
                Assert.InRange(Relative(group.Exp(tangent.to_type(ScalarType.Float32)).flatten(), expected), 0,
                    3e-7 * Math.Max(1, s));                               // the tangent's own rounding is s times 6e-8
            }
        }
    }

    [Fact]
    public void Of_ABatch_IsWhatEachMatrixGivesAloneAndLibtorchGivesForTheBatch()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var sizes = logspace(-6, 1, 40, dtype: ScalarType.Float64).reshape(-1, 1, 1);
        var matrices = randn([40, 4, 4], dtype: ScalarType.Float64, generator: generator) * sizes;
        var all = MatrixExponential.Compute(matrices);
        var size = all.abs().amax([-1L, -2L], keepdim: true);
        Assert.InRange(((all - linalg.matrix_exp(matrices)) / size).abs().max().item<double>(), 0, 1e-13);
        for (var i = 0; i < 40; i++)
            Assert.Equal(0, ((MatrixExponential.Compute(matrices[i]) - all[i]) / size[i]).abs().max().item<double>(), 1e-15);
    }

    /// <summary>A translation of 1e9 beside a rotation of 1e-3: the rotation keeps all digits.</summary>
    [Fact]
    public void Exp_FarTranslation_LeavesTheRotationAsItIs()
    {
        using var scope = NewDisposeScope();
        var tangent = tensor([1e-3, 1e9, -3e8]);
        var (closed, numerical) = (new SE2(), MatrixGroupExamples.SE2());
        var expected = closed.ToMatrix(closed.Exp(tangent));
        var actual = numerical.ToMatrix(numerical.Exp(tangent));
        var size = tensor([1.0, 1, 1e9]);
        Assert.InRange(((actual - expected) / size).abs().max().item<double>(), 0, 1e-15);
    }

    [Fact]
    public void Of_EntriesThatAreNotFinite_AreNotANumberInTheirMatrixOnly()
    {
        using var scope = NewDisposeScope();
        var matrices = zeros(3, 2, 2, dtype: ScalarType.Float64);
        matrices[1, 0, 1] = double.NaN;
        matrices[2, 0, 1] = double.PositiveInfinity;
        var result = MatrixExponential.Compute(matrices);
        Assert.True(result[0].isfinite().all().item<bool>());
        Assert.True(result.narrow(0, 1, 2).isnan().all().item<bool>());
    }

    /// <summary>libtorch's own errs for one matrix: one place computes all exponentials.</summary>
    [Fact]
    public void Source_OfTheProduct_CallsNoOtherExponential() => Assert.DoesNotContain(
        RepositoryFolder.Files("src", ".cs"),
        file => File.ReadAllText(file).Contains("matrix_exp(", StringComparison.Ordinal));

    private static double Relative(Tensor actual, double[] expected)
    {
        var right = tensor(expected);
        return ((actual.to_type(ScalarType.Float64) - right).abs().max() / right.abs().max()).item<double>();
    }
}
