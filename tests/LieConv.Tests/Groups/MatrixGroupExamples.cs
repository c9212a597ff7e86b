using LieConv.Groups;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

/// <summary>The user-defined groups of docs/maths.md; what stands between the snippet marks is quoted there.</summary>
internal static class MatrixGroupExamples
{
    /// <summary>SL(2): area-preserving linear maps of the plane without its origin, lifted by a closed form.</summary>
    public static MatrixGroup SL2()
    {
        // snippet: SL2
        return new MatrixGroup(new MatrixGroupOptions
        {
            Name = "SL2",
            PointDim = 2,
            Generators = new double[,,] { { { 1, 0 }, { 0, -1 } }, { { 0, 1 }, { 0, 0 } }, { { 0, 0 }, { 1, 0 } } },
            // (x, y) in the first column carries e_x there; the second column makes the determinant 1.
            Section = points =>
            {
                var (x, y) = (points.select(-1, 0), points.select(-1, 1));
                var squared = x * x + y * y;
                return stack([x, -y / squared, y, x / squared], -1).reshape([.. x.shape, 2, 2]);
            },
            // Elements of trace below -2 are no exponentials, but their negatives are.
            BeforeLog = m =>
            {
                var trace = m.diagonal(0, -2, -1).sum(-1).unsqueeze(-1).unsqueeze(-1);
                return where(trace <= -2, -m, m);
            },
        });
        // end snippet
    }

    /// <summary>The same without the closed form: Gauss-Newton steps from e_x.</summary>
    public static MatrixGroup SL2WithoutSection() => new(new MatrixGroupOptions
    {
        Name = "SL2",
        PointDim = 2,
        Generators = new double[,,] { { { 1, 0 }, { 0, -1 } }, { { 0, 1 }, { 0, 0 } }, { { 0, 0 }, { 1, 0 } } },
        BeforeLog = m => where(m.diagonal(0, -2, -1).sum(-1).unsqueeze(-1).unsqueeze(-1) <= -2, -m, m),
        Origin = _ => tensor([1.0, 0.0]),
    });

    /// <summary>Sim(2): rotations, scalings and translations of the plane, on homogeneous coordinates.</summary>
    public static MatrixGroup Sim2()
    {
        // snippet: Sim2
        return new MatrixGroup(new MatrixGroupOptions
        {
            Name = "Sim2",
            PointDim = 2,
            Generators = new double[,,]
            {
                { { 0, -1, 0 }, { 1, 0, 0 }, { 0, 0, 0 } },       // rotation
                { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 0 } },        // log of the scale
                { { 0, 0, 1 }, { 0, 0, 0 }, { 0, 0, 0 } },        // translation along x
                { { 0, 0, 0 }, { 0, 0, 1 }, { 0, 0, 0 } },        // translation along y
            },
            Origin = _ => tensor([0.0, 0.0]),                     // the whole plane is its orbit
        });
        // end snippet
    }

    /// <summary>The Lorentz group SO(1,2) on timelike vectors (t, x, y): two boosts and a rotation.</summary>
    public static MatrixGroup Lorentz()
    {
        // snippet: Lorentz
        return new MatrixGroup(new MatrixGroupOptions
        {
            Name = "SO(1,2)",
            PointDim = 3,
            Generators = new double[,,]
            {
                { { 0, 1, 0 }, { 1, 0, 0 }, { 0, 0, 0 } },
                { { 0, 0, 1 }, { 0, 0, 0 }, { 1, 0, 0 } },
                { { 0, 0, 0 }, { 0, 0, -1 }, { 0, 1, 0 } },
            },
            OrbitDim = 1,
            Orbit = p => (p.narrow(-1, 0, 1).square() - p.narrow(-1, 1, 2).square().sum(-1, keepdim: true)).sqrt(),
            Origin = q => cat([q, zeros_like(q), zeros_like(q)], -1),
            Stabilizer = (shape, dtype, device, draws) =>
            {
                var angles = draws.Angles(shape, dtype, device);
                var (one, zero) = (ones_like(angles), zeros_like(angles));
                Tensor[] rows = [one, zero, zero, zero, angles.cos(), -angles.sin(), zero, angles.sin(), angles.cos()];
                return stack(rows, -1).reshape([.. shape, 3, 3]);
            },
        });
        // end snippet
    }

    /// <summary>SE(2) from its generators, to compare with the closed form.</summary>
    public static MatrixGroup SE2() => new(new MatrixGroupOptions
    {
        Name = "SE2",
        PointDim = 2,
        Alpha = 0.2,
        Generators = new double[,,]
        {
            { { 0, -1, 0 }, { 1, 0, 0 }, { 0, 0, 0 } },
            { { 0, 0, 1 }, { 0, 0, 0 }, { 0, 0, 0 } },
            { { 0, 0, 0 }, { 0, 0, 1 }, { 0, 0, 0 } },
        },
        Origin = _ => tensor([0.0, 0.0]),
    });

    /// <summary>Timelike vectors from standard normal numbers.</summary>
    public static Tensor Timelike(Tensor normal)
    {
        var space = normal.narrow(-1, 1, 2);
        return cat([(space.square().sum(-1, keepdim: true) + normal.narrow(-1, 0, 1).exp()).sqrt(), space], -1);
    }
}
