namespace LieConv.Dynamics.Solvers;

/// <summary>The solvers by their names.</summary>
public static class OdeSolvers
{
    private static readonly Dictionary<string, Func<OdeSolver>> Makers = new(StringComparer.Ordinal)
    {
        ["euler"] = () => new Euler(),
        ["midpoint"] = () => new Midpoint(),
        ["rk4"] = () => new RungeKutta38(),
        ["rk4-classical"] = () => new RungeKutta4(),
        ["bosh3"] = () => new BogackiShampine(),
        ["dopri5"] = () => new DormandPrince(),
        ["leapfrog"] = () => new Leapfrog(),
        ["yoshida4"] = () => new Yoshida4(),
    };

    /// <summary>All names; "rk4" is the 3/8 rule, as in torchdiffeq.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Makers.Keys];

    /// <summary>The solver of a name, with its default settings.</summary>
    /// <param name="name">One of <see cref="Known"/>.</param>
    /// <exception cref="ArgumentException">If the name is unknown.</exception>
    public static OdeSolver Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Makers.TryGetValue(name, out var make)
            ? make()
            : throw new ArgumentException(
                $"\"{name}\" is no solver; expected one of {string.Join(", ", Known)}.", nameof(name));
    }
}
