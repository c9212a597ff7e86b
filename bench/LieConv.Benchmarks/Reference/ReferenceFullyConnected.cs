using static TorchSharp.torch;

namespace LieConv.Benchmarks.Reference;

/// <summary>The fully connected baseline of dynamics in plain operations, on the parameters of ours.</summary>
internal sealed class ReferenceFullyConnected
{
    private readonly List<(Tensor Weight, Tensor Bias)> _layers = [];

    /// <summary>Takes the linear layers of a network in their order.</summary>
    public ReferenceFullyConnected(nn.Module network)
    {
        var parameters = network.named_parameters().ToArray();
        foreach (var (name, weight) in parameters.Where(p => p.name.EndsWith(".weight", StringComparison.Ordinal)))
            _layers.Add((weight, parameters.Single(p => p.name == name[..^6] + "bias").parameter));
    }

    /// <summary>The time derivative of states (b, 2, n, D) under parameters (b, n, c).</summary>
    public Tensor Apply(Tensor state, Tensor parameters)
    {
        using var scope = NewDisposeScope();
        var positions = state.select(1, 0);
        positions = positions - positions.mean([1L], keepdim: true);
        var x = cat([positions.flatten(1), state.select(1, 1).flatten(1), parameters.flatten(1)], 1);
        for (var i = 0; i < _layers.Count; i++)
        {
            x = nn.functional.linear(x, _layers[i].Weight, _layers[i].Bias);
            if (i < _layers.Count - 1) x = ReferenceNorm.Swish(x);
        }
        return scope.MoveToOuter(x.view(state.shape));
    }
}
