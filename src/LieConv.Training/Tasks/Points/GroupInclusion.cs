using LieConv.Groups;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Points;

/// <summary>Whether one group holds another: all ways in which the other moves points are among its own.</summary>
/// <remarks>A generator is told by the velocities that it gives to some points of the positive quadrant (where all groups
/// act), by central differences; groups hold each other where the spans do. Names say nothing of matrix groups and of
/// subgroups.</remarks>
internal static class GroupInclusion
{
    private const int Points = 12;
    private const double Step = 1e-4;

    /// <summary>Relative; differences are right to about 1e-8.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Whether a group holds another on points of the same dimension.</summary>
    public static bool Holds(LieGroup larger, LieGroup smaller)
    {
        var basis = new List<double[]>();
        foreach (var velocities in Velocities(larger))
            if (Rest(velocities, basis) is { } rest) basis.Add(rest);
        return Velocities(smaller).All(velocities => Rest(velocities, basis) is null);
    }

    /// <summary>What the basis does not hold, of length 1; null for nothing.</summary>
    private static double[]? Rest(double[] velocities, List<double[]> basis)
    {
        var rest = velocities.ToArray();
        var whole = Length(rest);
        // Twice is enough to be orthogonal to rounding.
        for (var round = 0; round < 2; round++)
            foreach (var direction in basis)
            {
                var share = direction.Zip(rest, (a, b) => a * b).Sum();
                for (var i = 0; i < rest.Length; i++) rest[i] -= share * direction[i];
            }
        var length = Length(rest);
        return length <= Tolerance * whole ? null : [.. rest.Select(value => value / length)];
    }

    private static double Length(double[] values) => Math.Sqrt(values.Sum(value => value * value));

    private static List<double[]> Velocities(LieGroup group)
    {
        var result = new List<double[]>();
        if (group.AlgebraDim == 0) return result;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var generator = new Generator(0);
        var points = rand([1, Points, group.PointDim], dtype: ScalarType.Float64, generator: generator) + Scalars.Of(0.5);
        for (var i = 0; i < group.AlgebraDim; i++)
        {
            var tangent = zeros([1, group.AlgebraDim], dtype: ScalarType.Float64);
            tangent.select(1, i).fill_(Scalars.Of(Step));
            var (there, back) = (Moved(tangent), Moved(-tangent));
            result.Add((there - back).flatten().contiguous().data<double>().ToArray());
        }
        return result;

        Tensor Moved(Tensor tangent) => group.Act(group.Exp(tangent).unsqueeze(1), points);
    }
}
