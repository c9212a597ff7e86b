namespace LieConv.Cpu;

/// <summary>
/// A vector of float32 as wide as the processor's units. Loops whose lanes do not depend on each other are written once
/// for any width and compiled for each: vectors wider than the units would be pairs of registers, twice as many as there
/// are. A lane's operations, and their order, do not depend on the width.
/// </summary>
/// <typeparam name="TSelf">The vector.</typeparam>
internal unsafe interface IFloats<TSelf>
    where TSelf : struct, IFloats<TSelf>
{
    /// <summary>Numbers in a vector; 16 is a multiple.</summary>
    static abstract int Lanes { get; }

    /// <summary>Reads a vector, wherever it lies.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>The same number in all lanes.</summary>
    static abstract TSelf Create(float value);

    /// <summary>Writes all lanes.</summary>
    void Store(float* target);

    /// <summary>Adds each lane to one of the first sums.</summary>
    void AddTo(Span<double> sums);

    /// <summary>The sum.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>The difference.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>The opposite.</summary>
    static abstract TSelf operator -(TSelf a);

    /// <summary>The product.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>The multiple.</summary>
    static abstract TSelf operator *(TSelf a, float factor);

    /// <summary>The quotient.</summary>
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>One over a number from 1 on, within 2 units in the last place.</summary>
    static abstract TSelf Inverse(TSelf a);

    /// <summary>The square root.</summary>
    static abstract TSelf Sqrt(TSelf a);

    /// <summary>The size.</summary>
    static abstract TSelf Abs(TSelf a);

    /// <summary>The nearest integer, of two the even one.</summary>
    static abstract TSelf Round(TSelf a);

    /// <summary>At least a bound; NaN where a is.</summary>
    static abstract TSelf AtLeast(TSelf a, TSelf bound);

    /// <summary>At most a bound; NaN where a is.</summary>
    static abstract TSelf AtMost(TSelf a, TSelf bound);

    /// <summary>yes in lanes where a is greater than b, no in the others.</summary>
    static abstract TSelf WhereGreater(TSelf a, TSelf b, TSelf yes, TSelf no);

    /// <summary>a · 2ⁿ for integers n from -127 to 127, of which the first may give 0.</summary>
    static abstract TSelf Scale(TSelf a, TSelf n);
}
