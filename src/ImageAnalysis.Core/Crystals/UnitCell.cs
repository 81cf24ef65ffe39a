using System.Globalization;

namespace ImageAnalysis.Core;

/// <summary>The unit cell of a crystal: three edges and the three angles between them. Triclinic cells are treated like any other.</summary>
/// <remarks>
/// Formulas of the metric tensor: Giacovazzo (ed.), Fundamentals of Crystallography, chapter 2; International Tables for Crystallography B,
/// chapter 1.1. Cartesian axes: x along a, y in the plane of a and b, z along c* (the convention of the Protein Data Bank).
/// </remarks>
public sealed record UnitCell
{
    private const double LongestEdgeAngstrom = 10_000;

    // Columns are the edges a, b, c in Cartesian axes; the matrix is upper triangular.
    private readonly double bx;
    private readonly double by;
    private readonly double cx;
    private readonly double cy;
    private readonly double cz;

    // Reciprocal metric tensor, 1/Å^2: 1/d^2 = h^2 g11 + k^2 g22 + l^2 g33 + 2 kl g23 + 2 hl g13 + 2 hk g12.
    private readonly double g11;
    private readonly double g22;
    private readonly double g33;
    private readonly double g23;
    private readonly double g13;
    private readonly double g12;

    /// <summary>Makes a cell from its edges and angles.</summary>
    /// <param name="aAngstrom">Edge a, Å; above 0, at most 10,000.</param>
    /// <param name="bAngstrom">Edge b, Å; above 0, at most 10,000.</param>
    /// <param name="cAngstrom">Edge c, Å; above 0, at most 10,000.</param>
    /// <param name="alphaDeg">Angle between b and c, degrees; above 0 and below 180.</param>
    /// <param name="betaDeg">Angle between a and c, degrees; above 0 and below 180.</param>
    /// <param name="gammaDeg">Angle between a and b, degrees; above 0 and below 180.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range, or the three angles enclose no volume.</exception>
    public UnitCell(double aAngstrom, double bAngstrom, double cAngstrom, double alphaDeg, double betaDeg, double gammaDeg)
    {
        AAngstrom = CheckedEdge(aAngstrom, nameof(aAngstrom));
        BAngstrom = CheckedEdge(bAngstrom, nameof(bAngstrom));
        CAngstrom = CheckedEdge(cAngstrom, nameof(cAngstrom));
        AlphaDeg = CheckedAngle(alphaDeg, nameof(alphaDeg));
        BetaDeg = CheckedAngle(betaDeg, nameof(betaDeg));
        GammaDeg = CheckedAngle(gammaDeg, nameof(gammaDeg));
        double ca = Cosine(alphaDeg), cb = Cosine(betaDeg), cg = Cosine(gammaDeg);
        double sa = Sine(alphaDeg), sb = Sine(betaDeg), sg = Sine(gammaDeg);
        double squared = 1 - (ca * ca) - (cb * cb) - (cg * cg) + (2 * ca * cb * cg);
        if (!(squared > 1e-8))
        {
            throw new ArgumentOutOfRangeException(
                nameof(alphaDeg), string.Create(CultureInfo.InvariantCulture, $"The angles {alphaDeg}, {betaDeg} and {gammaDeg} degrees enclose no volume."));
        }

        double v = Math.Sqrt(squared);
        VolumeAngstrom3 = aAngstrom * bAngstrom * cAngstrom * v;
        bx = bAngstrom * cg;
        by = bAngstrom * sg;
        cx = cAngstrom * cb;
        cy = cAngstrom * (ca - (cb * cg)) / sg;
        cz = cAngstrom * v / sg;
        double ra = sa / (aAngstrom * v), rb = sb / (bAngstrom * v), rc = sg / (cAngstrom * v);
        g11 = ra * ra;
        g22 = rb * rb;
        g33 = rc * rc;
        g23 = rb * rc * ((cb * cg) - ca) / (sb * sg);
        g13 = ra * rc * ((ca * cg) - cb) / (sa * sg);
        g12 = ra * rb * ((ca * cb) - cg) / (sa * sb);
    }

