namespace LieConv.Datasets.Pictures;

/// <summary>The pictures of a folder that has a folder for each class, or folders train, validation and test that
/// have.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Classes">Names of the classes, sorted.</param>
/// <param name="Pictures">The pictures, sorted by name.</param>
/// <param name="PassedOver">Paths of all else, but for what is hidden.</param>
internal sealed record PictureFolder(
    string Path, IReadOnlyList<string> Classes, IReadOnlyList<PictureEntry> Pictures, IReadOnlyList<string> PassedOver)
{
    private const string Expected =
        "expected one for each class, with .png, .jpg, .jpeg or .bmp files (or folders train, validation and test of such)";

    /// <summary>What folders are called that part the data, and which part they are.</summary>
    private static readonly Dictionary<string, string> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = "train", ["training"] = "train", ["validation"] = "validation", ["valid"] = "validation",
        ["val"] = "validation", ["test"] = "test", ["testing"] = "test",
    };

    /// <summary>Whether the folder says which picture is in which part.</summary>
    public bool IsParted => Pictures.Count > 0 && Pictures[0].Part.Length > 0;

    /// <summary>Looks what is in a folder; no picture is read.</summary>
    /// <exception cref="InvalidDataException">It is no such folder: one sentence.</exception>
    public static PictureFolder Find(string path)
    {
        if (File.Exists(path))
            throw new InvalidDataException($"'{path}' is a file; expected a folder with a folder for each class.");
        if (!Directory.Exists(path))
            throw new InvalidDataException($"There is no folder '{path}'; expected one with a folder for each class.");
        try
        {
            return Look(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>All visible files below a folder, sorted by their paths.</summary>
    public static string[] FilesBelow(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true, IgnoreInaccessible = false,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, MaxRecursionDepth = 16,
        }).Order(StringComparer.Ordinal)];

    private static PictureFolder Look(string path)
    {
        string[] folders = Visible(path);
        if (folders.Length == 0)
            throw new InvalidDataException($"The folder '{path}' has no subfolders; {Expected}.");
        var isParted = folders.All(Parts.ContainsKey)
            && folders.Any(name => Parts[name] == "train") && folders.Any(name => Parts[name] == "test");
        (string Part, string Class, string Folder)[] places =
        [
            .. isParted
                ? folders.SelectMany(part => Visible(System.IO.Path.Combine(path, part))
                    .Select(name => (Parts[part], name, $"{part}/{name}")))
                : folders.Select(name => ("", name, name)),
        ];
        string[] classes = [.. places.Select(place => place.Class).Distinct().Order(StringComparer.Ordinal)];
        RefuseCapitals(path, classes);
        if (classes.Length < 2)
            throw new InvalidDataException(
                $"The folder '{path}' has {(classes.Length == 0 ? "no class" : $"one class only, '{classes[0]}'")}; expected " +
                "folders of at least two classes.");
        var (pictures, passedOver) = (new List<PictureEntry>(), new List<string>());
        foreach (var (part, name, folder) in places)
        {
            var files = FilesBelow(System.IO.Path.Combine(path, folder)).ToLookup(PictureFile.IsPicture);
            if (!files[true].Any())
                throw new InvalidDataException(
                    $"The folder '{System.IO.Path.Combine(path, folder)}' has no picture; expected {PictureFile.Formats} files.");
            pictures.AddRange(files[true].Select(file =>
                new PictureEntry(NameOf(path, file), Array.IndexOf(classes, name), part)));
            passedOver.AddRange(files[false].Select(file => NameOf(path, file)));
        }
        foreach (var loose in isParted ? folders.Append("") : [""])
            passedOver.AddRange(Directory.EnumerateFiles(System.IO.Path.Combine(path, loose)).Where(IsVisible)
                .Select(file => NameOf(path, file)));
        RefuseUnlearnt(path, classes, pictures);
        return new PictureFolder(
            path, classes, [.. pictures.OrderBy(picture => picture.Name, StringComparer.Ordinal)],
            [.. passedOver.Order(StringComparer.Ordinal)]);
    }

    private static void RefuseCapitals(string path, string[] classes)
    {
        if (classes.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidDataException(
                $"The folders '{twice.First()}' and '{twice.Last()}' of '{path}' differ in capitals only; expected one folder " +
                "for each class.");
    }

    /// <summary>Each class needs a picture to learn from and one to test on.</summary>
    private static void RefuseUnlearnt(string path, string[] classes, List<PictureEntry> pictures)
    {
        foreach (var (k, name) in classes.Index())
        {
            PictureEntry[] own = [.. pictures.Where(picture => picture.Class == k)];
            if (own.All(picture => picture.Part == "test" || picture.Part == "validation"))
                throw new InvalidDataException(
                    $"The class '{name}' of '{path}' has no training picture; expected some in a folder train/{name}.");
            if (own.Length == 1 && own[0].Part.Length == 0)
                throw new InvalidDataException(
                    $"The class '{name}' of '{path}' has one picture only ({own[0].Name}); expected at least two, one to " +
                    "learn from and one to test on.");
        }
    }

    private static string NameOf(string folder, string file) =>
        System.IO.Path.GetRelativePath(folder, file).Replace(System.IO.Path.DirectorySeparatorChar, '/');

    private static string[] Visible(string folder) =>
        [.. Directory.EnumerateDirectories(folder).Where(IsVisible).Select(sub => System.IO.Path.GetFileName(sub))
            .Order(StringComparer.Ordinal)];

    private static bool IsVisible(string path) => (File.GetAttributes(path) & FileAttributes.Hidden) == 0;
}
