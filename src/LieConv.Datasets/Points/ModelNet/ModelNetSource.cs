using LieConv.Datasets.Downloads;

namespace LieConv.Datasets.Points.ModelNet;

/// <summary>ModelNet40, which is not downloaded.</summary>
public static class ModelNetSource
{
    /// <summary>The folder below the data folder.</summary>
    public const string Folder = "modelnet40";

    /// <summary>The data set.</summary>
    public static DataSource Source { get; } = new("modelnet40", "ModelNet40", Folder, [], [], Verify)
    {
        Look = Look,
        Hint = root => "put ply_data_train0.h5 and the others of modelnet40_ply_hdf5_2048, or the folders " +
            $"class/train and class/test with .off meshes, into {Path.Combine(root, Folder)}",
    };

    private static IReadOnlyList<FileCheck> Look(string root)
    {
        try
        {
            return ModelNetFiles.Find(root) is { } files
                ? [.. files.Train.Concat(files.Test).Select(path => new FileCheck(
                    Path.GetFileName(path), path, new FileInfo(path).Length == 0 ? "is empty" : null))]
                : [];
        }
        catch (InvalidDataException fault)
        {
            // One part without the other: the folder is there, and what it lacks is said.
            return [new FileCheck(Folder, Path.Combine(root, Folder), fault.Message.TrimEnd('.'))];
        }
    }

    /// <summary>Reads all files: no hash is known, since the sets have been packed in more ways than one. Meshes are
    /// many: those that are right get one line together.</summary>
    private static FileCheck[] Verify(string root)
    {
        try
        {
            if (ModelNetFiles.Find(root) is not { } files) return [new FileCheck(Folder, null, "is missing")];
            string[] all = [.. files.Train, .. files.Test];
            return files.AreMeshes ? Meshes(files, all) : Clouds(all);
        }
        catch (InvalidDataException fault)
        {
            return [new FileCheck(Folder, Path.Combine(root, Folder), fault.Message.TrimEnd('.'))];
        }
    }

    private static FileCheck[] Clouds(string[] paths)
    {
        var clouds = new ModelNetClouds(new ModelNet40Options { Points = 1 }, ModelNet40Classes.Names.Count);
        return [.. paths.Select(path => FileCheck.Create(Path.GetFileName(path), path, () =>
            FormattableString.Invariant($"{clouds.Read(path).Count:N0} clouds")))];
    }

    private static FileCheck[] Meshes(ModelNetFiles files, string[] paths)
    {
        string[] classes = [.. paths.Select(ModelNetMeshes.ClassOf).Distinct()];
        var meshes = new ModelNetMeshes(new ModelNet40Options { Points = 1 }, classes);
        var faults = SideBySide.Read(paths, path => FileCheck.Create(Path.GetFileName(path), path, () =>
        {
            meshes.Read(path);
            return null;
        })).Where(check => check.Fault is not null).ToArray();
        var right = new FileCheck(Folder, files.Folder, null)
        {
            Note = FormattableString.Invariant($"{paths.Length - faults.Length:N0} meshes of {classes.Length} classes"),
        };
        return [.. faults, right];
    }
}
