using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups.Laws;

/// <summary>The laws of the group, of its exponential map and of its algebra.</summary>
internal static class AlgebraLaws
{
    private static readonly (double, double) Tolerance = (1e-11, 2e-5);

    public static void Check(LawSession session, TangentRegime regime, ScalarType dtype)
    {
        var group = session.Group;
        Tensor Draw(TangentRegime where) =>
            session.Tangents(where, dtype, group.AlgebraDim) ?? throw new InvalidOperationException("No tangents.");
        var (a, b, c) = (Draw(regime), Draw(TangentRegime.Generic), Draw(TangentRegime.Generic));
        var (g, h, k) = (group.Exp(a), group.Exp(b), group.Exp(c));
        var identity = group.Identity(dtype, a.device);
        Tensor M(Tensor element) => group.ToMatrix(element);
        void Same(string law, Tensor actual, Tensor expected) =>
            session.Record(law, regime, actual, expected, Tolerance);

        Same("Exp(a) = matrix exponential", M(g), MatrixExponential.Compute(group.Hat(a)));
        Same("Log(Exp(a)) = a", group.Log(g), a);
        Same("Vee(Hat(a)) = a", group.Vee(group.Hat(a)), a);
        Same("FromMatrix(ToMatrix(g)) = g", M(group.FromMatrix(M(g))), M(g));
        Same("identity", M(identity), eye(group.MatrixDim, dtype: dtype));
        Same("g e = g", M(group.Compose(g, identity)), M(g));
        Same("e g = g", M(group.Compose(identity, g)), M(g));
        Same("g g⁻¹ = e", M(group.Compose(g, group.Inverse(g))), M(identity).expand_as(M(g)));
        Same("(g h) k = g (h k)", M(group.Compose(group.Compose(g, h), k)), M(group.Compose(g, group.Compose(h, k))));
        Same("matrix of g h = product of matrices", M(group.Compose(g, h)), M(g).matmul(M(h)));
        Same("Between(h, g) = h⁻¹ g", M(group.Between(h, g)), M(group.Compose(group.Inverse(h), g)));
        if (group.AlgebraDim == 0) return;
        Tensor Ad(Tensor element, Tensor v) => group.Adjoint(element).matmul(v.unsqueeze(-1)).squeeze(-1);
        Same("Exp(Ad(g) b) = g Exp(b) g⁻¹",
            M(group.Exp(Ad(g, b))), M(group.Compose(group.Compose(g, h), group.Inverse(g))));
        Same("[a, b] = -[b, a]", group.Bracket(a, b), -group.Bracket(b, a));
        Same("Ad(g) [b, c] = [Ad(g) b, Ad(g) c]", Ad(g, group.Bracket(b, c)), group.Bracket(Ad(g, b), Ad(g, c)));
        Tensor Twice(Tensor x, Tensor y, Tensor z) => group.Bracket(x, group.Bracket(y, z));
        Same("Jacobi", Twice(a, b, c) + Twice(b, c, a) + Twice(c, a, b), zeros_like(a));
    }
}
