using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>
/// An embedded Runge-Kutta method that chooses its steps by an estimate of their error and interpolates at the times
/// asked for. With <see cref="ErrorControl.PerItem"/> the field is never evaluated beyond the last time.
/// </summary>
/// <remarks>
/// The sizes of the steps are numbers: no gradient flows through them. With <see cref="ErrorControl.PerItem"/> every
/// evaluation is of the whole batch, with a time (b) of its own for each item; items that are done rest. Padding counts
/// as particles without error.
/// </remarks>
public abstract class AdaptiveSolver : OdeSolver
{
    private readonly EmbeddedTableau _tableau;

    private protected AdaptiveSolver(EmbeddedTableau tableau, AdaptiveOptions? options)
    {
        (_tableau, Options) = (tableau, options ?? new AdaptiveOptions());
        Guard.IsValid(Options.Validate(), nameof(options));
    }

    /// <summary>The settings.</summary>
    public AdaptiveOptions Options { get; }

    /// <inheritdoc/>
    public sealed override int Order => _tableau.Order;

    /// <inheritdoc/>
    /// <exception cref="IntegrationFailedException">If there are too many steps, or values are not
    /// finite.</exception>
    public sealed override OdeSolution Solve(VectorField field, Tensor initial, IReadOnlyList<double> times) =>
        Solve(field, initial, times, null);

    /// <summary>What a solution of states of a type will say in <see cref="OdeSolution.Remark"/>.</summary>
    /// <param name="precision">A floating point type.</param>
    /// <returns>A sentence; null where the tolerance asked for holds.</returns>
    /// <exception cref="ArgumentException">If the type is not floating point.</exception>
    public string? Remark(ScalarType precision) =>
        precision is ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16
            ? new StepError(Options, precision).Remark
            : throw new ArgumentException(
                $"precision is {precision}; expected a floating point type.", nameof(precision));

    /// <summary>Solves, and tells each accepted step: its item (0 for the whole batch), start and signed
    /// length.</summary>
    internal OdeSolution Solve(
        VectorField field, Tensor initial, IReadOnlyList<double> times, Action<int, double, double>? stepAccepted)
    {
        var direction = TimeGrid.Check(field, initial, times);
        using var scope = NewDisposeScope();
        var counted = new CountedField(field);
        var outputs = new Tensor[times.Count];
        Array.Fill(outputs, initial);
        var (accepted, rejected) = (0L, 0L);
        if (times.Count > 1 && initial.NumberOfElements > 0)
            (accepted, rejected) = Fill(outputs, counted, times, direction, stepAccepted);
        return new OdeSolution(scope.MoveToOuter(stack(outputs)), counted.Count, accepted, rejected)
        {
            Remark = Remark(initial.dtype),
        };
    }

    private (long Accepted, long Rejected) Fill(
        Tensor[] outputs, CountedField field, IReadOnlyList<double> times, int direction,
        Action<int, double, double>? stepAccepted)
    {
        var (initial, error) = (outputs[0], new StepError(Options, outputs[0].dtype));
        var start = new double[Options.Control == ErrorControl.WholeBatch || initial.dim() == 0 ? 1 : initial.shape[0]];
        Array.Fill(start, times[0]);
        var now = new StepResult(initial, field.At(OfItems(start, initial), initial));
        var clock = new StepClock(times, direction, FirstSteps(field, error, times, direction, now), Options, Order);
        while (clock.Running)
        {
            using var scope = NewDisposeScope();
            var (lengths, from) = (clock.Lengths(), clock.Times.ToArray());
            var trial = Try(field, now, from, lengths, clock.Ends);
            var ratios = Ratios(error, now.State, trial);
            var accepted = clock.Judge(lengths, ratios);
            if (trial.State.requires_grad && accepted.Contains(true) && ratios.Any(ratio => !double.IsFinite(ratio)))
            {
                // What is not finite would turn gradients into NaN even where it is not used.
                double[] shown = [.. lengths.Select((length, i) => accepted[i] ? length : 0)];
                trial = Try(field, now, from, shown, [.. from.Select((time, i) => accepted[i] ? clock.Ends[i] : time)]);
            }
            foreach (var (index, places) in clock.Passed(lengths))
            {
                var before = outputs[index];
                outputs[index] = scope.MoveToOuter(trial.At(places, _tableau, before));
                if (!ReferenceEquals(before, initial)) before.Dispose();
            }
            for (var i = 0; i < lengths.Length; i++)
                if (accepted[i] && lengths[i] != 0) stepAccepted?.Invoke(i, from[i], lengths[i]);
            if (!accepted.Contains(true)) continue;
            var next = trial.Where(accepted, now);
            scope.MoveToOuter(next.State);
            scope.MoveToOuter(next.Carried!);
            if (!ReferenceEquals(now.State, initial)) now.State.Dispose();
            now.Carried!.Dispose();
            now = next;
        }
        return (clock.Accepted, clock.Rejected);
    }

