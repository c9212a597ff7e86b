namespace LieConv.Kernels;

/// <summary>A <see cref="CpuOperation{TSelf, TOperands}"/> that keeps other tensors than its operands for the backward
/// pass.</summary>
internal interface IKeepsOther<TOperands>
{
    /// <summary>What the backward pass needs: null for tensors that it does not read, copies of those that change in
    /// place.</summary>
    TOperands Kept(TOperands on);
}
