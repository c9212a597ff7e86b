using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>
/// A solver whose steps are the intervals between the times, or equal parts of them. Values that stop being finite stay
/// in the states: nothing is checked while it runs.
/// </summary>
public abstract class FixedStepSolver : OdeSolver
{
    /// <summary>Makes the solver.</summary>
    /// <param name="substeps">Equal steps in each interval between two times.</param>
    private protected FixedStepSolver(int substeps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(substeps, 1);
        Substeps = substeps;
    }

    /// <summary>Equal steps in each interval between two times.</summary>
    public int Substeps { get; }

    /// <inheritdoc/>
    public sealed override OdeSolution Solve(VectorField field, Tensor initial, IReadOnlyList<double> times)
    {
        TimeGrid.Check(field, initial, times);
        CheckState(initial);
        using var scope = NewDisposeScope();
        var counted = new CountedField(field);
        List<Tensor> states = [initial];
        var now = new StepResult(initial, null);
        for (var i = 1; i < times.Count; i++)
        {
            var step = (times[i] - times[i - 1]) / Substeps;
            for (var part = 0; part < Substeps; part++)
            {
                var start = times[i - 1] + part * step;
                var end = part == Substeps - 1 ? times[i] : times[i - 1] + (part + 1) * step;
                var next = Advance(counted, start, end, now);
                now.Carried?.Dispose();
                if (part > 0) now.State.Dispose();
                now = next;
            }
            states.Add(now.State);
        }
        var solution = new OdeSolution(stack(states), counted.Count, (times.Count - 1L) * Substeps, 0);
        scope.MoveToOuter(solution.States);
        return solution;
    }

    /// <summary>Requires what the method needs of a state beyond (b, ...).</summary>
    private protected abstract void CheckState(Tensor initial);

    /// <summary>One step.</summary>
    /// <param name="field">The right-hand side.</param>
    /// <param name="start">Time before.</param>
    /// <param name="end">Time after.</param>
    /// <param name="from">What the step before gave.</param>
    private protected abstract StepResult Step(CountedField field, double start, double end, StepResult from);

    private StepResult Advance(CountedField field, double start, double end, StepResult from)
    {
        using var scope = NewDisposeScope();
        var next = Step(field, start, end, from);
        scope.MoveToOuter(next.State);
        if (next.Carried is not null) scope.MoveToOuter(next.Carried);
        return next;
    }
}
