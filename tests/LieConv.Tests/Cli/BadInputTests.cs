using LieConv.Tests.Support;

namespace LieConv.Tests.Cli;

[Collection("Serial")]
[Trait("Category", "Faults")]
public sealed class BadInputTests
{
    [Theory]
    [InlineData("train rotmnist --group SU5", "Unknown group 'SU5'; expected one of Trivial2, T2, ")]
    [InlineData("train rotmnist --group SE2:1.5", "The distance weight in 'SE2:1.5' is '1.5'; expected a number from 0 to 1, as in SE2:0.05.")]
    [InlineData("train rotmnist --group SE3", "SE3 acts on 3-dimensional points; expected a group on the plane, such as T2 or SE2.")]
    [InlineData("train rotmnist --group T2 --set model.block.liftSamples=2", "LiftSamples is 2 for T2, which lifts a point in one way only; expected 1.")]
    [InlineData("train rotmnist --preset papr", "There is no preset 'papr' for rotmnist; expected one of quick, readme, paper.")]
    [InlineData("train rotmnist --epochs ten", "--epochs is 'ten'; expected a whole number from 1. See lieconv train rotmnist --help.")]
    [InlineData("train rotmnist --epochs 1,5", "--epochs is '1,5'; expected a whole number from 1. See lieconv train rotmnist --help.")]
    [InlineData("train rotmnist --epochs 0", "--epochs is '0'; expected a whole number from 1. See lieconv train rotmnist --help.")]
    [InlineData("train rotmnist --train 0", "--train is '0'; expected a whole number from 1. See lieconv train rotmnist --help.")]
    [InlineData("train rotmnist --threads -1", "--threads is '-1'; expected a whole number from 0 to 4096. See lieconv train rotmnist --help.")]
    [InlineData("train rotmnist --max-minutes nan", "--max-minutes is 'nan'; expected a number from 0 (no limit). See lieconv train rotmnist --help.")]
    [InlineData("train rotmnist --lr nan", "--lr is 'nan'; expected a number above 0 and at most 10. See lieconv train rotmnist --help.")]
    [InlineData("train rotmnist --seed -1", "--seed is '-1'; expected a whole number from 0. See lieconv train rotmnist --help.")]
    [InlineData("train springs --ema 1", "--ema is '1'; expected a number from 0 (none) to below 1. See lieconv train springs --help.")]
    [InlineData("train springs --clip -1", "--clip is '-1'; expected a number from 0 (no limit). See lieconv train springs --help.")]
    [InlineData("train nbody --warm-up 2", "--warm-up is '2'; expected a number from 0 to 1. See lieconv train nbody --help.")]
    [InlineData("train rotmnist --schedule step", "--schedule is 'step'; expected cosine, constant or plateau. See lieconv train rotmnist --help.")]
    [InlineData("train rotmnist --early-stopping 1.5", "--early-stopping is '1.5'; expected a whole number from 0 (never). See lieconv train rotmnist --help.")]
    [InlineData("train rotmnist --early-stopping 3", "EarlyStopping is 3, but there are no validation examples to judge by; expected 0 (never).")]
    [InlineData("train springs --schedule plateau --set data.validationCount=0", "Schedule is Plateau, but there are no validation examples to see one; expected Cosine or Constant.")]
    [InlineData("train rotmnist --set model.layers=2000000000", "Layers is 2000000000; expected at most 1000.")]
    [InlineData("train rotmnist --set train.epochs=0", "Epochs is 0; expected at least 1.")]
    [InlineData("equivariance --threads -4", "--threads is '-4'; expected a whole number from 0 to 4096. See lieconv equivariance --help.")]
    [InlineData("equivariance --images 0", "--images is '0'; expected a whole number from 1. See lieconv equivariance --help.")]
    [InlineData("equivariance --spread 1e300", "--spread is '1e300'; expected a number above 0 and at most 100. See lieconv equivariance --help.")]
    [InlineData("equivariance --by SE3", "SE3 acts on 3-dimensional points; pixels are moved by a group on the plane, such as T2.")]
    [InlineData("equivariance --epochs 3", "Unrecognized command or argument '--epochs'. See lieconv equivariance --help.")]
    [InlineData("evaluate --epochs", "Unrecognized command or argument '--epochs'. See lieconv evaluate --help.")]
    [InlineData("convert import --orignal --out {out}", "Unrecognized command or argument '--orignal'. See lieconv convert import --help.")]
    [InlineData("evaluate {blank}", "The name of the run is blank; expected its folder.")]
    [InlineData("data verify", "Required argument 'NAME' missing for command: 'verify'. See lieconv data verify --help.")]
    [InlineData("data verify fashion", "Argument 'fashion' not recognized. Must be one of: 'mnist' 'rotmnist' 'qm9' 'qm7' 'md17' 'modelnet40' 'dynamics' 'superpixels'. See lieconv data verify --help.")]
    [InlineData("data fetch mnist --mirror here", "--mirror is 'here'; expected a whole http or https address.")]
    [InlineData("data fetch mnist --mirror ftp://here", "--mirror is 'ftp://here'; expected a whole http or https address.")]
    [InlineData("train rotmnist --lr -1", "--lr is '-1'; expected a number above 0 and at most 10. See lieconv train rotmnist --help.")]
    [InlineData("train rotmnist --precision half", "Precision is 'half'; expected float32, float64 or bf16.")]
    [InlineData("train qm9 --precision bf17", "Precision is 'bf17'; expected float32, float64 or bf16.")]
    [InlineData("train springs --precision bf16", "Precision is 'bf16', too coarse for motions, which are derivatives of the network; expected float32 or float64.")]
    [InlineData("train md17 --precision bf16", "Precision is 'bf16', too coarse for forces, which are derivatives of the network; expected float32 or float64.")]
    [InlineData("train qm9 --network MolecGN --precision bf16", "Precision is 'bf16', but MolecGN has no products so large; expected float32.")]
    [InlineData("train rotmnist --device cuda:99", "Device 'cuda:99' is not available to libtorch on this machine; try cpu.")]
    [InlineData("train rotmnist --set model.chanels=3", "model.chanels is no single setting; expected one of model.inputChannels")]
    [InlineData("train rotmnist --set model.channels=2", "Channels is 2; expected at least 4.")]
    [InlineData("train rotmnist --set model.channels=8000 --set model.layers=1000", "The network has about ")]
    [InlineData("train springs --set model.channels=32768 --set model.layers=1000", "The network has about ")]
    [InlineData("train springs --network FC --set model.channels=32768 --set model.layers=1000", "The network has about ")]
    [InlineData("train qm9 --set model.channels=32768 --set model.layers=1000", "The network has about ")]
    [InlineData("train superpixels --channels 32768 --layers 1000", "The network has about ")]
    [InlineData("train rotmnist --data-root /no/such/folder", "The data folder '/no/such/folder' does not exist.")]
    [InlineData("train rotmnist --resume /no/such/run", "There is no run '/no/such/run'.")]
    [InlineData("train rotmnist --resume /no/such/run --lr 1", "--resume continues with the settings of '/no/such/run'; leave out --lr.")]
    [InlineData("train rotmnist --set model.fillFraction=2", "FillFraction is 2; expected a number above 0 and at most 1.")]
    [InlineData("train qm9 --set model.fill=2", "Fill is 2; expected a number above 0 and at most 1.")]
    [InlineData("evaluate a --steps 2000000000", "--steps is '2000000000'; expected at most 1000000. See lieconv evaluate --help.")]
    [InlineData("predict a --initial a.csv --steps 2000000000", "--steps is '2000000000'; expected at most 1000000. See lieconv predict --help.")]
    [InlineData("train springs --train 2000000000", "TrainCount is 2000000000; expected at most 10000000.")]
    [InlineData("--version extra", "--version stands alone; expected nothing before or after it. See lieconv --help.")]
    [InlineData("extra --version", "--version stands alone; expected nothing before or after it. See lieconv --help.")]
    [InlineData("train rotmnist --group Ty1", "The coordinates [1] do not name a subgroup of T1; expected different numbers from 0 to 0.\n")]
    [InlineData("train rotmnist --group SE2(0,05)", "The distance weight in 'SE2(0,05)' is '0,05'; expected a number from 0 to 1, as in SE2:0.05.")]
    [InlineData("train qm9 --split 12,000,1000,0", "--split is '12,000,1000,0'; expected three whole numbers such as 12000,1000,0.")]
    [InlineData("train springs --solver rk5 --clip 0,5", "--clip is '0,5'; expected a number from 0 (no limit). See lieconv train springs --help.")]
    [InlineData("train", "Required command was not provided. See lieconv train --help.")]
    [InlineData("train rotmist", "Unrecognized command or argument 'rotmist'. See lieconv train --help.")]
    [InlineData("evaluate", "Required argument 'RUN' missing for command: 'evaluate'. See lieconv evaluate --help.")]
    [InlineData("evaluate run --checkpoint ../x", "--checkpoint is '../x'; expected last or best. See lieconv evaluate --help.")]
    [InlineData("evaluate /no/such/run", "There is no run '/no/such/run'.")]
    [InlineData("convert import /no/such/file --out {out}", "There is no file '/no/such/file'.")]
    [InlineData("groups --color", "Unrecognized command or argument '--color'. See lieconv groups --help.")]
    [InlineData("train springs --network FCC", "Unknown network 'FCC'; expected one of HLieResNet, FLieResNet, LieTransformer, FC, HFC, OGN, HOGN, VOGN.")]
    [InlineData("train springs --network FC --group T2", "FC has no group; leave out 'T2'. Those that have one are HLieResNet, FLieResNet, LieTransformer.")]
    [InlineData("train springs --group T3", "T3 acts on 3-dimensional points, but the particles move in 2 dimensions; try T2.")]
    [InlineData("train springs --group SU5", "Unknown group 'SU5'; expected one of Trivial2, T2, ")]
    [InlineData("train rotmnist --group T:2x", "The distance weight in 'T:2x' is '2x'")]
    [InlineData("train springs --solver rk5", "\"rk5\" is no solver; expected one of euler, midpoint, rk4")]
    [InlineData("train springs --preset papr", "There is no preset 'papr' for springs; expected one of quick, readme, paper.")]
    [InlineData("train springs --dim 4", "--dim is '4'; expected 2 or 3. See lieconv train springs --help.")]
    [InlineData("train springs --particles 1", "Particles is 1; expected 2 to 1000.")]
    [InlineData("train springs --group SE2 --set model.frames=false", "model.block.frames is Sampled, but SE2 lifts a particle in many ways, of which one would have to be drawn; expected Framed.")]
    [InlineData("train springs --set data.system=nbody", "data.system is 'nbody'; expected springs, as the task.")]
    [InlineData("train springs --set model.channels=2", "Channels is 2; expected 4 to 32768.")]
    [InlineData("train springs --resume /no/such/run", "There is no run '/no/such/run'.")]
    [InlineData("predict /no/such/run --initial a.csv --steps 1", "There is no run '/no/such/run'.")]
    [InlineData("predict a --initial a.csv --steps none", "--steps is 'none'; expected a whole number from 1. See lieconv predict --help.")]
    [InlineData("predict a --steps 1", "There is no run 'a'.")]
    [InlineData("study springs --networks FC --sizes 3", "Option '--out' is required. See lieconv study springs --help.")]
    public void Run_BadInput_IsOneSentenceAndExitCode2(string line, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("run");
        var args = line.Replace("{out}", path, StringComparison.Ordinal).Split(' ')
            .Select(arg => arg == "{blank}" ? "" : arg).ToArray();
        if (line.StartsWith("train ", StringComparison.Ordinal) && line.Contains(" --", StringComparison.Ordinal) && !line.Contains("--resume", StringComparison.Ordinal))
            args = [.. args, "--out", path];
        var result = CliRunner.Run(args);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Matches("^[^\n]+\n$", result.Error);
        Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(path), "a run folder was left behind");
    }

    /// <summary>Groups that are listed are those of the space that the task is in, whichever command names one.</summary>
    [Theory]
    [InlineData("train rotmnist --group SU5", 2)]
    [InlineData("train rotmnist --set group=SU5", 2)]
    [InlineData("equivariance --group SU5", 2)]
    [InlineData("equivariance --by SU5", 2)]
    [InlineData("train springs --group SU5", 2)]
    [InlineData("train nbody --group SU5 --dim 3", 3)]
    [InlineData("train qm9 --group SU5", 3)]
    [InlineData("train qm7 --group SU5", 3)]
    [InlineData("train md17 --group SU5", 3)]
    [InlineData("train md17 --network MolecLieResNet --set group=SU5", 3)]
    [InlineData("study springs --networks HLieResNet:SU5 --sizes 3 --out {out}", 2)]
    [InlineData("study springs --networks HLieResNet:SU5 --sizes 3 --set data.dimensions=3 --out {out}", 3)]
    [InlineData("study rotmnist --networks ImageLieResNet:SU5 --sizes 3 --out {out}", 2)]
    [InlineData("study qm9 --networks MolecLieResNet:SU5 --sizes 3 --out {out}", 3)]
    [InlineData("convert import springs {weights} --group SU5 --out {out}", 2)]
    [InlineData("convert import nbody {weights} --original --dim 3 --group SU5 --out {out}", 3)]
    [InlineData("convert import qm9 {weights} --group SU5 --out {out}", 3)]
    public void Run_UnknownGroup_ListsThoseOfTheSpace(string line, int dimensions)
    {
        using var folder = new TemporaryFolder();
        using (var weight = TorchSharp.torch.zeros(2))
            LieConv.Serialization.Safetensors.Write(
                folder.File("w.safetensors"), new Dictionary<string, TorchSharp.torch.Tensor> { ["w"] = weight });
        var args = line.Replace("{out}", folder.File("deep/run"), StringComparison.Ordinal)
            .Replace("{weights}", folder.File("w.safetensors"), StringComparison.Ordinal).Split(' ');
        var result = CliRunner.Run(args);
        var names = dimensions == 2
            ? "Trivial2, T2, Tx, Ty, SO2, RxSO2, Rx, RxSQ, SQ, SE2"
            : "Trivial3, T3, Tx3, Ty3, SO3, RxSO3, Rx3, SE3";
        Assert.Equal(
            (2, "", $"Unknown group 'SU5'; expected one of {names}, with an optional distance weight as in " +
                $"SE{dimensions}:0.05.\n"), (result.ExitCode, result.Output, result.Error));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    /// <summary>What fails before the first step leaves no folder behind, neither its own nor those around it.</summary>
    [Theory]
    [InlineData("train md17 --data-root {root} --out {out}/runs/run", "The data folder ")]
    [InlineData("train qm7 --data-root {root} --out {out}/runs/run/", "")]
    [InlineData("train rotmnist --set model.height=32 --train 10 --out {out}/a/b", "")]
    [InlineData("study md17 --networks MolecLieResNet:T3 --sizes 3 --set data.dataRoot={root} --out {out}/study", "")]
    [InlineData("study qm7 --networks MolecGN --sizes 3,4 --set data.dataRoot={root} --out {out}/deep/study", "")]
    public void Run_FailsBeforeItTrains_LeavesNothing(string line, string expected)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("empty"));
        var result = CliRunner.Run([.. line.Replace("{out}", folder.Path, StringComparison.Ordinal)
            .Replace("{root}", folder.File("empty"), StringComparison.Ordinal).Split(' ')]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal([folder.File("empty")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Train_FolderIsTaken_RefusesToOverwrite()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("mine.txt"), "precious");
        var result = CliRunner.Run("train", "rotmnist", "--out", folder.Path);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            $"'{folder.Path}' exists already; choose another --out, or continue it with --resume {folder.Path}.\n", result.Error);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("model.height=32", "The network is for images of 1 x 32 x 28 (model.inputChannels, height, width), but the digits have 1 x 28 x 28.")]
    [InlineData("model.inputChannels=3", "The network is for images of 3 x 28 x 28 (model.inputChannels, height, width), but the digits have 1 x 28 x 28.")]
    public void Train_NetworkForOtherImages_LeavesNoFolder(string setting, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("run");
        var result = CliRunner.Run("train", "rotmnist", "--train", "10", "--set", setting, "--out", path);
        Assert.Equal((2, expected), (result.ExitCode, result.Error.TrimEnd('\n').Split('\n')[^1]));
        Assert.False(Directory.Exists(path), "a run folder was left behind");
    }

    [Fact]
    public void Train_PlaceIsAFile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("file");
        File.WriteAllText(path, "precious");
        Assert.Equal($"'{path}' is a file; choose another --out.\n", CliRunner.Run("train", "rotmnist", "--out", path).Error);
        Assert.Equal(
            $"The data folder '{path}' is a file; expected the folder that holds it.\n",
            CliRunner.Run("train", "rotmnist", "--data-root", path, "--out", folder.File("run")).Error);
        var fetch = CliRunner.Run("data", "fetch", "mnist", "--data-root", path, "--mirror", "http://127.0.0.1:9/");
        var mnist = Path.Combine(path, "mnist");
        Assert.Equal(
            (2, $"The data folder '{mnist}' cannot be made; choose another with --data-root.\n"), (fetch.ExitCode, fetch.Error));
        Assert.Equal("precious", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("""{""", "cannot be read")]
    [InlineData("""{"schemaVersion":7}""", "schemaVersion is 7; this version reads 1 to 2.")]
    [InlineData("""{"model":{"channels":1}}""", "Channels is 1; expected at least 4.")]
    [InlineData("""{"data":null}""", "must not be null")]
    public void Evaluate_ConfigIsDamaged_NamesTheFile(string json, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("config.json"), json);
        var result = CliRunner.Run("evaluate", folder.Path);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"'{folder.File("config.json")}'", result.Error, StringComparison.Ordinal);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }
}
