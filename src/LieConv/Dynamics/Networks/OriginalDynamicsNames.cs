using System.Globalization;
using System.Text.RegularExpressions;

namespace LieConv.Dynamics.Networks;

/// <summary>
/// Maps the parameter names of the baselines to those of the original PyTorch code, one to one, so that weights travel
/// both ways. Residual networks have <see cref="Models.OriginalStateDict"/>.
/// </summary>
public static partial class OriginalDynamicsNames
{
    /// <summary>The original's name of one of our parameters.</summary>
    /// <param name="name">Our name, such as net.layers.0.edges.linears.1.weight.</param>
    /// <param name="layers">Layers of the network; those of fully connected ones number the layer after them.</param>
    /// <exception cref="ArgumentException">If the name is none of a baseline's.</exception>
    public static string FromOurs(string name, int layers)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Hidden().Match(name) is { Success: true } hidden)
            return $"net.{hidden.Groups["layer"].Value}.0.{hidden.Groups["rest"].Value}";
        if (Message().Match(name) is { Success: true } message)
        {
            var part = message.Groups["part"].Value[..^1];
            var linear = 2 * int.Parse(message.Groups["linear"].Value, CultureInfo.InvariantCulture);
            var rest = message.Groups["rest"].Value;
            return $"gnlayers.{message.Groups["layer"].Value}.layer.{part}_model.{part}_mlp.{linear}.{rest}";
        }
        return Renamed(name, "net.output.", string.Create(CultureInfo.InvariantCulture, $"net.{layers}."))
            ?? Renamed(name, "position_head.", PositionHead) ?? Renamed(name, "momentum_head.", MomentumHead)
            ?? Renamed(name, "head.", "linear.")
            ?? throw new ArgumentException($"{name} is not a parameter of a baseline.", nameof(name));
    }

    /// <summary>Whether a name of the original is that of a parameter which nothing reads there: the heads of a
    /// <see cref="GraphDynamics"/> within its two Hamiltonian forms. They are left out when reading.</summary>
    /// <param name="network">The network's short name, such as HOGN.</param>
    /// <param name="originalName">The original's name of the parameter.</param>
    public static bool IsUnused(string network, string originalName)
    {
        ArgumentNullException.ThrowIfNull(originalName);
        return network is GraphHamiltonian.ShortName or GraphPotential.ShortName
            && (originalName.StartsWith(PositionHead, StringComparison.Ordinal)
                || originalName.StartsWith(MomentumHead, StringComparison.Ordinal));
    }

    private const string PositionHead = "qlinear.";
    private const string MomentumHead = "plinear.";

    private static string? Renamed(string name, string ours, string theirs) =>
        name.StartsWith(ours, StringComparison.Ordinal) ? theirs + name[ours.Length..] : null;

    [GeneratedRegex(@"^net\.hidden\.(?<layer>\d+)\.(?<rest>weight|bias)$")]
    private static partial Regex Hidden();

    [GeneratedRegex(
        @"^net\.layers\.(?<layer>\d+)\.(?<part>edges|nodes|globals)\.linears\.(?<linear>[01])\.(?<rest>weight|bias)$")]
    private static partial Regex Message();
}
