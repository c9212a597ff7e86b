using LieConv.Training.Learning;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Tests.Training;

/// <summary>A small regression with batch statistics and random augmentation: all that a checkpoint has to keep.</summary>
internal sealed class TinyObjective : Objective, IDisposable
{
    private readonly Tensor _inputs;
    private readonly Tensor _targets;
    private readonly Sequential _model;

    public TinyObjective(
        bool validation = false, int width = 6, string group = "T2", IReadOnlyDictionary<string, string>? identity = null,
        string? tie = null)
    {
        TieMetric = tie;
        using var generator = new Generator(7);
        _inputs = randn([23, 4], generator: generator).DetachFromDisposeScope();
        _targets = _inputs.sum(1, keepdim: true).sin().DetachFromDisposeScope();
        random.manual_seed(1);
        _model = nn.Sequential(nn.Linear(4, width), nn.BatchNorm1d(width), nn.SiLU(), nn.Linear(width, 1));
        HasValidation = validation;
        Identity = identity ?? new Dictionary<string, string> { ["group"] = group, ["width"] = "6" };
    }

    public override nn.Module Model => _model;

    public override IReadOnlyDictionary<string, string> Identity { get; }

    public override long TrainCount => 23;

    public override bool HasValidation { get; }

    public override string SelectionMetric => "error";

    public List<DataSplit> Evaluated { get; } = [];

    /// <summary>Called before each step and each evaluation: a place to interrupt, or to fail.</summary>
    public Action Before { get; set; } = () => { };

    /// <summary>The validation errors to report, one an evaluation; the true one where they have run out.</summary>
    public Queue<double> ValidationErrors { get; } = new();

    /// <summary>The validation losses to report, one an evaluation, which decide between equal errors; 0 where they have run
    /// out.</summary>
    public Queue<double> ValidationLosses { get; } = new();

    public bool Diverges { get; set; }

    /// <summary>The error to report on the test examples; null for the true one.</summary>
    public double? FinalError { get; init; }

    /// <summary>The step, from 1, whose gradient is a million times too long; 0 for none.</summary>
    public int SteepStep { get; set; }

    private int _steps;

    public override BatchLoss TrainingLoss(ReadOnlySpan<long> examples, Generator generator)
    {
        Before();
        var places = tensor(examples.ToArray());
        var inputs = _inputs.index_select(0, places);
        var noisy = inputs + 0.1 * randn(inputs.shape, generator: generator);
        var error = _model.call(noisy) - _targets.index_select(0, places);
        var mean = error.square().mean() * (Diverges ? double.NaN : ++_steps == SteepStep ? 1e6 : 1);
        return new BatchLoss(mean, new Dictionary<string, double> { ["error"] = error.abs().sum().item<float>() });
    }

    public override Evaluation Evaluate(DataSplit split, Action<long, long> advance, CancellationToken interruption)
    {
        Before();
        interruption.ThrowIfCancellationRequested();
        Evaluated.Add(split);
        advance(23, 23);
        double error = (_model.call(_inputs) - _targets).abs().mean().item<float>();
        if (split == DataSplit.Validation && ValidationErrors.TryDequeue(out var given)) error = given;
        if (split == DataSplit.Test) error = FinalError ?? error;
        var loss = split == DataSplit.Validation && ValidationLosses.TryDequeue(out var other) ? other : 0;
        return new TinyEvaluation(23, new Dictionary<string, double> { ["error"] = error, ["loss"] = loss });
    }

    public override void WritePictures(string folder, Evaluation evaluation) =>
        File.WriteAllText(Path.Combine(folder, "picture.txt"), evaluation.Count.ToString());

    public Dictionary<string, byte[]> Bits() =>
        _model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.bytes.ToArray());

    public void Dispose()
    {
        _model.Dispose();
        _inputs.Dispose();
        _targets.Dispose();
    }

    private sealed record TinyEvaluation(long Count, IReadOnlyDictionary<string, double> Metrics)
        : Evaluation(Count, Metrics);
}
