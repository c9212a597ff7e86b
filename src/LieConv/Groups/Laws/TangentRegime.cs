namespace LieConv.Groups.Laws;

/// <summary>Where in the algebra a law is checked.</summary>
public enum TangentRegime
{
    /// <summary>Of order one, well inside the injectivity domain of the logarithm.</summary>
    Generic,

    /// <summary>About 1e-7, where closed forms lose all their digits.</summary>
    Tiny,

    /// <summary>Exactly zero.</summary>
    Zero,

    /// <summary>Just inside the cut locus: rotations by almost π.</summary>
    NearCut,
}
