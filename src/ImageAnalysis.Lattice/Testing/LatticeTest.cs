namespace ImageAnalysis.Lattice;

/// <summary>The test of one fringe at one place, g·m/n.</summary>
/// <param name="Gx">Where the greatest power was found, nm⁻¹.</param>
/// <param name="Gy">Where the greatest power was found, nm⁻¹.</param>
/// <param name="Snr">Power over the mean background there.</param>
/// <param name="PValue">Probability that a crystal without order gives as much anywhere in the part that was searched.</param>
/// <param name="Places">Number of independent places that were searched.</param>
/// <param name="Axis">The background, with what the axis itself says of streaks.</param>
internal sealed record PlaceTest(double Gx, double Gy, double Snr, double PValue, double Places, AxisBackground Axis)
{
    /// <summary>The background off the axis.</summary>
    public LocalBackground Background => Axis.Ring;

    /// <summary>The p-value by the background off the axis alone, as if no streaks were known.</summary>
    public double PValueOffAxis => LatticeTest.OfPlaces(Axis.Ring.PValue(Snr), Places);

    /// <summary>Probability that a crystal without order gives another power anywhere in the part that was searched.</summary>
    public double PValueOf(double snr) => LatticeTest.OfPlaces(Axis.PValue(snr), Places);

    /// <summary>The power over the mean background from which on the p-value is below a level.</summary>
    public double LimitAt(double level) => Axis.SnrAt(Math.Min(0.5, level / Places));
}

/// <summary>Tests places of a crystal's spectrum against the background. The p-value is computed here.</summary>
internal static class LatticeTest
{
    /// <summary>A half order may lie off the half of its fringe by so much of |g|: strain differs between the ordered part and the whole.</summary>
    private const double StrainFraction = 0.008;

    /// <summary>Width of an independent place against 1/W of the Hann taper, for maxima of a continuous search.</summary>
    private const double PlaceRatio = 1.1;

    /// <summary>Looks for the greatest power about a place and says how likely noise gives as much.</summary>
    /// <param name="window">The crystal's spectrum.</param>
    /// <param name="support">The support.</param>
    /// <param name="gx">Expected place, nm⁻¹.</param>
    /// <param name="gy">Expected place, nm⁻¹.</param>
    /// <param name="sigmaPerNm">Its uncertainty, nm⁻¹.</param>
    /// <param name="axis">The background at its |g| and on its axis.</param>
    public static PlaceTest At(CrystalWindow window, SupportModel support, double gx, double gy, double sigmaPerNm, AxisBackground axis)
    {
        double g = Math.Sqrt((gx * gx) + (gy * gy)), reach = (2 * sigmaPerNm) + (StrainFraction * g);
        double cell = 1 / Math.Sqrt(window.WidthNm * window.HeightNm);
        (double bestX, double bestY, double best) = Search(window, gx, gy, reach, 0.25 * cell);
        double density = support.DensityAt(gx, gy, window.ResolutionPerNm), snr = best / (density * axis.Ring.Ratio);

        // The exponential law holds at one place; in a searched disc there are more.
        double places = 1 + (2 * reach / (PlaceRatio * cell)) + (Math.PI * reach * reach / (PlaceRatio * PlaceRatio * cell * cell));
        return new PlaceTest(bestX, bestY, snr, OfPlaces(axis.PValue(snr), places), places, axis);
    }

    /// <summary>Probability that any of several independent places gives what one gives with a probability p.</summary>
    public static double OfPlaces(double p, double places) => p > 1e-10 ? 1 - Math.Pow(1 - Math.Min(p, 1 - 1e-12), places) : places * p;

    private static (double X, double Y, double Power) Search(CrystalWindow window, double gx, double gy, double reach, double step)
    {
        int rings = Math.Max(1, (int)Math.Ceiling(reach / step));
        step = reach / rings;
        (double X, double Y, double Power) best = (gx, gy, window.PowerAt(gx, gy));
        for (int turn = 0; turn < 2; turn++)
        {
            (double middleX, double middleY) = (best.X, best.Y);
            int count = turn == 0 ? rings : 1;
            double fine = turn == 0 ? step : 0.4 * step;
            for (int j = -count; j <= count; j++)
            {
                for (int i = -count; i <= count; i++)
                {
                    double x = middleX + (i * fine), y = middleY + (j * fine);
                    bool inside = ((x - gx) * (x - gx)) + ((y - gy) * (y - gy)) <= reach * reach * 1.0001;
                    if (inside && window.PowerAt(x, y) is double power && power > best.Power)
                    {
                        best = (x, y, power);
                    }
                }
            }
        }

        return best;
    }
}
