using System.Reflection;
using LieConv.Dynamics;
using LieConv.Dynamics.Solvers;
using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Molecules;
using LieConv.Neighbours;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Surface;

/// <summary>Right arguments for any public method, by the subject that it is called on and the parameter's name.</summary>
internal sealed class SurfaceExamples(object? subject, LieGroup group)
{
    /// <summary>Two sets of five points.</summary>
    private const int Sets = 2, Points = 5;

    /// <summary>Positions and momenta of two systems of five particles in the plane, shape (2, 2, 5, 2).</summary>
    public static Tensor State() => arange(2 * 2 * Points * 2).to_type(ScalarType.Float32).sin().reshape(2, 2, Points, 2);

    /// <summary>The arguments; null where a parameter has no example.</summary>
    public object?[] Of(MethodInfo method) => [.. method.GetParameters().Select(parameter => For(method, parameter))];

    private object? For(MethodInfo method, ParameterInfo parameter) =>
        (method.DeclaringType!.Name, method.Name, parameter.Name) switch
        {
            (_, "FromMatrix", "matrix") => group.ToMatrix(Element()),
            (_, "Vee", "matrix") => group.Hat(Tangent()),
            (_, "Lift", "options") => LiftOptions.Default,
            (_, "Solve", "initial") => State(),
            ("AdjointIntegration", _, "field") => (VectorField)((_, state) => -state),
            ("EquivarianceReport", _, "model") => (Func<PointSet, Draws, Tensor>)((set, _) => set.Values),
            ("EquivarianceReport", _, "options") => new EquivarianceOptions { Elements = 2 },
            ("SpringSystem", _, "systems") => Systems(2),
            ("GravitySystem", _, "systems") => Systems(1),
            ("FarthestPoints", _, "distances") => Distances(),
            ("GlobalPooling" or "LieConvLayer" or "LieSelfAttention", _, "values") => Values(),
            ("LieSelfAttention", _, "queries") => Values(),
            ("MaskedBatchNorm", _, "x") => Numbers(Sets, Points, 3, 4),
            ("MaskedBatchNorm", _, "mask") => ones([Sets, Points, 3], dtype: ScalarType.Bool),
            ("KernelNetwork", _, "relative") => Numbers(Sets, Points, 3, group.RelativeDim),
            ("KernelNetwork", _, "mask") => ones([Sets, Points, 3], dtype: ScalarType.Bool),
            ("ResidualBlock", _, "points") => Lifted(),
            ("MoleculeTransforms", "Move", "positions") => Numbers(Sets, Points, 3),
            ("HamiltonianFlow", _, "energy") when parameter.ParameterType == typeof(EnergyFunction) =>
                (EnergyFunction)((state, _) => state.square().sum([-1L, -2, -3])),
            ("HamiltonianFlow", _, "energy") => (Func<Tensor, Tensor>)(state => state.square().sum([-1L, -2, -3])),
            ("MolecularForces", _, "energy") => (MolecularEnergy)(batch => batch.Positions.square().sum([-1L, -2])),
            ("MolecularForces", _, "network") => SurfaceSubjects.Molecular(),
            _ => ByName(parameter),
        };

    private object? ByName(ParameterInfo parameter) => parameter.Name switch
    {
        "element" or "left" or "right" or "origin" or "target" => Element(),
        "tangent" or "a" or "b" => Tangent(),
        "point" or "numbers" => Numbers(3, group.PointDim),
        "points" when parameter.ParameterType == typeof(PointSet) => Set(),
        "points" => Coordinates(),
        "relative" => Numbers(Sets, Points, 3, group.RelativeDim),
        "queries" or "support" or "neighbours" => Lift(),
        "mask" or "queryMask" or "supportMask" => Mask(),
        "distances" => Distances(),
        "within" => Distances() < 2f,
        "ranks" => Distances().abs() / 100f,
        "valid" => ones([Sets, Points, Points], dtype: ScalarType.Bool),
        "neighborhood" => new ChosenNeighborhood(
            zeros([Sets, Points, 3], ScalarType.Int64), ones([Sets, Points, 3], dtype: ScalarType.Bool),
            Numbers(Sets, Points, 3, group.RelativeDim)),
        "images" => Numbers(2, 1, 6, 6),
        "state" => State(),
        "positions" => PhaseSpace.Positions(State()).contiguous(),
        "momenta" => PhaseSpace.Momenta(State()).contiguous(),
        "initial" => State(),
        "systems" => Systems(2),
        "times" when parameter.ParameterType == typeof(Tensor) => tensor(new[] { 0f, 0.5f }),
        "times" => new[] { 0, 0.1 },
        "batch" => new MoleculeBatch(Numbers(Sets, Points, 3) * 3, ones([Sets, Points], ScalarType.Int64), Mask()),
        "sizes" => ones([Sets], dtype: ScalarType.Float64),
        "translations" => Numbers(Sets, 1, 3),
        "quaternions" => Numbers(Sets, 1, 4),
        "parameters" => new List<Tensor> { tensor(0.5f).requires_grad_() },
        "solver" => new RungeKutta4(),
        "field" => (VectorField)((_, state) => -state),
        "group" => group,
        "options" => new EquivarianceOptions { Elements = 2 },
        "draws" => new GeneratorDraws(new Generator(1)),
        "generator" => new Generator(1),
        "transform" => MoleculeTransform.SE3,
        "shape" => new long[] { 2, 3 },
        "dtype" => ScalarType.Float32,
        "device" => CPU,
        "order" => 4,
        "count" => 2,
        "mean" or "createGraph" => true,
        _ => throw new InvalidOperationException(
            $"{parameter.Member.DeclaringType!.Name}.{parameter.Member.Name} has a parameter {parameter.Name} without " +
            $"an example ({subject}); give it one."),
    };

    private static Tensor Numbers(params long[] shape) =>
        (arange(shape.Aggregate(1L, (a, b) => a * b)) * 0.7).to_type(ScalarType.Float32).sin().reshape(shape);

    private Tensor Tangent() => Numbers(3, group.AlgebraDim) * 0.3f;

    private Tensor Element() => group.Exp(Tangent());

    private Tensor Coordinates() => Numbers(Sets, Points, group.PointDim).abs() + 0.2f;

    private static Tensor Mask()
    {
        var mask = ones([Sets, Points], dtype: ScalarType.Bool);
        mask[1, 4] = tensor(false);
        return mask;
    }

    private static Tensor Distances() => Numbers(Sets, Points, Points).abs() * 4f;

    private static Tensor Values() => Numbers(Sets, Points, 1, 4);

    private LiftedElements Lift() => group.Lift(Coordinates(), LiftOptions.Default, new GeneratorDraws(new Generator(1)));

    private LiftedPoints Lifted()
    {
        var lift = Lift();
        return new LiftedPoints(lift.Elements, lift.Orbits, Values(), Mask());
    }

    private PointSet Set() => new(Coordinates(), Numbers(Sets, Points, 4), Mask());

    private static ParticleSystems Systems(int parameters) => new(Numbers(Sets, Points, parameters).abs() + 1f, Mask());
}
