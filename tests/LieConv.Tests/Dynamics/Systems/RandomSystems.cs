using LieConv.Dynamics;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Systems;

/// <summary>Small systems to try energies on.</summary>
internal static class RandomSystems
{
    /// <summary>One state of two particles in the plane.</summary>
    public static Tensor State(double[] positions, double[] momenta) => tensor([.. positions, .. momenta], [1, 2, 2, 2]);

    /// <summary>Two systems of five particles.</summary>
    public static (Tensor State, ParticleSystems Systems) Of(int parameters, int dimensions)
    {
        using var generator = new Generator(5);
        var state = randn([2, 2, 5, dimensions], dtype: ScalarType.Float64, generator: generator);
        var values = rand([2, 5, parameters], dtype: ScalarType.Float64, generator: generator) + 0.2;
        return (state, new ParticleSystems(values));
    }

    /// <summary>The same with two particles of the first system as padding, filled with what must not be read.</summary>
    public static (Tensor State, ParticleSystems Systems) Padded(int parameters)
    {
        var (state, systems) = Of(parameters, 2);
        var mask = ones([2, 5], dtype: ScalarType.Bool);
        mask[0, 3] = mask[0, 4] = false;
        var padding = mask.logical_not();
        return (state.masked_fill(padding.unsqueeze(1).unsqueeze(-1), double.NaN),
            new ParticleSystems(systems.Parameters.masked_fill(padding.unsqueeze(-1), double.NaN), mask));
    }

    /// <summary>The first of the padded systems without its padding.</summary>
    public static (Tensor State, ParticleSystems Systems) FirstAlone(Tensor state, ParticleSystems systems) =>
        (state[..1, .., ..3], new ParticleSystems(systems.Parameters[..1, ..3]));
}
