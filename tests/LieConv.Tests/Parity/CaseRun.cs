using LieConv.Tests.Parity.Format;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>
/// One case in one precision: hands out its inputs and collects the comparisons. Every stored output, gradient and
/// changed statistic must be compared or be named as a deliberate deviation; what is forgotten fails the run.
/// </summary>
/// <param name="golden">The case.</param>
/// <param name="dtype">Precision of the run.</param>
/// <param name="perturbed">An array that is handed out slightly wrong, to show that the run then fails.</param>
public sealed class CaseRun(GoldenCase golden, ScalarType dtype, string? perturbed = null)
{
    /// <summary>
    /// What vanishes identically is round-off in single precision: it must stay below this share of the gradients' scale.
    /// </summary>
    private const double Vanishing = 1e-3;

    /// <summary>Integers are stored with tolerance 0; the distances beside them may differ in the last digits.</summary>
    private const double RoundOff = 1e-14;

    private readonly List<CheckedArray> _checked = [];
    private readonly HashSet<string> _settled = [];
    private double? _gradientFloor;

    /// <summary>The case.</summary>
    public GoldenCase Golden { get; } = golden;

    /// <summary>Its configuration.</summary>
    public CaseConfig Config { get; } = golden.NewConfig();

    /// <summary>Precision of the run.</summary>
    public ScalarType Dtype { get; } = dtype;

    /// <summary>Whether the run is in single precision.</summary>
    public bool SinglePrecision => Dtype == ScalarType.Float32;

    /// <summary>All comparisons made.</summary>
    public IReadOnlyList<CheckedArray> Checked => _checked;

    /// <summary>Whether an array is stored.</summary>
    public bool Has(string array) => Golden.Has(array);

    /// <summary>A stored array; floating ones in the run's precision.</summary>
    public Tensor Array(string name)
    {
        var array = Stored(name).ToTensor(Dtype);
        return name == perturbed ? array * 1.001 : array;
    }

    /// <summary>A stored array, floating ones in double precision.</summary>
    public Tensor Reference(string name) => Stored(name).ToTensor(ScalarType.Float64);

    /// <summary>A stored array that gradients are wanted for.</summary>
    public Tensor Leaf(string name) => Array(name).requires_grad_();

    /// <summary>Names of the stored arrays with a prefix, in the archive's order.</summary>
    public IEnumerable<string> Names(string prefix) =>
        Golden.Arrays.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Compares with the stored array by the manifest's metric and tolerance.</summary>
    public void Check(string name, Tensor actual) => Add(name, actual, Reference(name), null, deviation: false);

    /// <summary>Compares with the right value where the original's is wrong on record.</summary>
    /// <param name="name">The stored array that the right value stands in for.</param>
    /// <param name="actual">Ours.</param>
    /// <param name="right">The right value, computed by other means.</param>
    /// <param name="tolerance">Largest error; the case's where it is left out.</param>
    public void CheckRight(string name, Tensor actual, Tensor right, double? tolerance = null) =>
        Add(name, actual, right.to_type(ScalarType.Float64), tolerance, deviation: true);

    /// <summary>Compares what must vanish with zero, on the scale of the case's gradients.</summary>
    public void CheckVanishes(string name, Tensor actual) =>
        CheckRight(name, actual, zeros_like(actual), SinglePrecision ? Vanishing : null);

    /// <summary>Compares with what follows from the stored array, in the form that our side has it.</summary>
    public void CheckDerived(string name, Tensor actual, Tensor derived, double? tolerance = null) =>
        Add(name, actual, derived.to_type(ScalarType.Float64), tolerance, deviation: false);

    /// <summary>Compares values that are not stored.</summary>
    public void CheckValue(string label, Tensor actual, Tensor expected, double? tolerance = null) =>
        Add(label, actual, expected.to_type(ScalarType.Float64), tolerance, deviation: false);

    /// <summary>Declares that a stored array is not compared, and why.</summary>
    public void Leave(string name, string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        _settled.Add(name);
    }

    /// <summary>The faults of the run: wrong values, stored results that nothing was compared with, and options that it
    /// does not know.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var item in _checked.Where(item => !item.Passed)) yield return item.ToString();
        foreach (var name in Golden.Arrays.Keys.Where(IsResult).Where(name => !_settled.Contains(name)))
            yield return $"{name}: never compared";
        foreach (var complaint in CaseFacts.Complaints(this)) yield return complaint;
    }

    private static bool IsResult(string name) =>
        name.StartsWith("out.", StringComparison.Ordinal) || name.StartsWith("g.", StringComparison.Ordinal)
        || name.StartsWith("after.", StringComparison.Ordinal) || name.StartsWith("attr.", StringComparison.Ordinal);

    private void Add(string name, Tensor actual, Tensor expected, double? tolerance, bool deviation)
    {
        _settled.Add(name);
        var allowed = tolerance ?? Allowed(name);
        _checked.Add(new CheckedArray(name, ErrorOf(name, actual, expected), allowed, deviation));
    }

    private double Allowed(string name)
    {
        var least = Golden.Tolerance(SinglePrecision) == 0 ? RoundOff : 0;
        var stored = Math.Max(Golden.Tolerance(SinglePrecision, name), least);
        return SinglePrecision && Golden.ZeroByTheory.Contains(name) ? Math.Max(stored, Vanishing) : stored;
    }

    private double ErrorOf(string name, Tensor actual, Tensor expected)
    {
        if (!actual.shape.SequenceEqual(expected.shape)) return double.PositiveInfinity;
        if (expected.numel() == 0) return 0;
        var reference = expected.to_type(ScalarType.Float64);
        var error = (actual.detach().to_type(ScalarType.Float64) - reference).abs().max().item<double>();
        var floor = name.StartsWith("g.", StringComparison.Ordinal) ? GradientFloor : 0;
        var scale = Math.Max(reference.abs().max().item<double>(), floor);
        return scale == 0 ? error : error / scale;
    }

    private double GradientFloor => _gradientFloor ??= Names("g.")
        .Select(name => Reference(name)).Where(gradient => gradient.numel() > 0)
        .Select(gradient => 0.01 * gradient.abs().max().item<double>()).DefaultIfEmpty(0).Max();

    private NpyArray Stored(string name) => Golden.Arrays.TryGetValue(name, out var array)
        ? array
        : throw new InvalidDataException($"{Golden.Name} has no array {name}.");
}
