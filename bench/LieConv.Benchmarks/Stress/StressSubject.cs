namespace LieConv.Benchmarks.Stress;

/// <summary>Work that gives the same number every time, whatever the garbage collector does meanwhile.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Threads">Threads that do it at once, on the same networks.</param>
/// <param name="Create">Makes the networks and their data; what it returns does the work once.</param>
internal sealed record StressSubject(string Name, int Threads, Func<Func<double>> Create);
