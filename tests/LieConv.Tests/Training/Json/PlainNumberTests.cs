using LieConv.Training.Json;

namespace LieConv.Tests.Training.Json;

[Trait("Category", "Faults")]
public sealed class PlainNumberTests
{
    [Theory]
    [InlineData("0.003", 0.003), InlineData(".5", 0.5), InlineData("3e-4", 3e-4), InlineData("-1", -1.0), InlineData("25", 25.0)]
    public void TryParse_Number_IsRead(string text, double expected)
    {
        Assert.True(PlainNumber.TryParse<double>(text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("0,003"), InlineData("0,5"), InlineData("1,000"), InlineData("1,000.5"), InlineData("1 000"), InlineData("")]
    [InlineData("NaN"), InlineData("nan"), InlineData("Infinity"), InlineData("-Infinity"), InlineData("∞"), InlineData("1e400")]
    [InlineData(" 1"), InlineData("1 "), InlineData("0x10"), InlineData("(1)"), InlineData("1_000"), InlineData("1'000")]
    [InlineData("$1"), InlineData("50%"), InlineData("1.2.3"), InlineData("1-"), InlineData("１"), InlineData("1d")]
    public void TryParse_AnythingElse_IsRefused(string text)
    {
        Assert.False(PlainNumber.TryParse<double>(text, out _));
        Assert.False(PlainNumber.TryParse<int>(text, out _));
        Assert.False(PlainNumber.TryParse<long>(text, out _));
    }

    [Theory]
    [InlineData("1.5"), InlineData("1e3"), InlineData("1.0"), InlineData("3000000000")]
    public void TryParse_NoWholeNumberOfTheType_IsRefused(string text) =>
        Assert.False(PlainNumber.TryParse<int>(text, out _));

    [Fact]
    public void TryParseList_Numbers_AreRead()
    {
        Assert.True(PlainNumber.TryParseList("10, 100,1000", 1, out var numbers));
        Assert.Equal([10, 100, 1000], numbers);
        Assert.True(PlainNumber.TryParseList("0,1", 0L, out _));
    }

    [Theory]
    [InlineData("1,000"), InlineData("10,,20"), InlineData("10,"), InlineData("0,5"), InlineData("1.5,2"), InlineData("1;2")]
    [InlineData("12,050")]
    public void TryParseList_AnythingElse_IsRefused(string text) => Assert.False(PlainNumber.TryParseList(text, 1, out _));
}
