namespace LieConv.Datasets.Points.Shapes;

/// <summary>Number types of .ply files.</summary>
internal enum PlyType
{
    /// <summary>char.</summary>
    Int8,

    /// <summary>uchar.</summary>
    UInt8,

    /// <summary>short.</summary>
    Int16,

    /// <summary>ushort.</summary>
    UInt16,

    /// <summary>int.</summary>
    Int32,

    /// <summary>uint.</summary>
    UInt32,

    /// <summary>float.</summary>
    Float32,

    /// <summary>double.</summary>
    Float64,
}
