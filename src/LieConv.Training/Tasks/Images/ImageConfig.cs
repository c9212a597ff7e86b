using System.Text.Json.Serialization;
using LieConv.Datasets.Pictures;
using LieConv.Models;
using LieConv.Training.Checkpoints;
using LieConv.Training.Classification;
using LieConv.Training.Learning;
using LieConv.Training.Preparation;

namespace LieConv.Training.Tasks.Images;

/// <summary>Everything that decides a training on pictures of one's own: config.json of its run folder.</summary>
public sealed record ImageConfig : RunConfig
{
    /// <summary>Name of the task.</summary>
    public const string TaskName = "images";

    /// <summary>Name of the task, always <see cref="TaskName"/>.</summary>
    [JsonPropertyOrder(-8)]
    public override string Task { get; init; } = TaskName;

    /// <summary>The group of the plane, such as T2 or SE2:0.05.</summary>
    [JsonPropertyOrder(-5)]
    public string Group { get; init; } = "T2";

    /// <summary>Which pictures.</summary>
    [JsonPropertyOrder(-4)]
    public PictureOptions Data { get; init; } = new();

    /// <summary>How the pictures are parted. Where folders say it, and there are none for validation, that fraction of
    /// training and validation is taken from the training pictures.</summary>
    public SplitFractions Split { get; init; } = SplitFractions.Usual;

    /// <summary>Seed of the split.</summary>
    public long SplitSeed { get; init; }

    /// <summary>Training pictures to learn from at most, drawn by the split's seed; 0 for all.</summary>
    public int TrainCount { get; init; }

    /// <summary>The network; its channels, size and outputs are those of the pictures.</summary>
    public ImageLieResNetOptions Model { get; init; } = new();

    /// <summary>What was found in the pictures; null before a run starts.</summary>
    public LearntPictures? Found { get; init; }

    /// <summary>What the classes weigh in the loss.</summary>
    public ClassWeighting ClassWeights { get; init; }

    /// <summary>How training pictures are moved at random where train.augment is on.</summary>
    public ImageAugmentation Augmentation { get; init; }

    /// <summary>Training pictures are also shifted by up to so many pixels in either direction where train.augment is
    /// on.</summary>
    /// <value>0</value>
    public double ShiftPixels { get; init; }

    /// <summary>Reads and checks the configuration of a run.</summary>
    /// <param name="path">Its config.json.</param>
    /// <exception cref="InvalidDataException">If it is missing, damaged or wrong: one line that names the
    /// file.</exception>
    public static ImageConfig Read(string path) => Read<ImageConfig>(path, TaskName);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (VersionError() is { } version) errors.Add(version);
        if (Task != TaskName) errors.Add($"task is '{Task}'; expected {TaskName}.");
        if (Data is null || Model?.Block is null || Train is null || Group is null || Split is null || DataDescription is null)
            return [.. errors, "group, data, dataDescription, split, model and train must not be null."];
        errors.AddRange(Data.Validate());
        errors.AddRange(Split.Validate());
        errors.AddRange(ImageNetworkLimits.Find(Model));
        if (errors.Count == 0) errors.AddRange(Model.Validate());
        errors.AddRange(Train.Validate(hasValidation: true));              // the data decide: folders may have such
        if (TrainCount < 0) errors.Add($"trainCount is {TrainCount}; expected 1 or more, or 0 for all.");
        if (!(ShiftPixels >= 0 && double.IsFinite(ShiftPixels)))
            errors.Add($"shiftPixels is {ShiftPixels:R}; expected a number from 0.");
        if (!Enum.IsDefined(ClassWeights)) errors.Add($"classWeights is {ClassWeights}; expected a named weighting.");
        if (!Enum.IsDefined(Augmentation)) errors.Add($"augmentation is {Augmentation}; expected a named augmentation.");
        if (Found is not null && !(Found.IsSound() && Found.Classes.Count == Model.Outputs &&
            Found.Channels.Count == Model.InputChannels))
            errors.Add("found is incomplete or does not go together with model; expected what the run wrote when it started.");
        return errors;
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Identity()
    {
        var identity = ConfigFile.Flatten(Model, "model");
        identity["task"] = Task;
        identity["group"] = Group;
        identity["classes"] = Found is null ? "" : string.Join('|', Found.Classes);
        identity["train.precision"] = Train.Precision;
        return new IdentityDictionary(identity, FormerKeys, () => new ImageConfig().Identity());
    }
}
