using LieConv.Lifting;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// A few Adam steps of a classifier. Biases in front of a batch norm have no gradient but round-off, which Adam blows up
/// to full steps: in single precision they, and the running means that follow them, are noise and left out.
/// </summary>
public sealed class AdamFamily : CaseFamily
{
    /// <summary>Arrays whose tolerance admits such noise carry no information.</summary>
    private const double Noise = 1e-3;

    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "D_adam");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (config, group, draws) = (run.Config, GroupOfCase.Of(run.Config), new ReplayDraws(run));
        using var network = ResNetFamily.Network(run, group);
        var betas = config.Has("betas") ? config.Numbers("betas") : [0.9, 0.999];
        using var adam = optim.Adam(network.parameters(), config.Number("lr"), betas[0], betas[1], config.Number("eps", 1e-8));
        var points = new PointSet(run.Array("in.pts"), run.Array("in.vals"), run.Array("in.mask"));
        var losses = zeros_like(run.Array("out.losses"));
        for (var step = 0; step < losses.shape[0]; step++)
        {
            adam.zero_grad();
            var loss = nn.functional.cross_entropy(network.call(points, draws), run.Array("in.label"));
            loss.backward();
            losses[step] = loss.detach();
            adam.step();
        }
        run.Check("out.losses", losses);
        var weights = OriginalWeights.Network(network.Options.Layers);
        foreach (var (name, value) in network.state_dict())
        {
            foreach (var stored in OriginalWeights.Stored(weights.Their(name)).Where(run.Has))
            {
                if (run.SinglePrecision && run.Golden.Tolerance(true, stored) > Noise) run.Leave(stored, "round-off blown up by Adam");
                else run.Check(stored, value);
            }
        }
        // After the last step the average of the fill follows from radii that are compared above.
        foreach (var name in run.Names("attr.").ToArray()) run.Leave(name, "kept by the original for its log only");
    }
}
