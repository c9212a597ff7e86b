namespace LieConv.Dynamics.Solvers;

/// <summary>Whose error decides about the size of a step.</summary>
public enum ErrorControl
{
    /// <summary>Each item of the batch has its own time and step: its result does not depend on the other
    /// items.</summary>
    PerItem,

    /// <summary>All items take the same steps, by the root mean square over the whole batch, as torchdiffeq
    /// does.</summary>
    WholeBatch,
}
