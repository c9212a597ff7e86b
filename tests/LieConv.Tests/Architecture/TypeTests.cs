using System.Reflection;
using System.Runtime.CompilerServices;

namespace LieConv.Tests.Architecture;

/// <summary>Every class is abstract, sealed or static, and no concrete method is overridden.</summary>
public sealed class TypeTests
{
    private static readonly string[] Assemblies = ["LieConv", "LieConv.Datasets", "LieConv.Training", "LieConv.Cli"];

    [Fact]
    public void Classes_InSource_AreAbstractOrSealed() =>
        Assert.Empty(SourceTypes().Where(IsOpen).Select(type => type.FullName));

    [Fact]
    public void ConcreteMethods_OfOurs_AreNotOverridden() =>
        Assert.Empty(SourceTypes().SelectMany(Overriding).Select(method => $"{method.DeclaringType}.{method.Name}"));

    [Fact]
    public void IsOpen_OpenClass_IsSeen() => Assert.True(IsOpen(typeof(Open)));

    [Fact]
    public void Overriding_ConcreteMethod_IsSeen() => Assert.NotEmpty(Overriding(typeof(Overrider), typeof(TypeTests).Assembly));

    private static bool IsOpen(Type type) => type is { IsClass: true, IsAbstract: false, IsSealed: false };

    private static IEnumerable<MethodInfo> Overriding(Type type) => Overriding(type, type.Assembly);

    /// <summary>Methods of the type that override a non-abstract method of a class in the same assembly.</summary>
    private static IEnumerable<MethodInfo> Overriding(Type type, Assembly assembly) =>
        type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(method => method.IsVirtual && !IsGenerated(method))
            .Where(method => Overridden(method) is { IsAbstract: false } parent && parent.DeclaringType!.Assembly == assembly);

    private static MethodInfo? Overridden(MethodInfo method)
    {
        if (method.Attributes.HasFlag(MethodAttributes.NewSlot)) return null;
        for (var parent = method.DeclaringType!.BaseType; parent is not null; parent = parent.BaseType)
        {
            var found = parent.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .FirstOrDefault(candidate => candidate.IsVirtual && candidate.Name == method.Name
                    && candidate.GetParameters().Select(p => p.ParameterType)
                        .SequenceEqual(method.GetParameters().Select(p => p.ParameterType)));
            if (found is not null) return found;
        }

        return null;
    }

    private static IEnumerable<Type> SourceTypes() => Assemblies
        .SelectMany(name => Assembly.Load(new AssemblyName(name)).GetTypes())
        .Where(type => !IsGenerated(type) && !(type.DeclaringType is { } outer && IsGenerated(outer)));

    // Records make virtual members of their own; Program is the compiler's class around top-level statements.
    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || member.Name.Contains('<', StringComparison.Ordinal)
        || member is Type { Name: "Program" } || member.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), false)
        || member is Type { FullName: { } name } && name.StartsWith("System.Text.RegularExpressions.Generated", StringComparison.Ordinal);

#pragma warning disable CA1852 // The negative controls must be open.
    private class Open
    {
        public virtual int Value() => 1;
    }

    private sealed class Overrider : Open
    {
        public override int Value() => 2;
    }
#pragma warning restore CA1852
}
