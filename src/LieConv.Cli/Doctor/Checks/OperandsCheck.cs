using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Doctor.Checks;

/// <summary>Whether the copy of TorchSharp is the one whose methods keep their arguments alive.</summary>
internal sealed class OperandsCheck : DoctorCheck
{
    public override Finding Examine(MachineFacts facts) =>
        facts.Libtorch.LoadFailure is not null ? Finding.Ok("operands", "of no concern before libtorch loads")
        : facts.Libtorch.KeepsOperands ? Finding.Ok("operands", "TorchSharp keeps what libtorch reads")
        : Finding.Fail("operands", "a tensor or number may be freed while libtorch reads it: crashes, or wrong numbers",
            "Build again with this repository's build, or the LieConv package's, which change two bytes of TorchSharp.dll " +
            "in the output folder.");
}
