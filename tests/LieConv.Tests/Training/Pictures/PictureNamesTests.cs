using LieConv.Training.Pictures;

namespace LieConv.Tests.Training.Pictures;

public sealed class PictureNamesTests
{
    [Fact]
    public void Create_NamesThatDifferInSignsAndCapitals_AreDifferentFiles()
    {
        Assert.Equal(
            ["a_b", "a_b-2", "A_b-3", "a_b_2", "énergie__eV_", "___"],
            PictureNames.Create(["a/b", "a:b", "A b", "a-b-2", "énergie (eV)", "../"]));
        var longest = new string('x', 300);
        var files = PictureNames.Create([longest + "1", longest + "2"]);
        Assert.Equal(2, files.Distinct().Count());
        Assert.All(files, name => Assert.InRange(name.Length, 1, 60));
    }
}
