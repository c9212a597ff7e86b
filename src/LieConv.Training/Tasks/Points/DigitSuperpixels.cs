using LieConv.Datasets.Digits;
using LieConv.Datasets.Points;
using LieConv.Datasets.Points.Superpixels;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Training.Description;
using LieConv.Training.Learning;
using LieConv.Training.PictureFiles;

namespace LieConv.Training.Tasks.Points;

/// <summary>MNIST's digits as superpixels: sets of at most 75 points.</summary>
public sealed class DigitSuperpixels : KnownPoints
{
    private const double Validation = 0.05;
    private const int Dimensions = 2;

    /// <summary>About a quarter of a pixel.</summary>
    private const double UsualJitter = 0.03;

    private static readonly int Largest = new SlicOptions().Segments;

    private static readonly PointPreset[] Presets =
    [
        new("quick", Nearest(128, neighbours: 9), new TrainOptions
        {
            Epochs = 11, Batch = 32, LearningRate = 4e-3, Schedule = ScheduleKind.Cosine, WarmUp = 0.05, Ema = 0.998,
            GradientClip = 10,
        }),
        new("large", Nearest(256, neighbours: 12), new TrainOptions
        {
            Epochs = 40, Batch = 32, LearningRate = 4e-3, Schedule = ScheduleKind.Cosine, WarmUp = 0.02, Ema = 0.999,
            GradientClip = 10,
        }),
    ];

    /// <summary>Describes the task.</summary>
    public DigitSuperpixels() : base(
        "superpixels", "Handwritten digits as sets of superpixels (MNIST).", Dimensions, static _ => Largest)
    {
        ExampleName = "digits";
        Data = [MnistSource.Source, SuperpixelSource.Source];
        NewSets = static (config, request) => new DigitSets(config, request);
        Predictor = new PointPredictor(this)
        {
            Paths = "Superpixels: the same as of digits, or tables of superpixels.",
            MoreOptions = [InkNotes.Setting],
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
    [
        .. Parts("digits"),
        .. PointSettings.Training(
            "digits", Presets, "Folder with MNIST [default: the usual data folder, else the built-in sample]."),
    ];

    /// <inheritdoc/>
    public override PointSets OpenSets(PointConfig config, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(config);
        return SuperpixelDigits.Load(new SuperpixelOptions { DataRoot = config.Data.DataRoot }, log);
    }

    /// <inheritdoc/>
    protected override PointConfig CreatePreset(SettingValues given)
    {
        ArgumentNullException.ThrowIfNull(given);
        return CreatePreset(given, Presets, Validation) with { Jitter = UsualJitter };
    }

    /// <summary>A network on the nearest superpixels, of which a quarter is left at the end.</summary>
    private static PointNetworkOptions Nearest(int channels, int neighbours) => new()
    {
        Channels = channels, TotalDownsampling = 0.25,
        Block = new() { Neighborhood = NeighborhoodKind.Nearest, SampleCount = neighbours },
    };
}
