namespace LieConv.Benchmarks.Arithmetic;

/// <summary>Multiplications with additions that a forward pass cannot do without, by kind. Normalisation, activation,
/// geometry and sampling are left out: they are small beside these where the method is used in earnest.</summary>
/// <param name="Kernel">The linear layers of the kernel networks.</param>
/// <param name="Aggregation">The sums Σ_v f(v) ⊗ a_uv, 16 for each channel of each neighbour.</param>
/// <param name="Linear">All other linear layers: of the convolution, around it, embedding and head.</param>
internal readonly record struct OperationCount(double Kernel, double Aggregation, double Linear)
{
    private const double PerMultiplyAdd = 2;

    /// <summary>Operations of a forward pass.</summary>
    public double Forward => PerMultiplyAdd * (Kernel + Aggregation + Linear);

    /// <summary>
    /// Operations of a training step: each product of two operands is computed forward, and its gradient is a product
    /// of the same size for each operand.
    /// </summary>
    public double Training => 3 * Forward;

    /// <summary>
    /// Operations where the output's slope by the points is itself part of what is trained, as in Hamilton's equations.
    /// A linear layer computes x W (1), the gradient d Wᵀ that leads to the slope (1; that of W is not asked for), and
    /// in the backward pass the gradients of both factors of each of these two products (2 + 2): 6. An aggregation is a
    /// product of values and kernel that both depend on the points: 1, then two gradients (2), then the gradients of
    /// both factors of these three products (6): 9. It is an upper bound in the first layers, where the values
    /// do not depend on the points yet.
    /// </summary>
    public double TrainingOfSlopes => PerMultiplyAdd * (6 * (Kernel + Linear) + 9 * Aggregation);

    /// <summary>The sum by kind.</summary>
    public static OperationCount operator +(OperationCount a, OperationCount b) =>
        new(a.Kernel + b.Kernel, a.Aggregation + b.Aggregation, a.Linear + b.Linear);

    /// <summary>As many passes.</summary>
    public static OperationCount operator *(double times, OperationCount a) =>
        new(times * a.Kernel, times * a.Aggregation, times * a.Linear);
}
