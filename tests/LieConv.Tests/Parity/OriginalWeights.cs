using System.Text.RegularExpressions;
using LieConv.Models;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>
/// Carries a case's weights into our modules, and their gradients and statistics back under the original's names.
/// </summary>
/// <param name="ours">Where the module sits inside a residual network of ours, such as blocks.0.conv.</param>
/// <param name="theirs">The same place in the original's state dict, left out in the case's names.</param>
/// <param name="layers">Residual blocks of the network.</param>
public sealed partial class OriginalWeights(string ours, string theirs, int layers)
{
    /// <summary>A convolution by itself.</summary>
    public static OriginalWeights Convolution { get; } = new("blocks.0.conv.", "net.1.conv.", 1);

    /// <summary>A kernel network by itself.</summary>
    public static OriginalWeights Kernel { get; } = new("blocks.0.conv.kernel.", "net.1.conv.weightnet.", 1);

    /// <summary>A residual block by itself.</summary>
    public static OriginalWeights Block { get; } = new("blocks.0.", "net.1.", 1);

    /// <summary>A whole network.</summary>
    public static OriginalWeights Network(int layers) => new("", "", layers);

    /// <summary>Copies the case's weights; each stored one that is not redundant must have a place.</summary>
    public void Load(nn.Module module, CaseRun run)
    {
        using var off = no_grad();
        var used = new HashSet<string>();
        foreach (var (name, target) in module.state_dict())
        {
            var stored = "w." + Their(name);
            // A convolution that starts from the defaults of both sides stores no radius.
            if (IsRadius(name) && !run.Has(stored)) continue;
            target.copy_(run.Array(stored));
            used.Add(stored);
        }
        var left = run.Names("w.").Where(name => !used.Contains(name) && !IsRepeated(name)).ToArray();
        if (left.Length > 0)
            throw new InvalidDataException($"{run.Golden.Name} has weights without a place: {string.Join(", ", left)}.");
    }

    /// <summary>Compares all gradients of the parameters.</summary>
    public void CheckGradients(nn.Module module, CaseRun run)
    {
        foreach (var (name, parameter) in module.named_parameters())
            if (run.Has("g.w." + Their(name))) run.Check("g.w." + Their(name), GradientOf(parameter));
    }

    /// <summary>Compares what the run changed, statistics and trained parameters; <see cref="Radii"/> does the radii.</summary>
    public void CheckChanges(nn.Module module, CaseRun run)
    {
        foreach (var (name, value) in module.state_dict().Where(item => !IsRadius(item.Key)))
        {
            foreach (var stored in Stored(Their(name)).Where(run.Has)) run.Check(stored, value);
        }
    }

    /// <summary>Whether one of our names is that of a radius.</summary>
    public static bool IsRadius(string name) => name.EndsWith("radius", StringComparison.Ordinal);

    /// <summary>The names under which the case stores a changed value; convolutions in a block have two.</summary>
    public static IEnumerable<string> Stored(string theirs)
    {
        yield return "after." + theirs;
        yield return "after." + Convolution_().Replace(theirs, "${before}net.5.");
    }

    /// <summary>The original's name of one of our values.</summary>
    public string Their(string name) => OriginalStateDict.FromOurs(ours + name, layers)[theirs.Length..];

    /// <summary>The gradient of a leaf; zeros where nothing reached it.</summary>
    public static Tensor GradientOf(Tensor leaf) => leaf.grad is { } gradient ? gradient : zeros_like(leaf);

    private static bool IsRepeated(string name) =>
        name.EndsWith(OriginalStateDict.UnusedCounter, StringComparison.Ordinal) || Repeated().IsMatch(name);

    [GeneratedRegex(@"^w\.(net\.\d+\.)?net\.5\.(r$|weightnet|linear)")]
    private static partial Regex Repeated();

    [GeneratedRegex(@"^(?<before>(net\.\d+\.)?)conv\.")]
    private static partial Regex Convolution_();
}
