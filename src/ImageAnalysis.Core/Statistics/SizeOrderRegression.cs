using MathNet.Numerics;

namespace ImageAnalysis.Core;

/// <summary>Order against continuous size: one curve through all particles of all samples, instead of a percentage for each sample.</summary>
/// <remarks>
/// Logistic regression ln(p/(1 − p)) = b₀ + b₁(d − d̄) by Firth's penalised likelihood (D. Firth, Biometrika 80 (1993) 27, doi:10.1093/biomet/80.1.27), which stays finite when a size parts ordered from other particles, with intervals from
/// its profile (G. Heinze and M. Schemper, Stat. Med. 21 (2002) 2409, doi:10.1002/sim.1047; neither opened, checked against published results). The band at a diameter is the profile interval of b₀ there, since the likelihood does not care
/// where the diameters are counted from; the interval of the half size is where the band contains one half. It assumes that the curve is an S of this shape, that verdicts do not depend on each other, and that missing an ordered
/// particle is as likely at all sizes; it knows no errors of the diameters.
/// </remarks>
public static class SizeOrderRegression
{
    private const int FewestParticles = 3;

    /// <summary>Fits the curve.</summary>
    /// <param name="particles">The judged particles, without the undetermined ones; their order does not matter.</param>
    /// <param name="options">Level and points of the band.</param>
    /// <returns>The fit; <c>null</c> for fewer than three particles or a single diameter.</returns>
    /// <exception cref="ArgumentException">A diameter is not finite and above 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static SizeOrderFit? Fit(IReadOnlyList<SizedVerdict> particles, SizeOrderOptions options)
    {
        ArgumentNullException.ThrowIfNull(particles);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        foreach (SizedVerdict particle in particles)
        {
            if (!(particle.DiameterNm > 0 && double.IsFinite(particle.DiameterNm)))
            {
                throw new ArgumentException(FormattableString.Invariant($"A diameter is {particle.DiameterNm} nm; it is to be finite and above 0."), nameof(particles));
            }
        }

        SizedVerdict[] sorted = [.. particles.OrderBy(static p => p.DiameterNm).ThenBy(static p => p.IsOrdered)];
        if (sorted.Length < FewestParticles || sorted[^1].DiameterNm - sorted[0].DiameterNm < 1e-9 * sorted[^1].DiameterNm)
        {
            return null;
        }

        double mean = sorted.Average(static p => p.DiameterNm), spread = Math.Sqrt(sorted.Average(p => (p.DiameterNm - mean) * (p.DiameterNm - mean)));
        double fall = Math.Pow(FractionIntervals.NormalQuantile(options.LevelFraction), 2) / 2;
        FirthLogit logit = At(sorted, mean, spread);
        (double[] best, double value) = logit.Maximise([0, 0]);
        (double low, double high) = logit.Profile(1, best, value, fall);
        double flat = logit.Maximise([best[0], 0], held: 1).LogLikelihood;
        SizeOrderPoint[] band = [.. Enumerable.Range(0, options.PointCount).Select(i => PointAt(
            sorted, best, value, mean, spread, sorted[0].DiameterNm + ((sorted[^1].DiameterNm - sorted[0].DiameterNm) * i / (options.PointCount - 1)), fall))];
        return new SizeOrderFit
        {
            AllCount = sorted.Length,
            OrderedCount = sorted.Count(static p => p.IsOrdered),
            MeanDiameterNm = mean,
            MiddleLogOdds = best[0],
            SlopePerNm = best[1] / spread,
            SlopeLowPerNm = low / spread,
            SlopeHighPerNm = high / spread,

            // χ² with one degree of freedom: P(χ² > c) = erfc √(c/2).
            SlopePValue = SpecialFunctions.Erfc(Math.Sqrt(Math.Max(0, value - flat))),
            LevelFraction = options.LevelFraction,
            Separation = SeparationOf(sorted),
            Half = HalfOf(sorted, best, mean, spread, value, value - flat > fall, fall),
            Band = band,
        };
    }

    /// <summary>The same likelihood with diameters counted from another origin, in units of their spread.</summary>
    private static FirthLogit At(SizedVerdict[] particles, double origin, double spread) =>
        new([.. particles.Select(p => new[] { 1, (p.DiameterNm - origin) / spread })], [.. particles.Select(static p => p.IsOrdered)]);

    private static SizeOrderPoint PointAt(SizedVerdict[] particles, double[] best, double value, double mean, double spread, double diameter, double fall)
    {
        FirthLogit logit = At(particles, diameter, spread);
        double[] here = [best[0] + (best[1] * (diameter - mean) / spread), best[1]];
        (double low, double high) = logit.Profile(0, here, value, fall);
        return new SizeOrderPoint(diameter, Logistic(here[0]), Logistic(low), Logistic(high));
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static SizeSeparation SeparationOf(SizedVerdict[] sorted)
    {
        double[] ordered = [.. sorted.Where(static p => p.IsOrdered).Select(static p => p.DiameterNm)], others = [.. sorted.Where(static p => !p.IsOrdered).Select(static p => p.DiameterNm)];
        return ordered.Length == 0 || others.Length == 0 ? SizeSeparation.OneKind
            : ordered[0] > others[^1] || ordered[^1] < others[0] ? SizeSeparation.Complete
            : ordered[0] == others[^1] || ordered[^1] == others[0] ? SizeSeparation.Quasi
            : SizeSeparation.None;
    }

    private static HalfOrderDiameter HalfOf(SizedVerdict[] sorted, double[] best, double mean, double spread, double value, bool isSlopeSignificant, double fall)
    {
        double smallest = sorted[0].DiameterNm, largest = sorted[^1].DiameterNm;
        if (!isSlopeSignificant)
        {
            return new(null, null, null, "not determined: order does not depend significantly on size in these particles");
        }

        // How far l* falls when the curve is made to pass one half at a diameter.
        double Fall(double diameter) => value - At(sorted, diameter, spread).Maximise([0, best[1]], held: 0).LogLikelihood;
        double half = mean - (spread * best[0] / best[1]);
        double? low = half > smallest ? End(half, smallest) : null, high = half < largest ? End(half, largest) : null;
        string range = (low, high) switch
        {
            (double a, double b) => Invariant($"{a:0.0} to {b:0.0} nm"),
            (double a, null) => Invariant($"{a:0.0} nm or more"),
            (null, double b) => Invariant($"{b:0.0} nm or less"),
            _ => "open at both ends",
        };
        if (half < smallest || half > largest)
        {
            return new(null, low, high, Invariant($"not determined: it lies outside the diameters measured, {smallest:0.0} to {largest:0.0} nm; its interval is {range}"));
        }

        return new(half, low, high, Invariant($"{half:0.0} nm ({range}); {(best[1] > 0 ? "larger" : "smaller")} particles are more often ordered"));

        // An end beyond the diameters measured is none: the curve is not known there.
        double? End(double inside, double border)
        {
            if (Fall(border) <= fall)
            {
                return null;
            }

            // An estimate that lies outside itself may have its end outside too; then the border is what the data support.
            double outside = border, other = border == smallest ? largest : smallest;
            if (Math.Abs(inside - border) > Math.Abs(other - border))
            {
                if (Fall(other) > fall)
                {
                    return other;
                }

                inside = other;
            }

            return FirthLogit.Crossing(Fall, inside, Fall(inside), outside, Fall(outside), fall, 1e-10 * spread);
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
