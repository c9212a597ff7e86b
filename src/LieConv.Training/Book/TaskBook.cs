using LieConv.Datasets.Downloads;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Runs;
using LieConv.Training.Tasks.Digits;
using LieConv.Training.Tasks.Dynamics;
using LieConv.Training.Tasks.Images;
using LieConv.Training.Tasks.Molecules;
using LieConv.Training.Tasks.Points;

namespace LieConv.Training.Book;

/// <summary>The tasks that a tool knows. All that it can do with a task it learns from its description; a task of your own
/// is one more entry: new TaskBook([.. TaskBook.All, new MyTask()]).</summary>
public sealed class TaskBook
{
    private readonly Dictionary<string, LearningTask> _byName;

    /// <summary>A book of tasks.</summary>
    /// <param name="tasks">The tasks, in the order of help texts; at least one.</param>
    /// <exception cref="ArgumentException">If there is none, or two have one name.</exception>
    public TaskBook(IReadOnlyList<LearningTask> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        if (tasks.Count == 0) throw new ArgumentException("A book needs at least one task.", nameof(tasks));
        if (tasks.GroupBy(task => task.Name).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw new ArgumentException($"Two tasks are called '{twice}'.", nameof(tasks));
        (Tasks, _byName) = (tasks, tasks.ToDictionary(task => task.Name));
    }

    /// <summary>The tasks of this library: the only place that names each.</summary>
    public static IReadOnlyList<LearningTask> All { get; } =
    [
        new RotatedDigits(),
        MovingParticles.Springs, MovingParticles.NBody,
        MoleculeProperties.Qm9, MoleculeProperties.Qm7, MoleculeProperties.Md17,
        new OwnPoints(), new ModelNetShapes(), new DigitSuperpixels(), new OwnPictures(),
    ];

    /// <summary>The tasks, in the order of help texts.</summary>
    public IReadOnlyList<LearningTask> Tasks { get; }

    /// <summary>The data sets of the tasks, each once: those of others first, then those that trainings make.</summary>
    public IReadOnlyList<DataSource> Data => [.. Tasks.SelectMany(task => task.Data).DistinctBy(source => source.Name)
        .OrderBy(source => source.IsMade)];

    /// <summary>The task of a name.</summary>
    /// <exception cref="ArgumentException">If there is none: one sentence that lists them.</exception>
    public LearningTask Find(string name) => _byName.GetValueOrDefault(name)
        ?? throw new ArgumentException($"There is no task '{name}'; expected one of {Names}.");

    /// <summary>The task of a run.</summary>
    /// <param name="run">The run.</param>
    /// <returns>The task; where the configuration is too damaged to name one, the first, whose reader then says what is
    /// wrong with it.</returns>
    /// <exception cref="InvalidDataException">If the run is of none of these tasks: one sentence that lists
    /// them.</exception>
    public LearningTask FindFor(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (RunConfig.TaskOf(run.Config) is not { } name) return Tasks[0];
        return _byName.GetValueOrDefault(name)
            ?? throw new InvalidDataException($"'{run.Config}' is of a run of {name}; expected one of {Names}.");
    }

    private string Names => string.Join(", ", Tasks.Select(task => task.Name));
}
