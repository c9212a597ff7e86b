namespace LieConv.Tests.Datasets;

/// <summary>The small files beside the tests, and folders to write to.</summary>
internal static class SampleFolder
{
    public static string Root { get; } = Path.Combine(AppContext.BaseDirectory, "Datasets", "samples");

    public static string Train { get; } =
        Path.Combine(Root, "rotmnist", "mnist_all_rotation_normalized_float_train_valid.amat");

    public static string Test { get; } = Path.Combine(Root, "rotmnist", "mnist_all_rotation_normalized_float_test.amat");
}
