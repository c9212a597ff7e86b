namespace LieConv.Dynamics.Solvers;

/// <summary>
/// Times and steps of an adaptive integration, kept as numbers of the host: one set for each item, or one for the whole
/// batch.
/// </summary>
/// <remarks>Steps grow and shrink by the elementary controller of Hairer, Nørsett and Wanner, Solving Ordinary
/// Differential Equations I, section II.4, with torchdiffeq's constants.</remarks>
internal sealed class StepClock(
    IReadOnlyList<double> times, int direction, double[] firstSteps, AdaptiveOptions options, int order)
{
    private const double Safety = 0.9;
    private const double MostGrowth = 10;
    private const double MostShrinking = 0.2;

    private readonly double[] _steps = [.. firstSteps];
    private readonly int[] _next = [.. Enumerable.Repeat(1, firstSteps.Length)];
    private readonly int[] _tried = new int[firstSteps.Length];
    private readonly double _last = times[^1];
    private readonly bool[] _lands =
        [.. Enumerable.Repeat(options.Control == ErrorControl.PerItem, firstSteps.Length)];

    /// <summary>Times reached.</summary>
    public double[] Times { get; } = [.. Enumerable.Repeat(times[0], firstSteps.Length)];

    /// <summary>Times at which the steps that <see cref="Lengths"/> gave end.</summary>
    public double[] Ends { get; } = new double[firstSteps.Length];

    /// <summary>Steps accepted, of all items together.</summary>
    public long Accepted { get; private set; }

    /// <summary>Steps rejected, of all items together.</summary>
    public long Rejected { get; private set; }

    /// <summary>Whether a time asked for has not been reached.</summary>
    public bool Running => _next.Any(next => next < times.Count);

    /// <summary>Signed lengths of the next steps; 0 for items that are done, which then stay where they are.</summary>
    /// <exception cref="IntegrationFailedException">If a step is too small for its time, or one too many.</exception>
    public double[] Lengths()
    {
        var lengths = new double[_steps.Length];
        for (var i = 0; i < lengths.Length; i++)
        {
            Ends[i] = Times[i];
            if (IsDone(i)) continue;
            lengths[i] = direction * Math.Min(_steps[i], options.MaximumStep);
            Ends[i] += lengths[i];
            if (_lands[i] && Passes(Ends[i])) (lengths[i], Ends[i]) = (_last - Times[i], _last);
            if (!double.IsFinite(lengths[i]) || Ends[i] == Times[i])
                throw new IntegrationFailedException(
                    $"{Who(i)} cannot go on at time {Times[i]}: no step is small enough, as happens where the state " +
                    "or its derivative is not finite.");
            if (_tried[i]++ >= options.MaximumSteps)
                throw new IntegrationFailedException(
                    $"{Who(i)} took MaximumSteps = {options.MaximumSteps} steps and has reached time {Times[i]} only.");
        }
        return lengths;
    }

    /// <summary>Accepts or rejects the steps and chooses the next ones.</summary>
    /// <param name="lengths">Signed lengths of the steps tried.</param>
    /// <param name="ratios">Errors as parts of what is allowed; rejected where not a number.</param>
    /// <returns>Where a step is accepted; true for items that are done.</returns>
    public bool[] Judge(double[] lengths, double[] ratios)
    {
        var accepted = new bool[ratios.Length];
        for (var i = 0; i < ratios.Length; i++)
        {
            accepted[i] = IsDone(i) || ratios[i] <= 1;
            if (IsDone(i)) continue;
            if (!double.IsFinite(ratios[i]) && !_lands[i] && Passes(Ends[i]))
            {
                // The field may end where the times do: once more, up to there.
                (_lands[i], _steps[i]) = (true, Math.Abs(_last - Times[i]));
                Rejected++;
                continue;
            }
            _steps[i] = Math.Abs(lengths[i]) * Factor(ratios[i]);
            if (accepted[i])
            {
                Times[i] = Ends[i];
                Accepted++;
            }
            else
            {
                Rejected++;
            }
        }
        return accepted;
    }

    /// <summary>The times asked for that the accepted steps passed, each with the places in the items' steps, from 0 at
    /// the start to 1 at the end; NaN for items whose step did not pass it.</summary>
    public SortedDictionary<int, double[]> Passed(double[] lengths)
    {
        var passed = new SortedDictionary<int, double[]>();
        for (var i = 0; i < lengths.Length; i++)
        {
            for (; !IsDone(i) && direction * times[_next[i]] <= direction * Times[i]; _next[i]++)
            {
                if (!passed.TryGetValue(_next[i], out var places))
                {
                    passed[_next[i]] = places = new double[lengths.Length];
                    Array.Fill(places, double.NaN);
                }
                places[i] = 1 - (Times[i] - times[_next[i]]) / lengths[i];
            }
        }
        return passed;
    }

    private bool Passes(double time) => direction * (time - _last) > 0;

    private bool IsDone(int item) => _next[item] >= times.Count;

    private double Factor(double ratio)
    {
        if (ratio == 0) return MostGrowth;
        if (!double.IsFinite(ratio)) return MostShrinking;
        var least = ratio < 1 ? 1 : MostShrinking;
        return Math.Min(MostGrowth, Math.Max(Safety / Math.Pow(ratio, 1.0 / order), least));
    }

    private string Who(int item) =>
        options.Control == ErrorControl.WholeBatch ? "The integration" : $"The integration of item {item}";
}
