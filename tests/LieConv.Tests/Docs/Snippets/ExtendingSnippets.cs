using LieConv.Dynamics;
using LieConv.Dynamics.Solvers;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Randomness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Tests.Docs.Snippets;

/// <summary>The code of docs/extending.md that is no task and no group, compiled and run.</summary>
[Collection("Serial")]
public sealed class ExtendingSnippets
{
    // Energy of a frictionless pendulum in units of its own: at rest at 1 it swings with the period of small swings
    // times the arithmetic-geometric mean's 1/M(1, cos(1/2)).
    [Fact]
    public void Solver_OfOnesOwn_HasItsOrder()
    {
        using var all = NewDisposeScope();
        var start = tensor(new double[] { 1, 0 }, [1, 2]);
        VectorField pendulum = (_, y) => stack([y.select(-1, 1), -y.select(-1, 0).sin()], -1);
        double Error(int steps)
        {
            var period = 2 * Math.PI / ArithmeticGeometricMean(1, Math.Cos(0.5));
            double[] times = [.. Enumerable.Range(0, steps + 1).Select(i => i * period / steps)];
            return (new Heun().Solve(pendulum, start, times).States[-1] - start).abs().max().item<double>();
        }
        Assert.InRange(Math.Log2(Error(200) / Error(400)), 1.9, 2.1);
    }

    [Fact]
    public void Energy_WithParameters_IsLearnedFromItsSlopes()
    {
        using var all = NewDisposeScope();
        random.manual_seed(1);
        using var network = new Spring();
        network.to(ScalarType.Float64);
        var systems = new ParticleSystems(ones([64, 1, 1], dtype: ScalarType.Float64));
        var states = randn([64, 2, 1, 2], ScalarType.Float64);                                  // (b, 2, n, D)
        using var adam = optim.Adam(network.parameters(), lr: 0.05);
        for (var step = 0; step < 300; step++)
        {
            using var scope = NewDisposeScope();
            var slope = network.forward(states, systems);
            var force = PhaseSpace.Momenta(slope) + 3 * PhaseSpace.Positions(states);           // stiffness 3
            var loss = force.square().mean();
            adam.zero_grad();
            loss.backward();
            adam.step();
        }
        Assert.Equal(3, network.Stiffness.item<double>(), 1e-3);
    }

    [Fact]
    public void Network_OfTwoHeads_TurnsWithItsPoints()
    {
        using var all = NewDisposeScope();
        random.manual_seed(1);
        using var network = new SizeAndKind(new SE2());
        network.to(ScalarType.Float64);
        network.eval();
        using var off = no_grad();
        var points = randn([2, 6, 2], ScalarType.Float64);
        var turn = tensor(new[] { Math.Cos(1), Math.Sin(1), -Math.Sin(1), Math.Cos(1) }, [2, 2]);
        var values = ones([2, 6, 1], ScalarType.Float64);
        var (size, kind) = network.forward(new PointSet(points, values), NoDraws.Instance);
        var (turnedSize, turnedKind) = network.forward(new PointSet(points.matmul(turn) + 1, values), NoDraws.Instance);
        Assert.InRange((size - turnedSize).abs().max().item<double>(), 0, 1e-10);
        Assert.InRange((kind - turnedKind).abs().max().item<double>(), 0, 1e-10);
    }

    private static double ArithmeticGeometricMean(double a, double b)
    {
        while (Math.Abs(a - b) > 1e-15) (a, b) = ((a + b) / 2, Math.Sqrt(a * b));
        return a;
    }

    private sealed class Heun : OdeSolver
    {
        public override string Name => "heun";

        public override int Order => 2;

        public override OdeSolution Solve(VectorField field, Tensor initial, IReadOnlyList<double> times)
        {
            using var scope = NewDisposeScope();
            List<Tensor> states = [initial];
            for (var i = 1; i < times.Count; i++)
            {
                var (step, now) = (times[i] - times[i - 1], states[^1]);
                var slope = field(tensor(times[i - 1]), now);
                var ahead = field(tensor(times[i]), now + slope * step);
                states.Add(now + (slope + ahead) * (step / 2));
            }
            return new OdeSolution(
                scope.MoveToOuter(stack(states)), 2 * (times.Count - 1), times.Count - 1, Rejected: 0);
        }
    }

    private sealed class Spring : HamiltonianNetwork
    {
        private readonly Parameter _logarithm;

        public Spring() : base(nameof(Spring))
        {
            _logarithm = new Parameter(zeros(1));
            RegisterComponents();
        }

        public Tensor Stiffness => _logarithm.exp();

        public override int Dimensions => 2;

        public override int Parameters => 1;                                                    // the mass

        public override Tensor Energy(Tensor state, ParticleSystems systems) =>
            KineticEnergy(PhaseSpace.Momenta(state), systems)
            + PhaseSpace.Positions(state).square().sum([-2L, -1L]) * Stiffness / 2;             // (b)
    }

    private sealed class SizeAndKind : nn.Module<PointSet, Draws, (Tensor Size, Tensor Kind)>
    {
        private readonly LieResNet _trunk;
        private readonly Linear _size, _kind;

        public SizeAndKind(LieGroup group) : base(nameof(SizeAndKind))
        {
            _trunk = new LieResNet(group, new LieResNetOptions
            {
                Outputs = 32, Layers = 2, Channels = [32],
                Block = new() { Frames = FrameChoice.Weighted, Neighborhood = NeighborhoodKind.Everything },
            });
            (_size, _kind) = (nn.Linear(32, 1), nn.Linear(32, 3));
            RegisterComponents();
        }

        public override (Tensor Size, Tensor Kind) forward(PointSet points, Draws draws)
        {
            using var scope = NewDisposeScope();
            var features = _trunk.forward(points, draws).relu();                                // (b, 32)
            return (scope.MoveToOuter(_size.forward(features)), scope.MoveToOuter(_kind.forward(features)));
        }
    }
}
