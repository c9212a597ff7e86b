using LieConv.Tests.Support;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace LieConv.Tests.Architecture;

/// <summary>Numbers meet tensors as scalars that something holds (docs/architecture.md, Memory): the compiled code of src
/// nowhere converts a number implicitly.</summary>
public sealed class ScalarTests
{
    private static readonly string[] Assemblies = ["LieConv", "LieConv.Datasets", "LieConv.Training", "LieConv.Cli"];

    [Fact]
    public void Source_NumbersInTensorOperations_AreHeld()
    {
        var found = Assemblies.SelectMany(Calls).Where(call => ConvertsNumber(call.Called)).ToArray();
        Assert.True(found.Length == 0, string.Join('\n', found.Select(call => $"{call.Caller}: {call.Called.Name}")));
    }

    /// <summary>What all share is disposed of by nobody.</summary>
    [Fact]
    public void Source_SharedScalars_AreNotDisposedOf()
    {
        var lines = RepositoryFolder.Files("src", ".cs").SelectMany(File.ReadLines);
        Assert.DoesNotContain(lines, line =>
            line.TrimStart().StartsWith("using ", StringComparison.Ordinal) &&
            line.Contains("= Scalars.Of(", StringComparison.Ordinal));
    }

    /// <summary>The rule sees what it forbids: these tests do not keep it.</summary>
    [Fact]
    public void Rule_OnTheTestsThemselves_FindsConversions() =>
        Assert.Contains(Calls("LieConv.Tests"), call => ConvertsNumber(call.Called));

    private static bool ConvertsNumber(MethodReference called) => called.DeclaringType.FullName switch
    {
        "TorchSharp.Scalar" => called.Name == "op_Implicit",
        // A number that becomes a tensor is one, which the scope holds.
        "TorchSharp.torch/Tensor" => called.Name.StartsWith("op_", StringComparison.Ordinal) &&
            called.Name != "op_Implicit" && called.Parameters.Any(parameter => parameter.ParameterType.IsPrimitive),
        _ => false,
    };

    private static IEnumerable<(string Caller, MethodReference Called)> Calls(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        return [.. from type in module.GetTypes() from method in type.Methods where method.HasBody
                   from instruction in method.Body.Instructions
                   where instruction.OpCode.Code is Code.Call or Code.Callvirt
                   select (method.FullName, (MethodReference)instruction.Operand)];
    }
}