    private double[] FirstSteps(
        CountedField field, StepError error, IReadOnlyList<double> times, int direction, StepResult now)
    {
        var items = Options.Control == ErrorControl.WholeBatch || now.State.dim() == 0 ? 1 : (int)now.State.shape[0];
        if (Options.InitialStep is { } chosen) return [.. Enumerable.Repeat(chosen, items)];
        using var off = no_grad();
        var interval = Math.Abs(times[^1] - times[0]);
        if (Options.Control == ErrorControl.PerItem) return Within(interval);
        var steps = Within(double.PositiveInfinity);
        return steps.All(double.IsFinite) ? steps : Within(interval);

        double[] Within(double longest)
        {
            using var scope = NewDisposeScope();
            return error.FirstSteps(now.State, now.Carried!, trial =>
            {
                double[] lengths = [.. trial.Select(step => direction * step)];
                double[] after = [.. lengths.Select(
                    length => Math.Abs(length) == interval ? times[^1] : times[0] + length)];
                var step = TrialStep.Broadcast(lengths, now.State);
                return field.At(OfItems(after, now.State), now.State.addcmul(now.Carried!, step, Scalars.Of(1)));
            }, Order, longest);
        }
    }

    private TrialStep Try(CountedField field, StepResult now, double[] from, double[] lengths, double[] ends)
    {
        var step = TrialStep.Broadcast(lengths, now.State);
        List<Tensor> slopes = [now.Carried!];
        var point = now.State;
        for (var i = 1; i < _tableau.Nodes.Length; i++)
        {
            point = now.State.addcmul(ButcherTableau.Combine(slopes, _tableau.Stages[i]), step, Scalars.Of(1));
            slopes.Add(field.At(OfItems(Inside(from, lengths, ends, _tableau.Nodes[i]), now.State), point));
        }
        return new TrialStep(now.State, point, slopes, step);
    }

    /// <summary>Times of a stage; rounding takes none beyond the end of its step, where the field may end.</summary>
    private static double[] Inside(double[] from, double[] lengths, double[] ends, double node)
    {
        var at = new double[from.Length];
        for (var i = 0; i < at.Length; i++)
        {
            var time = from[i] + node * lengths[i];
            at[i] = node == 1 || (time - ends[i]) * lengths[i] > 0 ? ends[i] : time;
        }
        return at;
    }

    private double[] Ratios(StepError error, Tensor before, TrialStep trial)
    {
        using var off = no_grad();
        return error.Ratios(ButcherTableau.Combine(trial.Slopes, _tableau.Error) * trial.Step, before, trial.State);
    }

    /// <summary>Times for the field, shape (b), or () for the whole batch or a state of shape ().</summary>
    private Tensor OfItems(double[] values, Tensor state) =>
        Options.Control == ErrorControl.WholeBatch || state.dim() == 0
        ? tensor(values[0], dtype: ScalarType.Float64, device: state.device)
        : tensor(values, dtype: ScalarType.Float64, device: state.device);
}
