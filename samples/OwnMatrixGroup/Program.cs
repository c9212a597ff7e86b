// A matrix group of your own, from its generators: the symmetries of the heat equation u_t = u_xx.
//
// With u(x, t) also u(r x + c, r² t) solves it: lengths and times scale together, and places shift. These maps form
// a group that does not commute and carries every event (x, t) with t > 0 to every other. No line about it stands in
// the library: its exponential, logarithm, lift and distance follow from two matrices. The program checks the laws
// of the group and of a copy with a wrong logarithm, builds a network on it, and measures by how much that changes
// when its input is moved, by the group itself and, as a control, by ordinary scalings (r x, r t), which are not its
// elements.
using LieConv.Cpu;
using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Groups.Laws;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

const int Seed = 1, Sets = 8, Events = 12;

ThreadWaiting.Shorten();                                   // idle threads of libtorch sleep
random.manual_seed(Seed);

// Matrices act on (x, t, 1), since shifts are no linear maps of (x, t).
var options = new MatrixGroupOptions
{
    Name = "Heat",
    PointDim = 2,
    Generators = new double[,,]
    {
        { { 1, 0, 0 }, { 0, 2, 0 }, { 0, 0, 0 } },         // log r: x grows with r, t with r²
        { { 0, 0, 1 }, { 0, 0, 0 }, { 0, 0, 0 } },         // shift of x
    },
    Origin = _ => tensor([0.0, 1.0]),                      // (0, 1) is carried to every event, by one element each
};
var heat = new MatrixGroup(options);
// The element that exp(log r, a) gives shifts by c = a (r - 1) / log r; whoever forgets the factor breaks laws.
var wrong = new MatrixGroup(options with
{
    Name = "Wrong",
    Log = matrix => stack([matrix[TensorIndex.Ellipsis, 0, 0].log(), matrix[TensorIndex.Ellipsis, 0, 2]], -1),
});

Console.WriteLine(
    $"A tangent of {heat.Name} has {heat.AlgebraDim} numbers, its stabilizer dimension {heat.StabilizerDim}.");
Report(heat);
Report(wrong);

var network = new LieResNet(heat, new LieResNetOptions
{
    Inputs = 1, Outputs = 3, Channels = [16], Layers = 3,
    // Nothing is chosen: exact, not in distribution only.
    Block = new() { BatchNorm = false, Neighborhood = NeighborhoodKind.Everything },
});
network.to(ScalarType.Float64);
network.eval();

var events = new PointSet(
    LaterEvents(randn(Sets, Events, 2, dtype: ScalarType.Float64)),     // (b, n, 2)
    randn(Sets, Events, 1, dtype: ScalarType.Float64));                 // (b, n, 1), say temperatures
var own = Error(heat);
var control = Error(LieSubgroup.Rx());
Console.WriteLine(FormattableString.Invariant($"Network moved by {heat.Name}: its output changes by {own:0.0e+0}."));
Console.WriteLine(FormattableString.Invariant($"Network moved by scalings (r x, r t): {control:0.0e+0}, the control."));

double Error(LieGroup group) => EquivarianceReport.Measure(
    group, Differences, events, new EquivarianceOptions { Seed = Seed }).Largest;

// What the network tells about a set beyond what it says of all: untrained, its output is the bias above all.
Tensor Differences(PointSet points, Draws draws)
{
    var output = network.call(points, draws);              // (b, 3)
    return output - output.mean([0L], keepdim: true);
}

// Events with t > 0 from any numbers.
static Tensor LaterEvents(Tensor normal) => cat([normal.narrow(-1, 0, 1), normal.narrow(-1, 1, 1).exp()], -1);

// The laws of the group: exp and log, inverses, brackets, action, lifts, distances, first and second derivatives.
static void Report(LieGroup group)
{
    // Numerical logarithms lose a few digits more than closed forms.
    var results = GroupLaws.Check(group, new GroupLawsOptions { Points = LaterEvents, ToleranceFactor = 100 });
    var broken = results.Where(result => !result.Passed).Select(result => result.Law).Distinct().ToArray();
    Console.WriteLine($"{group.Name}: {results.Count(result => result.Passed)} of {results.Count} checks hold" +
        (broken.Length == 0 ? "." : $"; {broken.Length} laws are broken, first of all {broken[0]}."));
}
