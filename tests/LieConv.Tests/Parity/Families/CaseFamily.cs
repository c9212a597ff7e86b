namespace LieConv.Tests.Parity.Families;

/// <summary>Runs all cases of one kind, told by their names, arrays and configuration, never by a list of names.</summary>
public abstract class CaseFamily
{
    /// <summary>What the names of the cases in scope start with; the others wait for the parts that they exercise.</summary>
    private static readonly string[] Scope =
    [
        "A_", "B_", "C_", "D_lieresnet", "D_img", "D_adam", "D_fc", "D_hfc", "D_ogn", "D_hogn", "D_vogn",
        "D_hlieresnet", "D_flieresnet", "D_molec", "E_", "F_chunking", "F_se3_aug", "F_qm9", "F_collate", "F_thermo",
    ];

    /// <summary>All families, each in its own file; the first that claims a case runs it.</summary>
    public static IReadOnlyList<CaseFamily> All { get; } =
    [
        new GroupAlgebraFamily(), new CrossProductLiftFamily(), new LogLiftFamily(), new GroupLiftFamily(),
        new LogNearPiFamily(), new HelperFamily(), new MaskedBatchNormFamily(), new PoolingFamily(),
        new KernelNetworkFamily(), new FarthestPointFamily(), new BallNeighborhoodFamily(), new NearestFamily(),
        new PointConvolutionFamily(), new BlockFamily(), new ConvolutionFamily(), new ResNetFamily(), new ImageFamily(),
        new AdamFamily(), new LieDynamicsFamily(), new DynamicsNetworkFamily(), new DynamicsTrainerFamily(),
        new OdeintFamily(), new RolloutFamily(), new ParticleEnergyFamily(), new SpringDataFamily(),
        new PlanetDataFamily(), new ScheduleFamily(), new ChunkFamily(),
        new MolecularGraphFamily(), new MolecularResNetFamily(), new MoleculeAugmentationFamily(),
        new MoleculeRecordFamily(), new MoleculeDatasetFamily(), new CollateFamily(), new ThermochemistryFamily(),
        new ImageMotionFamily(),
    ];

    /// <summary>Whether the family runs a case.</summary>
    /// <param name="name">The case's name.</param>
    public abstract bool Claims(string name);

    /// <summary>Runs the case and compares everything it stores.</summary>
    public abstract void Run(CaseRun run);

    /// <summary>Whether a case must be run; one in scope without a family is a failure.</summary>
    public static bool InScope(string name) =>
        Scope.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) || Of(name) is not null;

    /// <summary>The family of a case, or null.</summary>
    public static CaseFamily? Of(string name) => All.FirstOrDefault(family => family.Claims(name));

    /// <summary>Whether a name begins with the one text and contains the other.</summary>
    protected static bool Named(string name, string start, string part = "") =>
        name.StartsWith(start, StringComparison.Ordinal) && name.Contains(part, StringComparison.Ordinal);
}
