using System.Text.Json;
using LieConv.Layers;

namespace LieConv.Tests.Parity;

/// <summary>
/// What configurations say beside options: texts for people, and facts that the arrays show anyway. Facts that can be
/// checked are. All else that a run did not ask for is an option that it does not know, and fails it.
/// </summary>
public static class CaseFacts
{
    /// <summary>Facts about sizes and places, which arrays have; and notes without a blank.</summary>
    private static readonly HashSet<string> Shown =
    [
        "n", "lens", "bs", "shape", "rep_dim", "element_kinds", "cache", "min_pi_gap", "r", "r0",
        "channels", "fills", "mnist_test_indices", "second_batch", "normalisation", "image_size", "rnd_order",
        "feature_layout", "z_layout", "out_layout", "abq_layout", "index_convention", "rule", "norm", "initial_step",
        "interp", "softening", "theta_matrix", "note", "what", "ts", "dt", "steps", "n_systems", "n_bodies", "z_dim",
        "thresh", "N", "select", "system", "traj_len", "d",
    ];

    /// <summary>Facts that are compared with what is stored.</summary>
    private static readonly Dictionary<string, Func<CaseRun, JsonElement, bool>> Compared = new()
    {
        ["alpha"] = (run, value) => !run.Config.Has("group") || Is(value, GroupOfCase.Of(run.Config).Alpha),
        ["lie_dim"] = (run, value) => Is(value, GroupOfCase.Of(run.Config).AlgebraDim),
        ["q_dim"] = (run, value) => Is(value, GroupOfCase.Of(run.Config).OrbitDim),
        ["cmco_ci"] = (_, value) => Is(value, KernelNetwork.Outputs),
        ["coeff"] = (_, value) => Is(value, Neighbours.RadiusStep),
        ["G"] = (_, value) => Is(value, 1),
        ["xyz_dim"] = (run, value) => IsWidth(run, value, "in.abq", "in.pts"),
        ["sys_dim"] = (run, value) => IsWidth(run, value, "in.sysP"),
        ["chin"] = (run, value) => IsWidth(run, value, "in.vals"),
        ["num_outputs"] = (run, value) => IsWidth(run, value, "out.y", "out.logits"),
        ["num_species"] = (run, value) => IsWidth(run, value, "in.one_hot"),
        ["chunk_len"] = (run, value) => IsWidth(run, value, "in.ts"),
        ["fill"] = (_, value) => Is(value, 1),                     // of dynamics, which ask for no other
        ["groups"] = (_, value) => value.EnumerateArray().Select(name => name.GetString()).SequenceEqual(["RxSQ", "SQ"]),
    };

    /// <summary>One sentence for each option that a run does not know and for each fact that is not one.</summary>
    public static IEnumerable<string> Complaints(CaseRun run)
    {
        foreach (var (key, value) in run.Config.Unasked.ToArray())
        {
            if (value.ValueKind == JsonValueKind.Null) continue;                          // not given
            if (Compared.TryGetValue(key, out var holds))
            {
                if (!holds(run, value)) yield return $"option {key} is {value.GetRawText()}, which this run is not";
            }
            else if (!Shown.Contains(key) && !IsProse(value))
                yield return $"option {key} = {value.GetRawText()} is not known to the runner of {run.Golden.Name}";
        }
    }

    /// <summary>No option is several words long.</summary>
    private static bool IsProse(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.Trim().Contains(' ', StringComparison.Ordinal);

    /// <summary>Whether the first of these arrays that is stored is so wide; a list of single numbers has width 1.</summary>
    private static bool IsWidth(CaseRun run, JsonElement value, params string[] names) =>
        names.FirstOrDefault(run.Has) is not { } name
        || Is(value, run.Reference(name) is { } array && array.dim() > 1 ? array.shape[^1] : 1);

    private static bool Is(JsonElement value, double expected) =>
        value.ValueKind == JsonValueKind.Number && Math.Abs(value.GetDouble() - expected) <= 1e-12 * Math.Abs(expected);
}
