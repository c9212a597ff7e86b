using static TorchSharp.torch;

namespace LieConv.Serialization;

/// <summary>What a safetensors file holds; owns its tensors.</summary>
/// <param name="Tensors">Tensors on the CPU by name, owned by no dispose scope.</param>
/// <param name="Metadata">Free text by name.</param>
public sealed record SafetensorsContents(
    IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) : IDisposable
{
    /// <summary>Frees all tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in Tensors.Values) tensor.Dispose();
    }
}
