namespace LieConv.Datasets.Digits;

/// <summary>Which rotated digits to load. The defaults are the sizes of the official RotMNIST.</summary>
public sealed record RotMnistOptions
{
    /// <summary>Training digits.</summary>
    /// <value>12,000.</value>
    public int TrainCount { get; init; } = 12_000;

    /// <summary>Validation digits, taken beside the training ones; 0 for none.</summary>
    /// <value>0.</value>
    public int ValidationCount { get; init; }

    /// <summary>Test digits.</summary>
    /// <value>50,000.</value>
    public int TestCount { get; init; } = 50_000;

    /// <summary>Seed of the shuffle and of the angles where digits are rotated here.</summary>
    /// <value>0.</value>
    public int Seed { get; init; }

    /// <summary>Folder with the files, or null for the default data folder and, without data there, the sample.</summary>
    /// <value>null.</value>
    public string? DataRoot { get; init; }

    /// <summary>Checks the options.</summary>
    /// <returns>One sentence for each error; empty if there is none.</returns>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (TrainCount < 1) errors.Add($"TrainCount is {TrainCount}; expected at least 1.");
        if (ValidationCount < 0) errors.Add($"ValidationCount is {ValidationCount}; expected 0 or more.");
        if (TestCount < 1) errors.Add($"TestCount is {TestCount}; expected at least 1.");
        if (DataRoot is not null && string.IsNullOrWhiteSpace(DataRoot))
            errors.Add("DataRoot is blank; expected a folder.");
        return errors;
    }
}
