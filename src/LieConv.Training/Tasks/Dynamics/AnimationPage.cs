using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Writes one HTML file that animates true and predicted motion side by side. It needs no network: script,
/// style and data are inside, and its own policy forbids every request.</summary>
public static class AnimationPage
{
    private const string Folder = "LieConv.Training.Tasks.Dynamics.Page.";

    /// <summary>Read in this order; together they are one script.</summary>
    private static readonly string[] Scripts = ["data.js", "scene.js", "charts.js", "player.js"];

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file; overwritten.</param>
    /// <param name="report">The rollout, with at least one trajectory.</param>
    /// <exception cref="ArgumentException">If the report is not valid or has no trajectories.</exception>
    public static void Write(string path, RolloutReport report) => File.WriteAllText(path, Render(report));

    /// <summary>The page as text.</summary>
    /// <param name="report">The rollout, with at least one trajectory.</param>
    /// <exception cref="ArgumentException">If the report is not valid or has no trajectories.</exception>
    public static string Render(RolloutReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        report.Validate();
        if (report.Trajectories.Length == 0)
            throw new ArgumentException("The rollout has no trajectories to animate.", nameof(report));
        var style = Resource("page.css");
        var script = "\"use strict\";\n(() => {\n" + string.Concat(Scripts.Select(Resource)) + "})();\n";

        // One pass over the template, so that no value is searched for another's place.
        var values = new Dictionary<string, string>
        {
            ["STYLE-HASH"] = Hash(style),
            ["SCRIPT-HASH"] = Hash(script),
            ["TITLE"] = WebUtility.HtmlEncode($"{report.System}: {report.Label}"),
            ["SYSTEM"] = WebUtility.HtmlEncode(report.System),
            ["NETWORK"] = WebUtility.HtmlEncode(report.Label),
            ["STYLE"] = style,
            ["DATA"] = AnimationData.Json(report),
            ["SCRIPT"] = script,
        };
        var parts = Resource("page.html").Split("@@");
        for (var i = 1; i < parts.Length; i += 2) parts[i] = values[parts[i]];
        return string.Concat(parts);
    }

    /// <summary>The browser runs only the script and style with these hashes.</summary>
    private static string Hash(string text) =>
        "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using var stream = typeof(AnimationPage).Assembly.GetManifestResourceStream(Folder + name)!;
        using var reader = new StreamReader(stream);

        // A browser hashes with \n, whatever the checkout's line ends are.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
