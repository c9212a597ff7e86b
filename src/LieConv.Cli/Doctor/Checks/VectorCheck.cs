using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Doctor.Checks;

/// <summary>
/// The fused convolution runs on 512- or 256-bit vectors with fused multiply-add; without them the plain operations of
/// libtorch are used.
/// </summary>
internal sealed class VectorCheck : DoctorCheck
{
    private static readonly string[] Shown = ["avx2", "avx512f", "avx512_bf16", "amx_bf16"];

    public override Finding Examine(MachineFacts facts)
    {
        var processor = facts.Processor;
        var names = new List<string>();
        if (processor.Vector512) names.Add("Vector512");
        if (processor.Vector256) names.Add("Vector256");
        if (processor.Fma) names.Add("FMA");
        names.AddRange(Shown.Where(processor.Flags.Contains).Select(flag => flag.ToUpperInvariant()));
        var detail = names.Count == 0 ? "none" : string.Join(", ", names);

        if (!processor.Vector512 && processor.Flags.Contains("avx512f"))
            return Finding.Warn("vectors", detail, "The processor has AVX-512 but .NET does not use it, so fused " +
                "operations are slower: unset DOTNET_EnableAVX512 and DOTNET_PreferredVectorBitWidth where they are set.");
        return processor is { Vector512: false, Vector256: false } && facts.Platform.EndsWith("x64", StringComparison.Ordinal)
            ? Finding.Warn("vectors", detail, "Convolutions use plain operations and are several times slower; a " +
                "processor with AVX2 or AVX-512 avoids that (in a virtual machine, expose the host's instructions).")
            : Finding.Ok("vectors", detail);
    }
}
