// Point sets of your own: the seven pieces of Tetris, each as 8 points scattered over its four squares.
//
// Two networks of the same size learn them upright. One is under SO2, rotations about the origin, which is the mean
// of each set; the other under Trivial, which respects nothing. Then pieces are turned and shifted. S and Z, L and J
// are mirror images, which no motion of the plane carries into each other: the first network must tell them apart,
// and reads turned pieces as it reads upright ones; the second one cannot know.
using LieConv.Cpu;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Randomness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

const int Steps = 300, BatchSize = 49, TestCount = 350, PointsInSquare = 2;
const double Scatter = 0.5;                            // of a square's side

string[] pieces = ["I", "O", "T", "S", "Z", "L", "J"];
double[,] squares =                                     // the four squares of each piece: x, y, x, y, ...
{
    { 0, 0, 1, 0, 2, 0, 3, 0 }, { 0, 0, 1, 0, 0, 1, 1, 1 }, { 0, 0, 1, 0, 2, 0, 1, 1 }, { 0, 0, 1, 0, 1, 1, 2, 1 },
    { 0, 1, 1, 1, 1, 0, 2, 0 }, { 0, 0, 1, 0, 2, 0, 2, 1 }, { 0, 0, 1, 0, 2, 0, 0, 1 },
};

ThreadWaiting.Shorten();                                // idle threads of libtorch sleep, which leaves cores to others
random.manual_seed(1);
var corners = tensor(squares, ScalarType.Float32).reshape(pieces.Length, 4, 1, 2);

var (upright, labels) = Draw(TestCount);
var turned = Move(upright);
Console.WriteLine(
    $"{pieces.Length} pieces of {4 * PointsInSquare} points, learned upright in {Steps} steps of {BatchSize}.");
Console.WriteLine($"{"group",-10}{"upright",10}{"turned",10}{"answers changed",18}{"scores changed",18}");
foreach (var group in new LieGroup[] { new SO2(), new Trivial(2) })
{
    using var scope = NewDisposeScope();
    using var network = Train(group);
    var (before, after) = (Scores(network, upright), Scores(network, turned));
    var changed = (before.argmax(1) != after.argmax(1)).to(ScalarType.Float32).mean().item<float>();
    var difference = ((after - before).abs().max() / before.abs().max()).item<float>();
    Console.WriteLine(FormattableString.Invariant(
        $"{group.Name,-10}{Right(before),10:P1}{Right(after),10:P1}{changed,18:P1}{difference,18:0.0e+0}"));
}

Console.WriteLine("Under SO2 motions change no answer, and scores by rounding only; Trivial2 is the control.");

// The pieces by turns, each point at random within the middle of its square.
(Tensor Points, Tensor Labels) Draw(int count)
{
    using var scope = NewDisposeScope();
    var kinds = arange(count) % pieces.Length;
    var points = (corners[kinds] + Scatter * rand(count, 4, PointsInSquare, 2)).reshape(count, -1, 2);
    return (points.MoveToOuterDisposeScope(), kinds.MoveToOuterDisposeScope());
}

// Turns each set by an angle of its own and shifts it.
static Tensor Move(Tensor points)
{
    using var scope = NewDisposeScope();
    var tangents = cat([rand(points.shape[0], 1, 1) * (2 * Math.PI) - Math.PI, randn(points.shape[0], 1, 2)], -1);
    var group = new SE2();
    return group.Act(group.Exp(tangents), points).MoveToOuterDisposeScope();
}

// Seen from their mean, so that shifts change nothing; points without values of their own carry the number 1.
static PointSet Set(Tensor points)
{
    var seen = points - points.mean([1L], keepdim: true);             // (b, n, 2)
    return new(seen, ones_like(seen.narrow(-1, 0, 1)));               // (b, n, 1)
}

LieResNet Train(LieGroup group)
{
    var network = new LieResNet(group, new LieResNetOptions
    {
        Inputs = 1, Outputs = pieces.Length, Channels = [32], Layers = 2,
        // Nothing is chosen, and nothing drawn.
        Block = new() { BatchNorm = false, Neighborhood = NeighborhoodKind.Everything },
    });
    using var adam = optim.Adam(network.parameters(), lr: 1e-2);
    for (var step = 0; step < Steps; step++)
    {
        using var scope = NewDisposeScope();                          // frees all tensors of the step
        var (points, truth) = Draw(BatchSize);
        var loss = nn.functional.cross_entropy(network.call(Set(points), NoDraws.Instance), truth);
        adam.zero_grad();
        loss.backward();
        adam.step();
    }

    network.eval();
    return network;
}

static Tensor Scores(LieResNet network, Tensor points)
{
    using var off = no_grad();
    return network.call(Set(points), NoDraws.Instance);               // (b, pieces)
}

double Right(Tensor scores) => (scores.argmax(1) == labels).to(ScalarType.Float64).mean().item<double>();
