using LieConv.Datasets.Basics;
using LieConv.Datasets.Digits;
using LieConv.Datasets.Molecules;
using static TorchSharp.torch;

namespace LieConv.Benchmarks;

/// <summary>Times what a training step waits for before it computes: a batch, made from data that lie in memory.</summary>
internal static class BatchBenchmark
{
    private const int Examples = 12_000, Side = 28;

    /// <summary>Prints a row for each kind of batch.</summary>
    public static int Run(string[] args)
    {
        var arguments = BenchmarkArguments.Read(args, 200);
        if (arguments.Names.Count > 0) throw new ArgumentException("batches takes no names.");
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var images = new ImageDataset(
            rand(Examples, 1, Side, Side), randint(0, 10, [Examples], ScalarType.Int64), "random images");
        var molecules = Molecules();
        var random = new Random(1);
        Console.WriteLine(
            $"{Machine.Describe()}, {arguments.Threads} threads, median of {arguments.Steps} batches\n\n" +
            "| batch, from 12,000 examples in memory | ms |\n|---|---:|");
        Print($"{ImageTraining.Batch} images, rotated and normalised, with their labels", () =>
        {
            long[] places = [.. Enumerable.Range(0, ImageTraining.Batch).Select(_ => random.NextInt64(Examples))];
            var rotated = ImageRotation.Rotate(images.Images(places), rand(places.Length) * (2 * Math.PI));
            MnistNormalization.Apply(rotated);
            images.Labels(places);
        });
        Print($"{MoleculeTraining.Batch} molecules, padded, with a target", () =>
        {
            int[] places = [.. Enumerable.Range(0, MoleculeTraining.Batch).Select(_ => random.Next(Examples))];
            MoleculeBatches.Make(molecules, places);
            MoleculeBatches.Targets(molecules, places, 0);
        });
        return 0;

        void Print(string batch, Action make)
        {
            var seconds = Machine.MedianSeconds(Scoped, arguments.Steps, arguments.Steps);
            Console.WriteLine(FormattableString.Invariant($"| {batch} | {1e3 * seconds:F2} |"));

            void Scoped()
            {
                using var step = NewDisposeScope();
                make();
            }
        }
    }

    private static MoleculeSet Molecules()
    {
        var offsets = new int[Examples + 1];
        var sizes = new MoleculeSizes(Examples).Atoms;
        for (var i = 0; i < Examples; i++) offsets[i + 1] = offsets[i] + sizes[i];
        var charges = new byte[offsets[^1]];
        Array.Fill(charges, (byte)6);
        return new MoleculeSet(
            offsets, charges, new double[3 * charges.Length], ["target"], new double[Examples],
            [.. Enumerable.Range(1, Examples)]);
    }
}
