using System.Diagnostics.CodeAnalysis;

namespace LieConv.Tests;

/// <summary>Tests that touch what the whole process shares: the global seed, thread counts, the console.</summary>
[CollectionDefinition("Serial", DisableParallelization = true)]
[SuppressMessage("Naming", "CA1711", Justification = "xunit calls this a collection.")]
public sealed class SerialCollection;
