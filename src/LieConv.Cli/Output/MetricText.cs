using System.Globalization;

namespace LieConv.Cli.Output;

/// <summary>How metrics are printed.</summary>
internal static class MetricText
{
    private const string Mse = "mse";
    private const string Loss = "loss";

    /// <summary>Errors are fractions and printed in percent, squared errors with their exponent.</summary>
    public static string Format(string name, double value) => LastPart(name) switch
    {
        "error" => string.Create(CultureInfo.InvariantCulture, $"{100 * value:F2} %"),
        Mse => Scientific(value),
        _ => value.ToString("F4", CultureInfo.InvariantCulture),
    };

    /// <summary>A small number as people write it: 1.23e-4.</summary>
    public static string Scientific(double value) =>
        value == 0 ? "0" : value.ToString("0.00e-0", CultureInfo.InvariantCulture);

    /// <summary>Where the loss is the mean squared error, saying so once is enough.</summary>
    public static bool IsShown(string name, IReadOnlyDictionary<string, double> metrics) =>
        LastPart(name) is not ("low" or "high") && (LastPart(name) != Loss || !metrics.ContainsKey(name[..^Loss.Length] + Mse));

    /// <summary>Whether a metric belongs to an evaluation, not to the training as it went.</summary>
    public static bool IsOfAnEvaluation(string name) => !name.StartsWith("train.", StringComparison.Ordinal);

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];
}
