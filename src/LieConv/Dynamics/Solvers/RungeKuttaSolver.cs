using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>An explicit Runge-Kutta method with fixed steps.</summary>
public abstract class RungeKuttaSolver : FixedStepSolver
{
    private readonly ButcherTableau _tableau;

    private protected RungeKuttaSolver(ButcherTableau tableau, int substeps) : base(substeps) => _tableau = tableau;

    private protected sealed override void CheckState(Tensor initial)
    {
    }

    private protected sealed override StepResult Step(CountedField field, double start, double end, StepResult from)
    {
        var (step, state) = (end - start, from.State);
        List<Tensor> slopes = [];
        for (var i = 0; i < _tableau.Nodes.Length; i++)
        {
            // The end is not rounded again: a field may have a jump there.
            var time = _tableau.Nodes[i] == 1 ? end : start + _tableau.Nodes[i] * step;
            var point = i == 0 ? state : Moved(state, ButcherTableau.Combine(slopes, _tableau.Stages[i]), step);
            slopes.Add(field.At(time, point));
        }
        return new StepResult(Moved(state, ButcherTableau.Combine(slopes, _tableau.Weights), step), null);
    }

    private static Tensor Moved(Tensor state, Tensor slope, double step) => state.add(slope, alpha: Scalars.Of(step));
}
