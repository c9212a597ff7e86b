using System.Reflection;
using LieConv.Dynamics.Networks;
using LieConv.Dynamics.Solvers;
using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Models.Graph;
using LieConv.Molecules;
using LieConv.Neighbours;
using LieConv.Randomness;
using LieConv.Tests.Groups;
using static TorchSharp.torch;

namespace LieConv.Tests.Surface;

/// <summary>An object of every public class that has methods of tensors.</summary>
internal static class SurfaceSubjects
{
    private const string ClosedForms = "group ";

    private static readonly string[] Groups =
    [
        "T2", "Trivial2", "Trivial3", "SO2", "RxSO2", "RxSQ", "SE2", "SO3", "SE3", "Rx", "SE3[2,5]",
    ];

    private static readonly LieResNetOptions Small = new()
    {
        Inputs = 4, Outputs = 2, Channels = [4], Layers = 1,
        Block = new() { SampleCount = 3, Neighborhood = NeighborhoodKind.Nearest },
    };

    private static readonly LieConvOptions Attending = new()
    {
        Block = new() { Kind = BlockKind.Attention, SampleCount = 3, Attention = new() { Heads = 2 } },
    };

    private static readonly FullyConnectedOptions Flat = new() { Particles = 5, Dimensions = 2, Parameters = 2, Channels = 8, Layers = 1 };

    private static readonly GraphOptions Graph = new() { Dimensions = 2, Parameters = 2, Channels = 8, Layers = 1 };

    private static readonly Dictionary<string, Func<object>> Makers = new()
    {
        ["matrix group SE2"] = () => MatrixGroupExamples.SE2(),
        ["layer, nearest"] = () => Layer(NeighborhoodKind.Nearest),
        ["layer, ball"] = () => Layer(NeighborhoodKind.Ball),
        ["layer, everything"] = () => Layer(NeighborhoodKind.Everything),
        ["finder, nearest"] = () => Layer(NeighborhoodKind.Nearest).Finder,
        ["finder, ball"] = () => Layer(NeighborhoodKind.Ball).Finder,
        ["finder, everything"] = () => Layer(NeighborhoodKind.Everything).Finder,
        ["kernel network"] = () => new KernelNetwork(new SE2().RelativeDim, batchNorm: true, Activation.Swish),
        ["batch norm"] = () => new MaskedBatchNorm(4, Activation.Swish),
        ["block"] = () => new BottleneckBlock(
            new SE2(), 4, 4, new LieConvOptions { Block = new() { SampleCount = 3 }, DownsampleFraction = 0.6 }),
        ["attention"] = () => new LieSelfAttention(new SE2(), 4, 4, Attending),
        ["locations"] = () => new LocationNetwork(new SE2().RelativeDim, 2, 3, Activation.Swish),
        ["block, attention"] = () => new AttentionBlock(new SE2(), 4, 4, Attending with { DownsampleFraction = 0.6 }),
        ["transformer"] = () => new LieTransformer(new SE2(), Small),
        ["network"] = () => new LieResNet(new SE2(), Small),
        ["network, weighted frames"] = () => new LieResNet(
            new SE2(), Small with
            {
                Block = Small.Block with { Frames = FrameChoice.Weighted, Neighborhood = NeighborhoodKind.Everything },
            }),
        ["images"] = () => new ImageLieResNet(
            new Translation(2), new ImageLieResNetOptions { Channels = 4, Layers = 1, Height = 6, Width = 6 }),
        ["points"] = () => new PointNetwork(
            new SE2(), new PointNetworkOptions
            {
                Inputs = 4, SetOutputs = 2, PointOutputs = 1, Channels = 4, Layers = 1, Centred = true, Block = Small.Block,
            }),
        ["molecules"] = () => Molecular(),
        ["molecules, graph"] = () => new MolecularGraphNetwork(
            new MolecularGraphOptions { Species = [1], Channels = 4, Layers = 1 }),
        ["random motions"] = () => new RandomMotions(new SE2()),
        ["augmentation"] = () => new MoleculeAugmentation(MoleculeTransform.SE3),
        ["HLieResNet"] = () => new LieHamiltonian(
            new Translation(2), new LieDynamicsOptions { Parameters = 2, Channels = 4, Layers = 1 }),
        ["FLieResNet"] = () => new LieDynamics(
            new Translation(2), new LieDynamicsOptions { Parameters = 2, Channels = 4, Layers = 1 }),
        ["FC"] = () => new FullyConnectedDynamics(Flat),
        ["HFC"] = () => new FullyConnectedHamiltonian(Flat),
        ["OGN"] = () => new GraphDynamics(Graph),
        ["HOGN"] = () => new GraphHamiltonian(Graph),
        ["VOGN"] = () => new GraphPotential(Graph),
        ["draws"] = () => new GeneratorDraws(new Generator(1)),
        ["turned frames"] = () => new TurnedFrames(tensor(new[] { 0.5f, 0.25f })),
        ["no draws"] = () => NoDraws.Instance,
    };

