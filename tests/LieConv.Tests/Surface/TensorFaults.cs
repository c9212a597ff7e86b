using static TorchSharp.torch;

namespace LieConv.Tests.Surface;

/// <summary>What may be wrong with a tensor: one thing at a time, each by name.</summary>
internal static class TensorFaults
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Int64, ScalarType.Int32, ScalarType.Bool, ScalarType.Float16, ScalarType.BFloat16,
        ScalarType.Float32, ScalarType.Float64, ScalarType.ComplexFloat32,
    ];

    /// <summary>The faults of a right tensor.</summary>
    public static IEnumerable<(string Name, Func<Tensor> Make)> Of(Tensor right)
    {
        yield return ("a dimension more before", () => right.unsqueeze(0));
        yield return ("a dimension more behind", () => right.unsqueeze(-1));
        yield return ("one number", () => zeros([], right.dtype));
        yield return ("another device", () => right.to(new Device("meta")));
        foreach (var dtype in Types.Where(dtype => dtype != right.dtype))
            yield return ($"dtype {dtype}", () => right.to_type(dtype));
        for (var axis = 0; axis < right.dim(); axis++)
        {
            var at = axis;
            if (right.shape[at] == 0) continue;
            yield return ($"no dimension {at}", () => right.select(at, 0));
            yield return ($"dimension {at} empty", () => right.narrow(at, 0, 0));
            yield return ($"dimension {at} longer", () => cat([right, right.narrow(at, 0, 1), right.narrow(at, 0, 1)], at));
            if (right.shape[at] > 2) yield return ($"dimension {at} shorter", () => right.narrow(at, 0, right.shape[at] - 1));
        }
        if (right.dim() > 1) yield return ("turned round", () => right.transpose(0, -1));
    }
}
