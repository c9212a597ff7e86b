namespace LieConv.Kernels;

/// <summary>The operands of <see cref="MatrixProduct"/>, A B.</summary>
internal readonly record struct Factors(Factor A, Factor B);
