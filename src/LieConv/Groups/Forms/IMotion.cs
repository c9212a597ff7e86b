namespace LieConv.Groups;

/// <summary>The elements of a group of motions.</summary>
internal unsafe interface IMotion
{
    /// <summary>Numbers of an element.</summary>
    static abstract int ElementDim { get; }

    /// <summary>Numbers of a logarithm.</summary>
    static abstract int AlgebraDim { get; }

    /// <summary>Writes log(origin⁻¹ · target).</summary>
    static abstract void RelativeLog(float* origin, float* target, float* log);
}
