namespace LieConv.Training.Runs;

/// <summary>
/// Says that this process trains in a folder: the system's lock of a file in it, which goes when the process does,
/// however it ends. The file stays, since a lock on a file that is deleted and made anew would be two; it holds zeros,
/// as many as tell it from another process's.
/// </summary>
internal sealed class RunLock : IDisposable
{
    public const string FileName = "training.lock";

    private readonly string _folder;
    private readonly FileStream _file;
    private readonly DateTime _stamp;
    private readonly long _length = Random.Shared.Next(1, 1 << 16);

    private RunLock(string folder, FileStream file)
    {
        (_folder, _file) = (folder, file);
        file.SetLength(_length);
        File.SetLastWriteTimeUtc(file.SafeFileHandle, DateTime.UtcNow);
        _stamp = File.GetLastWriteTimeUtc(file.SafeFileHandle);
    }

    /// <summary>Whether the folder is still the one in which the lock was taken: it may have been deleted, and another
    /// have taken its name. Either mark is enough, since a backup may change the time of a file that is ours.</summary>
    private bool IsThere => new FileInfo(PathIn(_folder)) is { Exists: true } file &&
        (file.LastWriteTimeUtc == _stamp || file.Length == _length);

    /// <summary>Takes the lock.</summary>
    /// <exception cref="RunInUseException">If another process has it.</exception>
    /// <exception cref="IOException">If the folder is not there or cannot be written.</exception>
    public static RunLock Acquire(string folder)
    {
        const int Tries = 10; // somebody may give up its new folder, and delete it, at just this moment
        for (var i = 0; i < Tries; i++)
        {
            var own = new RunLock(folder, Open(folder));
            if (own.IsThere) return own;
            own.Dispose();
        }
        throw InUse(folder);
    }

    /// <summary>Makes sure that nothing is written into a folder that is no longer this run's.</summary>
    /// <exception cref="IOException">If the folder was deleted: one sentence.</exception>
    public void CheckThere()
    {
        if (!IsThere)
            throw new IOException(
                $"The folder '{_folder}' was deleted or replaced while it was trained in; the training has ended and " +
                "nothing was written.");
    }

    /// <summary>Gives the lock back and deletes its file, of a folder that nobody is to use.</summary>
    public void Discard()
    {
        if (OperatingSystem.IsWindows()) Dispose(); // no open file can be deleted there
        File.Delete(PathIn(_folder));
        Dispose();
    }

    public void Dispose() => _file.Dispose();

    private static string PathIn(string folder) => Path.Combine(folder, FileName);

    private static FileStream Open(string folder)
    {
        try
        {
            return new FileStream(PathIn(folder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (DirectoryNotFoundException)
        {
            throw new IOException($"There is no folder '{folder}'.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (IsOfAnother(failure)) throw InUse(folder);
            var reason = failure is UnauthorizedAccessException ? "permission denied" : failure.Message.Split(" : '")[0];
            throw new IOException($"Cannot train in '{folder}': {reason.TrimEnd('.')}.", failure);
        }
    }

    /// <summary>The error of a file that is locked: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, or EWOULDBLOCK, which
    /// is 11 on Linux and 35 on macOS.</summary>
    private static bool IsOfAnother(Exception failure) => failure is IOException &&
        (OperatingSystem.IsWindows() ? (failure.HResult & 0xFFFF) is 32 or 33 : failure.HResult is 11 or 35);

    private static RunInUseException InUse(string folder) => new(
        $"'{folder}' is being trained by another process; wait until it ends, or train in another folder.");
}
