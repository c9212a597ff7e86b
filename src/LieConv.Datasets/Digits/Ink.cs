namespace LieConv.Datasets.Digits;

/// <summary>How a digit stands out from its ground.</summary>
public enum Ink
{
    /// <summary>Told by the border of each picture (<see cref="GreyPicture.IsDarkOnLight"/>).</summary>
    Auto,

    /// <summary>Light digits on a dark ground, as in MNIST.</summary>
    Light,

    /// <summary>Dark digits on a light ground, as on paper.</summary>
    Dark,
}
