using static TorchSharp.torch;

namespace LieConv.Serialization;

/// <summary>One tensor as a safetensors header describes it.</summary>
/// <param name="Name">Key of the tensor.</param>
/// <param name="Dtype">Element type.</param>
/// <param name="Shape">Sizes, none negative.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">Byte after the last.</param>
internal sealed record SafetensorsEntry(string Name, ScalarType Dtype, long[] Shape, long Begin, long End);
