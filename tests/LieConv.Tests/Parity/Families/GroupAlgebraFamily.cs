using LieConv.Groups;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>Exponential, logarithm, inverse, pairs, distance, matrices, bracket and BCH series of a group.</summary>
public sealed class GroupAlgebraFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "A_", "_algebra");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var group = GroupOfCase.Of(run.Config);
        var tangents = run.Array("in.a");
        var elements = group.Exp(tangents);
        run.Check("out.exp", group.ToMatrix(elements));
        run.Check("out.log_exp", group.Log(elements));
        run.Check("out.inv_exp", group.ToMatrix(group.Inverse(elements)));
        Derivatives(run, group, tangents.index_select(0, run.Array("in.generic_idx")));
        Pairs(run, group);
        if (run.Has("out.components2matrix")) Matrices(run, group, tangents);
        if (run.Has("out.bracket")) Brackets(run, group);
    }

    private static void Derivatives(CaseRun run, LieGroup group, Tensor generic)
    {
        if (run.Has("g.exp.in.a"))
        {
            var a = generic.detach().clone().requires_grad_();
            (group.ToMatrix(group.Exp(a)) * run.Array("cot.exp")).sum().backward();
            run.Check("g.exp.in.a", a.grad!);
        }
        if (!run.Has("g.log.in.u")) return;
        // Derivatives by matrix entries mean nothing off the group: compare along the tangents U Hat(e_i).
        var u = group.Exp(generic);
        var t = zeros_like(generic).requires_grad_();
        (group.Log(group.Compose(u, group.Exp(t))) * run.Array("cot.log")).sum().backward();
        var basis = group.Hat(eye(group.AlgebraDim, dtype: run.Dtype));
        var directions = group.ToMatrix(u).unsqueeze(1).matmul(basis);                               // (n, d, r, r)
        run.CheckDerived("g.log.in.u", t.grad!, (run.Array("g.log.in.u").unsqueeze(1) * directions).sum([-1, -2]));
    }

    private static void Pairs(CaseRun run, LieGroup group)
    {
        if (run.Has("out.elems2pairs"))
        {
            var elements = group.Exp(run.Array("in.el"));
            run.Check("out.elems2pairs", group.Log(group.Between(elements.unsqueeze(-3), elements.unsqueeze(-2))));
        }
        if (run.Has("out.distance")) RightDistance.Check(run, group, run.Array("in.abq"));
    }

    private static void Matrices(CaseRun run, LieGroup group, Tensor tangents)
    {
        // The original's SE(2) matrices are the transposes of the generators of its own exponential.
        var matrices = group.Hat(tangents);
        if (group is SE2) run.CheckRight("out.components2matrix", matrices, run.Array("out.components2matrix").mT);
        else run.Check("out.components2matrix", matrices);
        if (run.Has("out.matrix2components")) run.Check("out.matrix2components", group.Vee(run.Array("in.A")));
    }

    private static void Brackets(CaseRun run, LieGroup group)
    {
        var (a, b) = (run.Array("in.bch_a"), run.Array("in.bch_b"));
        Compare("out.bracket", group.Bracket(a, b), () => RightBracket(a, b));
        foreach (var order in Enumerable.Range(1, 4).Where(order => run.Has($"out.bch{order}")))
            Compare($"out.bch{order}", group.Bch(a, b, order), () => RightSeries(a, b, order));

        void Compare(string name, Tensor actual, Func<Tensor> right)
        {
            // With transposed matrices the original's SE(2) brackets vanish.
            if (group is SE2) run.CheckRight(name, actual, right());
            else run.Check(name, actual);
        }
    }

    /// <summary>The bracket of se(2) written out: [(θ, v), (φ, w)] = (0, θ J w - φ J v).</summary>
    private static Tensor RightBracket(Tensor a, Tensor b)
    {
        var (theta, x, y) = (a.select(-1, 0), a.select(-1, 1), a.select(-1, 2));
        var (phi, u, v) = (b.select(-1, 0), b.select(-1, 1), b.select(-1, 2));
        return stack([zeros_like(theta), phi * y - theta * v, theta * u - phi * x], -1);
    }

    private static Tensor RightSeries(Tensor a, Tensor b, int order)
    {
        var ab = RightBracket(a, b);
        var (aab, bab) = (RightBracket(a, ab), RightBracket(b, ab));
        Tensor[] terms = [a + b, ab / 2, (aab - bab) / 12, -RightBracket(b, aab) / 24];
        return terms.Take(order).Aggregate((sum, term) => sum + term);
    }
}
