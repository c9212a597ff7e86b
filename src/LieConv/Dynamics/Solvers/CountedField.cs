using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>A right-hand side that counts its evaluations and whose answers are checked.</summary>
/// <param name="field">The right-hand side.</param>
internal sealed class CountedField(VectorField field)
{
    /// <summary>Evaluations so far.</summary>
    public long Count { get; private set; }

    /// <summary>Evaluates at one time for all items.</summary>
    public Tensor At(double time, Tensor state) =>
        At(tensor(time, dtype: ScalarType.Float64, device: state.device), state);

    /// <summary>Evaluates.</summary>
    /// <exception cref="ArgumentException">If the field gives another shape or type than the state's, which would
    /// broadcast or promote unseen.</exception>
    public Tensor At(Tensor time, Tensor state)
    {
        Count++;
        var slope = field(time, state);
        if (slope.dtype != state.dtype || !slope.shape.AsSpan().SequenceEqual(state.shape))
            throw new ArgumentException(
                $"field gives shape ({string.Join(", ", slope.shape)}) and dtype {slope.dtype} for a state of shape " +
                $"({string.Join(", ", state.shape)}) and dtype {state.dtype}; expected the same.");
        return slope;
    }
}
