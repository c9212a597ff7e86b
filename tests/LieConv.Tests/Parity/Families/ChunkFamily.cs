using LieConv.Datasets.Dynamics;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>One chunk of each trajectory. Ours count time from the chunk's start.</summary>
public sealed class ChunkFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "F_chunking");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (times, states, length) = (run.Reference("in.ts"), run.Reference("in.zs"), run.Config.Whole("chunk_len"));
        var (count, points) = (states.shape[0], states.shape[1]);
        var chunks = run.Array(run.Names("rnd.").Single()).data<long>().ToArray();
        // A state of ours is positions and as many momenta; one number more makes odd states even.
        var (size, odd) = (states.shape[2], states.shape[2] % 2);
        using var whole = new TrajectorySet(
            times[0], nn.functional.pad(states, [0, odd]).reshape(count, points, 2, 1, -1),
            zeros([count, 1, 1], dtype: ScalarType.Float64));
        using var chosen = whole.Chunks(length, chunks);

        var starts = times.gather(1, tensor(chunks).unsqueeze(-1) * length);
        var (chosenTimes, chosenStates) = (starts + chosen.Times, chosen.States.flatten(2).narrow(2, 0, size));
        run.Check("out.chosen_zs", chosenStates);
        run.Check("out.item1_z0", chosenStates[1, 0]);
        run.CheckDerived("out.chosen_ts", chosenTimes, run.Reference("out.chosen_ts"));
        run.CheckDerived("out.item1_ts", chosenTimes[1], run.Reference("out.item1_ts"));
    }
}
