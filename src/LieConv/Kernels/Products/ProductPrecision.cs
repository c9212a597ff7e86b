namespace LieConv.Kernels;

/// <summary>In what the large matrix products of a network are computed; everything else, and what is stored, keeps the
/// type of the parameters.</summary>
public enum ProductPrecision
{
    /// <summary>In the type of the parameters.</summary>
    Full,

    /// <summary>
    /// Factors, and the result that leaves the processor, rounded to bfloat16 where the parameters are float32; sums in
    /// float32. Faster on CPUs with AVX512_BF16 or AMX, slower on others. Derivatives of any order are
    /// rounded likewise, by 2⁻⁹ of each number: enough for the gradients of a loss, not for predictions that are
    /// derivatives themselves, such as forces.
    /// </summary>
    Bfloat16,
}
