using LieConv.Training.Learning;

namespace LieConv.Tests.Cli;

public sealed class MetricTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(2.36, "2.36e0")]
    [InlineData(1.234e-4, "1.23e-4")]
    [InlineData(5e-12, "5.00e-12")]
    [InlineData(5e12, "5.00e12")]
    [InlineData(0.9999, "1.00e0")]
    public void Scientific_Number_HasAnExponentWithoutLeadingZeros(double value, string expected) =>
        Assert.Equal(expected, NumberText.Scientific(value));
}
