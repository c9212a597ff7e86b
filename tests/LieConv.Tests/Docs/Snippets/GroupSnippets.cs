using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Groups.Laws;
using LieConv.Randomness;
using LieConv.Tests.Groups;
using static TorchSharp.torch;

namespace LieConv.Tests.Docs.Snippets;

/// <summary>The group of docs/extending.md, compiled and checked.</summary>
public sealed class GroupSnippets(ITestOutputHelper output)
{
    [Fact]
    public void Group_OfOnesOwn_ObeysTheLaws()
    {
        LawAssert.AllPass(GroupLaws.Check(new Scalings()), output);

        foreach (var law in GroupLaws.Check(new Scalings()).Where(law => !law.Passed))
            Console.WriteLine($"{law.Law} in {law.Regime}, {law.Dtype}: {law.Error:G2} > {law.Tolerance:G2}");
    }

    /// <summary>Heights differ by what all points move up; distances stay.</summary>
    [Fact]
    public void Motions_AboutTheVertical_KeepTheVertical()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var positions = randn([2, 6, 3], ScalarType.Float64);
        var mask = ones([2, 6], ScalarType.Bool);
        var motions = new RandomMotions(LieGroups.Parse("SE3[2,3,4,5]"));           // turns about the vertical, and translations
        var moved = motions.Apply(positions, mask, generator);                      // (b, n, 3)
        var heights = (moved - positions).select(-1, 2);
        Assert.InRange((heights - heights.narrow(1, 0, 1)).abs().max().item<double>(), 0, 1e-12);
        Assert.InRange((cdist(moved, moved) - cdist(positions, positions)).abs().max().item<double>(), 0, 1e-7);
    }

    /// <summary>The scalings of the half-line x > 0. Elements and tangents are the logarithm of the factor.</summary>
    private sealed class Scalings() : LieGroup(
        "Scalings", algebraDim: 1, elementDim: 1, matrixDim: 1, pointDim: 1, orbitDim: 0), IKnownMotions, IOwnDomain
    {
        public override bool HasStabilizer => false;

        public override bool HasFrames => true;

        public CoordinateMotions? KnownMotions => new CoordinateMotions(Turned: [], Translated: [], Scaled: true);

        protected override Tensor IdentityCore(ScalarType dtype, Device device) => zeros(1, dtype: dtype, device: device);

        protected override Tensor ExpCore(Tensor tangent) => tangent.alias();

        protected override Tensor LogCore(Tensor element) => element.alias();

        protected override Tensor ComposeCore(Tensor left, Tensor right) => left + right;

        protected override Tensor InverseCore(Tensor element) => -element;

        protected override Tensor BetweenCore(Tensor origin, Tensor target) => target - origin;

        protected override Tensor HatCore(Tensor tangent) => tangent.unsqueeze(-1);

        protected override Tensor VeeCore(Tensor matrix) => matrix.squeeze(-1);

        protected override Tensor ToMatrixCore(Tensor element) => element.exp().unsqueeze(-1);

        protected override Tensor FromMatrixCore(Tensor matrix) => matrix.squeeze(-1).log();

        protected override Tensor ActCore(Tensor element, Tensor point) => element.exp() * point;

        public Tensor FromNumbers(Tensor numbers) => numbers.exp();

        protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws) =>
            new(points.log(), null);

        protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws) =>
            zeros([.. shape, 1], dtype: dtype, device: device);

        protected override Tensor DistanceCore(Tensor relative) => relative.squeeze(-1).abs();

        protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
            (queries.Elements - support.Elements.transpose(1, 2)).abs().detach();
    }
}
