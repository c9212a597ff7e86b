using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>Checks of arguments at the entry points, each with one sentence, so that no call fails inside libtorch.
/// </summary>
internal static class Guard
{
    /// <summary>Requires these dimensions; null stands for any size.</summary>
    public static void HasShape(Tensor tensor, string name, string pattern, params long?[] sizes)
    {
        HoldsNumbers(tensor, name);
        var shape = tensor.shape;
        var fits = shape.Length == sizes.Length;
        for (var i = 0; fits && i < sizes.Length; i++) fits = sizes[i] is null || sizes[i] == shape[i];
        if (fits) return;
        var expected = string.Join(", ", sizes.Select(size => size?.ToString() ?? "any"));
        throw new ArgumentException($"{name} has shape {Text(shape)}; expected {pattern} = ({expected}).", name);
    }

    /// <summary>Requires a boolean mask of rows: its shape is a prefix of the rows' shape, then ones.</summary>
    /// <param name="mask">The mask; null is allowed.</param>
    /// <param name="rows">Shape of the rows.</param>
    /// <param name="name">Parameter, for the message.</param>
    /// <param name="beside">A tensor on whose device it must be.</param>
    public static void IsRowMask(Tensor? mask, ReadOnlySpan<long> rows, string name, Tensor beside)
    {
        if (mask is null) return;
        OnDeviceOf(mask, name, beside);
        var shape = mask.shape;
        var prefix = rows.CommonPrefixLength(shape);
        if (shape.Length != rows.Length || shape.AsSpan(prefix).ContainsAnyExcept(1))
            throw new ArgumentException(
                $"{name} has shape {Text(shape)}; expected that of the rows, {Text(rows.ToArray())}, " +
                "or its first dimensions and ones.", name);
        if (mask.dtype != ScalarType.Bool)
            throw new ArgumentException($"{name} has dtype {mask.dtype}; expected Bool.", name);
    }

    /// <summary>Requires the element type and the device of a module's parameters.</summary>
    public static void HasDtype(Tensor tensor, Tensor parameter, string name)
    {
        HoldsNumbers(tensor, name);
        if (tensor.dtype != parameter.dtype)
            throw new ArgumentException(
                $"{name} has dtype {tensor.dtype}, but the module's parameters are {parameter.dtype}; expected the same.",
                name);
        OnDeviceOf(tensor, name, parameter);
    }

    /// <summary>Requires the device of another tensor.</summary>
    public static void OnDeviceOf(Tensor tensor, string name, Tensor other)
    {
        HoldsNumbers(tensor, name);
        if (tensor.device_type != other.device_type || tensor.device_index != other.device_index)
            throw new ArgumentException(
                $"{name} is on {tensor.device}, but what it belongs to is on {other.device}; expected the same.", name);
    }

    /// <summary>Requires the element type and the device of another tensor.</summary>
    public static void Like(Tensor tensor, string name, Tensor other, string otherName)
    {
        OnDeviceOf(tensor, name, other);
        if (tensor.dtype != other.dtype)
            throw new ArgumentException(
                $"{name} has dtype {tensor.dtype} and {otherName} {other.dtype}; expected the same.", name);
    }

    /// <summary>Requires a tensor that is there, and not on the device that holds shapes only.</summary>
    public static void HoldsNumbers(Tensor tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (tensor.device_type == DeviceType.META)
            throw new ArgumentException($"{name} is on the device meta, which holds no numbers.", name);
    }

    /// <summary>Requires a floating point tensor.</summary>
    public static void IsFloating(Tensor tensor, string name)
    {
        HoldsNumbers(tensor, name);
        if (!tensor.is_floating_point())
            throw new ArgumentException($"{name} has dtype {tensor.dtype}; expected floating point.", name);
    }

    /// <summary>Requires float32 or float64, where libtorch has no routine for half types.</summary>
    public static void IsWide(Tensor tensor, string name)
    {
        HoldsNumbers(tensor, name);
        if (tensor.dtype is not (ScalarType.Float32 or ScalarType.Float64))
            throw new ArgumentException($"{name} has dtype {tensor.dtype}; expected Float32 or Float64.", name);
    }

    /// <summary>Requires sizes of at least 0 and a floating point type for what is drawn.</summary>
    public static void Draw(long[] shape, ScalarType dtype, Device device)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(device);
        if (shape.Any(size => size < 0))
            throw new ArgumentException($"shape is {Text(shape)}; expected sizes of 0 or more.", nameof(shape));
        if (dtype is not (ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16))
            throw new ArgumentException($"dtype is {dtype}; expected floating point.", nameof(dtype));
    }

    /// <summary>Requires one element type, and leading dimensions that broadcast.</summary>
    /// <remarks>A wrong shape or type in a matrix product ends the process: TorchSharp has no guard around
    /// it.</remarks>
    public static void Broadcast(Tensor left, Tensor right, string owner, string names)
    {
        if (left.dtype != right.dtype)
            throw new ArgumentException(
                $"{names} of {owner} have dtypes {left.dtype} and {right.dtype}; expected the same.");
        if (left.device_type != right.device_type || left.device_index != right.device_index)
            throw new ArgumentException(
                $"{names} of {owner} are on {left.device} and {right.device}; expected the same.");
        var (a, b) = (left.shape, right.shape);
        for (var i = 2; i <= Math.Min(a.Length, b.Length); i++)
            if (a[^i] != b[^i] && a[^i] != 1 && b[^i] != 1)
                throw new ArgumentException(
                    $"{names} of {owner} have shapes {Text(a)} and {Text(b)}; " +
                    "expected leading dimensions that are the same or 1.");
    }

    /// <summary>Throws one exception that lists all errors of an options record, if there are any.</summary>
    public static void IsValid(IReadOnlyList<string> errors, string name)
    {
        if (errors.Count > 0) throw new ArgumentException(string.Join(" ", errors), name);
    }

    /// <summary>Requires a floating tensor whose last dimension has the given size.</summary>
    public static void LastDimension(Tensor tensor, int expected, string owner, string parameter)
    {
        HoldsNumbers(tensor, parameter);
        var shape = tensor.shape;
        if (shape.Length == 0 || shape[^1] != expected)
            throw new ArgumentException(
                $"{parameter} of {owner} must have shape (..., {expected}), not {Text(shape)}.",
                parameter);
        Floating(tensor, owner, parameter);
    }

    /// <summary>Requires a floating tensor whose last two dimensions are square of the given size.</summary>
    public static void SquareMatrix(Tensor tensor, int expected, string owner, string parameter)
    {
        HoldsNumbers(tensor, parameter);
        var shape = tensor.shape;
        if (shape.Length < 2 || shape[^1] != expected || shape[^2] != expected)
            throw new ArgumentException(
                $"{parameter} of {owner} must have shape (..., {expected}, {expected}), " +
                $"not {Text(shape)}.", parameter);
        Floating(tensor, owner, parameter);
    }

    /// <summary>A shape as messages show it.</summary>
    public static string Text(long[] shape) => $"({string.Join(", ", shape)})";

    /// <summary>Requires a floating point tensor of a group or module that is named.</summary>
    public static void Floating(Tensor tensor, string owner, string parameter)
    {
        if (!tensor.is_floating_point())
            throw new ArgumentException(
                $"{parameter} of {owner} must be floating point, not {tensor.dtype}.", parameter);
    }
}
