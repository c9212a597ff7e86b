using System.Diagnostics;
using LieConv.Tests.Support;
using Microsoft.Playwright;

namespace LieConv.Tests.Browser;

/// <summary>A headless Chromium of the system's; on Debian, as root, it is installed first if it is missing.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private const string Script = "build/install-browser.sh";

    /// <summary>Chromium may not talk to anybody while it is tested, nor need a display or a sandbox of its own.</summary>
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        var path = Places.FirstOrDefault(File.Exists) ?? await InstallAsync();
        if (path is null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = path, Headless = true, Args = Arguments });
    }

    /// <summary>A new window; skips the test where there can be no browser.</summary>
    public Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        Assert.SkipUnless(_missing is null, _missing ?? "");
        return _browser!.NewContextAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
    }

    private async Task<string?> InstallAsync()
    {
        if (!IsDebian() || !Environment.IsPrivilegedProcess)
        {
            _missing = $"There is no Chromium here; run {Script} as root on Debian, or install it as {Places[0]}.";
            return null;
        }
        using var process = Process.Start(new ProcessStartInfo("bash", Path.Combine(RepositoryFolder.Path, Script))
        {
            RedirectStandardError = true,
        })!;
        var words = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"There is no Chromium here, and {Script} could not install it: {words.Trim()}");
        return Places[0];
    }

    private static bool IsDebian() =>
        File.Exists("/etc/os-release") && File.ReadLines("/etc/os-release").Contains("ID=debian");
}
