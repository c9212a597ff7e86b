namespace LieConv.Benchmarks.Workloads;

/// <summary>RotMNIST images: a training step, or a forward pass without derivatives.</summary>
internal sealed class ImageWorkload(string group, bool training)
    : Workload($"images:{group}:{(training ? Train : Evaluate)}")
{
    /// <summary>The word for a training step.</summary>
    public const string Train = "train";

    /// <summary>The word for a forward pass.</summary>
    public const string Evaluate = "eval";

    private readonly ImageTraining _images = new(group);

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
