using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>A group that has the logarithm of a relative element in one pass over memory.</summary>
internal interface IFusedRelative
{
    /// <summary>log(origin⁻¹ · target), shape (..., d); null where these elements need plain operations.</summary>
    Tensor? RelativeLog(Tensor origin, Tensor target);
}
