using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Models.Graph;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Networks;

/// <summary>Wrong arguments are told in one sentence.</summary>
[Collection("Serial")]
[Trait("Category", "Faults")]
public sealed class BaselineArgumentTests
{
    public static TheoryData<string> Names => [.. Baseline.Names];

    [Theory]
    [InlineData("FC")]
    [InlineData("HFC")]
    public void Forward_OtherNumberOfParticles_IsOneSentence(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var (state, systems) = Baseline.Example(n: 5);
        var error = Assert.Throws<ArgumentException>(() => network.call(state, systems));
        Assert.StartsWith("state has 5 particles, but the network was built for 4; "
            + "expected that many, with a mask where a system has fewer.", error.Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_OtherShapesOrTypes_IsOneSentence(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var (state, systems) = Baseline.Example();
        var (single, fewer) = (state.to_type(ScalarType.Float32), systems.Parameters.narrow(1, 0, 3));
        AssertSays("state has shape", () => network.call(state.flatten(1), systems));
        AssertSays("state has shape", () => network.call(cat([state, state], -1), systems));
        AssertSays("Parameters has dtype Float64 and state Float32", () => network.call(single, systems));
        AssertSays("Parameters has shape", () => network.call(state, new ParticleSystems(fewer)));
        AssertSays("Parameters has dtype", () => network.call(
            state, new ParticleSystems(systems.Parameters.to_type(ScalarType.Float32))));
        AssertSays("Mask has shape", () => network.call(
            state, systems with { Mask = ones([3, 3], dtype: ScalarType.Bool) }));
        AssertSays("Mask has dtype", () => network.call(state, systems with { Mask = ones([3, 4]) }));
    }

    [Fact]
    public void Validate_EverythingWrong_NamesEachFault()
    {
        var full = new FullyConnectedOptions
        {
            Particles = 0, Dimensions = 0, Parameters = 0, Channels = 0, Layers = -1,
        };
        Assert.Equal(
            [
                "Particles is 0; expected at least 1.", "Dimensions is 0; expected at least 1.",
                "Parameters is 0; expected at least 1, the mass.", "Channels is 0; expected at least 1.",
                "Layers is -1; expected at least 0.",
            ], full.Validate());
        var graph = new GraphOptions { Dimensions = 0, Parameters = 0, Channels = 0, Layers = 0 };
        Assert.Equal(
            [
                "Dimensions is 0; expected at least 1.", "Parameters is 0; expected at least 1, the mass.",
                "Channels is 0; expected at least 1.", "Layers is 0; expected at least 1.",
            ], graph.Validate());
        Assert.Empty(new FullyConnectedOptions().Validate());
        Assert.Empty(new GraphOptions().Validate());
        AssertSays("Particles is 0;", () => new FullyConnectedDynamics(full));
        AssertSays("Particles is 0;", () => new FullyConnectedHamiltonian(full));
        AssertSays("Dimensions is 0;", () => new GraphDynamics(graph));
        AssertSays("Dimensions is 0;", () => new GraphHamiltonian(graph));
        AssertSays("Dimensions is 0;", () => new GraphPotential(graph));
    }

    private static void AssertSays(string sentence, Func<object> call) =>
        Assert.StartsWith(sentence, Assert.ThrowsAny<ArgumentException>(call).Message);
}
