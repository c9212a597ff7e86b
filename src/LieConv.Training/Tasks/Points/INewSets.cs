using LieConv.Datasets.Points;

namespace LieConv.Training.Tasks.Points;

/// <summary>Reads new sets to predict for, all paths of a command one after another.</summary>
internal interface INewSets
{
    /// <summary>The sets of a path, or what is wrong with each.</summary>
    /// <exception cref="InvalidDataException">Nothing can be read from it: one sentence.</exception>
    IEnumerable<FoundPoints> Read(string path);

    /// <summary>Says what concerns all that was read.</summary>
    void Finish();
}
