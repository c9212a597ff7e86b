// An energy of your own: seven particles of the plane that hold together by Morse's potential, spinning and shaking.
//
// The energy is one formula in tensor operations. The motion follows from it by Hamilton's equations, with
// derivatives that libtorch takes, and what stays constant follows from its symmetries (Noether): it depends on
// distances alone, so that linear and angular momentum stay; the control adds weight, which pulls downward and keeps
// neither. Symplectic solvers keep momenta to rounding, and the energy up to an error that does not grow, of order
// h² (leapfrog) and h⁴ (yoshida4): half the step leaves 1/4 and 1/16 of it.
using LieConv.Cpu;
using LieConv.Dynamics;
using LieConv.Dynamics.Solvers;
using LieConv.Dynamics.Systems;
using TorchSharp;
using static TorchSharp.torch;

const int Particles = 7, Steps = 200;
const double Step = 0.04, Weight = 0.1;

ThreadWaiting.Shorten();                                        // idle threads of libtorch sleep
random.manual_seed(1);
using var off = no_grad();

// A hexagon with its centre at the distance where the potential is least, turning by 0.3 a unit of time.
var angles = arange(Particles - 1, ScalarType.Float64) * (Math.PI / 3);
var positions = cat([zeros([1, 2], ScalarType.Float64), stack([angles.cos(), angles.sin()], -1)], 0).unsqueeze(0);
var masses = ones([1, Particles, 1], ScalarType.Float64);
var spin = 0.3 * stack([-positions.select(-1, 1), positions.select(-1, 0)], -1);
var systems = new ParticleSystems(masses);
var momenta = spin + 0.2 * randn(1, Particles, 2, dtype: ScalarType.Float64);
var start = PhaseSpace.Join(positions, momenta);                // (b, 2, n, D)

Console.WriteLine($"{Particles} particles, {Steps} steps of {Step}: largest drift");
Console.WriteLine(
    $"{"energy",-10}{"solver",-12}{"of energy",12}{"half step",12}{"order",8}{"linear",12}{"angular",12}");
Report("Morse", Morse, substeps => new Leapfrog(substeps));
Report("Morse", Morse, substeps => new Yoshida4(substeps));
Report("Morse", Morse, substeps => new Euler(substeps));
Report("weighted", Weighted, substeps => new Leapfrog(substeps));
var (time, impulse) = (Steps * Step, Weight * Particles * Steps * Step);
Console.WriteLine("Expected: order 2 and 4, both momenta kept to rounding. Controls: Euler's method, and weight,");
Console.WriteLine(FormattableString.Invariant(
    $"which changes linear momentum by {Weight} x {Particles} x {time} = {impulse:F1}."));

// H = Σ p²/2m + Σ over pairs (1 - exp(-2 (r - 1)))²: least where r = 1.
static Tensor Morse(Tensor state, ParticleSystems systems)
{
    var q = PhaseSpace.Positions(state);                        // (b, n, D)
    var apart = q.unsqueeze(-2) - q.unsqueeze(-3);              // (b, n, n, D)
    // A particle is at distance 1 of itself: no energy, and no square root to be differentiated at 0.
    var self = eye(q.shape[1], dtype: q.dtype);
    var distance = (apart.square().sum(-1) + self).sqrt();
    var bond = 1 - (-2 * (distance - 1)).exp();
    return HamiltonianNetwork.KineticEnergy(PhaseSpace.Momenta(state), systems) + bond.square().sum([-2L, -1L]) / 2;
}

// The same, and a weight that pulls each particle down.
static Tensor Weighted(Tensor state, ParticleSystems systems) =>
    Morse(state, systems) + Weight * (systems.Masses * PhaseSpace.Positions(state).select(-1, 1)).sum(-1);

void Report(string name, EnergyFunction energy, Func<int, OdeSolver> solver)
{
    using var scope = NewDisposeScope();
    double[] times = [.. Enumerable.Range(0, Steps + 1).Select(i => i * Step)];
    var flow = HamiltonianFlow.Create(energy, systems);
    var motion = solver(1).Solve(flow, start, times).States;                                    // (t, b, 2, n, D)
    var (whole, half) = (Energies(motion), Energies(solver(2).Solve(flow, start, times).States));
    Console.WriteLine(FormattableString.Invariant(
        $"{name,-10}{solver(1).Name,-12}{whole,12:0.0e+0}{half,12:0.0e+0}{Math.Log2(whole / half),8:F2}") +
        FormattableString.Invariant($"{Drift(ConservedQuantities.LinearMomentum(motion)),12:0.0e+0}") +
        FormattableString.Invariant($"{Drift(ConservedQuantities.AngularMomentum(motion)),12:0.0e+0}"));

    // The states at all times are as many systems for the energy.
    double Energies(Tensor states) =>
        Drift(energy(states.squeeze(1), new ParticleSystems(masses.expand(Steps + 1, -1, -1))));
}

static double Drift(Tensor values) => (values - values[0]).abs().max().item<double>();
