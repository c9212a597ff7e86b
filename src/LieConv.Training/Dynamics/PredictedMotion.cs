namespace LieConv.Training.Dynamics;

/// <summary>The motion that a network predicts for a system.</summary>
/// <param name="Times">The T times, from 0.</param>
/// <param name="Positions">T times n times D numbers.</param>
/// <param name="Momenta">T times n times D numbers.</param>
public sealed record PredictedMotion(double[] Times, double[][][] Positions, double[][][] Momenta);
