using System.Globalization;
using LieConv.Tests.Support;
using LieConv.Tests.Training.Tasks.Dynamics;
using LieConv.Training.Tasks.Dynamics;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LieConv.Tests.Browser;

/// <summary>The animation in a real browser, as its readers use it.</summary>
[Collection("Serial")]
public sealed class AnimationPageTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private static readonly BrowserNewContextOptions Desk = new() { ViewportSize = new() { Width = 1280, Height = 720 } };

    private static readonly BrowserNewContextOptions Phone = new()
    {
        ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2, ColorScheme = ColorScheme.Dark, HasTouch = true,
    };

    [Fact]
    public Task Slider_Moved_ShowsAnotherFrame() => OpenAsync(Desk, SampleRollout.Create(), async page =>
    {
        var first = await PixelsAsync(page);
        await page.Locator("#scrub").FillAsync("50");
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-frame", "50");
        await Expect(page.Locator("#time")).ToHaveTextAsync("t = 5.00 of 10.00");
        await page.ScreenshotAsync(new() { Path = Picture("animation.png") });
        await page.Locator("#scrub").FillAsync("100");
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-frame", "100");
        var end = await PixelsAsync(page);
        Assert.NotEqual(first.True, end.True);
        Assert.NotEqual(first.Predicted, end.Predicted);
        Assert.NotEqual(end.True, end.Predicted);
        await Expect(page.Locator("#error")).Not.ToHaveTextAsync("0");
    });

    [Fact]
    public Task Play_ThenPause_AdvancesThenHolds() => OpenAsync(Desk, SampleRollout.Create(), async page =>
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-playing", "true");
        await Expect(page.Locator("body")).Not.ToHaveAttributeAsync("data-frame", "0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await AssertHoldsAsync(page);
    });

    [Fact]
    public Task Keyboard_SpaceAndArrows_PlayAndStep() => OpenAsync(Desk, SampleRollout.Create(), async page =>
    {
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-frame", "1");
        await page.Keyboard.PressAsync(" ");
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-playing", "true");
        await Expect(page.Locator("body")).Not.ToHaveAttributeAsync("data-frame", "1");
        await page.Keyboard.PressAsync(" ");
        await AssertHoldsAsync(page);
    });

    [Fact]
    public Task Space_SystemsOfThree_TurnsAndChangesSystem() => OpenAsync(
        Phone, SampleRollout.Create(dimensions: 3, systems: 3), async page =>
    {
        var before = await PixelsAsync(page);
        await page.Locator("#true").DragToAsync(page.Locator("#true"), new()
        {
            SourcePosition = new() { X = 100, Y = 80 }, TargetPosition = new() { X = 200, Y = 120 },
        });
        var turned = await PixelsAsync(page);
        Assert.NotEqual(before.True, turned.True);
        Assert.NotEqual(before.Predicted, turned.Predicted);
        await page.GetByLabel("System").SelectOptionAsync("2");
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-system", "2");
        Assert.NotEqual(turned.True, (await PixelsAsync(page)).True);
        await page.ScreenshotAsync(new() { Path = Picture("animation-phone.png") });
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "wider than a phone");
    });

    [Fact]
    public async Task Labels_WithMarkup_AreText()
    {
        const string Attack = "</script><script>window.hacked = 1</script><b id=\"hacked\">";
        await OpenAsync(Desk, SampleRollout.Create() with { System = Attack, Network = Attack }, async page =>
        {
            await Expect(page.Locator("h1")).ToHaveTextAsync(Attack);
            Assert.True(await page.EvaluateAsync<bool>("window.hacked === undefined"));
        });
    }

    [Fact]
    public async Task Prediction_BlewUp_SaysDiverged()
    {
        var report = SampleRollout.Create();
        var lost = report.Trajectories[0].Predicted.Select((frame, i) => i < 60 ? frame : [[double.NaN, 1], [9e30, 1]]).ToArray();
        await OpenAsync(Desk, report with { Trajectories = [report.Trajectories[0] with { Predicted = lost }] }, async page =>
        {
            await page.Locator("#scrub").FillAsync("80");
            await Expect(page.Locator("#error")).ToHaveTextAsync("diverged");
        });
    }

    /// <summary>Opens the page, and at the end there was no error on its console and no request but for itself.</summary>
    private async Task OpenAsync(BrowserNewContextOptions options, RolloutReport report, Func<IPage, Task> test)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("animation.html");
        AnimationPage.Write(path, report);
        var context = await chromium.OpenAsync(options);
        var page = await context.NewPageAsync();
        List<string> faults = [], requests = [];
        page.PageError += (_, error) => faults.Add(error);
        page.Console += (_, message) => faults.AddRange(message.Type == "error" ? [message.Text] : []);
        page.Request += (_, request) => requests.Add(request.Url);
        var address = new Uri(path).AbsoluteUri;
        await page.GotoAsync(address);
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-frame", "0");
        await test(page);
        await context.CloseAsync();
        Assert.Empty(faults);
        Assert.Equal([address], requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)));
    }

    private static async Task AssertHoldsAsync(IPage page)
    {
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-playing", "false");
        var frame = await FrameAsync(page);
        await Task.Delay(400, TestContext.Current.CancellationToken);
        Assert.Equal(frame, await FrameAsync(page));
        Assert.InRange(frame, 1, 100);
    }

    private static async Task<int> FrameAsync(IPage page) =>
        int.Parse((await page.Locator("body").GetAttributeAsync("data-frame"))!, CultureInfo.InvariantCulture);

    /// <summary>Both pictures once they are drawn; neither may be blank.</summary>
    private static async Task<(string True, string Predicted)> PixelsAsync(IPage page)
    {
        await page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        var colours = await page.EvaluateAsync<int>(
            """
            Math.min(...["true", "predicted"].map(id => {
              const canvas = document.getElementById(id);
              const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
              return new Set(new Uint32Array(pixels.buffer)).size;
            }))
            """);
        Assert.True(colours > 10, $"a canvas has {colours} colours");
        return (await page.EvaluateAsync<string>("document.getElementById('true').toDataURL()"),
            await page.EvaluateAsync<string>("document.getElementById('predicted').toDataURL()"));
    }

    private static string Picture(string name) => Path.Combine(RepositoryFolder.Path, "TestResults", name);
}
