using LieConv.Kernels;

namespace LieConv.Benchmarks.Workloads;

/// <summary>RotMNIST images: a training step, or a forward pass without derivatives.</summary>
/// <param name="name">The workload's name.</param>
/// <param name="group">The group's name.</param>
/// <param name="training">Whether it is a training step.</param>
/// <param name="products">What our side computes large products in.</param>
internal sealed class ImageWorkload(string name, string group, bool training, ProductPrecision products)
    : Workload(name)
{
    /// <summary>The word for a training step.</summary>
    public const string Train = "train";

    /// <summary>The word for a forward pass.</summary>
    public const string Evaluate = "eval";

    private readonly ImageTraining _images = new(group, products);

    /// <inheritdoc/>
    public override string Item => "images";

    /// <inheritdoc/>
    public override double Items => ImageTraining.Batch;

    /// <inheritdoc/>
    public override double Operations => training ? _images.Count.Training : _images.Count.Forward;

    /// <inheritdoc/>
    public override void Step(Side side)
    {
        if (training) _images.Train(side);
        else _images.Evaluate(side);
    }

    /// <inheritdoc/>
    public override void Dispose() => _images.Dispose();
}
