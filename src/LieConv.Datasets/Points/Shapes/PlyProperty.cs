namespace LieConv.Datasets.Points.Shapes;

/// <summary>What each element of a kind has: a number, or a list of numbers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of the number or numbers.</param>
/// <param name="CountType">Type of a list's length; null where it is no list.</param>
internal sealed record PlyProperty(string Name, PlyType Type, PlyType? CountType)
{
    /// <summary>Bytes that it takes at least in a binary file.</summary>
    public int LeastBytes => SizeOf(CountType ?? Type);

    /// <summary>The type of a name, or null.</summary>
    public static PlyType? TryParse(string name) => name switch
    {
        "char" or "int8" => PlyType.Int8,
        "uchar" or "uint8" => PlyType.UInt8,
        "short" or "int16" => PlyType.Int16,
        "ushort" or "uint16" => PlyType.UInt16,
        "int" or "int32" => PlyType.Int32,
        "uint" or "uint32" => PlyType.UInt32,
        "float" or "float32" => PlyType.Float32,
        "double" or "float64" => PlyType.Float64,
        _ => null,
    };

    /// <summary>Bytes of a type.</summary>
    public static int SizeOf(PlyType type) => type switch
    {
        PlyType.Int8 or PlyType.UInt8 => 1,
        PlyType.Int16 or PlyType.UInt16 => 2,
        PlyType.Float64 => 8,
        _ => 4,
    };
}
