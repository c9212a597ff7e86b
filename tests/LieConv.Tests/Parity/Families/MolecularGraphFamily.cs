using LieConv.Dynamics.Networks;
using LieConv.Molecules;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// MolecGN. The original takes padding for atoms: with padding made nodes, ours gives what is stored; as it is, ours
/// gives for each molecule what it gives for that molecule alone.
/// </summary>
public sealed class MolecularGraphFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "D_molecgn");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (config, batch) = (run.Config, MoleculeCase.Batch(run));
        config.Require("d", 3);
        config.Require("network", MolecularGraphNetwork.ShortName);
        using var network = new MolecularGraphNetwork(new MolecularGraphOptions
        {
            Species = MoleculeCase.Species(run), ChargeScale = config.Number("charge_scale"),
            Outputs = (int)run.Array("w.linear.weight").shape[0], Channels = config.Whole("k", 64),
            Layers = config.Whole("num_layers", 1),
        });
        network.to(run.Dtype);
        Load(network, run);

        var positions = batch.Positions.alias().requires_grad_();
        var atoms = AtomFeatures.Create(batch, network.Species, network.Options.ChargeScale, new AtomPlace(null, false, 1), run.Dtype);
        var y = network.Predict(atoms.Values, positions, null).squeeze(-1);
        run.Check("out.y", y);
        (y * run.Array("cot.0")).sum().backward();
        foreach (var (name, parameter) in network.named_parameters())
        {
            var stored = "g.w." + Their(network, name);
            if (run.Has(stored)) run.Check(stored, OriginalWeights.GradientOf(parameter));
        }
        if (run.Has("g.in.positions")) run.Check("g.in.positions", positions.grad!);
        CheckWithoutPadding(run, network, batch);
    }

    private static void CheckWithoutPadding(CaseRun run, MolecularGraphNetwork network, MoleculeBatch batch)
    {
        using var off = no_grad();
        var together = network.call(batch, NoDraws.Instance);
        for (var i = 0; i < batch.Charges.shape[0]; i++)
        {
            var atoms = batch.Atoms[i];
            var own = new MoleculeBatch(
                batch.Positions[i][atoms].unsqueeze(0), batch.Charges[i][atoms].unsqueeze(0));
            run.CheckValue($"molecule {i} alone", together[i], network.call(own, NoDraws.Instance)[0]);
        }
    }

    private static string Their(MolecularGraphNetwork network, string name) =>
        OriginalDynamicsNames.FromOurs(name, network.Options.Layers);

    /// <summary>Copies the case's weights; each stored one must have a place.</summary>
    private static void Load(MolecularGraphNetwork network, CaseRun run)
    {
        using var off = no_grad();
        var used = new HashSet<string>();
        foreach (var (name, target) in network.state_dict())
        {
            target.copy_(run.Array("w." + Their(network, name)));
            used.Add("w." + Their(network, name));
        }
        var left = run.Names("w.").Where(name => !used.Contains(name)).ToArray();
        if (left.Length > 0)
            throw new InvalidDataException(
                $"{run.Golden.Name} has weights without a place: {string.Join(", ", left)}.");
    }
}
