using static TorchSharp.torch;
#pragma warning disable CS1591, IDE0005, CA1822, CA1724
namespace LieConv.Dynamics.Solvers
{
    public static class OdeSolvers
    {
        public static OdeSolver Parse(string name) => new Stub();
        private sealed class Stub : OdeSolver
        {
            public override string Name => "rk4";
            public override int Order => 4;
            public override OdeSolution Solve(VectorField field, Tensor initial, IReadOnlyList<double> times)
            {
                var states = new List<Tensor> { initial };
                var y = initial;
                var t = zeros([], ScalarType.Float64);
                for (var i = 1; i < times.Count; i++)
                {
                    var h = times[i] - times[i - 1];
                    var k1 = field(t, y);
                    var k2 = field(t, y + k1 * (h / 3));
                    var k3 = field(t, y + (k2 - k1 / 3) * h);
                    var k4 = field(t, y + (k1 - k2 + k3) * h);
                    y = y + (k1 + 3 * (k2 + k3) + k4) * (h / 8);
                    states.Add(y);
                }
                return new OdeSolution(stack(states, 0), 4 * (times.Count - 1), times.Count - 1, 0);
            }
        }
    }
}

namespace LieConv.Datasets.Dynamics
{
    public sealed record DynamicsDataOptions
    {
        public string System { get; init; } = "springs";
        public int Particles { get; init; } = 6;
        public int Dimensions { get; init; } = 2;
        public int TrainCount { get; init; } = 3000;
        public int ValidationCount { get; init; } = 200;
        public int TestCount { get; init; } = 2000;
        public int ChunkLength { get; init; } = 5;
        public int Points { get; init; } = 100;
        public double TimeStep { get; init; } = 0.01;
        public bool Paper { get; init; }
        public bool FreshChunks { get; init; }
        public int RolloutCount { get; init; } = 20;
        public long Seed { get; init; }
        public string? DataRoot { get; init; }
        public IReadOnlyList<string> Validate() => [];
    }
    public sealed class TrajectorySet(Tensor states, Tensor times, Tensor parameters) : IDisposable
    {
        public Tensor States { get; } = states;
        public Tensor Times { get; } = times;
        public Tensor Parameters { get; } = parameters;
        public Tensor? Mask => null;
        public void Dispose() { }
    }
    public sealed record DynamicsSplits(TrajectorySet Train, TrajectorySet? Validation, TrajectorySet Test, TrajectorySet Rollouts, string Description) : IDisposable
    {
        public void Dispose() { }
    }
    public static class DynamicsData
    {
        public static DynamicsSplits Load(DynamicsDataOptions o, Action<string> log)
        {
            TrajectorySet Make(int count, int length)
            {
                var parameters = rand([count, o.Particles, 2], ScalarType.Float64) + 0.1;
                var x = 0.4 * randn([count, 1, 2, o.Particles, o.Dimensions], ScalarType.Float64);
                var t = arange(0, length, ScalarType.Float64) * o.TimeStep;
                return new TrajectorySet((x * t.cos().view(1, -1, 1, 1, 1)).DetachFromDisposeScope(), t.DetachFromDisposeScope(), parameters.DetachFromDisposeScope());
            }
            return new DynamicsSplits(Make(o.TrainCount, o.ChunkLength), o.ValidationCount > 0 ? Make(o.ValidationCount, o.ChunkLength) : null, Make(o.TestCount, o.ChunkLength), Make(o.RolloutCount, o.Points), "stub");
        }
    }
}
