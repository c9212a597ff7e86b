using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Training;

/// <summary>How to train, whatever is trained.</summary>
public sealed record TrainOptions
{
    private const string SinglePrecision = "float32";
    private const string DoublePrecision = "float64";

    /// <summary>Passes over the training examples.</summary>
    /// <value>10</value>
    public int Epochs { get; init; } = 10;

    /// <summary>Examples of an optimiser step.</summary>
    /// <value>25</value>
    public int Batch { get; init; } = 25;

    /// <summary>Adam's learning rate at the start; it falls to 0 by <see cref="CosineSchedule"/>.</summary>
    /// <value>0.003</value>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>Whether training examples are moved at random by the symmetry of the task (images: rotated).</summary>
    /// <value>true</value>
    public bool Augment { get; init; } = true;

    /// <summary>A gradient longer than this many times the usual length is shortened to that; 0 for never. One gradient
    /// a thousand times too long would keep Adam's steps short for a thousand steps.</summary>
    /// <value>0</value>
    public double GradientLimit { get; init; }

    /// <summary>Seed of initialisation, order, augmentation and the network's draws.</summary>
    /// <value>0</value>
    public long Seed { get; init; }

    /// <summary>Epochs between evaluations; the last epoch is always evaluated.</summary>
    /// <value>1</value>
    public int EvaluateEvery { get; init; } = 1;

    /// <summary>Examples of an evaluation batch. Draws are made per batch, so the outputs depend on it
    /// slightly.</summary>
    /// <value>100</value>
    public int EvaluationBatch { get; init; } = 100;

    /// <summary>Seed of the network's draws in evaluation: fixed, so that a loaded checkpoint gives the same
    /// outputs.</summary>
    /// <value>0</value>
    public long EvaluationSeed { get; init; }

    /// <summary>Threads of libtorch; 0 leaves its own choice.</summary>
    /// <value>0</value>
    public int Threads { get; init; }

    /// <summary>Where to compute: cpu, cuda or cuda:N.</summary>
    /// <value>cpu</value>
    public string Device { get; init; } = "cpu";

    /// <summary>Floating-point type of parameters and values: float32, or for checks float64.</summary>
    /// <value>float32</value>
    public string Precision { get; init; } = SinglePrecision;

    /// <summary>Minutes of one session after which training stops and is evaluated; 0 for no limit.</summary>
    /// <value>0</value>
    public double MaxMinutes { get; init; }

    /// <summary>Minutes between checkpoints within an epoch; an epoch of some seconds or more ends with one anyway.</summary>
    /// <value>10</value>
    public double CheckpointMinutes { get; init; } = 10;

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Epochs < 1) errors.Add($"Epochs is {Epochs}; expected at least 1.");
        if (Batch < 1) errors.Add($"Batch is {Batch}; expected at least 1.");
        if (!(LearningRate > 0 && LearningRate <= 10))
            errors.Add(Invariant($"LearningRate is {LearningRate}; expected a number above 0 and at most 10."));
        if (!(GradientLimit is 0 or >= 1))
            errors.Add(Invariant($"GradientLimit is {GradientLimit}; expected 0 (none) or a number from 1."));
        if (EvaluateEvery < 1) errors.Add($"EvaluateEvery is {EvaluateEvery}; expected at least 1.");
        if (EvaluationBatch < 1) errors.Add($"EvaluationBatch is {EvaluationBatch}; expected at least 1.");
        if (Threads is < 0 or > 4096) errors.Add($"Threads is {Threads}; expected 0 (libtorch's choice) to 4096.");
        if (!(MaxMinutes >= 0)) errors.Add(Invariant($"MaxMinutes is {MaxMinutes}; expected 0 (no limit) or more."));
        if (!(CheckpointMinutes > 0))
            errors.Add(Invariant($"CheckpointMinutes is {CheckpointMinutes}; expected more than 0."));
        if (!TryParseDevice(Device, out _)) errors.Add($"Device is '{Device}'; expected cpu, cuda or cuda:N.");
        if (Precision is not (SinglePrecision or DoublePrecision))
            errors.Add($"Precision is '{Precision}'; expected {SinglePrecision} or {DoublePrecision}.");
        return errors;
    }

    /// <summary>The torch type of <see cref="Precision"/>.</summary>
    internal ScalarType Dtype => Precision == DoublePrecision ? ScalarType.Float64 : ScalarType.Float32;

    /// <summary>The torch device of <see cref="Device"/>.</summary>
    /// <exception cref="ArgumentException">If the name is unknown or this machine has no such device.</exception>
    internal Device OpenDevice()
    {
        if (!TryParseDevice(Device, out var device))
            throw new ArgumentException($"Device is '{Device}'; expected cpu, cuda or cuda:N.");
        if (device.type == DeviceType.CUDA && (!cuda.is_available() || device.index >= cuda.device_count()))
            throw new ArgumentException($"Device '{Device}' is not available to libtorch on this machine; try cpu.");
        return device;
    }

    private static bool TryParseDevice(string name, out Device device)
    {
        device = CPU;
        if (name == "cpu") return true;
        var parts = name.Split(':');
        var index = 0;
        if (parts[0] != "cuda" || parts.Length > 2) return false;
        if (parts.Length == 2 && !(int.TryParse(parts[1], out index) && index >= 0)) return false;
        device = new Device(DeviceType.CUDA, index);
        return true;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
