using MathNet.Numerics.Integration;

namespace ImageAnalysis.Core;

/// <summary>Which share of randomly oriented crystals shows fringes.</summary>
/// <remarks>
/// A crystal shows planes when the beam lies within a band about the great circle perpendicular to their normal: |u·n| ≤ sin τ. For one normal that is the share sin τ of all directions u (Archimedes: equal heights of a sphere have equal areas). The
/// share of the union of several bands is integrated over the angle θ from one axis: on each circle of latitude the covered arcs are known in closed form and united, and between the heights at which an arc begins, ends or meets another the covered length is
/// smooth, so that a Gauss-Legendre rule on each piece gives ten digits. Geometry only: which tilt still shows fringes depends on thickness, contrast and noise.
/// </remarks>
public static class OrientationView
{
    /// <summary>Order of the rule on each piece: the same planes in two settings of the axes then agree to 10⁻¹⁰.</summary>
    private static readonly GaussLegendreRule Rule = new(-1, 1, 32);

    /// <summary>The share of all orientations in which at least one of some planes shows.</summary>
    /// <param name="cell">The cell that the indices belong to.</param>
    /// <param name="bands">The planes, one entry for a plane and its opposite, each with its tilt; none shows never.</param>
    /// <returns>The share of random orientations, 0 … 1.</returns>
    /// <exception cref="ArgumentException">All indices of a plane are 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A tilt is NaN or outside 0 … 90 degrees.</exception>
    public static double AnyInViewFraction(UnitCell cell, IReadOnlyList<ViewBand> bands)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(bands);
        Band[] all = [.. bands.Select(band => Of(cell, band))];
        if (all.Length == 0)
        {
            return 0;
        }

        double[] latitudes = [.. Heights(all).Append(0).Append(1).Select(c => Math.Acos(Math.Clamp(Math.Abs(c), 0, 1))).Order()];
        List<(double From, double To)> arcs = [];
        double covered = 0;
        for (int piece = 1; piece < latitudes.Length; piece++)
        {
            double middle = (latitudes[piece] + latitudes[piece - 1]) / 2, half = (latitudes[piece] - latitudes[piece - 1]) / 2;
            if (half < 1e-15)
            {
                continue;
            }

            for (int i = 0; i < Rule.Order; i++)
            {
                // Arcs begin like square roots; in t, with θ = m + h sin(πt/2), they begin linearly.
                double angle = Math.PI / 2 * Rule.GetAbscissa(i), theta = middle + (half * Math.Sin(angle));
                covered += Rule.GetWeight(i) * half * Math.PI / 2 * Math.Cos(angle) * Math.Sin(theta) * Covered(all, Math.Cos(theta), Math.Sin(theta), arcs);
            }
        }

        return Math.Clamp(covered / (2 * Math.PI), 0, 1);
    }

    /// <summary>Heights at which the covered length has a kink: tops of the bands' two edges, and where edges cross.</summary>
    private static IEnumerable<double> Heights(Band[] bands)
    {
        for (int i = 0; i < bands.Length; i++)
        {
            Band a = bands[i];
            double polar = Math.Acos(Math.Clamp(a.Z, -1, 1)), edge = Math.Acos(a.Sine);
            yield return Math.Cos(polar - edge);
            yield return Math.Cos(polar + edge);
            for (int j = 0; j < i; j++)
            {
                Band b = bands[j];
                double g = (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z), sine2 = 1 - (g * g);
                if (sine2 < 1e-12)
                {
                    continue;
                }

                foreach (double sign in (double[])[1, -1])
                {
                    // u = αa + βb ± γ a×b with u·a = p, u·b = q, |u| = 1; the other signs mirror these.
                    double p = a.Sine, q = sign * b.Sine, alpha = (p - (q * g)) / sine2, beta = (q - (p * g)) / sine2;
                    double rest = 1 - ((alpha * p) + (beta * q));
                    if (rest > 0)
                    {
                        double gamma = Math.Sqrt(rest / sine2) * ((a.X * b.Y) - (a.Y * b.X)), z = (alpha * a.Z) + (beta * b.Z);
                        yield return z + gamma;
                        yield return z - gamma;
                    }
                }
            }
        }
    }

    /// <summary>The covered part of the circle at a height c with a radius, radians, 0 … 2π.</summary>
    private static double Covered(Band[] bands, double c, double radius, List<(double From, double To)> arcs)
    {
        arcs.Clear();
        foreach (Band band in bands)
        {
            // u·n = a + b cos(φ − φn).
            double a = band.Z * c, b = Math.Sqrt((band.X * band.X) + (band.Y * band.Y)) * radius;
            if (b < 1e-14)
            {
                if (Math.Abs(a) <= band.Sine)
                {
                    return 2 * Math.PI;
                }

                continue;
            }

            double lowest = (-band.Sine - a) / b, highest = (band.Sine - a) / b;
            if (lowest >= 1 || highest <= -1)
            {
                continue;
            }

            double near = Math.Acos(Math.Min(1, highest)), far = Math.Acos(Math.Max(-1, lowest)), azimuth = Math.Atan2(band.Y, band.X);
            Add(azimuth + near, azimuth + far);
            Add(azimuth - far, azimuth - near);
        }

        arcs.Sort();
        double sum = 0, reached = 0;
        foreach ((double from, double to) in arcs)
        {
            sum += Math.Max(0, to - Math.Max(from, reached));
            reached = Math.Max(reached, to);
        }

        return sum;

        void Add(double from, double to)
        {
            double turn = 2 * Math.PI, start = from - (turn * Math.Floor(from / turn)), end = start + to - from;
            arcs.Add((start, Math.Min(end, turn)));
            if (end > turn)
            {
                arcs.Add((0, end - turn));
            }
        }
    }

    private static Band Of(UnitCell cell, ViewBand band)
    {
        OptionCheck.Within(band.TiltDeg, 0, 90, nameof(ViewBand.TiltDeg));
        if (band is { H: 0, K: 0, L: 0 })
        {
            throw new ArgumentException("The indices of a plane are all 0; expected at least one other.", nameof(band));
        }

        // The normal of (hkl) is h b×c + k c×a + l a×b, up to its length.
        CartesianPosition a = cell.ToCartesian(new FractionalPosition(1, 0, 0)), b = cell.ToCartesian(new FractionalPosition(0, 1, 0)), c = cell.ToCartesian(new FractionalPosition(0, 0, 1));
        (double X, double Y, double Z) bc = Cross(b, c), ca = Cross(c, a), ab = Cross(a, b);
        double x = (band.H * bc.X) + (band.K * ca.X) + (band.L * ab.X), y = (band.H * bc.Y) + (band.K * ca.Y) + (band.L * ab.Y), z = (band.H * bc.Z) + (band.K * ca.Z) + (band.L * ab.Z);
        double length = Math.Sqrt((x * x) + (y * y) + (z * z));
        return new Band(x / length, y / length, z / length, Math.Sin(band.TiltDeg * Math.PI / 180));
    }

    private static (double X, double Y, double Z) Cross(CartesianPosition a, CartesianPosition b) => (
        (a.YAngstrom * b.ZAngstrom) - (a.ZAngstrom * b.YAngstrom),
        (a.ZAngstrom * b.XAngstrom) - (a.XAngstrom * b.ZAngstrom),
        (a.XAngstrom * b.YAngstrom) - (a.YAngstrom * b.XAngstrom));

    /// <summary>A unit normal and the sine of the tilt.</summary>
    private readonly record struct Band(double X, double Y, double Z, double Sine);
}
