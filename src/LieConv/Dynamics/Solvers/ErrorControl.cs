namespace LieConv.Dynamics.Solvers;

/// <summary>Whose error decides about the size of a step.</summary>
public enum ErrorControl
{
    /// <summary>Each item of the batch has its own time and step: its result does not depend on the other items. The
    /// last step ends at the last time, and the field is never evaluated beyond it.</summary>
    PerItem,

    /// <summary>All items take the same steps, by the root mean square over the whole batch, as torchdiffeq does:
    /// the last step may pass the last time. Only where the field is not finite there, it ends at the last
    /// time.</summary>
    WholeBatch,
}
