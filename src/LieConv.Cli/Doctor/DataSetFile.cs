namespace LieConv.Cli.Doctor;

/// <summary>A file of a data set that was found.</summary>
/// <param name="DataSet">Name of the data set.</param>
/// <param name="Name">Name of the file without '.gz'.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Problem">What is wrong with it; null where a quick look finds nothing.</param>
internal sealed record DataSetFile(string DataSet, string Name, string Path, string? Problem)
{
    /// <summary>The files that make each data set complete.</summary>
    public static IReadOnlyList<(string DataSet, string[] Names)> Known { get; } =
    [
        ("MNIST", ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"]),
        ("RotMNIST", ["mnist_all_rotation_normalized_float_train_valid.amat", "mnist_all_rotation_normalized_float_test.amat"]),
    ];
}
