using LieConv.Tests.Support;
using LieConv.Tests.Toy;
using LieConv.Training.Book;

namespace LieConv.Tests.Training.Book;

public sealed class TaskBookTests
{
    private static readonly string[] Families = ["Digits", "Dynamics", "Molecules", "Points"];

    /// <summary>Whatever knows several families is one more place to forget when a task comes.</summary>
    [Fact]
    public void Sources_OfTheProduct_NameSeveralFamiliesInTheBookOnly()
    {
        var several = RepositoryFolder.Files("src", ".cs").Where(file => Families.Count(
            family => File.ReadAllText(file).Contains($"LieConv.Training.Tasks.{family};", StringComparison.Ordinal)) > 1);
        Assert.Equal(["TaskBook.cs"], several.Select(Path.GetFileName));
    }

    [Fact]
    public void Find_UnknownName_ListsTheTasks()
    {
        var book = new TaskBook([.. TaskBook.All, new RingsTask()]);
        Assert.Equal("rings", book.Find("rings").Name);
        Assert.Equal(
            "There is no task 'mnist'; expected one of rotmnist, springs, nbody, qm9, qm7, md17, points, modelnet40, superpixels, images, rings.",
            Assert.Throws<ArgumentException>(() => book.Find("mnist")).Message);
    }

    [Fact]
    public void TaskBook_TwoOfOneName_AreRefused() => Assert.StartsWith(
        "Two tasks are called 'rings'.",
        Assert.Throws<ArgumentException>(() => new TaskBook([new RingsTask(), new RingsTask()])).Message, StringComparison.Ordinal);

    /// <summary>Two settings of one option would hide one another.</summary>
    [Fact]
    public void Settings_OfATask_HaveOneOptionEach()
    {
        foreach (var task in TaskBook.All)
            Assert.Equal(task.Settings.Count, task.Settings.Select(setting => setting.Option).Distinct().Count());
    }
}
