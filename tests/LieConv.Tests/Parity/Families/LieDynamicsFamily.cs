using LieConv.Dynamics;
using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Randomness;
using LieConv.Tests.Parity.Format;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// HLieResNet and FLieResNet. Where the original's ball leaves particles out, which ours never does, the same network is
/// built from a residual network with a ball, and else ours is run.
/// </summary>
public sealed class LieDynamicsFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "D_hlieresnet") || Named(name, "D_flieresnet");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var group = GroupOfCase.Of(run.Config);
        var geometry = Lifted(run, group).Geometry;
        var knn = run.Config.Bool("knn");
        var isHamiltonian = run.Config.Text("network").StartsWith('H');
        run.Config.Require("pool", isHamiltonian);
        if (!isHamiltonian) run.Config.Require("center", true);
        var sparse = group.HasStabilizer || run.Config.Count("nbhd", 100) < geometry.Elements.shape[1]
            || (!knn && Extent(group, geometry) >= SmallestRadius(run));
        if (sparse) RunWithBall(run, group);
        else new DynamicsNetworkFamily().Run(run);
    }

    private static double Extent(LieGroup group, LiftedElements geometry) =>
        group.PairDistances(geometry, geometry).max().to_type(ScalarType.Float64).item<double>();

    private static double SmallestRadius(CaseRun run) => run.Names("w.")
        .Where(name => name.EndsWith(".r", StringComparison.Ordinal))
        .Select(name => run.Reference(name).item<double>()).DefaultIfEmpty(BallRadius.Initial).Min();

    private static void RunWithBall(CaseRun run, LieGroup group)
    {
        var (config, layers) = (run.Config, run.Config.Whole("num_layers", 4));
        var (z, parameters) = (run.Leaf("in.z"), run.Leaf("in.sysP"));
        var isHamiltonian = config.Text("network").StartsWith('H');
        using var network = Network(run, group, parameters, isHamiltonian);
        var draws = new AnyRanks(run);
        var state = InShape(z, parameters);
        var slope = isHamiltonian
            ? HamiltonianFlow.Derivative(point => Energy(network, point, parameters, draws, config), state)
            : Slope(network, state, parameters, draws);
        run.Check("out.dzdt", slope.flatten(1));
        var weights = OriginalWeights.Network(layers);
        weights.CheckChanges(network, run);
        (slope.flatten(1) * run.Array("cot.0")).sum().backward();
        if (run.Has("out.H")) CheckEnergy(run, group, parameters, z);
        run.Check("g.in.z", z.grad!);
        run.Check("g.in.sysP", OriginalWeights.GradientOf(parameters));
        weights.CheckGradients(network, run);
        var lifted = Lifted(run, group).Geometry;
        Radii.Check(
            run, group, lifted, ones(lifted.Elements.shape[..2], ScalarType.Bool),
            [.. network.Blocks.Select(_ => 1.0)], [.. network.Blocks.Select(block => block.Radius)],
            block => $"net.{block + 1}.conv.");
    }

    /// <summary>The energy is stored after the slope was taken, with the radius of before.</summary>
    private static void CheckEnergy(CaseRun run, LieGroup group, Tensor parameters, Tensor z)
    {
        using var network = Network(run, group, parameters, true);
        run.Check("out.H", Energy(network, InShape(z, parameters), parameters, new AnyRanks(run), run.Config));
    }

    private static LieResNet Network(CaseRun run, LieGroup group, Tensor parameters, bool isHamiltonian)
    {
        var (config, layers, lift) = (run.Config, run.Config.Whole("num_layers", 4), GroupOfCase.Lift(run.Config));
        if (!isHamiltonian) config.Require("liftsamples", 1);
        var network = new LieResNet(group, new LieResNetOptions
        {
            Inputs = (int)parameters.shape[^1] + (isHamiltonian ? 0 : group.PointDim),
            Outputs = isHamiltonian ? 1 : 2 * group.PointDim, Pool = isHamiltonian,
            Channels = [.. config.Numbers("k", 384).Select(k => (int)k)], Layers = layers,
            Block = new()
            {
                SampleCount = config.Count("nbhd", 100), Neighborhood = config.Neighbours(),
                BatchNorm = config.Bool("bn"), Mean = config.Bool("mean", true), Activation = config.Activation(),
                LiftSamples = lift.Samples, SharedLift = lift.SharedAcrossPoints,
                NormMomentum = config.Number("momentum", MaskedBatchNorm.Momentum),
            },
            FillFractions = [1],

        });
        network.to(run.Dtype);
        OriginalWeights.Network(layers).Load(network, run);
        network.train(run.Config.Bool("train", true));
        return network;
    }

    private static Tensor Energy(LieResNet network, Tensor state, Tensor parameters, Draws draws, CaseConfig config)
    {
        var q = PhaseSpace.Positions(state);
        if (config.Bool("center", true)) q = PhaseSpace.Centred(q, null);
        var potential = network.call(new PointSet(q, parameters), draws).squeeze(-1);
        return HamiltonianNetwork.KineticEnergy(PhaseSpace.Momenta(state), new ParticleSystems(parameters)) + potential;
    }

    private static Tensor Slope(LieResNet network, Tensor state, Tensor parameters, Draws draws)
    {
        var values = cat([parameters, PhaseSpace.Momenta(state)], -1);
        var slopes = network.call(new PointSet(PhaseSpace.Centred(PhaseSpace.Positions(state), null), values), draws);
        var dimensions = state.shape[^1];
        return PhaseSpace.Join(slopes.narrow(-1, 0, dimensions), slopes.narrow(-1, dimensions, dimensions));
    }

    private static Tensor InShape(Tensor z, Tensor parameters)
    {
        var (b, n) = (parameters.shape[0], parameters.shape[1]);
        return z.view(b, 2, n, z.shape[1] / (2 * n));
    }

    private static LiftedPoints Lifted(CaseRun run, LieGroup group)
    {
        var parameters = run.Array("in.sysP");
        var q = PhaseSpace.Positions(InShape(run.Array("in.z"), parameters));
        if (run.Config.Bool("center", true)) q = PhaseSpace.Centred(q, null);
        return group.Lift(new PointSet(q, parameters), GroupOfCase.Lift(run.Config), new ReplayDraws(run));
    }

    /// <summary>Recorded draws; where all that is in the ball is taken, its ranks do not matter and are not
    /// recorded.</summary>
    private sealed class AnyRanks(CaseRun run) : Draws
    {
        private readonly ReplayDraws _recorded = new(run);
        private readonly bool _hasRanks = run.Has("mid.nbhd_idx_00");

        public override Tensor Ranks(long[] shape, Device device) =>
            _hasRanks ? _recorded.Ranks(shape, device) : zeros(shape, ScalarType.Float32, device);

        public override Tensor Angles(long[] shape, ScalarType dtype, Device device) =>
            _recorded.Angles(shape, dtype, device);

        public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device) =>
            _recorded.Quaternions(shape, dtype, device);

        public override long[] Starts(ReadOnlySpan<long> validCounts) => throw new NotSupportedException();
    }
}
