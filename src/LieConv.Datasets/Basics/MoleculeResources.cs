using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Basics;

/// <summary>The small molecular files inside the library; what they are is in Samples/SOURCE.md.</summary>
internal static class MoleculeResources
{
    /// <summary>QM9's free-atom values.</summary>
    public const string AtomReferences = "atomref.txt";

    /// <summary>Indices of QM9's uncharacterized molecules, 16-bit differences of successive ones.</summary>
    public const string Uncharacterized = "uncharacterized.bin";

    /// <summary>A few hundred molecules of QM9 in the form of the published archive.</summary>
    public const string Qm9Sample = "qm9-sample.tar.bz2";

    /// <summary>Opens one of them.</summary>
    public static Stream Open(string name) =>
        typeof(MoleculeResources).Assembly.GetManifestResourceStream($"sample/{name}")
        ?? throw new InvalidOperationException($"The resource sample/{name} is missing from this build.");

    /// <summary>All bytes of one of them; files of users are read by <see cref="TextFile"/>, which has limits.</summary>
    public static byte[] ReadAll(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
