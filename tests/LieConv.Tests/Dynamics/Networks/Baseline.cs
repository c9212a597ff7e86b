using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Models.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Networks;

/// <summary>Small baselines by name, and states for them.</summary>
internal static class Baseline
{
    public const int Particles = 4;

    public static IEnumerable<string> Names => ["FC", "HFC", "OGN", "OGN2", "HOGN", "HOGN2", "VOGN", "VOGN2"];

    /// <summary>A network; a 2 at the end stands for two layers of messages.</summary>
    public static DynamicsNetwork Create(
        string name, int dimensions = 2, int particles = Particles, ScalarType dtype = ScalarType.Float64, int seed = 3)
    {
        random.manual_seed(seed);
        var full = new FullyConnectedOptions
        {
            Particles = particles, Dimensions = dimensions, Parameters = 2, Channels = 8, Layers = 2,
        };
        var graph = new GraphOptions
        {
            Dimensions = dimensions, Parameters = 2, Channels = 8, Layers = name.EndsWith('2') ? 2 : 1,
        };
        DynamicsNetwork network = name.TrimEnd('2') switch
        {
            "FC" => new FullyConnectedDynamics(full),
            "HFC" => new FullyConnectedHamiltonian(full),
            "OGN" => new GraphDynamics(graph),
            "HOGN" => new GraphHamiltonian(graph),
            "VOGN" => new GraphPotential(graph),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such network."),
        };
        network.to(dtype);
        return network;
    }

    /// <summary>b states of n particles and their parameters; masses and the second parameter are positive.</summary>
    public static (Tensor State, ParticleSystems Systems) Example(
        int b = 3, int n = Particles, int dimensions = 2, ScalarType dtype = ScalarType.Float64)
    {
        var generator = new Generator(17);
        var state = randn([b, 2, n, dimensions], dtype: ScalarType.Float64, generator: generator);
        var parameters = rand([b, n, 2], dtype: ScalarType.Float64, generator: generator) + 0.5;
        return (state.to_type(dtype), new ParticleSystems(parameters.to_type(dtype)));
    }

    /// <summary>The largest difference.</summary>
    public static double Difference(Tensor expected, Tensor actual) =>
        (expected - actual).abs().max().to_type(ScalarType.Float64).item<double>();
}
