using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using LieConv.Cli.Basics;
using LieConv.Training.Learning;

namespace LieConv.Tests.Cli;

[Trait("Category", "Faults")]
[SuppressMessage("Usage", "CA2201", Justification = "What the runtime and libtorch throw is the subject here.")]
public sealed class FailureTests
{
    [Fact]
    public void Sentence_MemoryIsFull_SaysWhatToDo()
    {
        var native = new ExternalException("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: not enough memory: you tried ...");
        Assert.StartsWith("There is not enough memory; try a smaller --batch", Failure.Sentence(native), StringComparison.Ordinal);
        Assert.Equal(Failure.Sentence(native), Failure.Sentence(new OutOfMemoryException()));
    }

    [Fact]
    public void Sentence_Argument_LeavesOutTheParameter() =>
        Assert.Equal("It is wrong.", Failure.Sentence(new ArgumentException("It is wrong.", "options")));

    /// <summary>Whatever wraps an exception of .NET's: the words for programmers go, the value stays.</summary>
    [Fact]
    public void Sentence_WordsForProgrammers_AreLeftOut()
    {
        Assert.Equal(
            "Expected a number from 0 to below 1. It is 7.",
            Failure.Sentence(new ArgumentOutOfRangeException("decay", 7, "Expected a number from 0 to below 1.")));
        var inner = new ArgumentException("It is wrong.", "group");
        Assert.Equal("'c.json' is wrong: It is wrong.", Failure.Sentence(new InvalidDataException($"'c.json' is wrong: {inner.Message}")));
    }

    [Fact]
    public void Sentence_TrainingFailed_IsItsMessage() =>
        Assert.Equal("It failed.", Failure.Sentence(new TrainingFailedException("It failed.")));

    [Fact]
    public void Sentence_Bugs_HaveNone()
    {
        Assert.Null(Failure.Sentence(new InvalidOperationException("x")));
        Assert.Null(Failure.Sentence(new ExternalException("The size of tensor a (3) must match the size of tensor b (4)")));
    }
}
