using System.Buffers.Binary;
using System.Text;
using CsCheck;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Format;

/// <summary>The reader of recorded arrays: right values, and one sentence for anything damaged.</summary>
public sealed class NpyArrayTests
{
    [Fact]
    public void Parse_Matrix_KeepsShapeAndOrder()
    {
        using var scope = NewDisposeScope();
        var array = NpyArray.Parse(Bytes("<f8", "(2, 3)", Doubles(1, 2, 3, 4, 5, 6)), "x");
        var tensor = array.ToTensor(ScalarType.Float32);
        Assert.Equal([2, 3], tensor.shape);
        Assert.Equal(ScalarType.Float32, tensor.dtype);
        Assert.Equal(6f, tensor[1, 2].item<float>());
    }

    [Fact]
    public void Parse_Scalar_HasNoDimensions()
    {
        using var scope = NewDisposeScope();
        var tensor = NpyArray.Parse(Bytes("<f8", "()", Doubles(2.5)), "x").ToTensor(ScalarType.Float64);
        Assert.Empty(tensor.shape);
        Assert.Equal(2.5, tensor.item<double>());
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("<c16", "(1,)", "False", 16, "element type '<c16'")]
    [InlineData("<f8", "(2,)", "True", 16, "not in C order")]
    [InlineData("<f8", "(3,)", "False", 16, "holds 16 bytes of data; its shape needs 24")]
    [InlineData("<f8", "(9223372036854775807, 9223372036854775807)", "False", 16, "its shape needs")]
    [InlineData("<f8", "(-1,)", "False", 8, "extent '-1'")]
    public void Parse_ForeignOrDamagedArray_SaysWhatIsWrong(
        string type, string shape, string fortran, int size, string said)
    {
        var bytes = Bytes(type, shape, new byte[size], fortran);
        var error = Assert.Throws<InvalidDataException>(() => NpyArray.Parse(bytes, "in.x of some.npz"));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("in.x of some.npz", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Parse_AnyTruncationOrFlippedByte_ReadsOrSaysWhatIsWrong()
    {
        var whole = Bytes("<f8", "(2, 3)", Doubles(1, 2, 3, 4, 5, 6));
        Gen.Select(Gen.Int[0, whole.Length], Gen.Int[0, whole.Length - 1], Gen.Byte).Sample((length, position, value) =>
        {
            var damaged = whole.ToArray();
            damaged[position] = value;
            try
            {
                NpyArray.Parse(damaged[..length], "x");
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith("x ", error.Message, StringComparison.Ordinal);
            }
        });
    }

    private static byte[] Bytes(string type, string shape, byte[] data, string fortran = "False")
    {
        var header = Encoding.Latin1.GetBytes($"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n");
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. header, .. data];
    }

    private static byte[] Doubles(params double[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
