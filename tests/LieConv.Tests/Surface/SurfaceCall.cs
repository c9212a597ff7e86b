using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LieConv.Dynamics;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Molecules;
using LieConv.Neighbours;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Surface;

/// <summary>One public method with right arguments, and all calls in which one argument is wrong.</summary>
internal sealed class SurfaceCall(object? subject, MethodInfo method, object?[] arguments)
{
    private static readonly Type[] Structures =
    [
        typeof(PointSet), typeof(LiftedPoints), typeof(LiftedElements), typeof(Neighborhood), typeof(MoleculeBatch),
        typeof(ParticleSystems),
    ];

    /// <summary>Whether tensors are among what a type holds.</summary>
    public static bool HoldsTensors(Type type) =>
        type == typeof(Tensor) || Structures.Contains(type) || type == typeof(IReadOnlyList<Tensor>);

    /// <summary>The method's name with its class.</summary>
    public string Name => $"{subject?.GetType().Name ?? method.DeclaringType!.Name}.{method.Name}";

    /// <summary>Calls with the right arguments.</summary>
    public string? Right() => Outcome(Invoke(arguments));

    /// <summary>Calls with the right arguments, and tells of tensors that it left to the caller's scope and that are no
    /// part of the result: without a scope of the caller's nothing would have held them.</summary>
    public string? Left()
    {
        using var scope = NewDisposeScope();
        var result = method.Invoke(subject, arguments);
        var (left, given) = (scope.DisposablesCount, Tensors(result));
        return left <= given ? null : $"{Name}: {left} tensors are left, {given} of them the result";
    }

    private static int Tensors(object? result) => result switch
    {
        Tensor => 1,
        ITuple tuple => Enumerable.Range(0, tuple.Length).Sum(i => Tensors(tuple[i])),
        IEnumerable<Tensor> several => several.Count(),
        null or string or Delegate => 0,
        _ => result.GetType().GetProperties().Where(part => HoldsTensors(part.PropertyType))
            .Sum(part => Tensors(part.GetValue(result))),
    };

    /// <summary>Calls with one wrong argument each; a sentence for each call that ends in neither success nor an
    /// ArgumentException.</summary>
    public IEnumerable<string> Wrong(Action<string> about)
    {
        foreach (var (name, wrong) in WrongArguments())
        {
            about($"{Name}: {name}");
            using var scope = NewDisposeScope();
            var failure = Invoke(wrong());
            if (failure is InvalidOperationException && subject is NoDraws or TurnedFrames) continue;   // as they promise
            if (failure is not (null or ArgumentException)) yield return $"{Name}: {name}: {Outcome(failure)}";
        }
    }

    private IEnumerable<(string Name, Func<object?[]> Make)> WrongArguments()
    {
        var parameters = method.GetParameters();
        for (var i = 0; i < parameters.Length; i++)
        {
            var place = i;
            foreach (var (what, value) in WrongValues(parameters[i].ParameterType, arguments[i]))
                yield return ($"{parameters[i].Name}, {what}", () =>
                {
                    var changed = arguments.ToArray();
                    changed[place] = value();
                    return changed;
                });
        }
    }

    private static IEnumerable<(string, Func<object?>)> WrongValues(Type type, object? right)
    {
        if (!type.IsValueType) yield return ("null", () => null);
        if (right is Tensor tensor)
            foreach (var (name, make) in TensorFaults.Of(tensor)) yield return (name, () => make());
        else if (right is IReadOnlyList<Tensor> several)
            foreach (var (name, make) in TensorFaults.Of(several[0]))
                yield return (name, () => new List<Tensor> { make() });
        else if (right is ChosenNeighborhood chosen)
            foreach (var wrong in WrongNeighborhoods(chosen)) yield return wrong;
        else if (Structures.Contains(type))
            foreach (var wrong in WrongStructures(type, right!)) yield return wrong;
        else if (right is long[])
            yield return ("a negative size", () => new long[] { -1, 2 });
        else if (right is ScalarType)
            foreach (var dtype in (ScalarType[])[ScalarType.Int64, ScalarType.Float16, ScalarType.ComplexFloat32])
                yield return ($"{dtype}", () => dtype);
        else if (right is int)
            foreach (var number in (int[])[-1, 0, 100]) yield return ($"{number}", () => number);
    }

    private static IEnumerable<(string, Func<object?>)> WrongNeighborhoods(ChosenNeighborhood right)
    {
        foreach (var (name, wrong) in WrongValues(typeof(Tensor), right.Indices))
            yield return ($"Indices, {name}", () => new ChosenNeighborhood((Tensor)wrong()!, right.Mask, right.Relative));
        foreach (var (name, wrong) in WrongValues(typeof(Tensor), right.Mask))
            yield return ($"Mask, {name}", () => new ChosenNeighborhood(right.Indices, (Tensor?)wrong(), right.Relative));
        foreach (var (name, wrong) in WrongValues(typeof(Tensor), right.Relative))
        {
            yield return ($"Relative, {name}", () => new ChosenNeighborhood(right.Indices, right.Mask, (Tensor)wrong()!));
            yield return ($"Relative of all, {name}", () => new AllNeighborhood(null, (Tensor)wrong()!));
        }
    }

    /// <summary>A structure with one part wrong, and one that was never filled.</summary>
    private static IEnumerable<(string, Func<object?>)> WrongStructures(Type type, object right)
    {
        yield return ("never filled", () => Activator.CreateInstance(type));
        foreach (var part in type.GetProperties().Where(part => part.SetMethod is not null))
            foreach (var (name, value) in WrongValues(part.PropertyType, part.GetValue(right)))
                yield return ($"{part.Name}, {name}", () =>
                {
                    var copy = right;                                                        // boxed: changed in place
                    copy = Copy(copy);
                    part.SetValue(copy, value());
                    return copy;
                });
    }

    private static object Copy(object structure) =>
        typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(structure, null)!;

    private Exception? Invoke(object?[] with)
    {
        try
        {
            var result = method.Invoke(subject, with);
            if (result is VectorField field) field(tensor(0.0), (Tensor)SurfaceExamples.State());
            return null;
        }
        catch (TargetInvocationException failure)
        {
            return failure.InnerException;
        }
        catch (Exception failure) when (failure is ExternalException or InvalidOperationException or ArgumentException)
        {
            return failure;
        }
    }

    private static string? Outcome(Exception? failure) =>
        failure is null ? null : $"{failure.GetType().Name}: {failure.Message.Split('\n')[0]}";
}
