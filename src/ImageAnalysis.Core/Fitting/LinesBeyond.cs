namespace ImageAnalysis.Core;

/// <summary>
/// The lines of spherical crystals that are too far out to be listed: their tails fall as 1/(q − G)², their number rises as G², and together they scatter what the listed ones lack, up to a sixth of what the atoms
/// scatter by themselves at 2 nm.
/// </summary>
/// <remarks>
/// The tail of <see cref="SphereProfile"/> at large s is p = A/s², A = 3⟨D²⟩/(2π⟨D³⟩) = 3/(2πD̄(1 + 2σ²)) for a gamma distribution of mean D̄ and relative standard deviation σ. A cell of volume v has
/// vG²dG/(2π²) reciprocal lattice points between G and G + dG, with |F|² = Σ N n²|f|² on average. So the lines from R on give v/(2π²)·Σ N n²|f|²·h(q),
/// h(q) = (1/q)∫_R^∞ G(p(q − G) − p(q + G)) dG = (A/q)·L(q/R), L(u) = ln((1 + u)/(1 − u)) + 2u/(1 − u²).
/// </remarks>
internal readonly struct LinesBeyond(double inverseSize, double spread, double reachPerAngstrom)
{
    /// <summary>Nearer to the last line than this part of its place there is no continuum; the listed lines reach so much further than the pattern that this matters only near 180°.</summary>
    private const double Nearest = 0.9;

    private readonly double _tail = TailPerAngstrom(inverseSize, spread);

    /// <summary>A, 1/Å: the tail of a profile is A/s².</summary>
    public static double TailPerAngstrom(double inverseSize, double spread) => 1.5 / Math.PI * inverseSize / (1 + (2 * SpreadOf(spread) * SpreadOf(spread)));

    /// <summary>−(dA/dσ)/A.</summary>
    public static double TailByShapeRatio(double spread) => spread < SphereLines.SmallestSpread ? 0 : 4 * spread / (1 + (2 * spread * spread));

    /// <summary>h at q.</summary>
    public double At(double q) => _tail / q * Sum(Math.Min(q / reachPerAngstrom, Nearest));

    /// <summary>The power of the cell's volume that v·h rises with at q: 1 for v, and one third of the power of R.</summary>
    public double VolumePowerAt(double q)
    {
        double u = q / reachPerAngstrom, rest = 1 - (u * u);
        return u >= Nearest ? 1 : 1 + (4 * u / (3 * rest * rest * Sum(u)));
    }

    private static double SpreadOf(double spread) => Math.Max(spread, SphereLines.SmallestSpread);

    private static double Sum(double u) => Math.Log((1 + u) / (1 - u)) + (2 * u / (1 - (u * u)));
}
