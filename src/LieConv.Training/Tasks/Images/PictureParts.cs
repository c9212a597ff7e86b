using System.Globalization;
using LieConv.Datasets.Pictures;
using LieConv.Randomness;
using LieConv.Training.Classification;
using LieConv.Training.Preparation;
using LieConv.Training.Randomness;

namespace LieConv.Training.Tasks.Images;

/// <summary>Pictures, and which of them are learnt from, chosen by and tested on.</summary>
internal sealed class PictureParts : IDisposable
{
    /// <summary>Random numbers of their own, beside those of the splits.</summary>
    private const int FewerIndex = 2;

    private readonly SetSplit _split;
    private readonly int[] _training;

    /// <summary>Pictures in parts, which it then owns.</summary>
    public PictureParts(PictureSet set, SetSplit split, ImageConfig config)
    {
        (Set, _split, _training) = (set, split, split.SetsOf(SplitPart.Training));
        if (config.TrainCount == 0 || config.TrainCount >= _training.Length) return;
        // The first of one random order: what fewer pictures hold, more pictures hold, too.
        var order = new SplitMix64(new SeedSequence(config.SplitSeed).SeedOf(RandomPurpose.Split, FewerIndex))
            .Permutation(_training.Length);
        _training = [.. order.Take(config.TrainCount).Select(place => _training[place]).Order()];
    }

    /// <summary>All pictures.</summary>
    public PictureSet Set { get; }

    /// <summary>The numbers of the pictures to learn from.</summary>
    public IReadOnlyList<int> Training => _training;

    /// <summary>Pictures to choose by.</summary>
    public int ValidationCount => _split.CountOf(SplitPart.Validation);

    /// <summary>How the pictures are parted, for people.</summary>
    public string SplitDescription => string.Create(CultureInfo.InvariantCulture,
        $"{_split.CountOf(SplitPart.Training):N0} training, {ValidationCount:N0} validation and " +
        $"{_split.CountOf(SplitPart.Test):N0} test pictures ({_split.Method})");

    /// <summary>For people, and to see whether a run goes on with the same pictures.</summary>
    /// <param name="path">The folder.</param>
    public string Describe(string path) => string.Create(CultureInfo.InvariantCulture,
        $"{Set.Count:N0} pictures of {Set.Head.Classes.Count} classes in {Set.Head.Width} x {Set.Head.Height} pixels of ") +
        (Set.Head.Channels == 1 ? "1 channel" : $"{Set.Head.Channels} channels") + $" from {path}{Content}";

    /// <summary>Whether these are the pictures of another description, wherever they are.</summary>
    public bool IsSame(string description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return description.EndsWith(Content, StringComparison.Ordinal);
    }

    private string Content => $"; {SplitDescription}{Fewer}; content {Set.Head.Hash[..12]}";

    private string Fewer => _training.Length is var used && used < _split.CountOf(SplitPart.Training)
        ? string.Create(CultureInfo.InvariantCulture, $", learning from {used:N0}")
        : "";

    /// <summary>The parts as images.</summary>
    public ImageParts CreateImages() => new(
        new PicturePart(Set, _training),
        ValidationCount == 0 ? null : new PicturePart(Set, _split.SetsOf(SplitPart.Validation)),
        new PicturePart(Set, _split.SetsOf(SplitPart.Test)));

    /// <summary>Opens the pictures in the parts that a run has written, or in new ones.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="splitPath">The run's split.json, which may not exist yet.</param>
    /// <param name="log">Told what is read.</param>
    /// <exception cref="ArgumentException">The pictures cannot be parted so.</exception>
    /// <exception cref="InvalidDataException">A file has a fault: one sentence.</exception>
    public static PictureParts Open(ImageConfig config, string splitPath, Action<string> log)
    {
        var set = PictureData.Open(config.Data, log);
        try
        {
            var isNew = !File.Exists(splitPath);
            var split = isNew ? Part(config, set.Head) : SplitFile.Read(splitPath, Names(set));
            foreach (var note in split.Notes) log(note);
            var parts = new PictureParts(set, split, config);
            if (isNew) log($"Split: {parts.SplitDescription}.");
            if (split.CountOf(SplitPart.Test) == 0)
                throw new ArgumentException(
                    $"There are no pictures to test on ({parts.SplitDescription}); expected some, as by --split 0.7,0.15,0.15.");
            return parts;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>Writes the parts.</summary>
    /// <param name="path">The run's split.json.</param>
    public void WriteSplit(string path) => SplitFile.Write(path, _split, Names(Set));

    /// <inheritdoc/>
    public void Dispose() => Set.Dispose();

    private static string[] Names(PictureSet set) => [.. set.Head.Pictures.Select(picture => picture.Name)];

    private static SetSplit Part(ImageConfig config, PictureHead head)
    {
        var strata = SetStrata.FromClasses([.. head.Pictures.Select(picture => picture.Class)], head.Classes);
        if (head.Pictures[0].Part.Length == 0)
            return StratifiedSplit.Create(strata, config.Split, config.SplitSeed, i => head.Pictures[i].Name);
        SplitPart[] parts = [.. head.Pictures.Select(picture => picture.Part switch
        {
            "train" => SplitPart.Training, "validation" => SplitPart.Validation, _ => SplitPart.Test,
        })];
        return HeldOutValidation.Take(
            new SetSplit(parts, "by folders", []), strata, null, config.Split, config.SplitSeed);
    }
}
