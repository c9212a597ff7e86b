using LieConv.Datasets.Basics;

namespace LieConv.Training.Classification;

/// <summary>Images to learn from, to choose by and to test on.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Validation">To choose by; null for none.</param>
/// <param name="Test">For the reported error.</param>
internal sealed record ImageParts(ILabelledImages Train, ILabelledImages? Validation, ILabelledImages Test);
