using System.CommandLine;
using LieConv.Datasets.Dynamics;
using LieConv.Training.Tasks.Dynamics;

namespace LieConv.Cli.Commands;

/// <summary>The options of rollouts of moving particles.</summary>
internal sealed class RolloutOptionSet
{
    private readonly Option<int?> _steps = CommonOptions.Count(
        "--steps", "Particles: time steps of a rollout [default: 100].", RolloutOptions.MaximumSteps);
    private readonly Option<int?> _systems = CommonOptions.Count(
        "--systems", "Particles: test systems to roll out [default: 20, or all].");
    private readonly Option<string?> _solver = CommonOptions.Text(
        "--solver", "Particles: integrates the network's motion [default: the run's].", "NAME");

    /// <summary>All of them, the last first.</summary>
    public IReadOnlyList<Option> All => [_solver, _systems, _steps];

    /// <summary>The first of them that was given, or null.</summary>
    public Option? FirstGiven(ParseResult result) =>
        All.Reverse().FirstOrDefault(option => result.GetResult(option) is { Implicit: false });

    public RolloutOptions Read(ParseResult result)
    {
        var usual = new RolloutOptions();
        return new RolloutOptions
        {
            Steps = result.GetValue(_steps) ?? usual.Steps,
            Systems = result.GetValue(_systems),
            Solver = result.GetValue(_solver),
        };
    }

    /// <summary>Data with as many whole trajectories as are asked for.</summary>
    /// <exception cref="ArgumentException">If the options are wrong, before anything is loaded.</exception>
    public DynamicsDataOptions WithEnough(ParseResult result, DynamicsDataOptions data)
    {
        var options = Read(result);
        options.Check(data.TestCount);
        var systems = options.SystemsOf(data.TestCount);
        RolloutOptions.CheckSize(options.Steps, (long)systems * data.Particles, data.Dimensions);
        return systems <= data.RolloutCount ? data : data with { RolloutCount = systems };
    }
}
