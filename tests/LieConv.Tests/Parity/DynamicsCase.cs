using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Models.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>
/// The network of a case about dynamics, with the case's weights, and its states in our shape: the original's are flat,
/// all positions and then all momenta.
/// </summary>
public sealed class DynamicsCase : IDisposable
{
    private readonly CaseRun _run;
    private readonly string _name;
    private readonly int _layers;

    /// <summary>Builds the network of a case.</summary>
    /// <param name="run">The case.</param>
    /// <param name="states">Name of the array that holds the first states, shape (b, 2nD).</param>
    public DynamicsCase(CaseRun run, string states)
    {
        var config = run.Config;
        var (system, z) = (run.Array("in.sysP").shape, run.Array(states).shape);
        (_run, _name) = (run, config.Text("network"));
        _layers = config.Whole("num_layers", Usual(_name).Layers);
        var (n, c) = ((int)system[1], (int)system[2]);
        Dimensions = (int)z[1] / (2 * n);
        if (z[1] != 2 * n * Dimensions)
            throw new InvalidDataException(
                $"{run.Golden.Name} has states of {z[1]} numbers for {n} particles; expected as many of each.");
        Network = Build(config.Numbers("k", Usual(_name).Channels), n, c);
        Network.to(run.Dtype);
        Network.train(config.Bool("train", true));
        Load();
    }

    /// <summary>The network.</summary>
    public DynamicsNetwork Network { get; }

    /// <summary>Dimension of the space.</summary>
    public int Dimensions { get; }

    /// <summary>Whether the original counts an evaluation of the network twice.</summary>
    public bool CountsTwice => _name == GraphDynamics.ShortName;

    /// <summary>States (b, 2nD) as (b, 2, n, D).</summary>
    public Tensor FromFlat(Tensor z) => z.view(z.shape[0], 2, -1, Dimensions);

    /// <summary>States (…, 2, n, D) as (…, 2nD).</summary>
    public static Tensor ToFlat(Tensor state) => state.flatten(-3);

    /// <summary>Compares the gradients of all parameters; where the case has none it must vanish.</summary>
    public void CheckGradients()
    {
        foreach (var (name, parameter) in Network.named_parameters())
        {
            var stored = "g.w." + Their(name);
            if (_run.Has(stored)) _run.Check(stored, OriginalWeights.GradientOf(parameter));
            else _run.CheckVanishes(stored, OriginalWeights.GradientOf(parameter));
        }
    }

    /// <summary>Compares what the run changed: trained parameters, and statistics of batch norms.</summary>
    public void CheckChanges()
    {
        foreach (var (name, value) in Network.state_dict().Where(item => !OriginalWeights.IsRadius(item.Key)))
            foreach (var stored in OriginalWeights.Stored(Their(name)).Where(_run.Has)) _run.Check(stored, value);
        LeaveRadii();
    }

