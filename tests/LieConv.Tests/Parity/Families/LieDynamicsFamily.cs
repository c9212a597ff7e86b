using LieConv.Dynamics;
using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Models;
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
        var radius = run.Config.Number("r", LieConvLayer.InitialRadius);
        var sparse = run.Config.Whole("nbhd") < geometry.Elements.shape[1]
            || group.PairDistances(geometry, geometry).max().to_type(ScalarType.Float64).item<double>() >= radius;
        if (sparse) RunWithBall(run, group);
        else new DynamicsNetworkFamily().Run(run);
    }

    private static void RunWithBall(CaseRun run, LieGroup group)
    {
        var (config, layers) = (run.Config, run.Config.Whole("num_layers"));
        var (z, parameters) = (run.Leaf("in.z"), run.Leaf("in.sysP"));
        var isHamiltonian = config.Text("network").StartsWith('H');
        using var network = Network(run, group, parameters, isHamiltonian);
        Draws draws = run.Has("mid.nbhd_idx_00") ? new ReplayDraws(run) : new AnyRanks();
        var state = InShape(z, parameters);
        var slope = isHamiltonian
            ? HamiltonianFlow.Derivative(point => Energy(network, point, parameters, draws, config), state)
            : Slope(network, state, parameters, draws);
        run.Check("out.dzdt", slope.flatten(1));
        (slope.flatten(1) * run.Array("cot.0")).sum().backward();
        if (run.Has("out.H")) CheckEnergy(run, group, parameters, z);
        run.Check("g.in.z", z.grad!);
        run.Check("g.in.sysP", OriginalWeights.GradientOf(parameters));
        var weights = OriginalWeights.Network(layers);
        weights.CheckGradients(network, run);
        weights.CheckChanges(network, run);
        Radii.Check(
            run, group, Lifted(run, group).Geometry, ones(parameters.shape[..2], ScalarType.Bool),
            [.. network.Blocks.Select(_ => 1.0)], [.. network.Blocks.Select(block => block.Convolution.Radius)],
            block => $"net.{block + 1}.conv.");
    }

    /// <summary>The energy is stored after the slope was taken, with the radius of before.</summary>
    private static void CheckEnergy(CaseRun run, LieGroup group, Tensor parameters, Tensor z)
    {
        using var network = Network(run, group, parameters, true);
        run.Check("out.H", Energy(network, InShape(z, parameters), parameters, new AnyRanks(), run.Config));
    }

    private static LieResNet Network(CaseRun run, LieGroup group, Tensor parameters, bool isHamiltonian)
    {
        var layers = run.Config.Whole("num_layers");
        var network = new LieResNet(group, new LieResNetOptions
        {
            Inputs = (int)parameters.shape[^1] + (isHamiltonian ? 0 : group.PointDim),
            Outputs = isHamiltonian ? 1 : 2 * group.PointDim, Pool = isHamiltonian,
            Channels = [run.Config.Whole("k")], Layers = layers, SampleCount = run.Config.Whole("nbhd"),
            FillFractions = [1], Neighborhood = NeighborhoodKind.Ball, BatchNorm = false,
        });
        network.to(run.Dtype);
        OriginalWeights.Network(layers).Load(network, run);
        network.train(run.Config.Bool("train", true));
        return network;
    }

    private static Tensor Energy(LieResNet network, Tensor state, Tensor parameters, Draws draws, Format.CaseConfig config)
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
        return group.Lift(new PointSet(q, parameters), new LiftOptions(), NoDraws.Instance);
    }

    /// <summary>Where all that is in the ball is taken, its ranks do not matter.</summary>
    private sealed class AnyRanks : Draws
    {
        public override Tensor Ranks(long[] shape, Device device) => zeros(shape, ScalarType.Float32, device);

        public override Tensor Angles(long[] shape, ScalarType dtype, Device device) => throw new NotSupportedException();

        public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device) =>
            throw new NotSupportedException();

        public override long[] Starts(ReadOnlySpan<long> validCounts) => throw new NotSupportedException();
    }
}
