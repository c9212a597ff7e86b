namespace LieConv.Cli.Doctor.Facts;

/// <summary>The processor as .NET and the system see it.</summary>
internal sealed record ProcessorFacts
{
    /// <summary>Name of the model; null where unknown.</summary>
    public string? Model { get; init; }

    /// <summary>Logical cores this process may use.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>Whether .NET runs 512-bit vectors in hardware.</summary>
    public bool Vector512 { get; init; }

    /// <summary>Whether .NET runs 256-bit vectors in hardware.</summary>
    public bool Vector256 { get; init; }

    /// <summary>Whether .NET uses fused multiply-add.</summary>
    public bool Fma { get; init; }

    /// <summary>Whether the processor multiplies bfloat16; null where the system lists no flags.</summary>
    public bool? Bfloat16 => Flags.Count == 0 ? null : Flags.Overlaps(["avx512_bf16", "amx_bf16", "bf16"]);

    /// <summary>Flags that the system lists for the processor, in lower case: avx2, avx512f, avx512_bf16.</summary>
    public IReadOnlySet<string> Flags { get; init; } = new HashSet<string>();
}
