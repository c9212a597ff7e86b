using System.Text.RegularExpressions;

namespace LieConv.Models;

/// <summary>
/// Maps the parameter names of this library to those of the original PyTorch code, one to one, so that weights travel
/// both ways. The original lists each convolution twice (…conv.… and …net.5.…), which are one tensor; the first counts.
/// </summary>
public static partial class OriginalStateDict
{
    /// <summary>A buffer of the original that never changes and that this library does without.</summary>
    public const string UnusedCounter = "num_batches_tracked";

    /// <summary>The original's name of one of our parameters.</summary>
    /// <param name="name">Our name, such as blocks.0.conv.kernel.linears.0.weight, of a LieResNet or of a network
    /// around one (images, dynamics).</param>
    /// <param name="layers">Residual blocks of the network, which number the layers after them.</param>
    /// <exception cref="ArgumentException">If the name is none of a residual network's.</exception>
    public static string FromOurs(string name, int layers)
    {
        var outer = Outer.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
        var own = name[(outer?.Length ?? 0)..];
        var block = BlockPattern().Match(own);
        var mapped = block.Success
            ? InBlock(block.Groups["rest"].Value) is { } rest
                ? $"net.{int.Parse(block.Groups["block"].Value) + 1}.{rest}"
                : null
            : OutsideBlocks(own, layers);
        return mapped ?? throw new ArgumentException($"{name} is not a parameter of a residual network.", nameof(name));
    }

    /// <summary>Names of the original that repeat another or carry nothing: they are left out when reading.</summary>
    public static bool IsRedundant(string originalName) =>
        originalName.EndsWith(UnusedCounter, StringComparison.Ordinal) || RepeatedConvolution().IsMatch(originalName);

    /// <summary>The second name under which the original lists a convolution's parameter; null for others.</summary>
    public static string? SecondName(string originalName) =>
        originalName.Contains(".conv.", StringComparison.Ordinal)
            ? originalName.Replace(".conv.", ".net.5.", StringComparison.Ordinal)
            : null;

    /// <summary>Where the networks built around a residual network keep it.</summary>
    private static readonly string[] Outer = ["net.", "potential."];

    private static string? OutsideBlocks(string name, int layers)
    {
        if (Renamed(name, "embed.", "net.0.module.") is { } embed) return embed;
        if (Renamed(name, "head_norm.", $"net.{layers + 1}.") is { } norm) return norm;
        return Renamed(name, "head.", $"net.{layers + 3}.module.");
    }

    private static string? InBlock(string name)
    {
        if (name == "conv.radius") return "conv.r";
        if (KernelPattern().Match(name) is { Success: true } kernel)
        {
            var layer = 3 * int.Parse(kernel.Groups["layer"].Value);
            var rest = kernel.Groups["rest"].Value;
            return kernel.Groups["kind"].Value == "linears"
                ? $"conv.weightnet.{layer}.module.{rest}"
                : $"conv.weightnet.{layer + 1}.{rest}";
        }
        if (name.StartsWith("conv.linear.", StringComparison.Ordinal)) return name;
        return Renamed(name, "narrow_norm.", "net.0.") ?? Renamed(name, "narrow.", "net.2.module.")
            ?? Renamed(name, "conv_norm.", "net.3.") ?? Renamed(name, "widen_norm.", "net.6.")
            ?? Renamed(name, "widen.", "net.8.module.");
    }

    private static string? Renamed(string name, string ours, string theirs) =>
        name.StartsWith(ours, StringComparison.Ordinal) ? theirs + name[ours.Length..] : null;

    [GeneratedRegex(@"^blocks\.(?<block>\d+)\.(?<rest>.+)$")]
    private static partial Regex BlockPattern();

    [GeneratedRegex(@"^conv\.kernel\.(?<kind>linears|norms)\.(?<layer>\d+)\.(?<rest>.+)$")]
    private static partial Regex KernelPattern();

    [GeneratedRegex(@"^net\.\d+\.net\.5\.")]
    private static partial Regex RepeatedConvolution();
}
