using System.Text.Json.Serialization;
using LieConv.Kernels;
using LieConv.Training.Optimization;
using static TorchSharp.torch;

namespace LieConv.Training.Learning;

/// <summary>How to train, whatever is trained.</summary>
public sealed record TrainOptions
{
    /// <summary>The <see cref="Precision"/> whose large matrix products are in bfloat16.</summary>
    public const string Bfloat16Products = "bf16";

    /// <summary>The <see cref="Precision"/> of 32 bits.</summary>
    public const string SinglePrecision = "float32";
    /// <summary>The <see cref="Precision"/> of 64 bits.</summary>
    public const string DoublePrecision = "float64";

    /// <summary>Passes over the training examples.</summary>
    /// <value>10</value>
    public int Epochs { get; init; } = 10;

    /// <summary>Examples of an optimiser step.</summary>
    /// <value>25</value>
    public int Batch { get; init; } = 25;

    /// <summary>Adam's learning rate, above 0 and at most 10, where <see cref="Schedule"/> starts.</summary>
    /// <value>0.003</value>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>How the learning rate goes on; a plateau is seen on validation examples, and is refused without
    /// these.</summary>
    /// <value>Cosine</value>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Cosine;

    /// <summary>What a plateau multiplies the rate by, above 0 and below 1.</summary>
    /// <value>0.5</value>
    public double PlateauFactor { get; init; } = 0.5;

    /// <summary>Evaluations in a row without a better selection metric that make a plateau, from 1.</summary>
    /// <value>10</value>
    public int PlateauPatience { get; init; } = 10;

    /// <summary>Fraction of all steps, 0 to 1, over which the rate rises linearly to that of the schedule. The
    /// original's training on QM9 has 0.01.</summary>
    /// <value>0</value>
    public double WarmUp { get; init; }

    /// <summary>Whether training examples are moved at random by the symmetry of the task (images: rotated).</summary>
    /// <value>true</value>
    public bool Augment { get; init; } = true;

    /// <summary>A gradient longer than this many times the usual length is shortened to that; 0 for never. One gradient
    /// a thousand times too long would keep Adam's steps short for a thousand steps.</summary>
    /// <value>0</value>
    public double GradientLimit { get; init; }

    /// <summary>A gradient longer than this, over all parameters together, is shortened to it; 0 for never.</summary>
    /// <value>0</value>
    public double GradientClip { get; init; }

    /// <summary>Decoupled weight decay (AdamW, Loshchilov and Hutter 2019): before Adam's step, each weight of a matrix is
    /// multiplied by 1 - rate · decay; biases, and factors and shifts of norms, are not. 0 for none.</summary>
    /// <value>0</value>
    public double WeightDecay { get; init; }

    /// <summary>Decay, 0 to below 1, of the <see cref="WeightAverage"/> that is evaluated and saved to be used; 0 for
    /// none.</summary>
    /// <value>0</value>
    public double Ema { get; init; }

    /// <summary>Evaluations in a row without a better selection metric after which training stops; 0 for never. It is
    /// refused without validation examples.</summary>
    /// <value>0</value>
    public int EarlyStopping { get; init; }

    /// <summary>Where the weights come from that the training begins with, by name and shape; all others are initialised: the
    /// folder of a run, whose best weights are taken, and without these its last, or a .safetensors file. Empty for
    /// none.</summary>
    /// <value>empty</value>
    public string Init { get; init; } = "";

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

    /// <summary>Floating-point type of parameters and values: float32, or for checks float64. With bf16 they are
    /// float32, and only the large matrix products of a LieResNet are in bfloat16.</summary>
    /// <value>float32</value>
    public string Precision { get; init; } = SinglePrecision;

    /// <summary>Minutes of one session after which training stops and is evaluated; 0 for no limit.</summary>
    /// <value>0</value>
    public double MaxMinutes { get; init; }

    /// <summary>Minutes between checkpoints within an epoch; an epoch of some seconds or more ends with one anyway.</summary>
    /// <value>10</value>
    public double CheckpointMinutes { get; init; } = 10;

    /// <summary>All values that are out of their range, one sentence each.</summary>
    public IReadOnlyList<string> Validate() => TrainOptionsErrors.Find(this);

    /// <summary>All that is wrong with the options for certain data, one sentence each.</summary>
    /// <param name="hasValidation">Whether there are validation examples to choose by.</param>
    public IReadOnlyList<string> Validate(bool hasValidation) =>
        hasValidation ? Validate() : [.. Validate(), .. TrainOptionsErrors.WithoutValidation(this)];

    /// <summary>The torch type of <see cref="Precision"/>.</summary>
    [JsonIgnore]
    public ScalarType Dtype => Precision == DoublePrecision ? ScalarType.Float64 : ScalarType.Float32;

    /// <summary>What <see cref="Precision"/> says of large matrix products.</summary>
    [JsonIgnore]
    public ProductPrecision Products =>
        Precision == Bfloat16Products ? ProductPrecision.Bfloat16 : ProductPrecision.Full;

    /// <summary>The torch device of <see cref="Device"/>.</summary>
    /// <exception cref="ArgumentException">If the name is unknown or this machine has no such device.</exception>
    public Device OpenDevice() => DeviceName.Open(Device);
}
