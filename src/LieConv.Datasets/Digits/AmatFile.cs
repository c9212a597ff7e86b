using System.Buffers.Text;
using LieConv.Datasets.Readers;
using static TorchSharp.torch;

namespace LieConv.Datasets.Digits;

/// <summary>
/// Reader of the official RotMNIST text: a line for each image of 28 x 28 pixels in [0, 1], row by row, then the
/// label; 785 numbers separated by spaces, plain (0.5) or with an exponent (5.0000000e-01), labels too.
/// </summary>
public static class AmatFile
{
    /// <summary>Height and width of the images.</summary>
    public const int Side = 28;

    /// <summary>Classes: the digits 0 to 9.</summary>
    internal const int Classes = 10;

    private const int Pixels = Side * Side;
    private const int BlockLines = 1000;

    // Printed with seven digits, a pixel of exactly 1 may come out a little above.
    private const double PixelTolerance = 1e-6;

    /// <summary>Reads images and labels from the start of a file.</summary>
    /// <param name="path">The text file.</param>
    /// <param name="mostLines">Lines to read at most; lines after these are not looked at.</param>
    /// <exception cref="InvalidDataException">It cannot be read, is empty, or a line is not as described.</exception>
    public static ImageDataset Read(string path, int mostLines = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostLines, 1);
        return DataFile.Read(path, file => Read(file, path, mostLines));
    }

    /// <summary>Reads from a stream; <paramref name="name"/> stands for it in messages.</summary>
    internal static ImageDataset Read(Stream file, string name, int mostLines)
    {
        using var scope = NewDisposeScope();
        var lines = new LineReader(file, name);
        var blocks = new List<Tensor>();
        var labels = new List<long>();
        var block = new float[BlockLines * Pixels];
        var filled = 0;
        while (labels.Count < mostLines && lines.Next(out var line))
        {
            if (line.Trim((byte)' ').IsEmpty) continue; // a blank last line
            labels.Add(ParseLine(line, block.AsSpan(filled * Pixels, Pixels), name, lines.Number));
            if (++filled < BlockLines) continue;
            blocks.Add(tensor(block, [filled, 1, Side, Side]));
            filled = 0;
        }

        if (labels.Count == 0) throw new InvalidDataException($"{name}: the file holds no images.");
        if (filled > 0) blocks.Add(tensor(block[..(filled * Pixels)], [filled, 1, Side, Side]));
        return new ImageDataset(cat(blocks, 0), tensor(labels.ToArray()), Path.GetFileName(name));
    }

    private static long ParseLine(ReadOnlySpan<byte> line, Span<float> pixels, string name, long number)
    {
        var position = 0;
        for (var i = 0; i <= Pixels; i++)
        {
            position += CountSpaces(line[position..]);
            if (position == line.Length)
                throw new InvalidDataException($"{name}, line {number}: must hold {Pixels + 1} numbers, not {i}.");
            var rest = line[position..];
            if (!Utf8Parser.TryParse(rest, out double value, out var used) || !EndsNumber(rest, used))
                throw new InvalidDataException(
                    $"{name}, line {number}, column {position + 1}: number {i + 1} cannot be read.");
            if (i == Pixels) return Label(line[(position + used)..], value, name, number, position + 1);
            if (!(value >= -PixelTolerance && value <= 1 + PixelTolerance))
                throw new InvalidDataException(FormattableString.Invariant(
                    $"{name}, line {number}, column {position + 1}: a pixel must be from 0 to 1, not {value}."));
            pixels[i] = (float)Math.Clamp(value, 0, 1);
            position += used;
        }

        throw new InvalidOperationException("The loop above returns with the label.");
    }

    private static long Label(ReadOnlySpan<byte> rest, double value, string name, long number, int column)
    {
        if (CountSpaces(rest) < rest.Length)
            throw new InvalidDataException($"{name}, line {number}: goes on after {Pixels + 1} numbers.");
        if (!(value >= 0 && value < Classes) || value != Math.Floor(value))
            throw new InvalidDataException(FormattableString.Invariant(
                $"{name}, line {number}, column {column}: the label must be a whole number from 0 to 9, not {value}."));
        return (long)value;
    }

    private static int CountSpaces(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return end < 0 ? text.Length : end;
    }

    private static bool EndsNumber(ReadOnlySpan<byte> text, int used) =>
        used == text.Length || text[used] is (byte)' ' or (byte)'\t';
}
