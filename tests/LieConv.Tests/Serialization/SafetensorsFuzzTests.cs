using CsCheck;
using LieConv.Serialization;
using static TorchSharp.torch;

namespace LieConv.Tests.Serialization;

[Trait("Category", "Faults")]
public sealed class SafetensorsFuzzTests
{
    private static readonly byte[] Valid = MakeValid();

    private static readonly Gen<byte[]> Damaged =
        Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Byte, Gen.Int[0, Valid.Length], Gen.Bool).Array[1, 4].Select(edits =>
        {
            var bytes = (byte[])Valid.Clone();
            foreach (var (at, value, cut, truncate) in edits)
            {
                bytes[at % bytes.Length] = value;
                if (truncate && cut is > 0 and < 40) bytes = bytes[..Math.Max(1, bytes.Length - cut)];
            }
            return bytes;
        });

    [Fact]
    public void Read_DamagedFile_SucceedsOrSaysInvalidData() =>
        Damaged.Sample(bytes => ReadsOrRefuses(bytes), iter: 20_000, threads: 1);

    [Fact]
    public void Read_AnyBytes_SucceedsOrSaysInvalidData() =>
        Gen.Byte.Array[0, 200].Sample(bytes => ReadsOrRefuses(bytes), iter: 5_000, threads: 1);

    [Fact]
    public void Read_EveryTruncation_IsRefused()
    {
        for (var length = 0; length < Valid.Length; length++)
        {
            using var stream = new MemoryStream(Valid[..length]);
            Assert.Throws<InvalidDataException>(() => Safetensors.Read(stream, "cut"));
        }
    }

    private static void ReadsOrRefuses(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            Safetensors.Read(stream, "fuzzed").Dispose();
        }
        catch (InvalidDataException failure)
        {
            Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
        }
    }

    private static byte[] MakeValid()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        Safetensors.Write(
            stream,
            new Dictionary<string, Tensor> { ["w"] = ones(2, 3), ["on"] = ones(5, dtype: ScalarType.Bool) },
            new Dictionary<string, string> { ["note"] = "fuzz" });
        return stream.ToArray();
    }
}
