using LieConv.Benchmarks.Sizes;
using LieConv.Benchmarks.Support;
using LieConv.Benchmarks.Tables;

namespace LieConv.Benchmarks.Pictures;

/// <summary>Draws what table or sizes saved.</summary>
internal static class PictureCommand
{
    /// <summary>Runs picture FILE.json OUT.png.</summary>
    public static int Run(string[] args)
    {
        if (args is not [var file, var picture])
            throw new ArgumentException("Expected a file that table or sizes saved with --json, and a picture to write.");
        switch (JsonFile.KindOf(file))
        {
            case TableData.TableKind:
                RatioPicture.Write(picture, JsonFile.Read<TableData>(file));
                break;
            case SizesData.SizesKind:
                SizesPicture.Write(picture, JsonFile.Read<SizesData>(file));
                break;
            default:
                throw new InvalidDataException($"{file} was saved by neither table nor sizes.");
        }
        return 0;
    }
}
