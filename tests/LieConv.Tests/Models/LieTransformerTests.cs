using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Molecules;
using LieConv.Neighbours;
using LieConv.Randomness;
using LieConv.Tests.Layers;
using LieConv.Tests.Molecules;
using LieConv.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>Networks whose blocks attend: values, symmetry, sets, derivatives; all on what convolutions stand on.</summary>
[Collection("Serial")]
public sealed class LieTransformerTests
{
    private static readonly LieResNetOptions Small = LieTransformer.Usual with
    {
        Inputs = 2, Outputs = 3, Layers = 2, Channels = [12],
        Block = LieTransformer.Usual.Block with { Attention = new() { Heads = 3, LocationChannels = 4 } },
    };

    public static TheoryData<string> Groups => ["T2", "T3", "SE2", "SE3", "SO2", "SO3", "RxSO2", "SE3[2,5]"];

    public static TheoryData<NeighborhoodKind, double> Neighbourhoods => new()
    {
        { NeighborhoodKind.Everything, 1 }, { NeighborhoodKind.Everything, 0.5 }, { NeighborhoodKind.Nearest, 1 },
        { NeighborhoodKind.Nearest, 0.5 },
    };

    /// <summary>One block on T2, whose relative coordinates are differences.</summary>
    [Theory]
    [InlineData(AttentionNormalization.Softmax, ScalarType.Float64), InlineData(AttentionNormalization.Mean, ScalarType.Float64)]
    [InlineData(AttentionNormalization.Softmax, ScalarType.Float32)]
    public void Forward_OneBlock_IsTheSumByLoops(AttentionNormalization kind, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var network = Network("T2", dtype, Small with
        {
            Layers = 1, Block = Small.Block with { Attention = Small.Block.Attention with { Normalization = kind } },
        });
        var points = Points(2, dtype);
        var answers = Call(network, points).to_type(ScalarType.Float64);
        var plain = new PlainAttention(network.state_dict(), kind == AttentionNormalization.Softmax);
        for (var set = 0; set < 2; set++)
        {
            var (x, f) = (Rows(points.Coordinates[set]), Rows(points.Values[set]));
            int[] all = [.. Enumerable.Range(0, x.Length)];
            double[][] start = [.. f.Select(value => plain.Linear("net.embed", value))];
            var block = plain.Block(
                "net.blocks.0", 3, start, [.. all.Select(_ => all)], (u, v) => [x[u][0] - x[v][0], x[u][1] - x[v][1]]);
            double[][] heads = [.. block.Select(value => plain.Linear("net.head", [.. value.Select(PlainAttention.Swish)]))];
            for (var o = 0; o < 3; o++)
                Assert.Equal(
                    heads.Average(head => head[o]), answers[set, o].item<double>(),
                    dtype == ScalarType.Float64 ? 1e-12 : 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Forward_MovedPoints_GivesTheSame(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var (dtype, most) in new[] { (ScalarType.Float64, 1e-12), (ScalarType.Float32, 1e-5) })
        {
            using var network = Network(name, dtype, Framed(name));
            var points = Points(network.Network.Group.PointDim, dtype);
            var error = EquivarianceReport.Measure(
                network.Network.Group, network.call, points, new EquivarianceOptions { Elements = 3 });
            Assert.InRange(error.Largest, 0, most);
        }
        // The control: a coordinate among the values is seen.
        using var told = Network(name, ScalarType.Float64, Framed(name) with { Inputs = 3 });
        var broken = EquivarianceReport.Measure(
            told.Network.Group, (set, draws) => told.call(
                set with { Values = cat([set.Values, set.Coordinates.narrow(-1, 0, 1)], -1) }, draws),
            Points(told.Network.Group.PointDim, ScalarType.Float64), new EquivarianceOptions { Elements = 3 });
        Assert.True(broken.Largest > 1e-4, $"{broken.Largest}");
    }

    [Theory]
    [MemberData(nameof(Neighbourhoods))]
    public void Forward_PaddingOrderAndBatch_DoNotMatter(NeighborhoodKind kind, double kept)
    {
        using var scope = NewDisposeScope();
        using var network = Network("T2", ScalarType.Float64, Small with
        {
            DownsampleFraction = kept, Block = Small.Block with { Neighborhood = kind, SampleCount = 4 },
        });
        var points = Points(2, ScalarType.Float64);
        var all = Call(network, points);
        void Same(Tensor other, Tensor expected) => Assert.InRange((other - expected).abs().max().item<double>(), 0, 1e-12);

        var padded = new PointSet(
            cat([points.Coordinates, full([2, 3, 2], double.NaN, dtype: ScalarType.Float64)], 1),
            cat([points.Values, full([2, 3, 2], double.NaN, dtype: ScalarType.Float64)], 1),
            cat([ones([2, 7], dtype: ScalarType.Bool), zeros([2, 3], dtype: ScalarType.Bool)], 1));
        if (kept == 1)
        {
            Same(Call(network, padded), all);
            network.Network.LeastPadding = 2;                                             // not packed
            Same(Call(network, padded), all);
            using var generator = new Generator(5);
            var order = randperm(7, generator: generator);
            Same(Call(network, new PointSet(
                points.Coordinates.index_select(1, order), points.Values.index_select(1, order))), all);
        }
        Same(Call(network, new PointSet(points.Coordinates.narrow(0, 0, 1), points.Values.narrow(0, 0, 1))), all[..1]);
        var shared = Call(network, new PointSet(points.Coordinates[..1], points.Values));
        Same(shared[..1], all[..1]);
        // The control: without its mask, padding is points.
        var unmasked = padded with
        {
            Coordinates = padded.Coordinates.nan_to_num(0.5), Values = padded.Values.nan_to_num(0.5), Mask = null,
        };
        Assert.True((Call(network, unmasked) - all).abs().max().item<double>() > 1e-4);
    }

    [Theory]
    [InlineData(NeighborhoodKind.Ball), InlineData(NeighborhoodKind.Nearest), InlineData(NeighborhoodKind.Everything)]
    [Trait("Category", "Faults")]
    public void Backward_SetWithoutPoints_IsFinite(NeighborhoodKind kind)
    {
        using var scope = NewDisposeScope();
        using var network = Network("T2", ScalarType.Float32, Small with
        {
            DownsampleFraction = 0.5, Block = Small.Block with { Neighborhood = kind, SampleCount = 3 },
        });
        network.train();
        var mask = ones([2, 7], dtype: ScalarType.Bool);
        mask[0] = tensor(false);
        var output = Call(network, Points(2, ScalarType.Float32) with { Mask = mask });
        output.square().sum().backward();
        Assert.True(output.isfinite().all().item<bool>());
        Assert.All(network.parameters(), parameter => Assert.True(parameter.grad!.isfinite().all().item<bool>()));
    }

    /// <summary>An energy's motion has derivatives of second order; groups that turn see systems from frames. Two
    /// particles lie on each other, whose logarithm is 0.</summary>
    [Theory]
    [InlineData("T2", null), InlineData("SE2", null), InlineData("T3", null), InlineData("SE3", null), InlineData("SO2", null)]
    [InlineData("T2", AttentionNormalization.Softmax), InlineData("SE2", AttentionNormalization.Softmax)]
    public void Backward_OfTheMotion_AgreesWithDifferences(string group, AttentionNormalization? kind)
    {
        using var scope = NewDisposeScope();
        using var network = Energy(group, kind);
        var (state, systems) = System(network.Dimensions, ScalarType.Float64, together: group is "T2" or "T3");
        state.requires_grad_();
        using var generator = new Generator(6);
        var cotangent = randn(state.shape, dtype: ScalarType.Float64, generator: generator);
        Tensor Value() => (network.call(state, systems) * cotangent).sum();
        Value().backward();
        foreach (var leaf in (Tensor[])[state, .. network.parameters()])
        {
            var direction = randn(leaf.shape, dtype: ScalarType.Float64, generator: generator);
            var expected = leaf.grad is { } gradient ? (gradient * direction).sum().item<double>() : 0;
            double At(double step)
            {
                using (no_grad()) leaf.add_(direction * step);
                var value = Value().item<double>();
                using (no_grad()) leaf.sub_(direction * step);
                return value;
            }
            Assert.Equal(expected, (At(1e-5) - At(-1e-5)) / 2e-5, 1e-6 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Theory]
    [InlineData("T2", null), InlineData("SE2", null), InlineData("T3", AttentionNormalization.Softmax)]
    public void Backward_InSinglePrecision_AgreesWithDouble(string group, AttentionNormalization? kind)
    {
        using var scope = NewDisposeScope();
        using var network = Energy(group, kind);
        var (exact, single) = (Gradients(ScalarType.Float64), Gradients(ScalarType.Float32));
        for (var i = 0; i < exact.Count; i++)
        {
            var scale = Math.Max(exact[i].abs().max().item<double>(), 1e-3);
            Assert.InRange((single[i] - exact[i]).abs().max().item<double>() / scale, 0, 1e-3);
        }

        List<Tensor> Gradients(ScalarType dtype)
        {
            network.to(dtype);
            network.zero_grad();
            var (state, systems) = System(network.Dimensions, dtype, together: false);
            state.requires_grad_();
            network.call(state, systems).square().sum().backward();
            return [.. new[] { state }.Concat(network.parameters()).Where(leaf => leaf.grad is not null)
                .Select(leaf => leaf.grad!.to_type(ScalarType.Float64).clone())];
        }
    }

    [Theory]
    [InlineData("T2", true, false), InlineData("SE2", true, true), InlineData("T3", true, false)]
    [InlineData("SE3", true, true), InlineData("Trivial2", false, false)]                    // the last is the control
    public void Motion_OfASymmetricEnergy_ConservesItsMomenta(string group, bool linear, bool angular)
    {
        using var scope = NewDisposeScope();
        using var network = Energy(group, null, centred: false);
        var (state, systems) = System(network.Dimensions, ScalarType.Float64, together: false);
        var (q, dp) = (PhaseSpace.Positions(state), PhaseSpace.Momenta(network.call(state, systems)));
        var scale = dp.abs().max().item<double>();
        var torque = q.shape[^1] == 3
            ? linalg.cross(q, dp)
            : q.select(-1, 0) * dp.select(-1, 1) - q.select(-1, 1) * dp.select(-1, 0);
        Assert.Equal(linear, dp.sum(1).abs().max().item<double>() < 1e-11 * scale);
        Assert.Equal(angular, torque.sum(1).abs().max().item<double>() < 1e-10 * scale);
    }

    /// <summary>Molecules of several sizes are worked on without their padding, under any neighbourhood.</summary>
    [Theory]
    [InlineData("T3", false), InlineData("T3", true), InlineData("SE3 Weighted", true)]
    public void Forward_MoleculesWithoutPadding_AreThoseWith(string label, bool nearest)
    {
        using var scope = NewDisposeScope();
        var options = RandomMolecules.Small with
        {
            Block = RandomMolecules.Small.Block with
            {
                Kind = BlockKind.Attention, SampleCount = 3,
                Neighborhood = nearest ? NeighborhoodKind.Nearest : NeighborhoodKind.Everything,
            },
        };
        using var network = (MolecularLieResNet)RandomMolecules.Network(label, options);
        var batch = RandomMolecules.Of(ScalarType.Float64, 5, 3, 6, 1, 3);
        Tensor Call() => network.call(batch, new GeneratorDraws(new Generator(1)));
        network.Network.LeastPadding = 0;
        var packed = Call();
        network.Network.LeastPadding = 2;
        Assert.InRange(RandomMolecules.Difference(packed, Call()), 0, 1e-12);
        Assert.True(packed.std().item<double>() > 1e-3);
    }

    [Fact]
    [NoTensorLeaks]
    public void Forward_WithoutGradients_LeavesNothingAlive()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var network = Network("SE2", ScalarType.Float32, Framed("SE2") with { DownsampleFraction = 0.5 });
        Assert.False(Call(network, Points(2, ScalarType.Float32)).requires_grad);
    }

    /// <summary>Every network on a group attends where its blocks say so, and says so by its parameters' names.</summary>
    [Fact]
    public void Create_ByName_Attends()
    {
        using var motion = DynamicsNetworks.Create("lietransformer", new Translation(2), new() { Channels = 8 }, 6, 2, 2);
        using var molecules = MolecularNetworks.Create("LieTransformer", new Translation(3), new() { Channels = 8 });
        using var images = new ImageLieResNet(
            new Translation(2), new() { Channels = 8, Layers = 2, Block = new() { Kind = BlockKind.Attention } });
        using var points = new PointNetwork(
            new Translation(2), new() { Channels = 8, Block = new() { Kind = BlockKind.Attention } });
        foreach (nn.Module network in new nn.Module[] { motion, molecules, images, points })
        {
            Assert.NotEmpty(network.modules().OfType<LieSelfAttention>());
            Assert.Empty(network.modules().OfType<LieConvLayer>());
            Assert.Empty(network.modules().OfType<MaskedBatchNorm>());
        }
        // Motions take means where nothing is said, all others the softmax.
        Assert.Equal(AttentionNormalization.Mean, NormalizationOf(motion));
        Assert.Null(NormalizationOf(molecules));
    }

    private static AttentionNormalization? NormalizationOf(nn.Module network) =>
        network.modules().OfType<LieSelfAttention>().First().Options.Block.Attention.Normalization;

    private static LieResNetOptions Framed(string name) => Small with
    {
        Block = Small.Block with { Frames = name.StartsWith('T') ? FrameChoice.Sampled : FrameChoice.Weighted },
    };

    private static LieTransformer Network(string group, ScalarType dtype, LieResNetOptions options)
    {
        random.manual_seed(3);
        var network = new LieTransformer(LieGroups.Parse(group), options);
        network.to(dtype);
        network.eval();
        return network;
    }

    private static LieHamiltonian Energy(string group, AttentionNormalization? kind, bool centred = true)
    {
        random.manual_seed(3);
        var network = new LieHamiltonian(LieGroups.Parse(group), new LieDynamicsOptions
        {
            Channels = 8, Layers = 2, Centred = centred, Block = LieDynamicsOptions.UsualBlock with
            {
                Kind = BlockKind.Attention, Attention = new() { Heads = 2, LocationChannels = 4, Normalization = kind },
            },
        });
        network.to(ScalarType.Float64);
        return network;
    }

    private static (Tensor State, ParticleSystems Systems) System(int dimensions, ScalarType dtype, bool together)
    {
        using var generator = new Generator(4);
        var state = randn([2, 2, 5, dimensions], dtype: ScalarType.Float64, generator: generator);
        if (together) state[.., 0, 1] = state[.., 0, 0];
        var parameters = rand([2, 5, 2], dtype: ScalarType.Float64, generator: generator) + 0.5;
        return (state.to_type(dtype), new ParticleSystems(parameters.to_type(dtype)));
    }

    private static PointSet Points(int dimensions, ScalarType dtype)
    {
        using var generator = new Generator(9);
        return new PointSet(
            randn([2, 7, dimensions], dtype: ScalarType.Float64, generator: generator).to_type(dtype),
            randn([2, 7, 2], dtype: ScalarType.Float64, generator: generator).to_type(dtype));
    }

    private static Tensor Call(LieTransformer network, PointSet points) =>
        network.call(points, new GeneratorDraws(new Generator(1)));

    private static double[][] Rows(Tensor rows) =>
        [.. Enumerable.Range(0, (int)rows.shape[0]).Select(i => rows[i].to_type(ScalarType.Float64).data<double>().ToArray())];
}
