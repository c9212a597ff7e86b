using LieConv.Dynamics;
using LieConv.Dynamics.Solvers;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// One training step of dynamics: the rollout of a chunk by the 3/8 rule, its mean squared error and the gradients of
/// all parameters. All items use the times of the first.
/// </summary>
public sealed class DynamicsTrainerFamily : CaseFamily
{
    private static readonly string[] Prefixes =
        ["E_trainer_fc", "E_trainer_hfc", "E_trainer_ogn", "E_trainer_hogn", "E_trainer_vogn",
         "E_trainer_hlieresnet", "E_trainer_flieresnet"];

    /// <inheritdoc/>
    public override bool Claims(string name) => Prefixes.Any(prefix => Named(name, prefix));

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        using var dynamics = new DynamicsCase(run, "in.z0");
        if (run.Has("out.losses")) Train(run, dynamics);
        else Differentiate(run, dynamics);
        dynamics.LeaveRadii();
    }

    private static void Differentiate(CaseRun run, DynamicsCase dynamics)
    {
        var (loss, predicted, evaluations) = Loss(run, dynamics);
        loss.backward();
        run.Check("out.pred_zs", predicted);
        run.Check("out.loss", loss);
        if (run.Has("out.nfe_one_rollout"))
        {
            var counted = dynamics.CountsTwice ? 2 * evaluations : evaluations;
            run.Check("out.nfe_one_rollout", tensor(counted));
        }
        dynamics.CheckGradients();
    }

    private static void Train(CaseRun run, DynamicsCase dynamics)
    {
        var betas = run.Config.Has("betas") ? run.Config.Numbers("betas") : [0.9, 0.999];
        using var adam = optim.Adam(
            dynamics.Network.parameters(), run.Config.Number("lr"), betas[0], betas[1], run.Config.Number("eps", 1e-8),
            run.Config.Number("weight_decay", 0), run.Config.Bool("amsgrad"));
        var losses = zeros_like(run.Array("out.losses"));
        for (var step = 0; step < losses.shape[0]; step++)
        {
            adam.zero_grad();
            var loss = Loss(run, dynamics).Loss;
            loss.backward();
            losses[step] = loss.detach();
            adam.step();
        }
        run.Check("out.losses", losses);
        dynamics.CheckChanges();
    }

    private static (Tensor Loss, Tensor Predicted, long Evaluations) Loss(CaseRun run, DynamicsCase dynamics)
    {
        var times = run.Reference("in.ts")[0].data<double>().ToArray();
        var field = dynamics.Network.Field(new ParticleSystems(run.Array("in.sysP")));
        _ = run.Config.Number("tol", 1e-4);                         // which fixed steps do not read
        var solver = OdeSolvers.Parse(run.Config.Text("method", "rk4"));
        if (solver is not FixedStepSolver)
            throw new InvalidDataException($"{run.Golden.Name} is integrated by adaptive steps; expected fixed ones.");
        var rollout = solver.Solve(field, dynamics.FromFlat(run.Array("in.z0")), times);
        var predicted = DynamicsCase.ToFlat(rollout.States).transpose(0, 1);                             // (b, t, 2nD)
        return ((predicted - run.Array("in.true_zs")).square().mean(), predicted, rollout.Evaluations);
    }
}
