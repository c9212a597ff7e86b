using System.Globalization;
using LieConv.Datasets.Readers;
using LieConv.Randomness;

namespace LieConv.Datasets.Points.ModelNet;

/// <summary>Reads the clouds of an h5 file: data (N, n, 3) and label (N) or (N, 1).</summary>
/// <param name="options">Which points are taken.</param>
/// <param name="classes">How many classes there are.</param>
internal sealed class ModelNetClouds(ModelNet40Options options, int classes)
{
    private const string Data = "data";
    private const string Label = "label";

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It has a fault: one sentence with the array and the cloud.</exception>
    public List<ModelNetCloud> Read(string path)
    {
        using var file = Hdf5File.Open(path);
        var data = file.Find(Data);
        var label = file.Find(Label);
        if (data.Shape is not [var rows, var points and >= 1, 3])
            throw Fault(path, $"array '{Data}' is {string.Join(" x ", data.Shape)}; expected clouds x points x 3");
        if (label.Rows != rows || label.RowSize != 1 || label.Shape.Length == 0)
            throw Fault(path, $"array '{Label}' is {string.Join(" x ", label.Shape)}; expected {rows} x 1");
        if (points < options.Points)
            throw Fault(path, $"has {points} points a cloud; expected at least the {options.Points} asked for");
        var clouds = new List<ModelNetCloud>();
        for (var first = 0L; first < rows; first += data.BlockRows)
        {
            var count = (int)Math.Min(data.BlockRows, rows - first);
            var labels = label.Read(first, count);
            var block = data.Read(first, count);
            for (var i = 0; i < count; i++)
                clouds.Add(Take(path, first + i, block.AsSpan(i * (int)points * 3, (int)points * 3), labels[i]));
        }

        return clouds;
    }

    private ModelNetCloud Take(string path, long row, ReadOnlySpan<double> cloud, double label)
    {
        var number = (row + 1).ToString(CultureInfo.InvariantCulture);
        if (label < 0 || label >= classes || label != Math.Floor(label))
            throw Fault(path, FormattableString.Invariant(
                $"label of cloud {number} is {label}; expected 0 to {classes - 1}"));
        var positions = new double[3 * options.Points];
        if (options.RandomPoints) Draw(cloud, row, positions);
        else cloud[..positions.Length].CopyTo(positions);
        if (Array.FindIndex(positions, value => !double.IsFinite(value)) is >= 0 and var at)
            throw Fault(path, $"point {at / 3 + 1} of cloud {number} is not finite; expected three finite numbers");
        var name = Path.GetFileNameWithoutExtension(path);
        return new ModelNetCloud($"{name}-{number}", $"{path}, cloud {number}", positions, (int)label);
    }

    // Other points for every cloud, the same in every run: the first of a random order.
    private void Draw(ReadOnlySpan<double> cloud, long row, double[] positions)
    {
        var random = new SplitMix64(SplitMix64.Mix((ulong)options.Seed + SplitMix64.Increment) ^ (ulong)row);
        var order = random.Permutation(cloud.Length / 3);
        for (var i = 0; i < options.Points; i++) cloud.Slice(3 * order[i], 3).CopyTo(positions.AsSpan(3 * i));
    }

    private static InvalidDataException Fault(string path, string what) => new($"{path}: {what}.");
}
