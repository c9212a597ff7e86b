using System.Security.Cryptography;
using LieConv.Tests.Parity.Families;
using LieConv.Tests.Parity.Format;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>The harness itself: it must be able to fail.</summary>
[Trait("Category", "Parity")]
public sealed class HarnessTests
{
    [Fact]
    public void Faults_ValueOffByTenTolerances_NamesTheArray()
    {
        using var scope = NewDisposeScope();
        var run = new CaseRun(Example("_algebra"), ScalarType.Float64);
        var stored = run.Array("out.exp");
        run.Check("out.exp", stored + 10 * run.Golden.Tolerance(false, "out.exp") * stored.abs().max());
        Assert.Contains(run.Faults(), fault => fault.StartsWith("out.exp: error", StringComparison.Ordinal));
    }

    [Fact]
    public void Faults_NotANumberOrWrongShape_Fails()
    {
        using var scope = NewDisposeScope();
        var run = new CaseRun(Example("_algebra"), ScalarType.Float64);
        run.Check("out.exp", full_like(run.Array("out.exp"), double.NaN));
        run.Check("out.log_exp", run.Array("out.log_exp").unsqueeze(0));
        Assert.Equal(2, run.Checked.Count(array => !array.Passed));
    }

    [Fact]
    public void Faults_ForgottenArray_Fails()
    {
        var run = new CaseRun(Example("_algebra"), ScalarType.Float64);
        Assert.Contains("out.exp: never compared", run.Faults());
    }

    [Theory]
    [InlineData("B_something_new")]
    [InlineData("D_adamw_T2")]
    public void InScope_UnknownKindOfCase_MustBeRun(string name) => Assert.True(CaseFamily.InScope(name));

    [Theory]
    [InlineData("A_SE3_c_algebra")]
    [InlineData("B_weightnet_relu_bn_train_c")]
    [InlineData("C_Ty_ball_bn_train")]
    [InlineData("D_lieresnet_Ty_eval")]
    [InlineData("D_img_Rx_train")]
    [InlineData("E_odeint_rk4_b")]
    [InlineData("E_kepler_dopri5_reversed")]
    [InlineData("E_spring_energy_1d")]
    [InlineData("E_kepler_energy_b")]
    [InlineData("E_nbody_sample_system_2d")]
    [InlineData("E_lr_schedule_c")]
    [InlineData("F_chunking_b")]
    [InlineData("F_se3_aug_b")]
    [InlineData("D_molecgn_b")]
    [InlineData("D_molec_SO3_knn_eval")]
    [InlineData("F_qm9_xyz_c")]
    [InlineData("F_qm9_dataset_b")]
    [InlineData("F_collate_ragged_c")]
    [InlineData("F_thermo_c")]
    [InlineData("F_rotmnist_b")]
    [InlineData("F_rotate_translate_aug_b")]
    public void Of_FurtherCaseOfAKnownKind_HasARunner(string name) => Assert.NotNull(CaseFamily.Of(name));

    [Fact]
    public void Replay_KernelWithOneWeightChanged_Fails()
    {
        using var scope = NewDisposeScope();
        var golden = Example("B_pointconv");
        var run = new CaseRun(golden, ScalarType.Float64, perturbed: "w.linear.weight");
        new PointConvolutionFamily().Run(run);
        Assert.Contains(run.Faults(), fault => fault.StartsWith("out.vals", StringComparison.Ordinal));
    }

    [Fact]
    public void Manifest_EveryCase_HasItsRecordedChecksum()
    {
        foreach (var golden in Manifest.Current.Cases.Where(golden => golden.Sha256 is not null))
            Assert.Equal(golden.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(golden.Path))));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Load_FileThatIsNoManifest_SaysSo()
    {
        var folder = Directory.CreateTempSubdirectory();
        File.WriteAllText(Path.Combine(folder.FullName, "manifest.json"), "{\"cases\": 3}");
        var error = Assert.Throws<InvalidDataException>(() => Manifest.Load(folder.FullName));
        Assert.Contains("is not a manifest of golden cases", error.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    private static GoldenCase Example(string part) =>
        Manifest.Current.Cases.First(golden => golden.Name.Contains(part, StringComparison.Ordinal));
}