    /// <summary>Names what an energy does not have: a ball whose radius moves.</summary>
    public void LeaveRadii()
    {
        foreach (var name in _run.Names("attr.").ToArray()) _run.Leave(name, "only logged by the original");
        foreach (var name in _run.Names("after.").Where(name => name.EndsWith(".r", StringComparison.Ordinal)).ToArray())
            _run.Leave(name, "all particles are neighbours: there is no ball; its rule is checked by other families");
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();

    /// <summary>What the original's constructors take where nothing is said.</summary>
    private static (int Layers, int Channels) Usual(string name) => name switch
    {
        FullyConnectedDynamics.ShortName => (4, 300),
        FullyConnectedHamiltonian.ShortName => (4, 150),
        GraphDynamics.ShortName or GraphHamiltonian.ShortName or GraphPotential.ShortName => (1, 64),
        _ => (4, 384),
    };

    private DynamicsNetwork Build(double[] widths, int n, int c)
    {
        if (IsLie) return BuildLie(widths, c);
        if (widths.Length > 1)
            throw new InvalidDataException($"{_run.Golden.Name} has several k, but {_name} takes one.");
        if (_name == FullyConnectedHamiltonian.ShortName) _run.Config.Require("num_targets", 1);
        var channels = (int)widths[0];
        var full = new FullyConnectedOptions
        {
            Particles = n, Dimensions = Dimensions, Parameters = c, Channels = channels, Layers = _layers,
        };
        var graph = new GraphOptions { Dimensions = Dimensions, Parameters = c, Channels = channels, Layers = _layers };
        return _name switch
        {
            FullyConnectedDynamics.ShortName => new FullyConnectedDynamics(full),
            FullyConnectedHamiltonian.ShortName => new FullyConnectedHamiltonian(full),
            GraphDynamics.ShortName => new GraphDynamics(graph),
            GraphHamiltonian.ShortName => new GraphHamiltonian(graph),
            GraphPotential.ShortName => new GraphPotential(graph),
            _ => throw new InvalidDataException($"{_run.Golden.Name} has the network {_name}, which is not known."),
        };
    }

    private bool IsLie => IsLieNetwork(_name);

    /// <summary>Whether a name is that of a residual network on a group, with or without an energy.</summary>
    public static bool IsLieNetwork(string name) => name is "HLieResNet" or "FLieResnet" or "FLieResNet";

    private DynamicsNetwork BuildLie(double[] widths, int c)
    {
        var config = _run.Config;
        RefuseRandomness();
        var group = GroupOfCase.Of(config);
        // The original lifts by azimuths where nothing is drawn.
        var options = new LieDynamicsOptions
        {
            Parameters = c, Channels = (int)widths[0], Layers = _layers, Centred = config.Bool("center", true),
            BlockChannels = widths.Length > 1 ? [.. widths.Select(width => (int)width)] : null,
            Block = LieDynamicsOptions.UsualBlock with
            {
                Mean = config.Bool("mean", true), BatchNorm = config.Bool("bn"), Activation = config.Activation(),
                NormMomentum = config.Number("momentum", MaskedBatchNorm.Momentum),
                Frames = group.HasStabilizer ? FrameChoice.Framed : FrameChoice.Sampled,
            },
        };
        return _name.StartsWith('H') ? new LieHamiltonian(group, options) : new LieDynamics(group, options);
    }

    /// <summary>What ours never does: draw lifts, and leave particles out. Cases of single evaluations with either have a
    /// runner of their own (<see cref="Families.LieDynamicsFamily"/>).</summary>
    private void RefuseRandomness()
    {
        var config = _run.Config;
        config.Require("pool", true);
        config.Require("liftsamples", 1);
        _ = config.Bool("knn");                                  // all particles are the nearest, where all are taken
        _ = config.Bool("per_point", true);
        var particles = (int)_run.Array("in.sysP").shape[1];
        if (config.Count("nbhd", 100) < particles)
            throw new InvalidDataException(
                $"{_run.Golden.Name} leaves particles out (nbhd); expected at least {particles} neighbours.");
        if (GroupOfCase.Of(config).HasStabilizer)
            throw new InvalidDataException($"{_run.Golden.Name} draws lifts, which an energy of ours does not.");
    }

    private string Their(string name) =>
        IsLie ? OriginalStateDict.FromOurs(name, _layers) : OriginalDynamicsNames.FromOurs(name, _layers);

    private bool IsUnused(string theirs) =>
        IsLie ? OriginalStateDict.IsRedundant(theirs) : OriginalDynamicsNames.IsUnused(_name, theirs);

    /// <summary>Copies the case's weights; each stored one that the original reads must have a place.</summary>
    private void Load()
    {
        using var off = no_grad();
        var used = new HashSet<string>();
        foreach (var (name, target) in Network.state_dict())
        {
            var stored = "w." + Their(name);
            target.copy_(_run.Array(stored));
            used.Add(stored);
        }
        var left = _run.Names("w.").Where(name => !used.Contains(name))
            .Where(name => !IsUnused(name["w.".Length..])).ToArray();
        if (left.Length > 0)
            throw new InvalidDataException(
                $"{_run.Golden.Name} has weights without a place: {string.Join(", ", left)}.");
    }
}
