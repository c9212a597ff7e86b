using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Groups;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Benchmarks;

internal sealed class SpringTraining : IDisposable
{
    public const int Batch = 200;
    private readonly DynamicsNetwork _network;
    private readonly Adam _optimizer;
    private readonly Tensor _state, _target;
    private readonly ParticleSystems _systems;

    public SpringTraining(string name)
    {
        random.manual_seed(1);
        _network = new LieHamiltonian(LieGroups.Parse(name), new LieDynamicsOptions());
        _optimizer = optim.Adam(_network.parameters(), 1e-3);
        (_state, _target) = (randn([Batch, 2, 6, 2]) * 0.5, randn([5, Batch, 2, 6, 2]));
        _systems = new ParticleSystems(rand(Batch, 6, 2) + 0.1);
    }

    public void Train()
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        var states = new List<Tensor> { _state };
        var y = _state;
        var h = 0.01;
        for (var i = 0; i < 4; i++)
        {
            var k1 = _network.call(y, _systems);
            var k2 = _network.call(y + k1 * (h / 3), _systems);
            var k3 = _network.call(y + (k2 - k1 / 3) * h, _systems);
            var k4 = _network.call(y + (k1 - k2 + k3) * h, _systems);
            y = y + (k1 + 3 * (k2 + k3) + k4) * (h / 8);
            states.Add(y);
        }
        var loss = (stack(states, 0) - _target).pow(2).mean();
        loss.backward();
        _optimizer.step();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
    }
}
