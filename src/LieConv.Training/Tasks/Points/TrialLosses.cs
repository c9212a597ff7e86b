namespace LieConv.Training.Tasks.Points;

/// <summary>The losses of a trial's steps, and whether it was long enough.</summary>
/// <remarks>The learning rate ends at 0, and with it every loss comes to rest, whatever is left to learn: the last steps say
/// nothing. In the middle, though, a training that has found what there is stands still, and one that has only begun
/// falls.</remarks>
internal sealed class TrialLosses
{
    /// <summary>A fall beyond which a training was too short.</summary>
    public const double Unsettled = 0.15;

    /// <summary>Steps are compared by fifths.</summary>
    private const int Parts = 5;

    /// <summary>A loss that fell by less than this part has not fallen: batches differ.</summary>
    private const double Nothing = 0.1;

    private readonly List<double> _losses = [];

    /// <summary>Adds that of the next step.</summary>
    public void Add(double loss) => _losses.Add(loss);

    /// <summary>By how much the mean loss fell from the third to the fourth fifth of the steps, as a part of all that it fell
    /// from the first steps to the last fifth; 0 where nothing fell, 1 where there are fewer steps than fifths.</summary>
    public double Fall()
    {
        var part = _losses.Count / Parts;
        if (part == 0) return 1;
        var start = _losses.Take(Math.Max(1, part / 4)).Average();
        var fall = start - _losses.TakeLast(part).Average();
        if (!(fall > Nothing * Math.Abs(start))) return 0;
        return Math.Max(0, (_losses.Skip(2 * part).Take(part).Average() - _losses.Skip(3 * part).Take(part).Average()) / fall);
    }
}
