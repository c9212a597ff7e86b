using LieConv.Models;

namespace LieConv.Training.Classification;

/// <summary>What is wrong with the shape of an image network before it is made.</summary>
internal static class ImageNetworkLimits
{
    private const int MaximumLayers = 1000;
    private const int MaximumChannels = 32768;
    private const int MaximumLifts = 1000;

    /// <summary>
    /// Limits far beyond any use. They come before the network's own checks, which list its layers, and keep a slip of
    /// the keyboard from filling the memory.
    /// </summary>
    /// <param name="model">The network's shape, none of whose parts is null.</param>
    public static IEnumerable<string> Find(ImageLieResNetOptions model)
    {
        if (model.Layers > MaximumLayers) yield return $"Layers is {model.Layers}; expected at most {MaximumLayers}.";
        if (model.Block.LiftSamples > MaximumLifts)
            yield return $"LiftSamples is {model.Block.LiftSamples}; expected at most {MaximumLifts}.";
        var widest = model.Channels * (model.GrowChannels && model.TotalDownsampling is > 0 and <= 1
            ? 1 / Math.Sqrt(model.TotalDownsampling)
            : 1);
        if (widest > MaximumChannels)
            yield return FormattableString.Invariant($"Channels is {model.Channels} and TotalDownsampling ") +
                FormattableString.Invariant($"{model.TotalDownsampling}, which makes {widest:F0} channels after the ") +
                $"last block; expected at most {MaximumChannels}.";
        if (model.BlockChannels?.Any(count => count > MaximumChannels) == true)
            yield return $"BlockChannels is [{string.Join(", ", model.BlockChannels)}]; expected at most " +
                $"{MaximumChannels} each.";
        if (!(model.FillFraction is > 0 and <= 1))
            yield return FormattableString.Invariant(
                $"FillFraction is {model.FillFraction}; expected a number above 0 and at most 1.");
    }
}
