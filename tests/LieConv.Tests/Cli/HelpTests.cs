namespace LieConv.Tests.Cli;

[Collection("Serial")]
public sealed class HelpTests
{
    [Fact]
    public void Help_Root_ListsTheCommands()
    {
        var result = CliRunner.Run("--help");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        foreach (var command in new[] { "train", "evaluate <RUN>", "predict <RUN>", "study", "groups", "convert" })
            Assert.Contains($"\n  {command} ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_TrainRotMnist_IsApproved() => Approved("""
        Description:
          Train on randomly rotated digits.

        Usage:
          lieconv train rotmnist [options]

        Options:
          --network <NAME>         ImageLieResNet, whose blocks convolve, or LieTransformer, whose blocks attend.
          --group <GROUP>          The symmetry, such as T2, SO2, SE2:0.05; lieconv groups lists them.
          --preset <NAME>          Settings to start from: quick, readme, paper [default: quick].
          --data-root <DIR>        Folder with the data [default: the usual data folder, else the built-in sample].
          --train <N>              Training digits.
          --epochs <N>             Passes over the digits.
          --batch <N>              Digits of an optimiser step.
          --lr <RATE>              Learning rate at the start.
          --schedule <NAME>        How the rate goes on: cosine, constant or plateau.
          --warm-up <X>            Fraction of all steps over which the rate rises.
          --clip <X>               Greatest length of a gradient; 0 for no limit.
          --weight-decay <X>       Decay of weights, as AdamW's; 0 for none.
          --ema <X>                Decay of averaged weights, such as 0.999; 0 for none.
          --early-stopping <N>     Stop after so many evaluations without progress.
          --init <RUN>             Weights to begin with: a run, or a .safetensors file.
          --seed <N>               Seed of everything random.
          --device <NAME>          Where to compute: cpu, cuda or cuda:N.
          --precision <TYPE>       float32, float64 or bf16 (large products).
          --set <KEY=VALUE>        Any single setting, such as model.channels=64; may be repeated.
          --threads <N>            Threads of libtorch; 0 for its own choice.
          --max-minutes <MINUTES>  Stop and evaluate after so many minutes.
          --out <DIR>              The run's folder [default: runs/rotmnist-GROUP-TIME].
          --resume <RUN>           Continue this run where it stopped, bit for bit.
          --json                   Print the result as JSON.
          -?, -h, --help           Show help and usage information
        """, "train", "rotmnist", "--help");

    [Fact]
    public void Help_TrainSprings_IsApproved() => Approved("""
        Description:
          Train on particles that springs join.

        Usage:
          lieconv train springs [options]

        Options:
          --network <NAME>         HLieResNet, FLieResNet, LieTransformer, FC, HFC, OGN, HOGN, VOGN [default:
                                   HLieResNet].
          --group <GROUP>          The symmetry, such as T2, SO2, SE2:0.05; lieconv groups lists them.
          --preset <NAME>          Settings to start from: quick, readme, paper [default: quick].
          --data-root <DIR>        Folder that keeps the simulated trajectories [default: the usual data folder].
          --train <N>              Training systems; fewer are trained for more epochs.
          --particles <N>          Particles of a system.
          --dim <N>                Dimensions of the space, 2 or 3.
          --solver <NAME>          Integrates the network's motion, such as rk4.
          --epochs <N>             Passes over the systems.
          --batch <N>              Systems of an optimiser step.
          --lr <RATE>              Learning rate at the start.
          --schedule <NAME>        How the rate goes on: cosine, constant or plateau.
          --warm-up <X>            Fraction of all steps over which the rate rises.
          --clip <X>               Greatest length of a gradient; 0 for no limit.
          --weight-decay <X>       Decay of weights, as AdamW's; 0 for none.
          --ema <X>                Decay of averaged weights, such as 0.999; 0 for none.
          --early-stopping <N>     Stop after so many evaluations without progress.
          --init <RUN>             Weights to begin with: a run, or a .safetensors file.
          --seed <N>               Seed of everything random.
          --device <NAME>          Where to compute: cpu, cuda or cuda:N.
          --precision <TYPE>       float32 or float64.
          --set <KEY=VALUE>        Any single setting, such as model.channels=64; may be repeated.
          --threads <N>            Threads of libtorch; 0 for its own choice.
          --max-minutes <MINUTES>  Stop and evaluate after so many minutes.
          --out <DIR>              The run's folder [default: runs/springs-NETWORK-GROUP-TIME].
          --resume <RUN>           Continue this run where it stopped, bit for bit.
          --json                   Print the result as JSON.
          -?, -h, --help           Show help and usage information
        """, "train", "springs", "--help");

    [Fact]
    public void Help_Predict_IsApproved() => Approved("""
        Description:
          Predict from files of your own: classes of pictures, what a digit is, classes and numbers of sets of
          points, properties of molecules, how particles move.

        Usage:
          lieconv predict <RUN> [<PATH>...] [options]

        Arguments:
          <RUN>   Folder of a run.
          <PATH>  Pictures: PNG, JPEG or BMP files, or folders of them. Digits: pictures (PNG, JPEG, BMP), idx or
                  amat files, or folders of them. Points: tables, files or folders of points, as the training read
                  them. Superpixels: the same as of digits, or tables of superpixels.

        Options:
          --ink <NAME>         Digits: light, dark, or auto: by each picture's border [default: auto].
          --coverage <X>       Points: also prediction sets and intervals of this coverage, such as 0.9.
          --molecules <PATH>   Molecules: a .xyz or .sdf file, or a folder of them.
          --average <N>        Molecules: average predictions over so many random rotations.
          --initial <FILE>     Particles: initial states, .json or .csv: mass, position and momentum of each particle.
          --steps <N>          Particles: time steps.
          --time-step <X>      Particles: time of a step [default: the training's].
          --solver <NAME>      Particles: integrates the motion [default: the run's].
          --checkpoint <NAME>  last or best [default: best, and where there is none, last].
          --out <FILE>         Where to write: .csv, .json or .parquet [default: CSV on stdout].
          --json               Print JSON instead of CSV.
          --threads <N>        Threads of libtorch; 0 for its own choice.
          -?, -h, --help       Show help and usage information
        """, "predict", "--help");

    [Fact]
    public void Help_StudySprings_IsApproved() => Approved("""
        Description:
          Particles that springs join.

        Usage:
          lieconv study springs [options]

        Options:
          --networks <LIST> (REQUIRED)  Networks, with their group after a colon: FC,HLieResNet:T2.
          --sizes <LIST> (REQUIRED)     Numbers of training systems: 10,100,1000.
          --seeds <LIST>                Seeds of data and training: 0,1,2 [default: 0].
          --out <DIR> (REQUIRED)        Folder of the study; what is finished there stays.
          --preset <NAME>               Settings to start from: quick, readme, paper [default: quick].
          --set <KEY=VALUE>             Any single setting, such as model.channels=64; may be repeated.
          --max-minutes <MINUTES>       Stop and evaluate after so many minutes.
          --threads <N>                 Threads of libtorch; 0 for its own choice.
          -?, -h, --help                Show help and usage information
        """, "study", "springs", "--help");

    [Fact]
    public void Help_Evaluate_IsApproved() => Approved("""
        Description:
          Evaluate a run's network on all test examples.

        Usage:
          lieconv evaluate <RUN> [options]

        Arguments:
          <RUN>  Folder of a run.

        Options:
          --checkpoint <NAME>  last or best [default: best, and where there is none, last].
          --steps <N>          Particles: time steps of a rollout [default: 100].
          --systems <N>        Particles: test systems to roll out [default: 20, or all].
          --solver <NAME>      Particles: integrates the network's motion [default: the run's].
          --average <N>        Molecules: also average predictions over so many random rotations.
          --coverage <X>       Points: coverage of prediction sets and intervals [default: 0.9].
          --data-root <DIR>    Folder with the data [default: the usual data folder, else the built-in sample].
          --threads <N>        Threads of libtorch; 0 for its own choice.
          --device <NAME>      Where to compute: cpu, cuda or cuda:N.
          --json               Print the result as JSON.
          -?, -h, --help       Show help and usage information
        """, "evaluate", "--help");

    [Fact]
    public void Help_Equivariance_HasNoOptionsOfATraining()
    {
        var help = CliRunner.Run("equivariance", "--help").Output;
        Assert.Contains("--group", help, StringComparison.Ordinal);
        foreach (var name in new[] { "--train", "--epochs", "--batch", "--lr", "--device", "--precision" })
            Assert.DoesNotContain(name, help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("groups", "--json")]
    [InlineData("data", "list", "--json")]
    [InlineData("doctor", "--json")]
    public void Json_OfAnyCommand_IsIndentedAndHasNoEscapedLetters(params string[] args)
    {
        var output = CliRunner.Run(args).Output;
        Assert.StartsWith("[\n  {\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u00", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_Table_HasNoBlankLinesOrBlankEnds()
    {
        var lines = CliRunner.Run("groups").Output.TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.True(line.Length > 0 && line == line.TrimEnd(), $"'{line}'"));
    }

    [Fact]
    public void Groups_Table_ListsEveryGroupOnce()
    {
        var result = CliRunner.Run("groups");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        foreach (var known in LieConv.Groups.LieGroups.Known)
            Assert.Single(result.Output.Split('\n'), line => line.StartsWith($"  {known.Name} ", StringComparison.Ordinal));
    }

    [Fact]
    public void Groups_Json_IsAnArray()
    {
        using var json = System.Text.Json.JsonDocument.Parse(CliRunner.Run("groups", "--json").Output);
        Assert.Equal(LieConv.Groups.LieGroups.Known.Count, json.RootElement.GetArrayLength());
        Assert.Equal(2, json.RootElement[0].GetProperty("pointDim").GetInt32());
    }

    private static void Approved(string expected, params string[] args)
    {
        var result = CliRunner.Run(args);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(Lines(expected), Lines(result.Output));
    }

    /// <summary>The lines without the blanks that the wrapping leaves at their ends.</summary>
    private static IEnumerable<string> Lines(string text) => text.Trim().Split('\n').Select(line => line.TrimEnd());
}