    /// <summary>Edge a, Å; above 0.</summary>
    public double AAngstrom { get; }

    /// <summary>Edge b, Å; above 0.</summary>
    public double BAngstrom { get; }

    /// <summary>Edge c, Å; above 0.</summary>
    public double CAngstrom { get; }

    /// <summary>Angle between b and c, degrees; above 0 and below 180.</summary>
    public double AlphaDeg { get; }

    /// <summary>Angle between a and c, degrees; above 0 and below 180.</summary>
    public double BetaDeg { get; }

    /// <summary>Angle between a and b, degrees; above 0 and below 180.</summary>
    public double GammaDeg { get; }

    /// <summary>Volume of the cell, Å³; above 0.</summary>
    public double VolumeAngstrom3 { get; }

    /// <summary>The cubic cell of one edge.</summary>
    /// <param name="aAngstrom">The edge, Å; above 0, at most 10,000.</param>
    /// <returns>The cell with three such edges and right angles.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The edge is NaN or outside its range.</exception>
    public static UnitCell Cubic(double aAngstrom) => new(aAngstrom, aAngstrom, aAngstrom, 90, 90, 90);

    /// <summary>The hexagonal cell of two edges.</summary>
    /// <param name="aAngstrom">The edges a and b, Å; above 0, at most 10,000.</param>
    /// <param name="cAngstrom">The edge c, Å; above 0, at most 10,000.</param>
    /// <returns>The cell with γ = 120° and α = β = 90°.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An edge is NaN or outside its range.</exception>
    public static UnitCell Hexagonal(double aAngstrom, double cAngstrom) => new(aAngstrom, aAngstrom, cAngstrom, 90, 90, 120);

    /// <summary>The distance d between the lattice planes (hkl).</summary>
    /// <param name="h">Miller index h.</param>
    /// <param name="k">Miller index k.</param>
    /// <param name="l">Miller index l.</param>
    /// <returns>d in Å; a reflection of order n counts as planes n times closer.</returns>
    /// <exception cref="ArgumentException">All three indices are 0.</exception>
    public double SpacingAngstrom(int h, int k, int l)
    {
        if (h == 0 && k == 0 && l == 0)
        {
            throw new ArgumentException("The planes (000) have no spacing.");
        }

        return 1 / Math.Sqrt(InverseSpacingSquared(h, k, l));
    }

    /// <summary>Converts fractions of the edges to a position in space.</summary>
    /// <param name="position">The position in fractions; any finite values.</param>
    /// <returns>The position in Å.</returns>
    public CartesianPosition ToCartesian(FractionalPosition position) => new(
        (AAngstrom * position.XFraction) + (bx * position.YFraction) + (cx * position.ZFraction),
        (by * position.YFraction) + (cy * position.ZFraction),
        cz * position.ZFraction);

    /// <summary>Converts a position in space to fractions of the edges.</summary>
    /// <param name="position">The position in Å; any finite values.</param>
    /// <returns>The position in fractions, not wrapped into the cell.</returns>
    public FractionalPosition ToFractional(CartesianPosition position)
    {
        double z = position.ZAngstrom / cz;
        double y = (position.YAngstrom - (cy * z)) / by;
        return new((position.XAngstrom - (bx * y) - (cx * z)) / AAngstrom, y, z);
    }

    /// <summary>The distance between two positions as they are, without looking at their repeats in neighbouring cells.</summary>
    /// <param name="first">One position.</param>
    /// <param name="second">The other position.</param>
    /// <returns>The distance in Å.</returns>
    public double DistanceAngstrom(FractionalPosition first, FractionalPosition second) =>
        LengthAngstrom(second.XFraction - first.XFraction, second.YFraction - first.YFraction, second.ZFraction - first.ZFraction);

