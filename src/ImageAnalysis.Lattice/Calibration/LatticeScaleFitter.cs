using ImageAnalysis.Core;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice;

/// <summary>Finds the pixel size of an image from a crystal of known cell in it.</summary>
/// <remarks>
/// Two spots of a crystal are tried as every two planes of the cell. Lengths and angle of the two decide whether they can be; then all spots that are planes of the same zone are fitted together for
/// the pixel's width and height and the rotation: (f_x, f_y) = (width · (g_x + κ g_y), height · g_y) with g the rotated vector of the plane in nm⁻¹ and f in cycles a pixel. Of all namings the one wins that explains most with the least
/// misfit, with a weak preference for the nominal pixel size; others that do nearly as well are reported. The crystal is taken to be seen along its zone axis and unstrained. A shear of the axes against each other is fitted too.
/// </remarks>
public static class LatticeScaleFitter
{
    private const int MostFirst = 3;
    private const int MostSecond = 6;
    private const double LeastSine = 0.25;
    private const double LeastSnr = 20;
    private const double NearlyAsGood = 12; // in sums of squares: a factor of e⁻⁶ in likelihood
    private const double OtherScaleLog = 0.02;

    /// <summary>Fits the pixel size.</summary>
    /// <param name="fringes">The measured fringes of the image, searched with <see cref="KnownCrystal.Searching"/>.</param>
    /// <param name="nominal">The pixel size that the file gives; <c>null</c> where it gives none.</param>
    /// <param name="crystal">The known crystal.</param>
    /// <returns>The pixel size; <c>null</c> where no crystal in the image shows planes of the known cell in two directions.</returns>
    public static LatticeScale? Fit(FringeAnalysis fringes, Calibration? nominal, KnownCrystal crystal)
    {
        ArgumentNullException.ThrowIfNull(fringes);
        ArgumentNullException.ThrowIfNull(crystal);
        ScalePrior prior = ScalePrior.Of(nominal);
        List<(ZoneFit Best, List<ZoneFit> Others)> fits = [.. fringes.Crystals.Select(found => FitOne(found, crystal, prior)).OfType<(ZoneFit, List<ZoneFit>)>().OrderByDescending(fit => fit.Item1.MatchedCount).ThenBy(fit => fit.Item1.Score)];
        if (fits.Count == 0)
        {
            return null;
        }

        // The crystal with the most spots leads; others count where they agree with it.
        ZoneFit lead = fits[0].Best;
        ZoneFit[] agreeing = [.. fits.Select(fit => fit.Best).Where(fit => Agree(fit, lead))];
        (double width, double widthSigma) = Mean([.. agreeing.Select(fit => (fit.LogWidth, fit.SigmaLogWidth))]);
        (double height, double heightSigma) = Mean([.. agreeing.Select(fit => (fit.LogHeight, fit.SigmaLogHeight))]);
        int spots = agreeing.Sum(fit => fit.MatchedCount);
        return new LatticeScale
        {
            PixelWidthNm = Math.Exp(width),
            PixelWidthSigmaNm = Math.Exp(width) * widthSigma,
            PixelHeightNm = Math.Exp(height),
            PixelHeightSigmaNm = Math.Exp(height) * heightSigma,
            ShearDeg = -Math.Atan(lead.Shear) * 180 / Math.PI,
            CrystalCount = agreeing.Length,
            SpotCount = spots,
            UnexplainedCount = agreeing.Sum(fit => fit.UnexplainedCount),
            MisfitFraction = Math.Sqrt(agreeing.Sum(fit => fit.SquaredOff) / spots),
            Zones = [.. agreeing.Select(fit => fit.Zone).Distinct()],
            Others = [.. fits[0].Others.Select(other => new OtherScale(Math.Exp(other.LogWidth), Math.Exp(other.LogHeight), other.Zone))],
        };
    }

