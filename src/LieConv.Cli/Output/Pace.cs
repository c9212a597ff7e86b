using System.Diagnostics;
using System.Globalization;

namespace LieConv.Cli.Output;

/// <summary>How fast a training goes and how long it will take.</summary>
internal sealed class Pace
{
    /// <summary>Weight of the newest step in the running rate: the last fifty or so count.</summary>
    private const double Weight = 0.02;

    private readonly Stopwatch _clock = new();
    private double _secondsPerExample;
    private long _steps;
    private long _stepsLeft;

    /// <summary>Training examples a second, without evaluations.</summary>
    public double Rate => _secondsPerExample > 0 ? 1 / _secondsPerExample : 0;

    /// <summary>Time to the end, evaluations included, as people say it.</summary>
    public string Remaining => Text(_steps == 0 ? 0 : _clock.Elapsed.TotalSeconds / _steps * _stepsLeft);

    public void Add(long step, long totalSteps, int examples, double seconds)
    {
        if (!_clock.IsRunning)
            _clock.Start();
        else
            _steps++;
        var newest = seconds / examples;
        _secondsPerExample = _secondsPerExample == 0
            ? newest
            : _secondsPerExample + Weight * (newest - _secondsPerExample);
        _stepsLeft = totalSteps - step;
    }

    private static string Text(double seconds) => seconds switch
    {
        < 90 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s"),
        < 5400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F1} h"),
    };
}
