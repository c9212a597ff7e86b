namespace LieConv.Cpu;

/// <summary>Copies of rows that lie at other distances from each other.</summary>
internal static unsafe class RowCopy
{
    /// <summary>target[i · targetStride + j] = source[i · sourceStride + j].</summary>
    /// <param name="source">First row.</param>
    /// <param name="sourceStride">Floats from row to row; 0 repeats one.</param>
    /// <param name="target">First row.</param>
    /// <param name="targetStride">Floats from row to row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Floats of a row that are copied.</param>
    public static void Run(float* source, nint sourceStride, float* target, nint targetStride, int rows, int columns)
    {
        for (var i = 0; i < rows; i++)
            new Span<float>(source + i * sourceStride, columns)
                .CopyTo(new Span<float>(target + i * targetStride, columns));
    }
}
