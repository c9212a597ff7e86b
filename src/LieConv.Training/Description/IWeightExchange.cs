using LieConv.Training.Checkpoints;
using LieConv.Training.Runs;

namespace LieConv.Training.Description;

/// <summary>Exchanges the weights of a task's networks as safetensors files, under our names or the original's.</summary>
public interface IWeightExchange
{
    /// <summary>Writes a checkpoint's parameters and statistics, without the optimiser.</summary>
    /// <param name="run">The run.</param>
    /// <param name="checkpoint">Its checkpoint, or null for the best, and without one the last.</param>
    /// <param name="file">The file to make.</param>
    /// <param name="original">Whether to use the names of the original PyTorch code.</param>
    /// <param name="log">Told where the original computes something else with the same weights.</param>
    /// <returns>Tensors written.</returns>
    /// <exception cref="InvalidDataException">If the run or its checkpoint is damaged.</exception>
    int Export(RunFolder run, string? checkpoint, string file, bool original, Action<string> log);

    /// <summary>Makes a run whose last checkpoint holds the weights of a file; it counts as trained to the end.</summary>
    /// <param name="file">A safetensors file.</param>
    /// <param name="config">The network and the data that the weights belong to.</param>
    /// <param name="path">The folder to make.</param>
    /// <param name="original">Whether the names are those of the original PyTorch code.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="InvalidDataException">If the file is damaged or belongs to another network; then no folder is
    /// made.</exception>
    void Import(string file, RunConfig config, string path, bool original, Action<string> log);
}
