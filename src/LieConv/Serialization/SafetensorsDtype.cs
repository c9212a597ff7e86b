using static TorchSharp.torch;

namespace LieConv.Serialization;

/// <summary>The element types of the format that torch can hold, with their names and sizes in bytes.</summary>
internal static class SafetensorsDtype
{
    private static readonly (string Name, ScalarType Dtype, int Bytes)[] Known =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4),
        ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2),
        ("I8", ScalarType.Int8, 1), ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>Element types that the format has and torch cannot hold, or whose numbers are no weights.</summary>
    private static readonly string[] Others =
    [
        "U64", "U32", "U16", "F8_E4M3", "F8_E5M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "F6_E2M3", "F6_E3M2", "F4",
        "C64",
    ];

    public static string Names { get; } = string.Join(", ", Known.Select(known => known.Name));

    public static bool TryParse(string name, out ScalarType dtype)
    {
        var index = Array.FindIndex(Known, known => known.Name == name);
        dtype = index < 0 ? default : Known[index].Dtype;
        return index >= 0;
    }

    /// <summary>Whether the format has this element type, whether it can be read here or not.</summary>
    public static bool IsOfFormat(string name) => TryParse(name, out _) || Others.Contains(name);

    public static string NameOf(ScalarType dtype) => Find(dtype).Name;

    public static int BytesOf(ScalarType dtype) => Find(dtype).Bytes;

    private static (string Name, ScalarType Dtype, int Bytes) Find(ScalarType dtype)
    {
        var index = Array.FindIndex(Known, known => known.Dtype == dtype);
        return index >= 0
            ? Known[index]
            : throw new ArgumentException($"Element type {dtype} cannot be saved; expected one of {Names}.");
    }
}
