using static TorchSharp.torch;

namespace LieConv.Benchmarks.Reference;

/// <summary>The kernel network in plain operations: three linear layers, each with normalisation and activation.
/// </summary>
internal sealed class ReferenceKernel
{
    private readonly ReferenceState _state;
    private readonly List<(string Linear, ReferenceNorm? Norm)> _layers = [];

    /// <summary>Takes the kernel network of a key.</summary>
    public ReferenceKernel(ReferenceState state, string key)
    {
        _state = state;
        for (var i = 0; state.Has($"{key}.linears.{i}.weight"); i++)
            _layers.Add(($"{key}.linears.{i}", ReferenceNorm.Find(state, $"{key}.norms.{i}")));
    }

    /// <summary>Kernel values (b, m, k, 16) of relative coordinates (b, m, k, d + 2q).</summary>
    public Tensor Apply(Tensor relative, Tensor mask, bool training)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(_layers.Aggregate(
            relative, (x, layer) => ReferenceNorm.Activate(layer.Norm, _state.Linear(layer.Linear, x), mask, training)));
    }
}
