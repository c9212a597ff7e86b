using LieConv.Groups;
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
            // A point and the mean of its set span an area that no motion changes.
            Frames = (points, mask) =>
            {
                var weight = mask is null
                    ? ones_like(points.narrow(-1, 0, 1))
                    : mask.unsqueeze(-1).to_type(points.dtype);
                var mean = (points * weight).sum(1, keepdim: true) / weight.sum(1, keepdim: true);
                var (x, y) = (points.narrow(-1, 0, 1), points.narrow(-1, 1, 1));
                var area = x * mean.narrow(-1, 1, 1) - y * mean.narrow(-1, 0, 1);
                var extent = points.square().sum(-1, keepdim: true) * mean.square().sum(-1, keepdim: true);
                area = area.masked_fill(area.square() < extent * 1e-12, double.NaN);   // x and the mean along one line
                return stack([points, mean / area], -1);
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
            // The set tells where to look and how far: e = Σ |a|² a / Σ |a|² turns and grows with it.
            Frames = (points, mask) =>
            {
                var weight = mask is null
                    ? ones_like(points.narrow(-1, 0, 1))
                    : mask.unsqueeze(-1).to_type(points.dtype);
                var mean = (points * weight).sum(1, keepdim: true) / weight.sum(1, keepdim: true);
                var arms = (points - mean) * weight;
                var squared = arms.square().sum(-1, keepdim: true);
                var total = squared.sum(1, keepdim: true);
                var e = (arms * squared).sum(1, keepdim: true) / total;
                var ended = e.square().sum(-1, keepdim: true) * weight.sum(1, keepdim: true) < total * 1e-12;
                e = e.masked_fill(ended, double.NaN).expand(points.shape);       // a set that a rotation maps to itself
                var (x, y, zero) = (e.select(-1, 0), e.select(-1, 1), zeros_like(e.select(-1, 0)));
                Tensor[] rows = [x, -y, points.select(-1, 0), y, x, points.select(-1, 1), zero, zero, ones_like(zero)];
                return stack(rows, -1).reshape([.. zero.shape, 3, 3]);
            },
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

    /// <summary>The Lorentz group without its Stabilizer: the rotation is found from the generators.</summary>
    public static MatrixGroup LorentzFromGenerators() => new(new MatrixGroupOptions
    {
        Name = "SO(1,2)",
        PointDim = 3,
        Generators = Boosts,
        OrbitDim = 1,
        Orbit = p => (p.narrow(-1, 0, 1).square() - p.narrow(-1, 1, 2).square().sum(-1, keepdim: true)).sqrt(),
        Origin = q => cat([q, zeros_like(q), zeros_like(q)], -1),
    });

    /// <summary>SE(2) from its generators, to compare with the closed form.</summary>
    public static MatrixGroup SE2(double x = 0, double y = 0) => new(new MatrixGroupOptions
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
        Origin = _ => tensor([x, y]),
    });

    /// <summary>SE(3) from its generators, in the order of the closed form.</summary>
    public static MatrixGroup SE3() => new(new MatrixGroupOptions
    {
        Name = "SE3",
        PointDim = 3,
        Generators = Rotations(4, translate: true),
        Origin = _ => zeros(3, dtype: ScalarType.Float64),
    });

    /// <summary>SO(3) from its generators, in the order of the closed form.</summary>
    public static MatrixGroup SO3() => new(new MatrixGroupOptions
    {
        Name = "SO3",
        PointDim = 3,
        Generators = Rotations(3, translate: false),
        OrbitDim = 1,
        Orbit = p => p.square().sum(-1, keepdim: true).sqrt(),
        Origin = q => cat([q, zeros_like(q), zeros_like(q)], -1),
    });

    /// <summary>Turns about the origin of the plane, or about e_z with shifts along it, lifted to the azimuth by a section in
    /// closed form.</summary>
    public static MatrixGroup Screws(bool alongAxis)
    {
        var (rows, count) = alongAxis ? (4, 2) : (2, 1);
        var generators = new double[count, rows, rows];
        (generators[0, 0, 1], generators[0, 1, 0]) = (-1, 1);
        if (alongAxis) generators[1, 2, 3] = 1;
        return new(new MatrixGroupOptions
        {
            Name = "Screws",
            PointDim = alongAxis ? 3 : 2,
            Generators = generators,
            OrbitDim = 1,
            Orbit = p => p.narrow(-1, 0, 2).square().sum(-1, keepdim: true).sqrt(),
            Section = p =>
            {
                var angle = p.select(-1, 1).atan2(p.select(-1, 0));
                var (c, s, zero, one) = (angle.cos(), angle.sin(), zeros_like(angle), ones_like(angle));
                Tensor[] entries = alongAxis
                    ? [c, -s, zero, zero, s, c, zero, zero, zero, zero, one, p.select(-1, 2), zero, zero, zero, one]
                    : [c, -s, s, c];
                return stack(entries, -1).reshape([.. angle.shape, rows, rows]);
            },
        });
    }

    private static readonly double[,,] Boosts = new double[,,]
    {
        { { 0, 1, 0 }, { 1, 0, 0 }, { 0, 0, 0 } },
        { { 0, 0, 1 }, { 0, 0, 0 }, { 1, 0, 0 } },
        { { 0, 0, 0 }, { 0, 0, -1 }, { 0, 1, 0 } },
    };

    private static double[,,] Rotations(int rows, bool translate)
    {
        var generators = new double[translate ? 6 : 3, rows, rows];
        for (var i = 0; i < 3; i++)
        {
            generators[i, (i + 2) % 3, (i + 1) % 3] = 1;
            generators[i, (i + 1) % 3, (i + 2) % 3] = -1;
            if (translate) generators[i + 3, i, 3] = 1;
        }
        return generators;
    }

    /// <summary>Timelike vectors from standard normal numbers.</summary>
    public static Tensor Timelike(Tensor normal)
    {
        var space = normal.narrow(-1, 1, 2);
        return cat([(space.square().sum(-1, keepdim: true) + normal.narrow(-1, 0, 1).exp()).sqrt(), space], -1);
    }
}
