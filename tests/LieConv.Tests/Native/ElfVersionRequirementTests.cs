using CsCheck;
using static LieConv.Build.ElfVersionRequirement;

namespace LieConv.Tests.Native;

[Trait("Category", "Faults")]
public sealed class ElfVersionRequirementTests
{
    private const ushort Strong = 0, Weak = 2;

    [Fact]
    public void WeakenImage_StrongRequirement_ChangesOneFlagAndNothingElse()
    {
        var before = TwoLibraries(Strong);
        var after = (byte[])before.Clone();

        Assert.Equal(Outcome.Strong, Inspect(before, Glibcxx));
        Assert.Equal(Outcome.Weakened, WeakenImage(after, Glibcxx));

        var changed = Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).ToArray();
        Assert.Equal(TwoLibraries(Weak), after);
        Assert.Single(changed);
        Assert.Equal(before[changed[0]] | Weak, after[changed[0]]);
    }

    [Fact]
    public void WeakenImage_Twice_FindsItWeakTheSecondTime()
    {
        var image = TwoLibraries(Strong);
        WeakenImage(image, Glibcxx);
        var once = (byte[])image.Clone();

        Assert.Equal(Outcome.AlreadyWeak, Inspect(image, Glibcxx));
        Assert.Equal(Outcome.AlreadyWeak, WeakenImage(image, Glibcxx));
        Assert.Equal(once, image);
    }

    [Theory]
    [InlineData("GLIBCXX_3.4.3")]      // a beginning of the name is another version
    [InlineData("GLIBCXX_3.4.321")]
    [InlineData("CXXABI_1.3")]
    public void WeakenImage_OtherVersionsOnly_ChangesNothing(string version)
    {
        var image = ElfImage.Create(new ElfImage.Library("libstdc++.so.6", (version, Strong)));
        var before = (byte[])image.Clone();

        Assert.Equal(Outcome.Absent, Inspect(image, Glibcxx));
        Assert.Equal(Outcome.Absent, WeakenImage(image, Glibcxx));
        Assert.Equal(before, image);
    }

    [Fact]
    public void WeakenImage_RequiredFromTwoLibraries_WeakensBoth()
    {
        var image = ElfImage.Create(
            new ElfImage.Library("a.so", (Glibcxx, Weak)), new ElfImage.Library("b.so", (Glibcxx, Strong)));

        Assert.Equal(Outcome.Weakened, WeakenImage(image, Glibcxx));
        Assert.Equal(Outcome.AlreadyWeak, Inspect(image, Glibcxx));
    }

    [Theory]
    [InlineData(4, 1)]                 // 32 bit
    [InlineData(5, 2)]                 // big-endian
    [InlineData(0, 0)]                 // no ELF file
    public void WeakenImage_OtherFormat_ChangesNothing(int position, byte value)
    {
        var image = TwoLibraries(Strong);
        image[position] = value;

        Assert.Equal(Outcome.Absent, WeakenImage(image, Glibcxx));
    }

    [Fact]
    public void WeakenImage_EveryTruncation_NeverThrowsAndChangesAtMostTheFlag()
    {
        var whole = TwoLibraries(Strong);
        var weak = TwoLibraries(Weak);
        for (var length = 0; length < whole.Length; length++)
        {
            var image = whole[..length];
            WeakenImage(image, Glibcxx);
            for (var i = 0; i < length; i++) Assert.True(image[i] == whole[i] || image[i] == weak[i]);
        }
    }

    [Fact]
    public void WeakenImage_DamagedBytes_NeverThrowsAndSetsOnlyWeakFlags() =>
        Gen.Select(Gen.Int[0, 400], Gen.OneOf(Gen.Byte, Gen.Const((byte)0), Gen.Const((byte)0x80), Gen.Const((byte)0xff))).Array[1, 12]
            .Sample(damage =>
            {
                var image = TwoLibraries(Strong);
                foreach (var (place, value) in damage) image[place % image.Length] = value;
                var before = (byte[])image.Clone();

                var outcome = WeakenImage(image, Glibcxx);

                var changed = Enumerable.Range(0, before.Length).Where(i => before[i] != image[i]).ToArray();
                return (outcome == Outcome.Weakened) == (changed.Length > 0)
                    && changed.All(i => image[i] == (before[i] | Weak));
            }, iter: 20_000, threads: 1);

    [Fact]
    public void WeakenImage_Garbage_NeverThrows() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            byte[] magic = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1];
            magic.AsSpan(0, Math.Min(magic.Length, bytes.Length)).CopyTo(bytes);
            WeakenImage(bytes, Glibcxx);
        }, iter: 5_000, threads: 1);

    private static byte[] TwoLibraries(ushort flags) => ElfImage.Create(
        new ElfImage.Library("libc.so.6", ("GLIBC_2.2.5", Strong), ("GLIBC_2.34", Strong)),
        new ElfImage.Library("libstdc++.so.6", ("GLIBCXX_3.4.30", Strong), (Glibcxx, flags), ("CXXABI_1.3.13", Strong)));
}