    private static (ZoneFit Best, List<ZoneFit> Others)? FitOne(CrystalMeasurement found, KnownCrystal crystal, ScalePrior prior)
    {
        ScaleSpot[] spots = [.. found.Fringes.Where(fringe => fringe.FringeSnr >= LeastSnr).Select(fringe => new ScaleSpot(fringe.G.XPerPx, fringe.G.YPerPx, fringe.G.XSigmaPerPx, fringe.G.YSigmaPerPx))];
        List<ZoneFit> fits = [];
        (int H, int K, int L)[] planes = [.. crystal.Families.SelectMany(crystal.Members)];
        for (int first = 0; first < Math.Min(MostFirst, spots.Length); first++)
        {
            for (int second = first + 1; second < Math.Min(MostSecond, spots.Length); second++)
            {
                if (Sine(spots[first], spots[second]) < LeastSine)
                {
                    continue;
                }

                foreach (ReflectionFamily family in crystal.Families)
                {
                    foreach ((int H, int K, int L) plane in planes)
                    {
                        if (Sine(crystal, (family.H, family.K, family.L), plane) >= 0.8 * LeastSine
                            && ZoneFit.Of(crystal, spots, first, second, (family.H, family.K, family.L), plane, prior) is ZoneFit fit)
                        {
                            fits.Add(fit);
                        }
                    }
                }
            }
        }

        if (fits.Count == 0)
        {
            return null;
        }

        fits.Sort(static (a, b) => a.Score.CompareTo(b.Score));
        List<ZoneFit> others = [];
        foreach (ZoneFit fit in fits.Skip(1).TakeWhile(fit => fit.Score < fits[0].Score + NearlyAsGood))
        {
            if (!Same(fit, fits[0]) && others.TrueForAll(other => !Same(fit, other)))
            {
                others.Add(fit);
            }
        }

        return (fits[0], others);
    }

    private static bool Same(ZoneFit a, ZoneFit b) => Math.Abs(a.LogWidth - b.LogWidth) < OtherScaleLog && Math.Abs(a.LogHeight - b.LogHeight) < OtherScaleLog;

    private static bool Agree(ZoneFit a, ZoneFit b) =>
        Math.Abs(a.LogWidth - b.LogWidth) < Math.Max(OtherScaleLog, 4 * (a.SigmaLogWidth + b.SigmaLogWidth)) && Math.Abs(a.LogHeight - b.LogHeight) < Math.Max(OtherScaleLog, 4 * (a.SigmaLogHeight + b.SigmaLogHeight));

    // The weighted mean with its error, widened where the values scatter by more than theirs.
    private static (double Mean, double Sigma) Mean((double Value, double Sigma)[] values)
    {
        double weights = values.Sum(v => 1 / (v.Sigma * v.Sigma)), mean = values.Sum(v => v.Value / (v.Sigma * v.Sigma)) / weights;
        double excess = values.Length < 2 ? 1 : values.Sum(v => Math.Pow((v.Value - mean) / v.Sigma, 2)) / (values.Length - 1);
        return (mean, Math.Sqrt(Math.Max(1, excess) / weights));
    }

    private static double Sine(ScaleSpot a, ScaleSpot b) => Math.Abs((a.X * b.Y) - (a.Y * b.X)) / (a.Length * b.Length);

    private static double Sine(KnownCrystal crystal, (int H, int K, int L) a, (int H, int K, int L) b)
    {
        (double X, double Y, double Z) p = crystal.G(a.H, a.K, a.L), q = crystal.G(b.H, b.K, b.L);
        double dot = (p.X * q.X) + (p.Y * q.Y) + (p.Z * q.Z), pp = (p.X * p.X) + (p.Y * p.Y) + (p.Z * p.Z), qq = (q.X * q.X) + (q.Y * q.Y) + (q.Z * q.Z);
        return Math.Sqrt(Math.Max(0, 1 - (dot * dot / (pp * qq))));
    }
}
