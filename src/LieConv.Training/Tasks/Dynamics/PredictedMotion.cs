using System.Text.Json.Serialization;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>The motion that a network predicts for a system.</summary>
/// <param name="Times">The T times, from 0.</param>
/// <param name="Positions">T times n times D numbers.</param>
/// <param name="Momenta">T times n times D numbers.</param>
public sealed record PredictedMotion(double[] Times, double[][][] Positions, double[][][] Momenta)
{
    /// <summary>The first time at which a number is not finite, because the integration ran away; null if none
    /// is.</summary>
    [JsonIgnore]
    public double? FirstLostTime => Enumerable.Range(0, Times.Length)
        .Where(t => !Positions[t].Concat(Momenta[t]).All(numbers => numbers.All(double.IsFinite)))
        .Select(t => (double?)Times[t]).FirstOrDefault();
}
