namespace LieConv.Datasets;

internal static class Placeholder;
