using System.Globalization;

namespace LieConv.Training.Tasks.Points;

/// <summary>Which symmetries are tried on data, and for how long.</summary>
public sealed record DiscoveryOptions
{
    /// <summary>Names of the groups; empty for all that data of so many coordinates may have.</summary>
    /// <value>empty</value>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Seconds that all trainings together may take, about; without effect where <see cref="Epochs"/> is
    /// given.</summary>
    /// <value>150</value>
    public double BudgetSeconds { get; init; } = 150;

    /// <summary>Passes over all training sets; null for as many as the budget allows.</summary>
    /// <value>null</value>
    public int? Epochs { get; init; }

    /// <summary>All that is wrong with the options, one sentence each; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (!(BudgetSeconds is > 0 and <= 1e6))
            errors.Add(string.Create(CultureInfo.InvariantCulture,
                $"BudgetSeconds is {BudgetSeconds}; expected a number above 0 and at most 1000000."));
        if (Epochs is < 1) errors.Add($"Epochs is {Epochs}; expected at least 1.");
        return errors;
    }
}
