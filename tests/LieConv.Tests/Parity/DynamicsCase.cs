using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
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
            _ => throw new InvalidDataException($"{_run.Golden.Name} has the network {_name}, which is not known."),
        };
    }

    private string Their(string name) => OriginalDynamicsNames.FromOurs(name, _layers);

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
            .Where(name => !OriginalDynamicsNames.IsUnused(_name, name["w.".Length..])).ToArray();
        if (left.Length > 0)
            throw new InvalidDataException(
                $"{_run.Golden.Name} has weights without a place: {string.Join(", ", left)}.");
    }
}
