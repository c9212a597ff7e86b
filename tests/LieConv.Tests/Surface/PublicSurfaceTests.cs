using System.Reflection;
using LieConv.Groups;
using static TorchSharp.torch;

namespace LieConv.Tests.Surface;

/// <summary>
/// Every public method that takes tensors, found by reflection, is called with right arguments and then with one of them
/// wrong: another number of dimensions, another size, empty, another element type, another device, null. Each call must
/// succeed or say in an ArgumentException what is wrong; nothing may fail inside libtorch, of which some calls end the
/// process.
/// </summary>
[Collection("Serial")]
[Trait("Category", "Faults")]
public sealed class PublicSurfaceTests
{
    public static TheoryData<string> Subjects => new(SurfaceSubjects.Names);

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Call_OneArgumentWrong_SucceedsOrSaysWhat(string name)
    {
        using var scope = NewDisposeScope();
        List<string> failures = [];
        foreach (var call in SurfaceSubjects.Calls(name))
        {
            if (name is not ("no draws" or "turned frames")) Assert.Null(call.Right());
            failures.AddRange(call.Wrong(Note));
        }
        Assert.True(failures.Count == 0, $"{failures.Count} calls:\n{string.Join("\n", failures)}");
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Call_RightArguments_LeavesNothingToTheCallersScope(string name)
    {
        using var scope = NewDisposeScope();
        var calls = SurfaceSubjects.Calls(name).Where(_ => name is not ("no draws" or "turned frames"));
        Assert.Empty(calls.Select(call => call.Left()).OfType<string>());
    }

    /// <summary>No public class with such methods may be left out.</summary>
    [Fact]
    public void Subjects_AreAllPublicClassesOfTensors()
    {
        using var scope = NewDisposeScope();
        var tried = SurfaceSubjects.Classes.ToHashSet();
        var missing = typeof(LieGroup).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && !typeof(Delegate).IsAssignableFrom(type)
                && SurfaceSubjects.Methods(type, BindingFlags.Instance).Any() && !tried.Contains(type));
        Assert.Empty(missing.Select(type => type.Name));
    }

    /// <summary>What is tried is written down first where somebody asks for it: a call that ends the process is then the
    /// last line.</summary>
    private static void Note(string what)
    {
        if (Environment.GetEnvironmentVariable("LIECONV_SURFACE_LOG") is { Length: > 0 } file)
            File.AppendAllText(file, what + "\n");
    }
}
