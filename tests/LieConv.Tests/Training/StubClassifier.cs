using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Training;

/// <summary>A classifier that always says 0, with a logit of 1 against 0, and remembers what it was shown.</summary>
internal sealed class StubClassifier : nn.Module<Tensor, Draws, Tensor>
{
    private readonly TorchSharp.Modules.Parameter _bias;

    public StubClassifier() : base(nameof(StubClassifier))
    {
        _bias = nn.Parameter(tensor(new float[] { 1, 0, 0 }));
        _bias.DetachFromDisposeScope();
        RegisterComponents();
    }

    public List<Tensor> Shown { get; } = [];

    public override Tensor forward(Tensor images, Draws draws)
    {
        Shown.Add(images.detach().clone());
        return _bias.unsqueeze(0).expand(images.shape[0], -1) + 0;
    }
}
