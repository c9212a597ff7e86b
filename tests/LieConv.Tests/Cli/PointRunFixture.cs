using System.Globalization;
using LieConv.Tests.Support;

namespace LieConv.Tests.Cli;

/// <summary>A tiny training on points by the command line, made once for all tests that only use it.</summary>
public sealed class PointRunFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PointRunFixture()
    {
        Made = CliRunner.Run("data", "make", "shapes2d", Data, "--sets", "60", "--points", "12");
        Trained = CliRunner.Run(Tiny(Data, Run, "--group", "SE2", "--split", "0.5,0.25,0.25"));
    }

    public string Data => File("shapes.csv");

    public string Run => File("run");

    internal CliRunner Made { get; }

    internal CliRunner Trained { get; }

    public string File(string name) => _folder.File(name);

    /// <summary>The smallest training.</summary>
    public static string[] Tiny(string data, string run, params string[] more) =>
    [
        "train", "points", "--data", data, "--out", run, "--channels", "8", "--layers", "1", "--epochs", "1",
        "--batch", "15", "--threads", "1", .. more,
    ];

    /// <summary>Sets a, b, ... of three points with columns that follow from the set's number.</summary>
    public string Table(string name, int sets, string columns, Func<int, int, string> row)
    {
        var path = File(name);
        System.IO.File.WriteAllText(path, $"set,x,y,{columns}\n" + string.Concat(
            from set in Enumerable.Range(0, sets)
            from point in Enumerable.Range(0, 3)
            select string.Create(CultureInfo.InvariantCulture,
                $"s{set:00},{Math.Cos(set + 2 * point):F4},{Math.Sin(3 * set + point):F4},{row(set, point)}\n")));
        return path;
    }

    public void Dispose() => _folder.Dispose();
}
