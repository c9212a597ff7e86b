using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace LieConv.Tests.Architecture;

/// <summary>Dependencies point downward only: Cli, Training, Datasets, LieConv.</summary>
public sealed class LayerTests
{
    private static readonly string[] Layers = ["LieConv", "LieConv.Datasets", "LieConv.Training", "LieConv.Cli"];

    [Theory]
    [InlineData("LieConv")]
    [InlineData("LieConv.Datasets")]
    [InlineData("LieConv.Training")]
    [InlineData("LieConv.Cli")]
    public void Layer_References_PointDownwardOnly(string layer)
    {
        var above = Layers[(Array.IndexOf(Layers, layer) + 1)..];
        Assert.DoesNotContain(References(layer), reference => above.Contains(reference));
    }

    [Fact]
    public void Core_References_NeedTorchSharpOnly()
    {
        var packages = References("LieConv").Where(name => !IsPlatform(name)).ToArray();
        Assert.Equal(["TorchSharp"], packages);
    }

    [Fact]
    public void SourceTypes_Dependencies_PointDownwardOnly()
    {
        var architecture = new ArchLoader().LoadAssemblies([.. Layers.Select(Load)]).Build();
        var wrong =
            from type in architecture.Types
            let own = Rank(type)
            where own >= 0
            from dependency in type.Dependencies
            where Rank(dependency.Target) > own
            select $"{type.FullName} uses {dependency.Target.FullName}";
        Assert.Empty(wrong.Distinct());
        Assert.Contains(architecture.Types, type => type.FullName == typeof(LieConv.Groups.LieGroup).FullName);
    }

    // Negative control: the tests' own assembly stands above all layers, and the rule must see that.
    [Fact]
    public void References_OfTheTests_AreSeen() =>
        Assert.Contains("LieConv", typeof(LayerTests).Assembly.GetReferencedAssemblies().Select(name => name.Name));

    private static int Rank(IType type)
    {
        var name = type.Assembly?.Name.Split(',')[0];
        return Array.IndexOf(Layers, name);
    }

    private static string[] References(string layer) =>
        [.. Load(layer).GetReferencedAssemblies().Select(reference => reference.Name!).Order(StringComparer.Ordinal)];

    private static bool IsPlatform(string name) =>
        name is "netstandard" or "mscorlib" || name.StartsWith("System", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.Win32", StringComparison.Ordinal);

    private static Assembly Load(string layer) => Assembly.Load(new AssemblyName(layer));
}
