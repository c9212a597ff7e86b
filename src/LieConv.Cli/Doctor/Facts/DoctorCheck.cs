namespace LieConv.Cli.Doctor.Facts;

/// <summary>One question about the machine, answered from the facts alone.</summary>
internal abstract class DoctorCheck
{
    /// <summary>Answers the question.</summary>
    public abstract Finding Examine(MachineFacts facts);
}
