using LieConv.Datasets.Points;
using LieConv.Models;
using LieConv.Randomness;
using LieConv.Training.Randomness;
using LieConv.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Points;

/// <summary>A trained network and what it needs to be used without its data.</summary>
internal sealed class PointForecast : IDisposable
{
    private readonly PointNetwork _network;
    private readonly PointConfig _config;
    private readonly PointHeads _heads;
    private readonly Device _device;

    private PointForecast(PointNetwork network, PointConfig config)
    {
        (_network, _config, _heads) = (network, config, new PointHeads(config.Found!));
        _device = config.Train.OpenDevice();
    }

    /// <summary>Opens a run's network with a checkpoint loaded.</summary>
    /// <exception cref="InvalidDataException">If there is none or it is damaged.</exception>
    public static PointForecast Open(RunFolder run, string? checkpoint, PointConfig config)
    {
        if (config.Train.Threads > 0) set_num_threads(config.Train.Threads);
        var network = PointRun.CreateNetwork(config);
        try
        {
            network.to(config.Train.OpenDevice());
            network.to(config.Train.Dtype);
            run.Checkpoints.LoadModel(checkpoint ?? run.Checkpoints.Preferred, network, config.Identity());
            network.eval();
            return new PointForecast(network, config);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Whether the network's precision holds all numbers of a set as it sees them.</summary>
    public bool CanHold(PointRecord points)
    {
        var most = _config.Train.Dtype == ScalarType.Float64 ? double.MaxValue : float.MaxValue;
        double[] positions = [.. points.Positions];
        _config.Found!.Positions.Apply(positions);
        return !positions.Concat(points.Values).Any(number => !(Math.Abs(number) <= most));
    }

    /// <summary>What the network says of a set, target by target: logarithms of probabilities, or the number; of each point
    /// where points have the target.</summary>
    /// <remarks>Each set is seen by itself, with the same draws, so that what is said of one does not depend on the
    /// others.</remarks>
    public double[][] Predict(PointRecord points)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var batch = new PointBatch(_config.Found!);
        batch.Add(points.Count, [.. points.Positions], [.. points.Values]);
        using var generator = new SeedSequence(_config.Train.EvaluationSeed).CreateGenerator(RandomPurpose.Evaluation, 0);
        var said = _network.call(batch.ToPoints(_config.Train.Dtype, _device), new GeneratorDraws(generator));
        return
        [
            .. Enumerable.Range(0, _config.Found!.Schema.Targets.Count)
                .Select(place => _heads.Readable(said, place).contiguous().data<double>().ToArray()),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
