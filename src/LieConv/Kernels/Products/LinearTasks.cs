using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>The products of a linear layer with very many rows, divided into tasks by rows.</summary>
internal static unsafe class LinearTasks
{
    /// <summary>Rows multiplied at once, so that their products stay in a first-level cache.</summary>
    private const int MultipliedRows = 32;

    /// <summary>Rows whose outer products are added up in registers at once.</summary>
    private const int SummedRows = 128;

    /// <summary>Tasks that sum gradients of the weights apart. Fixed, so that sums have the same order for any number of
    /// threads.</summary>
    private const int Sums = 8;

    /// <summary>y = x B + bias with B in panels of <see cref="Panels.Pack"/>.</summary>
    /// <param name="factor">x, shape (rows, depth).</param>
    /// <param name="packed">B, shape (depth, columns).</param>
    /// <param name="bias">Shape (columns); null for none.</param>
    /// <param name="product">y, shape (rows, columns).</param>
    /// <param name="parallel">Threads.</param>
    public static void Multiply(
        RowMatrix factor, float* packed, float* bias, RowMatrix product, ParallelOptions parallel)
    {
        float* x = factor.Pointer, y = product.Pointer;
        var (rows, depth, columns) = (factor.Rows, factor.Columns, product.Columns);
        var vectors = GemmTiles.Vectors(columns);
        var isWhole = columns % GemmTiles.Lanes == 0;
        var stride = vectors * GemmTiles.Lanes;
        const int perTask = MultipliedRows * 8;
        Parallel.For(0, (int)((rows + perTask - 1) / perTask), parallel, task =>
        {
            using var scratch = new AlignedBuffer(isWhole ? 0 : (long)MultipliedRows * stride, clear: true);
            var end = Math.Min(rows, ((long)task + 1) * perTask);
            for (var row = (long)task * perTask; row < end; row += MultipliedRows)
            {
                var count = (int)Math.Min(MultipliedRows, end - row);
                var own = y + row * columns;
                var target = isWhole ? own : scratch.Pointer;
                if (bias is not null) RowCopy.Run(bias, 0, target, stride, count, columns);
                GemmTiles.MultiplyPacked(
                    new StridedMatrix(x + row * depth, depth, 1), count, packed, depth, vectors, target, stride,
                    add: bias is not null);
                if (!isWhole) RowCopy.Run(target, stride, own, columns, count, columns);
            }
        });
    }

    /// <summary>dW = gᵀ x and db = Σ g.</summary>
    /// <param name="values">x, shape (rows, inputs).</param>
    /// <param name="gradient">g, shape (rows, outputs).</param>
    /// <param name="weights">Result (outputs, inputs).</param>
    /// <param name="bias">Result (outputs).</param>
    /// <param name="parallel">Threads.</param>
    public static void WeightGradient(
        RowMatrix values, RowMatrix gradient, float* weights, float* bias, ParallelOptions parallel)
    {
        float* x = values.Pointer, g = gradient.Pointer;
        var (rows, inputs, outputs) = (values.Rows, values.Columns, gradient.Columns);
        var padded = GemmTiles.Vectors(inputs) * GemmTiles.Lanes;
        var (products, each) = ((long)outputs * padded, (rows + Sums - 1) / Sums);
        using var parts = new AlignedBuffer(Sums * products, clear: true);
        using var biasParts = new AlignedBuffer((long)Sums * outputs, clear: true);
        var (sums, biasSums) = ((nint)parts.Pointer, (nint)biasParts.Pointer);
        Parallel.For(0, Sums, parallel, task =>
        {
            using var copy = new AlignedBuffer((long)SummedRows * padded, clear: true);
            float* own = (float*)sums + task * products, ownBias = (float*)biasSums + (nint)task * outputs;
            var end = Math.Min(rows, (task + 1) * each);
            for (var row = task * each; row < end; row += SummedRows)
            {
                var count = (int)Math.Min(SummedRows, end - row);
                var factor = padded == inputs ? x + row * inputs : copy.Pointer;
                if (padded != inputs) RowCopy.Run(x + row * inputs, inputs, factor, padded, count, inputs);
                GemmTiles.AddTransposed(
                    g + row * outputs, outputs, outputs, factor, padded, count, padded / GemmTiles.Lanes, own, padded);
                for (var i = 0; i < count; i++) Summation.Add(ownBias, g + (row + i) * outputs, outputs);
            }
        });
        Summation.OfParts(parts.Pointer, products, Sums, parts.Pointer, parallel);
        Summation.OfParts(biasParts.Pointer, outputs, Sums, bias, parallel);
        RowCopy.Run(parts.Pointer, padded, weights, inputs, outputs, inputs);
    }
}
