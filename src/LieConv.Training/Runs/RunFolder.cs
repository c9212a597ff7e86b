using LieConv.Training.Checkpoints;
using LieConv.Training.Json;
using LieConv.Training.Learning;

namespace LieConv.Training.Runs;

/// <summary>The folder of a run: what was asked for, how it went, what came out.</summary>
public sealed class RunFolder
{
    private RunLock? _lock;

    /// <summary>The folders that were made for the run, the innermost first.</summary>
    private IReadOnlyList<string> _made = [];

    private RunFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The resolved configuration.</summary>
    public string Config => In("config.json");

    /// <summary>The result of the final evaluation.</summary>
    public string Result => In("result.json");

    /// <summary>What evaluating the run gave, where its task measures more than the result has.</summary>
    public string Evaluation => In("evaluation.json");

    /// <summary>The picture of the training curves.</summary>
    public string Curves => In("curves.png");

    /// <summary>The figures of each epoch.</summary>
    public MetricsLog Metrics => new(In("metrics.jsonl"));

    /// <summary>The checkpoints.</summary>
    public CheckpointStore Checkpoints => new(In("checkpoints"));

    /// <summary>Makes the folder of a new run, for this process alone until its training ends.</summary>
    /// <exception cref="ArgumentException">If there is something already: a run is never overwritten.</exception>
    /// <exception cref="RunInUseException">If another process begins a run there at this moment.</exception>
    /// <exception cref="IOException">If the folder cannot be made.</exception>
    public static RunFolder Create(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ArgumentException("The name of the run's folder is blank; expected a path.");
        if (File.Exists(path)) throw new ArgumentException($"'{path}' is a file; choose another --out.");
        if (IsTaken(path)) throw Taken(path);
        var made = FoldersToMake(path);
        try
        {
            MakeFolder(path);
            var own = RunLock.Acquire(path);

            // Of two that found the folder empty, the second may get the lock when the first has done with it.
            if (!IsTaken(path)) return new RunFolder(path) { _lock = own, _made = made };
            own.Dispose();
            throw Taken(path);
        }
        catch
        {
            RemoveEmpty(made);
            throw;
        }
    }

    /// <summary>Makes the folder of a new run under a name that may be taken: then with -2, -3 and so on after
    /// it.</summary>
    /// <exception cref="IOException">If the folder cannot be made.</exception>
    public static RunFolder CreateBeside(string path)
    {
        const int Names = 1000;
        for (var i = 1; i <= Names; i++)
        {
            var name = i == 1 ? path : FormattableString.Invariant($"{path}-{i}");
            if (File.Exists(name) || IsTaken(name)) continue;
            try
            {
                return Create(name);
            }
            catch (Exception failure) when (failure is RunInUseException or ArgumentException)
            {
                // Another process was faster.
            }
        }
        throw new IOException($"Cannot make the folder '{path}': there are {Names} of this name; choose one with --out.");
    }

    /// <summary>Opens the folder of an existing run.</summary>
    /// <exception cref="InvalidDataException">If it is not one.</exception>
    public static RunFolder Open(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ArgumentException("The name of the run is blank; expected its folder.");
        var run = new RunFolder(path);
        if (!Directory.Exists(path)) throw new InvalidDataException($"There is no run '{path}'.");
        if (!File.Exists(run.Config)) throw new InvalidDataException($"'{path}' is not a run: it has no config.json.");
        return run;
    }

    /// <summary>The usual name of a new run: runs/task-group-time, in UTC.</summary>
    public static string DefaultPath(string task, string group, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(group);
        var name = new string([.. group.Select(c => char.IsLetterOrDigit(c) || c == '.' ? c : '-')]);
        var time = now.UtcDateTime.ToString("yyyyMMdd-HHmmss", System.Globalization.CultureInfo.InvariantCulture);
        return System.IO.Path.Combine("runs", $"{task}-{name}-{time}");
    }

    /// <summary>Makes sure that nobody trains in the folder now, before anything is loaded.</summary>
    /// <exception cref="RunInUseException">If another process does.</exception>
    public void CheckFree() => Own().Dispose();

    /// <summary>Keeps others from training in the folder until the training of this process ends, as creating it
    /// does.</summary>
    /// <exception cref="RunInUseException">If another process trains there.</exception>
    public void Claim() => _lock ??= RunLock.Acquire(Path);

    /// <summary>The lock under which this process trains in the folder: that of a new run, or taken now.</summary>
    /// <exception cref="RunInUseException">If another process has it.</exception>
    internal RunLock Own()
    {
        var own = _lock ?? RunLock.Acquire(Path);
        _lock = null;
        return own;
    }

    /// <summary>Lets others train in a new run's folder.</summary>
    internal void Release()
    {
        _lock?.Dispose();
        _lock = null;
    }

    /// <summary>Deletes the folder of a new run, if nothing was written into it, and those above that were made for
    /// it.</summary>
    internal void Discard()
    {
        if (_lock is null || IsTaken(Path)) return;
        _lock.Discard();
        _lock = null;
        RemoveEmpty(_made);
    }

    private static List<string> FoldersToMake(string path)
    {
        List<string> folders = [];
        for (var folder = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
             folder is not null && !Directory.Exists(folder); folder = System.IO.Path.GetDirectoryName(folder))
            folders.Add(folder);
        return folders;
    }

    private static void MakeFolder(string path)
    {
        const int Tries = 10; // somebody may give up a run beside, and delete the folder around both, at this moment
        for (var i = 1; ; i++)
        {
            try
            {
                Directory.CreateDirectory(path);
                return;
            }
            catch (Exception failure) when (
                failure is DirectoryNotFoundException or FileNotFoundException && i < Tries)
            {
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new IOException($"Cannot make the folder '{path}': {failure.Message.TrimEnd('.')}.", failure);
            }
        }
    }

    /// <summary>Deletes folders from the innermost on, up to the first into which somebody has put something.</summary>
    private static void RemoveEmpty(IReadOnlyList<string> folders)
    {
        try
        {
            foreach (var folder in folders)
                if (Directory.Exists(folder)) Directory.Delete(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is in use.
        }
    }

    private static bool IsTaken(string path) => Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path)
        .Any(entry => System.IO.Path.GetFileName(entry) != RunLock.FileName);

    private static Exception Taken(string path)
    {
        try
        {
            if (File.Exists(System.IO.Path.Combine(path, RunLock.FileName))) RunLock.Acquire(path).Dispose();
        }
        catch (RunInUseException inUse)
        {
            return inUse; // says more
        }
        return new ArgumentException(
            $"'{path}' exists already; choose another --out, or continue it with --resume {ShellWord.Quote(path)}.");
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
