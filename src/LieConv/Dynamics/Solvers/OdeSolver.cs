using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>A method that integrates ordinary differential equations.</summary>
public abstract class OdeSolver
{
    /// <summary>Name as typed on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Order of the global error: it falls with the step's power of this.</summary>
    public abstract int Order { get; }

    /// <summary>Integrates from the first time to the last.</summary>
    /// <remarks>Differentiable: gradients pass through every step to the initial state and to what the field depends
    /// on.</remarks>
    /// <param name="field">The right-hand side.</param>
    /// <param name="initial">States at the first time, shape (b, ...), or () for one number.</param>
    /// <param name="times">Times, rising or falling.</param>
    /// <exception cref="ArgumentException">If there are no times, they do not rise or fall strictly, or the state is
    /// not floating point.</exception>
    public abstract OdeSolution Solve(VectorField field, Tensor initial, IReadOnlyList<double> times);
}
