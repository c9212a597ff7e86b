namespace LieConv.Molecules;

/// <summary>How molecules are moved at random.</summary>
public enum MoleculeTransform
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By a translation.</summary>
    T3,

    /// <summary>By a rotation about the origin.</summary>
    SO3,

    /// <summary>By a translation and then a rotation about the origin.</summary>
    SE3,
}
