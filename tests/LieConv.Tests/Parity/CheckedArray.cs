namespace LieConv.Tests.Parity;

/// <summary>One comparison of a run.</summary>
/// <param name="Array">Name of the golden array, or of the right value that stands in for it.</param>
/// <param name="Error">Largest error by the manifest's metric.</param>
/// <param name="Tolerance">Largest error allowed.</param>
/// <param name="Deviation">Whether the right value is checked instead of the original's.</param>
public readonly record struct CheckedArray(string Array, double Error, double Tolerance, bool Deviation)
{
    /// <summary>Whether the array agrees; a NaN never does.</summary>
    public bool Passed => Error <= Tolerance;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Array}: error {Error:0.0e+00}, tolerance {Tolerance:0.0e+00}{(Deviation ? " (right value)" : "")}");
}
