using System.Reflection;
using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using LieConv.Tests.Support;
using Assembly = System.Reflection.Assembly;

namespace LieConv.Tests.Architecture;

/// <summary>A folder of a project that uses another, by its compiled types.</summary>
/// <param name="From">Folder of the user, such as <c>Kernels/Tiles</c>; a dot for files of no folder.</param>
/// <param name="To">Folder of the used.</param>
/// <param name="Example">The types.</param>
internal sealed partial record FolderUse(string From, string To, string Example)
{
    /// <summary>All of a project, each pair of folders once.</summary>
    public static IReadOnlyList<FolderUse> Of(string project)
    {
        var folders = FoldersOfTypes(project);
        var architecture = new ArchLoader().LoadAssembly(Assembly.Load(new AssemblyName(project))).Build();
        var uses =
            from type in architecture.Types
            let user = Outer(type)
            where folders.ContainsKey(user)
            from dependency in type.Dependencies
            // One of the same name in another type is taken for this type's own.
            where dependency.Target is not GenericParameter
            let used = Outer(dependency.Target)
            where folders.ContainsKey(used) && folders[user] != folders[used]
            select new FolderUse(folders[user], folders[used], $"{user} uses {used}");
        return [.. uses.DistinctBy(use => (use.From, use.To)).OrderBy(use => (use.From, use.To))];
    }

    /// <summary>The folders of a project that hold source files.</summary>
    public static IReadOnlyList<string> FoldersOf(string project) =>
        [.. FoldersOfTypes(project).Values.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The folder of each type, by its full name: the compiled type knows its namespace only, and rooms of one
    /// floor may share that.</summary>
    private static Dictionary<string, string> FoldersOfTypes(string project)
    {
        var root = Path.Combine(RepositoryFolder.Path, "src", project);
        var found = new Dictionary<string, string>();
        foreach (var path in RepositoryFolder.Files($"src/{project}", ".cs"))
        {
            var text = File.ReadAllText(path);
            var space = Namespace().Match(text).Groups[1].Value;
            var folder = Path.GetDirectoryName(Path.GetRelativePath(root, path))!.Replace('\\', '/');
            foreach (Match type in Declaration().Matches(text))
                found.TryAdd($"{space}.{type.Groups[1].Value}", folder.Length == 0 ? "." : folder);
        }
        return found;
    }

    private static string Outer(IType type) => type.FullName.Split('+', '/', '`', '<')[0];

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:public |internal |abstract |sealed |static |partial |readonly |unsafe |ref )*(?:class|interface|enum|record struct|record class|record|struct|delegate \S+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
