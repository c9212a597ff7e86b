namespace LieConv.Datasets.Dynamics;

/// <summary>Draws the initial states of systems.</summary>
/// <param name="draws">The random numbers; what it draws must not depend on how many systems there are.</param>
/// <param name="particles">Particles n of a system.</param>
/// <param name="dimensions">Dimension D of space.</param>
public delegate InitialStates SystemSampler(SystemDraws draws, int particles, int dimensions);
