using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>A group that acts on a part of R^D only: what <see cref="LieGroup.ToDomain"/> asks.</summary>
public interface IOwnDomain
{
    /// <summary>Points of the domain from any numbers, both (..., D); temporaries are held.</summary>
    Tensor FromNumbers(Tensor numbers);
}
