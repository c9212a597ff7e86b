using LieConv.Datasets.Pictures;
using LieConv.Models;
using LieConv.Numerics;
using LieConv.Randomness;
using LieConv.Training.Randomness;
using LieConv.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Images;

/// <summary>A trained network that reads pictures from files; it needs none of its data.</summary>
/// <remarks>Lifts and neighbours are drawn as evaluation draws them for its first batch, anew for every batch, and all
/// pictures of a batch share them: a picture's probabilities do not depend on what else is predicted, but for the last
/// digits of a float32.</remarks>
internal sealed class ImageForecast : IDisposable
{
    private readonly ImageConfig _config;
    private readonly ImageLieResNet _model;

    private ImageForecast(ImageConfig config, ImageLieResNet model) => (_config, _model) = (config, model);

    /// <summary>Names of the classes.</summary>
    public IReadOnlyList<string> Classes => _config.Found!.Classes;

    /// <summary>Where pictures do not share lifts and neighbours, what is drawn for one depends on its place in the
    /// batch; alone it is always the first.</summary>
    public int Batch => _config.Model.SharedGeometry ? _config.Train.EvaluationBatch : 1;

    /// <summary>Opens a run's network.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="checkpoint">Name of the checkpoint, or null for the best, and without one the last.</param>
    /// <param name="threads">Threads of libtorch; null for the run's.</param>
    /// <exception cref="InvalidDataException">If the folder is no run of pictures, or is damaged.</exception>
    public static ImageForecast Open(RunFolder folder, string? checkpoint, int? threads)
    {
        var config = ImageConfig.Read(folder.Config);
        if (config.Found is null)
            throw new InvalidDataException(
                $"'{folder.Config}' does not say what was found in the data; expected a run that has started.");
        set_num_threads(threads is > 0 ? threads.Value : Math.Max(1, config.Train.Threads));
        var model = ImageRun.CreateNetwork(config);
        try
        {
            model.to(config.Train.Dtype);
            folder.Checkpoints.LoadModel(checkpoint ?? folder.Checkpoints.Preferred, model, config.Identity());
            model.eval();
            return new ImageForecast(config, model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Reads a picture as those of the training were seen.</summary>
    /// <returns>Bytes, channel by channel.</returns>
    /// <exception cref="InvalidDataException">If the file cannot be read: one sentence.</exception>
    public byte[] Read(string file) => PictureFile.Read(file).Scaled(
        _config.Model.Height, _config.Model.Width, isGrey: _config.Model.InputChannels == 1);

    /// <summary>Natural logarithms of the probabilities of the classes, a row a picture.</summary>
    /// <param name="pictures">Some of <see cref="Read"/>, at most a <see cref="Batch"/>.</param>
    public double[] LogProbabilities(IReadOnlyList<byte[]> pictures)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        byte[] flat = [.. pictures.SelectMany(picture => picture)];
        var shape = new long[] { pictures.Count, _config.Model.InputChannels, _config.Model.Height, _config.Model.Width };
        var images = tensor(flat, shape, dtype: ScalarType.Byte).to_type(ScalarType.Float32).div_(Scalars.Of(byte.MaxValue));
        using var generator = new SeedSequence(_config.Train.EvaluationSeed).CreateGenerator(RandomPurpose.Evaluation, 0);
        var logits = _model.call(
            PictureFit.Normalise(_config.Found!, images.to(_config.Train.Dtype)), new GeneratorDraws(generator));
        return nn.functional.log_softmax(logits.to(ScalarType.Float64), 1).data<double>().ToArray();
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _model.Dispose();
}
