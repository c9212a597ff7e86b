using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Groups;
using LieConv.Models.Graph;
using LieConv.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Networks;

/// <summary>The energy on a Lie group: derivatives, conserved momenta, sets with padding.</summary>
[Collection("Serial")]
public sealed class LieHamiltonianTests
{
    private const double Step = 1e-5;

    public static TheoryData<string> Groups =>
        ["Trivial2", "T2", "SO2", "SE2", "RxSO2", "Trivial3", "T3", "SO3", "SE3"];

    public static TheoryData<string, bool> Frames => new()
    {
        { "SE2", true }, { "SE2", false }, { "SE3", true }, { "SE3", false }, { "SO3", true }, { "SO3", false },
    };

    /// <summary>Derivatives of dz/dt, which are second ones of H, by states, parameters and weights.</summary>
    [Theory]
    [MemberData(nameof(Groups))]
    public void Backward_OfTheMotion_AgreesWithFiniteDifferences(string group)
    {
        using var scope = NewDisposeScope();
        using var network = Create(group);
        var (start, given) = Example(network, ScalarType.Float64);
        var (state, parameters) = (start.requires_grad_(), given.Parameters.requires_grad_());
        using var generator = new Generator(6);
        var cotangent = randn(state.shape, dtype: ScalarType.Float64, generator: generator);
        Tensor Value() => (network.call(state, new ParticleSystems(parameters)) * cotangent).sum();
        Value().backward();
        List<Tensor> leaves = [state, parameters, .. network.parameters()];
        foreach (var leaf in leaves)
        {
            var direction = randn(leaf.shape, dtype: ScalarType.Float64, generator: generator);
            var expected = leaf.grad is { } gradient ? (gradient * direction).sum().item<double>() : 0;
            var measured = Change(Value, leaf, direction);
            Assert.True(Math.Abs(measured - expected) <= 1e-6 * Math.Max(1, Math.Abs(expected)),
                $"{group}: {measured:R}, expected {expected:R}");
        }
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Backward_InSinglePrecision_AgreesWithDouble(string group)
    {
        using var scope = NewDisposeScope();
        using var network = Create(group);
        var exact = Gradients(network, ScalarType.Float64);
        network.to(ScalarType.Float32);
        var single = Gradients(network, ScalarType.Float32);
        for (var i = 0; i < exact.Count; i++)
        {
            var scale = Math.Max(exact[i].abs().max().item<double>(), 1e-3);
            var error = (single[i].to_type(ScalarType.Float64) - exact[i]).abs().max().item<double>() / scale;
            Assert.True(error < 1e-3, $"{group}, gradient {i}: relative error {error:E1}");
        }
    }

    [Theory]
    [InlineData("T2", true, false)]
    [InlineData("SE2", true, true)]
    [InlineData("T3", true, false)]
    [InlineData("SE3", true, true)]
    [InlineData("Trivial2", false, false)]     // the control: nothing is conserved
    public void Motion_OfASymmetricEnergy_ConservesItsMomenta(string group, bool linear, bool angular)
    {
        using var scope = NewDisposeScope();
        using var network = Create(group, centred: false);
        var (state, systems) = Example(network, ScalarType.Float64);
        var slope = network.call(state, systems);
        var (q, p) = (PhaseSpace.Positions(state), PhaseSpace.Momenta(state));
        var (dq, dp) = (PhaseSpace.Positions(slope), PhaseSpace.Momenta(slope));
        var force = dp.sum(1).abs().max().item<double>();
        var torque = (Moment(dq, p) + Moment(q, dp)).sum(1).abs().max().item<double>();
        var scale = dp.abs().max().item<double>();
        Assert.Equal(linear, force < 1e-11 * scale);
        Assert.Equal(angular, torque < 1e-10 * scale);
    }

    /// <summary>Centred positions make rotations about the origin rotations about the mean.</summary>
    [Fact]
    public void Motion_OfSO2_ConservesAngularMomentum()
    {
        using var scope = NewDisposeScope();
        using var network = Create("SO2");
        var (state, systems) = Example(network, ScalarType.Float64);
        var slope = network.call(state, systems);
        var torque = Moment(PhaseSpace.Positions(state), PhaseSpace.Momenta(slope)).sum(1);
        Assert.True(torque.abs().max().item<double>() < 1e-13);
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void Energy_TwiceOfOneState_IsTheSameNumber(string group, bool shared)
    {
        using var scope = NewDisposeScope();
        using var network = Create(group, shared);
        var (state, systems) = Example(network, ScalarType.Float64);
        Assert.True(network.Energy(state, systems).equal(network.Energy(state, systems)).all().item<bool>());
    }

    /// <summary>What a training turns at random.</summary>
    [Theory]
    [InlineData("SE2", true), InlineData("SE3", true), InlineData("SO3", true), InlineData("SE3[2,3,4]", true)]
    [InlineData("SO2", true), InlineData("RxSO2", true), InlineData("T2", false), InlineData("Trivial3", false)]
    public void HasFrames_OfAGroup_IsWhetherItTurnsPoints(string group, bool expected)
    {
        using var energy = Create(group);
        using var motion = new LieDynamics(LieGroups.Parse(group), new LieDynamicsOptions { Channels = 8, Layers = 1 });
        using var graph = new GraphHamiltonian(new GraphOptions { Channels = 8 });
        Assert.Equal((expected, expected, false), (energy.HasFrames, motion.HasFrames, graph.HasFrames));
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Motion_WithPadding_IsThatWithout(string group)
    {
        using var scope = NewDisposeScope();
        using var network = Create(group);
        var (state, systems) = Example(network, ScalarType.Float64);
        var motion = network.call(state, systems);
        var n = state.shape[2];
        var junk = full_like(state.narrow(2, 0, 2), double.NaN);
        var padded = cat([state, junk], 2);
        var parameters = cat([systems.Parameters, full_like(systems.Parameters.narrow(1, 0, 2), double.NaN)], 1);
        var mask = ones([state.shape[0], n + 2], dtype: ScalarType.Bool);
        mask.narrow(1, n, 2).fill_(false);
        var other = network.call(padded, new ParticleSystems(parameters, mask));
        Assert.True((other.narrow(2, 0, n) - motion).abs().max().item<double>() < 1e-12);
        Assert.Equal(0, other.narrow(2, n, 2).abs().max().item<double>());
    }

    [Fact]
    [NoTensorLeaks]
    public void Motion_WithoutGradients_LeavesNothingAlive()
    {
        using var scope = NewDisposeScope();
        using var network = Create("SE2");
        using var off = no_grad();
        var (state, systems) = Example(network, ScalarType.Float64);
        Assert.False(network.call(state, systems).requires_grad);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(3, 2, "state has shape (2, 2, 5, 3); expected (b, 2, n, D) = (any, 2, any, 2).")]
    [InlineData(2, 1, "Parameters has shape (2, 5, 1); expected (b, n, c) = (2, 5, 2).")]
    public void Energy_OfOtherShapes_SaysWhatIsExpected(int dimensions, int parameters, string said)
    {
        using var scope = NewDisposeScope();
        using var network = Create("T2");
        var state = zeros([2, 2, 5, dimensions], dtype: ScalarType.Float64);
        var systems = new ParticleSystems(ones([2, 5, parameters], dtype: ScalarType.Float64));
        var error = Assert.Throws<ArgumentException>(() => network.Energy(state, systems));
        Assert.StartsWith(said, error.Message, StringComparison.Ordinal);
    }

    private static LieHamiltonian Create(string group, bool shared = true, bool centred = true)
    {
        random.manual_seed(3);
        var network = new LieHamiltonian(
            LieGroups.Parse(group),
            new LieDynamicsOptions
            {
                Channels = 8, Layers = 2, Block = LieDynamicsOptions.UsualBlock with { SharedLift = shared },
                Centred = centred,
            });
        network.to(ScalarType.Float64);
        return network;
    }

    private static (Tensor State, ParticleSystems Systems) Example(LieHamiltonian network, ScalarType dtype)
    {
        using var generator = new Generator(4);
        var state = randn([2, 2, 5, network.Dimensions], dtype: ScalarType.Float64, generator: generator);
        var parameters = rand([2, 5, 2], dtype: ScalarType.Float64, generator: generator) + 0.5;
        return (state.to_type(dtype), new ParticleSystems(parameters.to_type(dtype)));
    }

    private static List<Tensor> Gradients(LieHamiltonian network, ScalarType dtype)
    {
        var (state, systems) = Example(network, dtype);
        state.requires_grad_();
        using var generator = new Generator(8);
        var cotangent = randn(state.shape, dtype: ScalarType.Float64, generator: generator).to_type(dtype);
        network.zero_grad();
        (network.call(state, systems) * cotangent).sum().backward();
        return [state.grad!.clone(), .. network.parameters().Where(p => p.grad is not null).Select(p => p.grad!.clone())];
    }

    /// <summary>q x p, shape (b, n) in the plane and (b, n, 3) in space.</summary>
    private static Tensor Moment(Tensor q, Tensor p) => q.shape[^1] == 3
        ? linalg.cross(q, p)
        : q.select(-1, 0) * p.select(-1, 1) - q.select(-1, 1) * p.select(-1, 0);

    private static double Change(Func<Tensor> value, Tensor leaf, Tensor direction)
    {
        double At(double step)
        {
            using (no_grad()) leaf.add_(direction * step);
            var result = value().item<double>();
            using (no_grad()) leaf.sub_(direction * step);
            return result;
        }
        return (At(Step) - At(-Step)) / (2 * Step);
    }
}
