using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Layers;
using LieConv.Models;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>HLieResNet and FLieResNet: dz/dt, energies, and gradients through both.</summary>
public sealed class LieDynamicsFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "D_hlieresnet") || Named(name, "D_flieresnet");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        if (run.Has("mid.nbhd_idx_00")) RunSampledBall(run);
        else RunNetwork(run);
    }

    /// <summary>The network of a case, where every particle sees all others, with the case's weights.</summary>
    public static DynamicsNetwork Network(CaseRun run)
    {
        var config = run.Config;
        var (layers, group) = (config.Whole("num_layers"), GroupOfCase.Of(config));
        var options = new LieDynamicsOptions
        {
            Parameters = (int)run.Array("in.sysP").shape[^1], Channels = config.Whole("k"), Layers = layers,
            Centred = config.Bool("center", true), FramedLift = false,
        };
        DynamicsNetwork network = config.Text("network", "").StartsWith('H')
            ? new LieHamiltonian(group, options)
            : new LieDynamics(group, options);
        network.to(run.Dtype);
        OriginalWeights.Network(layers).Load(network, run);
        return network;
    }

    private static void RunNetwork(CaseRun run)
    {
        using var network = Network(run);
        var (z, parameters) = (run.Leaf("in.z"), run.Leaf("in.sysP"));
        var systems = new ParticleSystems(parameters);
        var state = States.Of(z, parameters);
        var slopes = network.call(state, systems).flatten(1);
        run.Check("out.dzdt", slopes);
        if (network is HamiltonianNetwork hamiltonian && run.Has("out.H"))
            run.Check("out.H", hamiltonian.Energy(state, systems));
        (slopes * run.Array("cot.0")).sum().backward();
        run.Check("g.in.z", z.grad!);
        run.Check("g.in.sysP", OriginalWeights.GradientOf(parameters));
        var weights = OriginalWeights.Network(run.Config.Whole("num_layers"));
        weights.CheckGradients(network, run);
        SettleRadii(run);
    }

    /// <summary>
    /// A random ball of some of the particles, which an energy of ours never has: the same network built from a
    /// residual network directly, with the recorded draws.
    /// </summary>
    private static void RunSampledBall(CaseRun run)
    {
        var config = run.Config;
        var (layers, group, draws) = (config.Whole("num_layers"), GroupOfCase.Of(config), new ReplayDraws(run));
        using var network = new LieResNet(group, new LieResNetOptions
        {
            Inputs = (int)run.Array("in.sysP").shape[^1], Channels = [config.Whole("k")], Layers = layers,
            SampleCount = config.Whole("nbhd"), FillFractions = [1], Neighborhood = NeighborhoodKind.Ball, BatchNorm = false,
        });
        network.to(run.Dtype);
        var weights = OriginalWeights.Network(layers);
        weights.Load(network, run);
        network.train(config.Bool("train", true));
        var (z, parameters) = (run.Leaf("in.z"), run.Leaf("in.sysP"));
        var systems = new ParticleSystems(parameters);
        Tensor Energy(Tensor state)
        {
            var q = PhaseSpace.Positions(state);
            if (config.Bool("center", true)) q = PhaseSpace.Centred(q, null);
            var potential = network.call(new PointSet(q, parameters, null), draws).squeeze(-1);
            return HamiltonianNetwork.KineticEnergy(PhaseSpace.Momenta(state), systems) + potential;
        }
        var slopes = HamiltonianFlow.Derivative(Energy, States.Of(z, parameters)).flatten(1);
        run.Check("out.dzdt", slopes);
        (slopes * run.Array("cot.0")).sum().backward();
        run.Check("g.in.z", z.grad!);
        run.Check("g.in.sysP", OriginalWeights.GradientOf(parameters));
        weights.CheckGradients(network, run);
        weights.CheckChanges(network, run);
        SettleRadii(run);
    }

    private static void SettleRadii(CaseRun run)
    {
        foreach (var name in run.Names("after.").Where(OriginalRadius).ToArray())
            run.Leave(name, "an energy has no ball whose radius moves; with a ball the rule is checked by other families");
        foreach (var name in run.Names("attr.").ToArray()) run.Leave(name, "only logged by the original");
    }

    private static bool OriginalRadius(string name) => name.EndsWith(".r", StringComparison.Ordinal);
}
