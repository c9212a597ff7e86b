using LieConv.Training.Runs;

namespace LieConv.Training.Description;

/// <summary>What is to be predicted by which network.</summary>
/// <param name="Run">The run.</param>
/// <param name="Options">The predictor's options that were given.</param>
public sealed record PredictionRequest(RunFolder Run, SettingValues Options)
{
    /// <summary>The files and folders after the run.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Name of the checkpoint; null for the best, and without one the last.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Threads of libtorch; null for the run's.</summary>
    public int? Threads { get; init; }

    /// <summary>Told in a sentence what is wrong with an input, or what of it the network does not see.</summary>
    public Action<string> Say { get; init; } = static _ => { };

    /// <summary>Stops by <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Interruption { get; init; }
}
