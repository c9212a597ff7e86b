namespace LieConv.Datasets.Points.Shapes;

/// <summary>The numbers of a .ply file one after another, whatever they are written in.</summary>
internal abstract class PlyCells
{
    /// <summary>Begins an element.</summary>
    /// <param name="kind">Name of its kind, for messages.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <exception cref="InvalidDataException">The file ends before it.</exception>
    public abstract void Begin(string kind, long number);

    /// <summary>Takes a number.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public abstract double Next(PlyType type);

    /// <summary>Ends an element.</summary>
    /// <exception cref="InvalidDataException">It has more numbers.</exception>
    public abstract void End();

    /// <summary>Checks that nothing follows.</summary>
    /// <exception cref="InvalidDataException">Something does.</exception>
    public abstract void Finish();

    /// <summary>Checks that so many elements can be there at all.</summary>
    /// <exception cref="InvalidDataException">They cannot.</exception>
    public abstract void Expect(PlyElement element);

    /// <summary>An error in the element at hand.</summary>
    public abstract InvalidDataException Fault(string what);
}
