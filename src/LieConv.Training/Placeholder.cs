namespace LieConv.Training;

internal static class Placeholder;
