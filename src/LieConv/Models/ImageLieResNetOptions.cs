using LieConv.Layers;

namespace LieConv.Models;

/// <summary>The shape of an <see cref="ImageLieResNet"/>; the defaults are the original's for RotMNIST.</summary>
public sealed record ImageLieResNetOptions
{
    /// <summary>Channels of the images.</summary>
    /// <value>1</value>
    public int InputChannels { get; init; } = 1;

    /// <summary>Rows of the images in pixels.</summary>
    /// <value>28</value>
    public int Height { get; init; } = 28;

    /// <summary>Columns of the images in pixels.</summary>
    /// <value>28</value>
    public int Width { get; init; } = 28;

    /// <summary>Pixels at least this far from the centre are left out, in pixels; 0 for none, so that oblong and larger
    /// images are seen to their corners.</summary>
    /// <value>15, the corners of a rotated digit.</value>
    public double CropRadius { get; init; } = ImageLieResNet.CropRadius;

    /// <summary>Classes.</summary>
    /// <value>10</value>
    public int Outputs { get; init; } = 10;

    /// <summary>Residual blocks.</summary>
    /// <value>6</value>
    public int Layers { get; init; } = 6;

    /// <summary>Channels before the first block, at least 4.</summary>
    /// <value>128</value>
    public int Channels { get; init; } = 128;

    /// <summary>Whether channels grow as points become fewer: by 1/sqrt of the fraction kept.</summary>
    /// <value>true</value>
    public bool GrowChannels { get; init; } = true;

    /// <summary>Channels before each block and after the last, Layers + 1 numbers that do not fall, instead of
    /// <see cref="Channels"/> and their growth; null for these.</summary>
    /// <value>null</value>
    public IReadOnlyList<int>? BlockChannels { get; init; }

    /// <summary>Fraction of the points that remains after all blocks, in (0, 1].</summary>
    /// <value>0.1</value>
    public double TotalDownsampling { get; init; } = 0.1;

    /// <summary>Wanted fraction within the ball of the first block; it grows as points become fewer, up to 1.</summary>
    /// <value>0.1</value>
    public double FillFraction { get; init; } = 0.1;

    /// <summary>What all blocks have in common: neighbours, lift, normalisation, nonlinearity, products.</summary>
    /// <value>As <see cref="BlockOptions"/>: balls.</value>
    public BlockOptions Block { get; init; } = new();

    /// <summary>Whether all images of a batch share lifts, subsamples and neighbours, drawn anew for each
    /// batch.</summary>
    /// <value>true</value>
    public bool SharedGeometry { get; init; } = true;

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Height < 1 || Width < 1) errors.Add($"The image is {Height} x {Width} pixels; expected at least 1 x 1.");
        if (!(CropRadius >= 0 && double.IsFinite(CropRadius)))
            errors.Add($"CropRadius is {CropRadius:R}; expected a number above 0, or 0 to leave nothing out.");
        else if (CropRadius > 0 && CropRadius <= NearestPixel)
            errors.Add(
                FormattableString.Invariant($"CropRadius is {CropRadius}, which leaves no pixel of {Width} x {Height}; ") +
                FormattableString.Invariant($"expected more than {NearestPixel:0.####}, or 0 to leave nothing out."));
        if (InputChannels < 1) errors.Add($"InputChannels is {InputChannels}; expected at least 1.");
        if (Layers < 1) errors.Add($"Layers is {Layers}; expected at least 1.");
        if (Channels < 4) errors.Add($"Channels is {Channels}; expected at least 4.");
        if (!(TotalDownsampling > 0 && TotalDownsampling <= 1))
            errors.Add($"TotalDownsampling is {TotalDownsampling:R}; expected a number above 0 and at most 1.");
        if (BlockLists.Error(nameof(BlockChannels), BlockChannels, Layers + 1, "Layers + 1") is { } list)
            errors.Add(list);
        if (errors.Count == 0) errors.AddRange(ToLieResNet().Validate());
        return errors;
    }

    /// <summary>How far the pixel that is nearest to the centre is from it.</summary>
    private double NearestPixel => double.Hypot(
        ImageLieResNet.Spread(Math.Max(Height, 1) / 2, Math.Max(Height, 1)),
        ImageLieResNet.Spread(Math.Max(Width, 1) / 2, Math.Max(Width, 1)));

    /// <summary>The network on the pixels: the original's scaling of channels and fill with the number of
    /// points.</summary>
    public LieResNetOptions ToLieResNet()
    {
        var kept = Math.Pow(TotalDownsampling, 1.0 / Layers);
        return new LieResNetOptions
        {
            Inputs = InputChannels, Outputs = Outputs, Layers = Layers, DownsampleFraction = kept,
            Channels = BlockChannels ?? [.. Enumerable.Range(0, Layers + 1).Select(i =>
                GrowChannels ? (int)(Channels / Math.Pow(kept, i / 2.0)) : Channels)],
            FillFractions = [.. Enumerable.Range(0, Layers).Select(i => FillFraction / Math.Pow(kept, i))],
            Block = Block,
        };
    }
}
