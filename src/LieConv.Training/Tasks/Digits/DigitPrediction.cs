using LieConv.Datasets.Digits;
using LieConv.Models;
using LieConv.Randomness;
using LieConv.Training.PictureFiles;
using LieConv.Training.Randomness;
using LieConv.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Digits;

/// <summary>A trained network that reads digits from files; it needs none of its data.</summary>
/// <remarks>Lifts and neighbours are drawn as evaluation draws them for its first batch, anew for every batch, and all
/// pictures of a batch share them: a picture's probabilities do not depend on what else is predicted, but for the last
/// digits of a float32.</remarks>
public sealed class DigitPrediction : IDisposable
{
    private readonly RotMnistConfig _config;
    private readonly ImageLieResNet _model;

    private DigitPrediction(RotMnistConfig config, ImageLieResNet model) => (_config, _model) = (config, model);

    /// <summary>Classes that the network tells apart.</summary>
    public int Classes => _config.Model.Outputs;

    /// <summary>Opens a run's network.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="checkpoint">Name of the checkpoint, or null for the best, and without one the last.</param>
    /// <param name="threads">Threads of libtorch; null for the run's.</param>
    /// <exception cref="InvalidDataException">If the folder is no run of digits, or is damaged.</exception>
    public static DigitPrediction Open(string path, string? checkpoint, int? threads)
    {
        var folder = RunFolder.Open(path);
        var config = RotMnistConfig.Read(folder.Config);
        if (config.Model.InputChannels != 1)
            throw new InvalidDataException(
                $"'{folder.Config}': model.inputChannels is {config.Model.InputChannels}; expected 1, since pictures are " +
                "read as grey.");
        set_num_threads(threads is > 0 ? threads.Value : Math.Max(1, config.Train.Threads));
        var model = new ImageLieResNet(
            RotMnistRun.Check(config), config.Model with
            {
                Block = config.Model.Block with { Products = config.Train.Products },
            });
        model.to(config.Train.Dtype);
        folder.Checkpoints.LoadModel(checkpoint ?? folder.Checkpoints.Preferred, model, config.Identity());
        model.eval();
        return new DigitPrediction(config, model);
    }

    /// <summary>Predicts for the pictures of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="ink">How digits stand out from their ground.</param>
    /// <param name="interruption">Stops between batches by <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidDataException">If the file cannot be read: one sentence.</exception>
    public DigitFilePrediction Predict(string file, Ink ink, CancellationToken interruption)
    {
        var (digits, faults) = (new List<PredictedDigit>(), new List<string>());
        var (inverted, blank) = (new List<int>(), new List<int>());
        var number = 0;
        foreach (var pictures in DigitFile.Read(file, ink).Chunk(Batch))
        {
            interruption.ThrowIfCancellationRequested();
            var pixels = new float[pictures.Length][];
            for (var i = 0; i < pictures.Length; i++)
            {
                var isDark = pictures[i].IsDark(ink);
                if (isDark) inverted.Add(number + i + 1);
                if (pictures[i].IsBlank) blank.Add(number + i + 1);
                pixels[i] = (isDark ? pictures[i].Inverted() : pictures[i]).Scaled(_config.Model.Height, _config.Model.Width);
            }
            foreach (var probabilities in Probabilities(pixels))
            {
                number++;
                if (probabilities.All(double.IsFinite))
                    digits.Add(new PredictedDigit(file, number, Largest(probabilities), probabilities));
                else
                    faults.Add($"{file}: the probabilities predicted for image {number} are not finite numbers; left out.");
            }
        }
        return new DigitFilePrediction(digits, faults, inverted, blank);
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _model.Dispose();

    /// <summary>Where pictures do not share lifts and neighbours, what is drawn for one depends on its place in the
    /// batch; alone it is always the first.</summary>
    private int Batch => _config.Model.SharedGeometry ? _config.Train.EvaluationBatch : 1;

    private double[][] Probabilities(float[][] pixels)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var flat = new float[pixels.Length * pixels[0].Length];
        for (var i = 0; i < pixels.Length; i++) pixels[i].CopyTo(flat, i * pixels[0].Length);
        var images = tensor(flat, [pixels.Length, 1, _config.Model.Height, _config.Model.Width]);
        using var generator = new SeedSequence(_config.Train.EvaluationSeed).CreateGenerator(RandomPurpose.Evaluation, 0);
        var logits = _model.call(MnistNormalization.Apply(images.to(_config.Train.Dtype)), new GeneratorDraws(generator));
        var numbers = nn.functional.softmax(logits.to(ScalarType.Float64), 1).data<double>().ToArray();
        return [.. numbers.Chunk(Classes)];
    }

    private static int Largest(double[] probabilities) => Array.IndexOf(probabilities, probabilities.Max());
}
