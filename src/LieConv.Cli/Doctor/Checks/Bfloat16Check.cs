using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Doctor.Checks;

/// <summary>Whether --precision bf16 pays. That it does not is nothing amiss: float32 is the default.</summary>
internal sealed class Bfloat16Check : DoctorCheck
{
    private const string Name = "bfloat16";

    /// <summary>What to say where someone asks for it and the processor lacks it.</summary>
    public const string SlowHere =
        "This processor does not multiply bfloat16: --precision bf16 works, but is slower here than float32.";

    public override Finding Examine(MachineFacts facts) => facts.Processor.Bfloat16 switch
    {
        true => Finding.Ok(Name, "in hardware: --precision bf16 about halves the time of large matrix products"),
        false => Finding.Ok(Name, "not in hardware", SlowHere),
        null => Finding.Ok(Name, "unknown"),
    };
}
