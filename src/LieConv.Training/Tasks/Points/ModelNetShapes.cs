using LieConv.Datasets.Points;
using LieConv.Datasets.Points.ModelNet;
using LieConv.Training.Description;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Points;

/// <summary>The classes of ModelNet40's shapes.</summary>
public sealed class ModelNetShapes : KnownPoints
{
    /// <summary>Rotations about the vertical, which is y in these data.</summary>
    private const string AboutVertical = "SO3[1]";

    /// <summary>About the noise of PointNet (0.01 of the unit sphere), in units of the clouds' size.</summary>
    private const double UsualJitter = 0.01;

    private const double Validation = 0.05;
    private const int Dimensions = 3;

    private static readonly PointPreset[] Presets =
    [
        new("quick", new() { Channels = 32, TotalDownsampling = 1.0 / 64, FillFraction = 1.0 / 32 }, new TrainOptions
        {
            Epochs = 20, Batch = 16, LearningRate = 3e-3, Schedule = ScheduleKind.Cosine, WarmUp = 0.05, Ema = 0.99,
            GradientClip = 10, EvaluationBatch = 32,
        }),
        new("large", new() { Channels = 64, TotalDownsampling = 1.0 / 64, FillFraction = 1.0 / 32 }, new TrainOptions
        {
            Epochs = 200, Batch = 32, LearningRate = 3e-3, Schedule = ScheduleKind.Cosine, WarmUp = 0.02, Ema = 0.999,
            GradientClip = 10, EvaluationBatch = 32,
        }),
    ];

    /// <summary>Describes the task.</summary>
    public ModelNetShapes() : base(
        "modelnet40", "Classes of the shapes of ModelNet40.", Dimensions, static config => config.Data.MeshPoints)
    {
        ExampleName = "shapes";
        Data = [ModelNetSource.Source];
        NewSets = static (config, _) => new FileSets(config, set => Fit(set, config.Data.MeshPoints));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
    [
        Setting.Count("--points", "data.meshPoints", "Points of a shape [default: 1024]."),
        .. Parts("shapes"),
        .. PointSettings.Training(
            "shapes", Presets, "Folder with ModelNet40, h5 files or .off meshes [default: the usual data folder]."),
    ];

    /// <inheritdoc/>
    public override PointSets OpenSets(PointConfig config, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(config);
        return ModelNet40.Load(
            new ModelNet40Options
            {
                Points = config.Data.MeshPoints, Seed = config.Data.MeshSeed, DataRoot = config.Data.DataRoot,
            },
            log);
    }

    /// <summary>New shapes get the size of those that were learnt from; meshes of .off files have z up, as ModelNet's, and
    /// all others y. Clouds of h5 files are in random order, so that the first points are taken, as in training.</summary>
    private static FoundPoints Fit(FoundPoints set, int most)
    {
        if (set.Points is null) return set;
        if (ModelNet40.Fit(set.Points, Is(".off")) is not { } fitted)
            return set with { Points = null, Fault = $"{set.Place}: has no size; expected points that differ." };
        var taken = Is(".h5") || Is(".hdf5") ? Math.Min(most, fitted.Count) : fitted.Count;
        return set with { Points = fitted with { Count = taken, Positions = fitted.Positions[..(3 * taken)] } };

        bool Is(string ending) => set.Place.Contains(ending, StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    protected override PointConfig CreatePreset(SettingValues given)
    {
        ArgumentNullException.ThrowIfNull(given);
        return CreatePreset(given, Presets, Validation) with { Augmentation = AboutVertical, Jitter = UsualJitter };
    }
}
