using System.Text.Json;
using System.Text.RegularExpressions;
using LieConv.Training.Tasks.Dynamics;

namespace LieConv.Tests.Training.Tasks.Dynamics;

public sealed partial class AnimationTextTests
{
    private const string Attack = "</script><img src=x onerror=alert(1)>&\"'@@DATA@@<!--";

    [Fact]
    public void Render_Labels_CannotBecomeMarkup()
    {
        var page = AnimationPage.Render(SampleRollout.Create() with { System = Attack, Network = Attack, Group = Attack });
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "</script>"));
        Assert.Equal(Attack, Data(page).GetProperty("system").GetString());
    }

    [Fact]
    public void Render_Page_NamesNoOtherAddress()
    {
        var page = AnimationPage.Render(SampleRollout.Create());
        Assert.DoesNotMatch(@"https?:|//\w+\.\w|url\(|@import|fetch\(|\bstyle=|\bonclick=", page);
        Assert.DoesNotContain("@@", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ManyFrames_AreThinned()
    {
        var data = Data(AnimationPage.Render(SampleRollout.Create(frames: 1501)));
        var times = data.GetProperty("times").EnumerateArray().Select(time => time.GetDouble()).ToArray();
        Assert.Equal((600, 0, 150), (times.Length, times[0], times[^1]));
        Assert.Equal(600, times.Distinct().Count());
        Assert.Equal(600, data.GetProperty("systems")[0].GetProperty("predicted").GetArrayLength());
    }

    [Fact]
    public void Render_Numbers_HaveFiveDigitsAndNoNaN()
    {
        var report = SampleRollout.Create(frames: 2) with { EnergyDriftPredicted = [0, double.NaN] };
        var lost = new[] { new[] { 1 / 3.0, double.PositiveInfinity }, [1e-7 / 3, 2] };
        var trajectory = report.Trajectories[0] with { Predicted = [report.Trajectories[0].True[0], lost] };
        var page = AnimationPage.Render(report with { Trajectories = [trajectory] });
        Assert.Contains("[0.33333,null,3.3333E-08,2]", page, StringComparison.Ordinal);
        Assert.Contains("\"energyDrift\":[0,null]", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NoTrajectories_IsAnArgumentException() => Assert.StartsWith(
        "The rollout has no trajectories to animate.",
        Assert.Throws<ArgumentException>(() => AnimationPage.Render(SampleRollout.Create(systems: 0))).Message,
        StringComparison.Ordinal);

    private static JsonElement Data(string page) => JsonDocument.Parse(DataElement().Match(page).Groups[1].Value).RootElement;

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataElement();
}
