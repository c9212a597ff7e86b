using LieConv.Training.Studies;

namespace LieConv.Tests.Training.Studies;

public sealed class StudyTableTests
{
    private static readonly StudyRow[] Rows =
    [
        new("B|2", 100, 0, 0.25), new("B|2", 10, 0, 1e-2), new("B|2", 10, 1, 4e-2), new("A", 10, 0, double.NaN),
        new("A", 3000, 0, 1), new("A", 3000, 1, double.PositiveInfinity), new("B|2", 3000, 0, 0),
    ];

    [Fact]
    public void Markdown_Rows_AreGeometricMeans() => Assert.Equal(
        """
        | training size | B\|2 | A |
        |---|---|---|
        | 10 | 2.0e-2 (x4.0, 2 seeds) | failed |
        | 100 | 2.5e-1 | - |
        | 3000 | 0 | 1.0e0 (1 failed) |

        """, StudyTable.Markdown(Rows), ignoreLineEndingDifferences: true);

    [Fact]
    public void Text_Rows_StandInColumns() => Assert.Equal(
        """
        training size   B|2                      A
        10              2.0e-2 (x4.0, 2 seeds)   failed
        100             2.5e-1                   -
        3000            0                        1.0e0 (1 failed)

        """, StudyTable.Text(Rows), ignoreLineEndingDifferences: true);

    [Fact]
    public void Text_NoRows_IsAnArgumentException() => Assert.Throws<ArgumentException>(() => StudyTable.Text([]));
}
