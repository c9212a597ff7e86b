namespace LieConv.Datasets.Pictures;

/// <summary>A picture of a folder.</summary>
/// <param name="Name">Its path in the folder, parted by '/'.</param>
/// <param name="Class">Its class, from 0.</param>
/// <param name="Part">train, validation or test where the folder says so, else empty.</param>
internal sealed record PictureEntry(string Name, int Class, string Part);