    /// <summary>The distance from a position to the nearest repeat of another one in the crystal.</summary>
    /// <param name="first">One position.</param>
    /// <param name="second">The other position; its repeats by whole cell edges are looked at.</param>
    /// <returns>The shortest distance in Å; 0 where the two are repeats of one another.</returns>
    public double NearestDistanceAngstrom(FractionalPosition first, FractionalPosition second)
    {
        double dx = Centred(second.XFraction - first.XFraction);
        double dy = Centred(second.YFraction - first.YFraction);
        double dz = Centred(second.ZFraction - first.ZFraction);
        double shortest = LengthAngstrom(dx, dy, dz);

        // A repeat within that distance has its fractions within the distance times the reciprocal edges; strongly sheared cells need more than the next ones.
        int xEnd = Reach(shortest, g11), yEnd = Reach(shortest, g22), zEnd = Reach(shortest, g33);
        for (int i = -xEnd; i <= xEnd; i++)
        {
            for (int j = -yEnd; j <= yEnd; j++)
            {
                for (int k = -zEnd; k <= zEnd; k++)
                {
                    shortest = Math.Min(shortest, LengthAngstrom(dx + i, dy + j, dz + k));
                }
            }
        }

        return shortest;
    }

    /// <summary>The length of the difference of two positions after each fraction is brought to ±½: exact where they come close, and fast.</summary>
    internal double CloseDistanceAngstrom(FractionalPosition first, FractionalPosition second) => LengthAngstrom(
        Centred(second.XFraction - first.XFraction), Centred(second.YFraction - first.YFraction), Centred(second.ZFraction - first.ZFraction));

    /// <summary>The isotropic displacement that comes nearest to an anisotropic one, in the unit of the parameters.</summary>
    internal double EquivalentIsotropic(double u11, double u22, double u33, double u12, double u13, double u23)
    {
        double a = AAngstrom * Math.Sqrt(g11), b = BAngstrom * Math.Sqrt(g22), c = CAngstrom * Math.Sqrt(g33);
        return ((u11 * a * a) + (u22 * b * b) + (u33 * c * c)
            + (2 * ((u12 * a * b * Cosine(GammaDeg)) + (u13 * a * c * Cosine(BetaDeg)) + (u23 * b * c * Cosine(AlphaDeg))))) / 3;
    }

    /// <summary>1/d² of (hkl) in 1/Å², also for indices that are all 0.</summary>
    internal double InverseSpacingSquared(int h, int k, int l) =>
        ((double)h * h * g11) + ((double)k * k * g22) + ((double)l * l * g33)
        + (2 * (((double)k * l * g23) + ((double)h * l * g13) + ((double)h * k * g12)));

    // Cells of crystals are far from needing more than a few edges; the limit keeps absurd ones from taking long.
    private static int Reach(double distanceAngstrom, double reciprocalSquared) => (int)Math.Min(10, Math.Floor((distanceAngstrom * Math.Sqrt(reciprocalSquared)) + 0.5));

    private static double Centred(double fraction) => fraction - Math.Round(fraction);

    private static double CheckedEdge(double edge, string name) => edge is > 0 and <= LongestEdgeAngstrom
        ? edge
        : throw new ArgumentOutOfRangeException(name, edge, "A cell edge must be above 0 and at most 10,000 Å.");

    private static double CheckedAngle(double angle, string name) => angle is > 0 and < 180
        ? angle
        : throw new ArgumentOutOfRangeException(name, angle, "A cell angle must be above 0 and below 180 degrees.");

    // The angles of most cells are exact; their sines and cosines should be too.
    private static double Cosine(double angleDeg) => angleDeg switch
    {
        90 => 0,
        60 => 0.5,
        120 => -0.5,
        _ => Math.Cos(angleDeg * Math.PI / 180),
    };

    private static double Sine(double angleDeg) => angleDeg == 90 ? 1 : Math.Sin(angleDeg * Math.PI / 180);

    private double LengthAngstrom(double dx, double dy, double dz) => ToCartesian(new FractionalPosition(dx, dy, dz)).LengthAngstrom;
}
