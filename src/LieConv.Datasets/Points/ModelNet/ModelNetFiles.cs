using System.Globalization;
using System.Text.RegularExpressions;

namespace LieConv.Datasets.Points.ModelNet;

/// <summary>Files of one part of the data, train or test.</summary>
/// <param name="Folder">The folder they are in.</param>
/// <param name="AreMeshes">Whether they are .off meshes, a class a folder; else h5 files of clouds.</param>
/// <param name="Train">Files of the training part, in order.</param>
/// <param name="Test">Files of the test part, in order.</param>
internal sealed partial record ModelNetFiles(
    string Folder, bool AreMeshes, IReadOnlyList<string> Train, IReadOnlyList<string> Test)
{
    /// <summary>Names as people unpack the published archives, after the folder itself.</summary>
    private static readonly string[] Subfolders =
    [
        "", "modelnet40", "modelnet", "ModelNet40", "modelnet40_ply_hdf5_2048", "modelnet40_h5_layout", "off",
        Path.Combine("modelnet40", "modelnet40_ply_hdf5_2048"), Path.Combine("modelnet40", "ModelNet40"),
        Path.Combine("modelnet", "modelnet40_ply_hdf5_2048"), Path.Combine("modelnet", "ModelNet40"),
        Path.Combine("modelnet", "modelnet40_h5_layout"), Path.Combine("modelnet", "off"),
    ];

    /// <summary>Finds the files below a folder: h5 files before meshes; null where there are none.</summary>
    /// <exception cref="InvalidDataException">There is one part only, or a folder cannot be looked through.</exception>
    public static ModelNetFiles? Find(string root)
    {
        try
        {
            var folders = Subfolders.Select(name => Path.Combine(root, name)).Where(Directory.Exists).ToArray();
            var found = folders.Select(FindClouds).Concat(folders.Select(FindMeshes))
                .FirstOrDefault(files => files is not null);
            if (found is null) return null;
            return (found.Train.Count, found.Test.Count) switch
            {
                (0, _) => throw new InvalidDataException($"{found.Folder}: has a test part but no training part."),
                (_, 0) => throw new InvalidDataException($"{found.Folder}: has a training part but no test part."),
                _ => found,
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{root}: cannot be read: {fault.Message}", fault);
        }
    }

    private static ModelNetFiles? FindClouds(string folder)
    {
        var files = Directory.GetFiles(folder, "*.h5")
            .Select(path => (Path: path, Match: CloudName().Match(Path.GetFileName(path))))
            .Where(file => file.Match.Success)
            .OrderBy(file => int.Parse(file.Match.Groups[2].Value, CultureInfo.InvariantCulture)).ToArray();
        return files.Length == 0 ? null : new ModelNetFiles(folder, false,
            [.. files.Where(file => file.Match.Groups[1].Value == "train").Select(file => file.Path)],
            [.. files.Where(file => file.Match.Groups[1].Value == "test").Select(file => file.Path)]);
    }

    private static ModelNetFiles? FindMeshes(string folder)
    {
        var train = Meshes(folder, "train");
        var test = Meshes(folder, "test");
        return train.Count + test.Count == 0 ? null : new ModelNetFiles(folder, true, train, test);
    }

    private static List<string> Meshes(string folder, string part) =>
        [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)
            .Select(name => Path.Combine(name, part)).Where(Directory.Exists)
            .SelectMany(name => Directory.GetFiles(name, "*.off").Order(StringComparer.Ordinal))];

    [GeneratedRegex(@"^ply_data_(train|test)([0-9]{1,6})\.h5$")]
    private static partial Regex CloudName();
}
