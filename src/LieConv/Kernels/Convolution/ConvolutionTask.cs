namespace LieConv.Kernels;

/// <summary>A part of a convolution's work: a slice of the items of one geometry at a slice of its queries.</summary>
internal readonly record struct ConvolutionTask(
    int Geometry, int ItemSlice, int FirstItem, int Items, int FirstQuery, int Queries)
{
    /// <summary>Position of a query of this task among the queries of all geometries.</summary>
    public nint Query(ConvolutionShape shape, int query) => (nint)Geometry * shape.Queries + FirstQuery + query;

    /// <summary>Floats from the values of all points to this task's items at its geometry's first point.</summary>
    public nint Origin(ConvolutionShape shape) =>
        (nint)Geometry * shape.Points * shape.PointStride + (nint)FirstItem * shape.Inputs;
}
