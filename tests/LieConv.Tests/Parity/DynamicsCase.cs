using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Models;
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
        (_run, _name, _layers) = (run, config.Text("network"), config.Whole("num_layers", 1));
        var (n, c) = ((int)system[1], (int)system[2]);
        Dimensions = (int)z[1] / (2 * n);
        Network = Build(config.Whole("k"), n, c);
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

    /// <summary>Compares the parameters that a training changed.</summary>
    public void CheckChanges()
    {
        foreach (var (name, parameter) in Network.named_parameters())
            foreach (var stored in OriginalWeights.Stored(Their(name)).Where(_run.Has)) _run.Check(stored, parameter);
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

    private DynamicsNetwork Build(int channels, int n, int c)
    {
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
            _ when IsLie => BuildLie(channels, c),
            _ => throw new InvalidDataException($"{_run.Golden.Name} has the network {_name}, which is not known."),
        };
    }

    private bool IsLie => _name.EndsWith("LieResNet", StringComparison.OrdinalIgnoreCase);

    private DynamicsNetwork BuildLie(int channels, int c)
    {
        var group = GroupOfCase.Of(_run.Config);
        // The original lifts by azimuths where nothing is drawn.
        var options = new LieDynamicsOptions
        {
            Parameters = c, Channels = channels, Layers = _layers, Centred = _run.Config.Bool("center", true),
            Frames = group.HasStabilizer,
        };
        return _name.StartsWith('H') ? new LieHamiltonian(group, options) : new LieDynamics(group, options);
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
