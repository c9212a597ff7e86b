namespace LieConv.Training.Learning;

/// <summary>A quantity that is learnt, and how the network's number becomes it: mean + scale · output.</summary>
/// <param name="Name">Its name, such as homo.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Mean">Mean over the training molecules, in the unit.</param>
/// <param name="Scale">Standard deviation over the training molecules, in the unit; where forces are learnt, too, their
/// root mean square times 1 Angstrom.</param>
public sealed record TargetScale(string Name, string Unit, double Mean, double Scale);
