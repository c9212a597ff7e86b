using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>The pointwise nonlinearity of a network.</summary>
public enum Activation
{
    /// <summary>x · sigmoid(x), smooth, so that second derivatives exist.</summary>
    Swish,

    /// <summary>max(x, 0).</summary>
    Relu,
}

/// <summary>Applies <see cref="Activation"/>.</summary>
internal static class Activations
{
    public static Tensor Apply(this Activation activation, Tensor x) =>
        activation == Activation.Relu ? nn.functional.relu(x)
        : FusedSwish.Supports(x) && FusedSwish.Pays(x) ? FusedSwish.Apply(x)
        : nn.functional.silu(x);
}
