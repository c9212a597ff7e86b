using LieConv.Datasets.Digits;
using LieConv.Datasets.Pictures;

namespace LieConv.Training.PictureFiles;

/// <summary>Reads PNG, JPEG and BMP as grey pictures; the content tells the format, whatever the name says.</summary>
internal static class PictureDecoder
{
    /// <summary>Reads a picture. Colours become grey by luma (ITU-R BT.601), as in Pillow. What is transparent lies on
    /// black where what is to be seen is light, on white where it is dark. A turn that a camera has noted is made.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="ink">Decides the ground of transparent pictures where it is fixed.</param>
    /// <exception cref="InvalidDataException">It cannot be read, is no such picture, is damaged or too large: one
    /// sentence.</exception>
    public static GreyPicture Read(string path, Ink ink)
    {
        var picture = PictureFile.Read(path);
        return new GreyPicture(picture.Height, picture.Width, ToGrey(picture.Pixels, ink));
    }

    private static float[] ToGrey(byte[] rgba, Ink ink)
    {
        var grey = new float[rgba.Length / 4];
        var (sum, weight) = (0.0, 0.0);
        for (var i = 0; i < grey.Length; i++)
        {
            grey[i] = ColourPicture.Luma(rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]);
            sum += rgba[4 * i + 3] * grey[i];
            weight += rgba[4 * i + 3];
        }
        if (weight == byte.MaxValue * (double)grey.Length) return grey;                    // nothing is transparent
        var isLight = ink == Ink.Auto ? sum >= weight / 2 : ink == Ink.Light;
        var ground = isLight ? 0f : 1f;
        for (var i = 0; i < grey.Length; i++)
            if (rgba[4 * i + 3] is var alpha and < byte.MaxValue)
                grey[i] = ground + (grey[i] - ground) * alpha / byte.MaxValue;
        return grey;
    }
}
