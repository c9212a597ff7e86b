using System.Buffers.Binary;
using System.Text;
using LieConv.Serialization;
using static TorchSharp.torch;

namespace LieConv.Tests.Serialization;

public sealed class SafetensorsTests
{
    public static TheoryData<ScalarType> Dtypes => new(
        ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64,
        ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool);

    [Theory]
    [MemberData(nameof(Dtypes))]
    public void Read_AfterWrite_GivesTheSameBits(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var values = arange(-3, 9, ScalarType.Float32).view(3, 4).to(dtype);
        var tensors = new Dictionary<string, Tensor>
        {
            ["matrix"] = values, ["turned"] = values.t(), ["scalar"] = values[1, 2], ["empty"] = zeros([0, 5], dtype),
        };
        using var stream = new MemoryStream();
        Safetensors.Write(stream, tensors, new Dictionary<string, string> { ["note"] = "ä \"quoted\"" });
        stream.Position = 0;
        using var contents = Safetensors.Read(stream, "memory");

        Assert.Equal("ä \"quoted\"", contents.Metadata["note"]);
        Assert.Equal(tensors.Keys.Order(), contents.Tensors.Keys.Order());
        foreach (var (key, tensor) in tensors)
        {
            Assert.Equal(tensor.shape, contents.Tensors[key].shape);
            Assert.Equal(dtype, contents.Tensors[key].dtype);
            Assert.True(tensor.contiguous().bytes.SequenceEqual(contents.Tensors[key].bytes), key);
        }
    }

    [Fact]
    public void Write_SameTensorsInAnotherOrder_GivesTheSameBytes()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (ones(3), ones(2, dtype: ScalarType.Float64));
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        Safetensors.Write(first, new Dictionary<string, Tensor> { ["a"] = a, ["b"] = b });
        Safetensors.Write(second, new Dictionary<string, Tensor> { ["b"] = b, ["a"] = a });
        Assert.Equal(first.ToArray(), second.ToArray());
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(first.ToArray()) % 8);
    }

    [Fact]
    public void Write_ComplexTensor_IsRefusedInOneSentence()
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor> { ["z"] = zeros(2, dtype: ScalarType.ComplexFloat32) };
        var failure = Assert.Throws<ArgumentException>(() => Safetensors.Write(new MemoryStream(), tensors));
        Assert.Contains("ComplexFloat32", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "expected 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "takes 12 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,80]}}""", 8, "bytes 0 to 80 of 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "-2")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "2.5")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""", 8, "larger than any memory")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "larger than any memory")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]}}""", 8, "dimensions")]
    [InlineData("""{"a":{"dtype":"Q7","shape":[2],"data_offsets":[0,8]}}""", 8, "'Q7'")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "no dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "no data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8]}}""", 8, "expected 2")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "bytes 8 to 0")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "not valid JSON")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "not a string")]
    [InlineData("""{"a":3}""", 0, "not described by an object")]
    [InlineData("""{"a":""", 0, "not valid JSON")]
    [InlineData("[]", 0, "does not begin with '{'")]
    [InlineData("", 0, "does not begin with '{'")]
    public void Read_BadHeader_SaysWhat(string header, int dataBytes, string expected)
    {
        var failure = Assert.Throws<InvalidDataException>(() => Safetensors.Read(Raw(header, dataBytes), "bad.st"));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("'bad.st' is not a valid safetensors file: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(0, 0L)]
    [InlineData(7, 0L)]
    [InlineData(8, 1L)]
    [InlineData(20, 13L)]
    [InlineData(20, long.MaxValue)]
    [InlineData(20, -1L)]
    public void Read_HeaderLongerThanTheFile_IsRefused(int fileBytes, long claimed)
    {
        var bytes = new byte[Math.Max(fileBytes, 8)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, claimed);
        using var stream = new MemoryStream(bytes[..fileBytes]);
        Assert.Throws<InvalidDataException>(() => Safetensors.Read(stream, "short"));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Read_BoolOfSeven_IsRefused()
    {
        var stream = Raw("""{"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}""", 0, 1, 7);
        var failure = Assert.Throws<InvalidDataException>(() => Safetensors.Read(stream, "bad"));
        Assert.Contains("other than 0 and 1", failure.Message, StringComparison.Ordinal);
    }

    internal static MemoryStream Raw(string header, int dataBytes, params byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var stream = new MemoryStream();
        stream.Write(BitConverter.GetBytes((long)json.Length));
        stream.Write(json);
        stream.Write(data);
        stream.Write(new byte[dataBytes]);
        stream.Position = 0;
        return stream;
    }
}
