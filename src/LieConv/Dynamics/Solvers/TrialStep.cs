using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>A step that was tried.</summary>
/// <param name="Before">State at its start, shape (b, ...).</param>
/// <param name="State">State at its end, shape (b, ...).</param>
/// <param name="Slopes">Its stages; the last is the derivative at the end.</param>
/// <param name="Step">Signed lengths in the state's type, shape (b, 1, ...), or () for the whole batch.</param>
internal readonly record struct TrialStep(Tensor Before, Tensor State, IReadOnlyList<Tensor> Slopes, Tensor Step)
{
    /// <summary>Numbers of the items in the state's type, so that they do not promote it, and in a shape that
    /// broadcasts over it.</summary>
    public static Tensor Broadcast(double[] values, Tensor state)
    {
        var numbers = tensor(values, dtype: state.dtype, device: state.device);
        return values.Length == 1 ? numbers.reshape([]) : OverItems(numbers, state);
    }

    /// <summary>What the next step starts from: the end where the step is accepted, the start elsewhere.</summary>
    public StepResult Where(bool[] accepted, StepResult from)
    {
        if (!accepted.Contains(false)) return new StepResult(State, Slopes[^1]);
        var chosen = OverItems(tensor(accepted, device: State.device), State);
        return new StepResult(where(chosen, State, from.State), where(chosen, Slopes[^1], from.Carried!));
    }

    /// <summary>States inside the step, by the polynomial of degree 4 through states and slopes at both ends and the
    /// state in the middle.</summary>
    /// <param name="places">Places in the steps, 0 at the start and 1 at the end; NaN for items to leave.</param>
    /// <param name="tableau">The method.</param>
    /// <param name="otherwise">What the items that are left keep, shape (b, ...).</param>
    public Tensor At(double[] places, EmbeddedTableau tableau, Tensor otherwise)
    {
        var x = Broadcast([.. places.Select(place => double.IsNaN(place) ? 0 : place)], State);
        var middle = Before.addcmul(ButcherTableau.Combine(Slopes, tableau.Middle), Step, Scalars.Of(1));
        var (first, last) = (Slopes[0] * Step, Slopes[^1] * Step);
        var fourth = Scalars.Of(2) * (last - first) - Scalars.Of(8) * (State + Before) + Scalars.Of(16) * middle;
        var third = Scalars.Of(5) * first - Scalars.Of(3) * last + Scalars.Of(18) * Before + Scalars.Of(14) * State -
            Scalars.Of(32) * middle;
        var second =
            last - Scalars.Of(4) * first - Scalars.Of(11) * Before - Scalars.Of(5) * State + Scalars.Of(16) * middle;
        var value = Before + x * (first + x * (second + x * (third + x * fourth)));
        // The polynomial gives the end itself with the rounding of its coefficients only.
        if (places.Contains(1.0)) value = where(x.eq(Scalars.Of(1.0)), State, value);
        if (!places.Any(double.IsNaN)) return value;
        bool[] passed = [.. places.Select(place => !double.IsNaN(place))];
        return where(OverItems(tensor(passed, device: State.device), State), value, otherwise);
    }

    private static Tensor OverItems(Tensor items, Tensor state)
    {
        if (state.dim() == 0) return items.reshape([]);
        var shape = new long[state.dim()];
        Array.Fill(shape, 1);
        shape[0] = items.shape[0];
        return items.reshape(shape);
    }
}