    /// <summary>Names of all objects, and of the static classes.</summary>
    public static IEnumerable<string> Names =>
    [
        .. Groups.Select(name => ClosedForms + name), .. Makers.Keys, .. OdeSolvers.Known.Select(name => "solver " + name),
        .. Static.Select(type => type.FullName!),
    ];

    /// <summary>The public classes whose methods are static.</summary>
    public static IEnumerable<Type> Static => typeof(LieGroup).Assembly.GetExportedTypes()
        .Where(type => type.IsClass && Methods(type, BindingFlags.Static).Any());

    /// <summary>The classes that have an object here.</summary>
    public static IEnumerable<Type> Classes => Names.Select(Make).OfType<object>().Select(subject => subject.GetType());

    /// <summary>An object; null for a static class.</summary>
    public static object? Make(string name)
    {
        if (name.StartsWith(ClosedForms, StringComparison.Ordinal)) return LieGroups.Parse(name[ClosedForms.Length..]);
        if (name.StartsWith("solver ", StringComparison.Ordinal)) return OdeSolvers.Parse(name["solver ".Length..]);
        if (!Makers.TryGetValue(name, out var make)) return null;
        random.manual_seed(1);
        return make();
    }

    /// <summary>All its public methods of tensors with right arguments.</summary>
    public static IEnumerable<SurfaceCall> Calls(string name)
    {
        var subject = Make(name);
        var type = subject?.GetType() ?? typeof(LieGroup).Assembly.GetType(name)!;
        var examples = new SurfaceExamples(subject, subject as LieGroup ?? (subject as ImageLieResNet)?.Network.Group ?? new SE2());
        return Methods(type, subject is null ? BindingFlags.Static : BindingFlags.Instance)
            .Select(method => new SurfaceCall(subject, method, examples.Of(method)));
    }

    /// <summary>The methods of a class that take tensors, or make them from shapes.</summary>
    public static IEnumerable<MethodInfo> Methods(Type type, BindingFlags kind) => type.GetMethods(BindingFlags.Public | kind)
        .Where(method => method.DeclaringType!.Assembly == typeof(LieGroup).Assembly && !method.IsSpecialName
            && method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null
            && method.GetParameters().Any(parameter =>
                SurfaceCall.HoldsTensors(parameter.ParameterType) || parameter.ParameterType == typeof(long[])));

    /// <summary>A network of molecules that are hydrogen alone.</summary>
    public static MolecularLieResNet Molecular()
    {
        var network = new MolecularLieResNet(
            new SE3(), new MolecularNetworkOptions { Species = [1], Channels = 4, Layers = 1 });
        network.eval();
        return network;
    }

    private static LieConvLayer Layer(NeighborhoodKind kind) =>
        new(new SE2(), 4, 4, new LieConvOptions
        {
            Block = new() { Neighborhood = kind, SampleCount = 3, BatchNorm = false },
        });
}
