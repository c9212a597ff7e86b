using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Equivariance;

/// <summary>
/// Measures how far a model is from respecting a group. The values of our networks are scalars, which the group does
/// not turn, so that moving the points must leave every output as it is.
/// </summary>
public static class EquivarianceReport
{
    /// <summary>Compares outputs before and after random group elements move the points, with the same draws.</summary>
    /// <param name="group">The group whose elements move the points; it may differ from the model's own.</param>
    /// <param name="model">The model; it must be in evaluation mode, and its output in the order of its input.</param>
    /// <param name="points">Input; its dtype decides the precision.</param>
    /// <param name="options">Elements, seed and spread.</param>
    /// <exception cref="ArgumentException">If the options are out of range or the group acts on other
    /// points.</exception>
    public static EquivarianceError Measure(
        LieGroup group, Func<PointSet, Draws, Tensor> model, PointSet points, EquivarianceOptions options)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        Guard.HasShape(points.Coordinates, nameof(points.Coordinates), "(g, n, D)", null, null, group.PointDim);
        Guard.IsFloating(points.Coordinates, nameof(points.Coordinates));
        Guard.IsFloating(points.Values, nameof(points.Values));
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var elements = new Generator(options.Seed);
        var reference = Evaluate(model, points, options.Seed);
        var size = Largest(reference);
        var errors = new double[options.Elements];
        for (var i = 0; i < errors.Length; i++)
        {
            using var step = NewDisposeScope();
            var moved = points with { Coordinates = Move(group, points.Coordinates, options.Spread, elements) };
            errors[i] = Largest(Evaluate(model, moved, options.Seed) - reference) / size;
        }
        // Enumerable.Max passes over NaN, which is the worst of errors.
        var largest = errors.Any(double.IsNaN) ? double.NaN : errors.Max();
        return new EquivarianceError(largest, errors.Average(), errors.Length);
    }

    private static Tensor Evaluate(Func<PointSet, Draws, Tensor> model, PointSet points, ulong seed)
    {
        using var generator = new Generator(seed);
        return model(points, new GeneratorDraws(generator));
    }

    /// <summary>Moves all points of each item by one element: exp of a normal tangent, drawn in float64 for every
    /// dtype.</summary>
    private static Tensor Move(LieGroup group, Tensor coordinates, double spread, Generator generator)
    {
        var tangent =
            randn([1, 1, group.AlgebraDim], dtype: ScalarType.Float64, generator: generator) * Scalars.Of(spread);
        var element = group.Exp(tangent.to(coordinates.device));
        return group.Act(element, coordinates.to(ScalarType.Float64)).to(coordinates.dtype);
    }

    private static double Largest(Tensor values) => values.NumberOfElements == 0 ? 0 : values.abs().max().to(ScalarType.Float64).item<double>();
}
