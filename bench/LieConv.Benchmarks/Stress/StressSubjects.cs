using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Dynamics.Solvers;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Molecules;
using LieConv.Neighbours;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Stress;

/// <summary>Every task at a small size, in both precisions: short native calls, many of them, and nothing in a dispose
/// scope of the caller's.</summary>
internal static class StressSubjects
{
    private static readonly ScalarType[] Precisions = [ScalarType.Float32, ScalarType.Float64];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<StressSubject> All { get; } =
    [
        .. from dtype in Precisions
           let suffix = dtype == ScalarType.Float32 ? "float32" : "float64"
           from subject in new[]
           {
               new StressSubject($"groups:{suffix}", 2, () => Laws(dtype)),
               new StressSubject($"images:{suffix}", 1, () => Images(dtype)),
               new StressSubject($"molecules:{suffix}", 1, () => Molecules(dtype)),
               new StressSubject($"springs:{suffix}", 1, () => Springs(dtype)),
               new StressSubject($"optimizer:{suffix}", 1, () => Optimizer(dtype)),
               new StressSubject($"shared-network:{suffix}", 4, () => SharedNetwork(dtype)),
           }
           select subject,
    ];

    private static Func<double> Laws(ScalarType dtype)
    {
        LieGroup[] groups = [new SE2(), new SE3(), new SO3(), new RxSO2(), LieGroups.Parse("SE3[2,5]")];
        var tangents = groups.Select(group => Fixed(dtype, 3, 4, group.AlgebraDim)).ToArray();
        return () => groups.Zip(tangents).Sum(pair =>
        {
            var (group, tangent) = pair;
            var element = group.Exp(tangent);
            var back = group.Log(group.Compose(element, group.Inverse(group.Between(element, group.Exp(tangent * 0.5)))));
            return Number(back.square() + group.Bch(tangent, tangent * 0.25).abs() + 1);
        });
    }

    private static Func<double> Images(ScalarType dtype)
    {
        var network = Prepared(dtype, new ImageLieResNet(new SE2(0.05), new ImageLieResNetOptions
        {
            Height = 9, Width = 9, Channels = 8, Layers = 2,
            Block = new() { SampleCount = 6, LiftSamples = 3 }, TotalDownsampling = 0.5,
        }));
        network.eval();                                    // statistics and radii stay what they are
        var (images, labels) = (Fixed(dtype, 3, 1, 9, 9), tensor([1L, 0, 2]));
        return () =>
        {
            using var generator = new Generator(3);
            var loss = nn.functional.cross_entropy(network.call(images, new GeneratorDraws(generator)), labels);
            return Number(loss) + Gradients(loss, network);
        };
    }

    private static Func<double> Molecules(ScalarType dtype)
    {
        var network = Prepared(dtype, new MolecularLieResNet(new SE3(), new MolecularNetworkOptions
        {
            Channels = 8, Layers = 2,
            Block = MolecularNetworkOptions.UsualBlock with { BatchNorm = false, Frames = FrameChoice.Weighted },
        }));
        var batch = new MoleculeBatch(Fixed(dtype, 2, 5, 3), tensor([6L, 1, 1, 1, 8, 8, 1, 1, 0, 0], [2, 5]));
        return () =>
        {
            var found = MolecularForces.Compute(network, batch, NoDraws.Instance, createGraph: true);
            var loss = found.Energies.square().sum() + found.Forces.square().mean() * 0.1;
            return Number(loss) + Gradients(loss, network);
        };
    }

    private static Func<double> Springs(ScalarType dtype)
    {
        var network = Prepared(dtype, DynamicsNetworks.Create(
            "HLieResNet", new SE2(), new DynamicsModelOptions { Channels = 8, Layers = 1 }, 3, 2, 2));
        var (state, systems) = (Fixed(dtype, 2, 2, 3, 2), new ParticleSystems(Fixed(dtype, 2, 3, 2).abs() + 1));
        var (field, solver) = (network.Field(systems), new RungeKutta38());
        return () =>
        {
            var loss = solver.Solve(field, state, [0, 0.1]).States.square().mean();
            return Number(loss) + Gradients(loss, network);
        };
    }

    private static Func<double> Optimizer(ScalarType dtype)
    {
        var network = Prepared(dtype, nn.Linear(5, 3));
        var (start, input) = (network.weight!.detach().clone(), Fixed(dtype, 4, 5));
        return () =>
        {
            using (no_grad()) network.weight!.copy_(start);
            using var adam = optim.Adam([network.weight], 0.01);
            for (var step = 0; step < 3; step++)
            {
                adam.zero_grad();
                network.call(input).square().mean().backward();
                adam.step();
            }
            return Number(network.weight);
        };
    }

    /// <summary>Energies and forces of one network on several threads: nothing in it changes.</summary>
    private static Func<double> SharedNetwork(ScalarType dtype)
    {
        var network = Prepared(dtype, new LieResNet(new SE2(), new LieResNetOptions
        {
            Inputs = 2, Channels = [8], Layers = 2,
            Block = new()
            {
                SampleCount = 4, LiftSamples = 3, BatchNorm = false, Neighborhood = NeighborhoodKind.Nearest,
            },
            DownsampleFraction = 0.5,
        }));
        var (positions, values) = (Fixed(dtype, 2, 6, 2), Fixed(dtype, 2, 6, 2));
        return () =>
        {
            using var generator = new Generator(5);
            var moved = positions.detach().requires_grad_();
            var energy = network.call(new PointSet(moved, values, null), new GeneratorDraws(generator)).square().sum();
            return Number(energy) + Number(autograd.grad([energy], [moved])[0].square());
        };
    }

    private static double Gradients(Tensor loss, nn.Module network)
    {
        network.zero_grad();
        loss.backward();
        return network.parameters().Where(p => p.grad is not null).Sum(p => Number(p.grad!.square()));
    }

    private static double Number(Tensor tensor) => tensor.sum().to_type(ScalarType.Float64).item<double>();

    private static TModule Prepared<TModule>(ScalarType dtype, TModule module) where TModule : nn.Module
    {
        module.to(dtype);
        return module;
    }

    private static Tensor Fixed(ScalarType dtype, params long[] shape)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        return (arange(count, dtype: ScalarType.Float64) * 0.7).sin().reshape(shape).to_type(dtype);
    }
}
