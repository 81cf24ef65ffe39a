using System.Runtime.InteropServices;

namespace ImageAnalysis.Lattice;

/// <summary>The background at one |g| in one crystal's spectrum, relative to the support's.</summary>
/// <remarks>
/// The particle adds power of its own (shape, disorder, heat), the same in all directions on average. Its ratio ρ to the support is taken from the directions off the axis at the same |g| in the
/// crystal's own spectrum. With exponentially distributed powers of n independent places and the prior that 1/ρ has a gamma distribution of shape a₀ and mean 1/m₀ (roughly), a new power P obeys
/// P(P/D &gt; t) = (1 + t/b)^−a, a = a₀ + n, b = a₀ m₀ + Σ P_i/D_i: the exponential law with the uncertainty of its mean.
/// </remarks>
internal sealed class LocalBackground
{
    private const double CensorRatio = 4; // places above so many times the mean count as "at least that much": spots that nobody foresaw

    private const double WantedPlaces = 10; // the ring is so wide as to hold so many, before spots are taken out

    private LocalBackground(double shape, double scale, double count, IReadOnlyList<(double Gx, double Gy, double Snr)> controls)
    {
        Shape = shape;
        Scale = scale;
        Count = count;
        Controls = controls;
    }

    /// <summary>a.</summary>
    public double Shape { get; }

    /// <summary>b.</summary>
    public double Scale { get; }

    /// <summary>Number of independent places that were used.</summary>
    public double Count { get; }

    /// <summary>Mean power over the support's.</summary>
    public double Ratio => Scale / Shape;

    /// <summary>Places off the axis at the same |g|, with their power over the background.</summary>
    public IReadOnlyList<(double Gx, double Gy, double Snr)> Controls { get; }

    /// <summary>Probability that the background alone gives a power, at one place.</summary>
    /// <param name="snr">Power over the mean background.</param>
    public double PValue(double snr) => Math.Exp(-Shape * Math.Log(1 + (snr * Ratio / Scale)));

    /// <summary>The power over the mean background that the background reaches with a probability, at one place.</summary>
    public double SnrAt(double pValue) => Scale / Ratio * (Math.Exp(-Math.Log(pValue) / Shape) - 1);

    public static LocalBackground At(CrystalWindow window, SupportModel support, double gx, double gy, ReadOnlySpan<(double Gx, double Gy, double RadiusRatio)> spots, BackgroundPrior prior)
    {
        double g = Math.Sqrt((gx * gx) + (gy * gy)), cell = Math.Sqrt(window.CellPerNm2), half = Math.Clamp(WantedPlaces * cell * cell / (2 * Math.PI * g), 0.12 * g, 0.4 * g);
        double binX = window.BinXPerNm, binY = window.BinYPerNm;
        (int lastU, int lastV) = window.LastBin;
        List<(double Ratio, double Gx, double Gy)> places = [];
        double narrow = Math.Min(window.WidthNm, window.HeightNm);
        List<(double Gx, double Gy, double RadiusRatio)> reaching = [];
        foreach ((double Gx, double Gy, double RadiusRatio) spot in spots)
        {
            if (Math.Abs(Math.Sqrt((spot.Gx * spot.Gx) + (spot.Gy * spot.Gy)) - g) < half + (spot.RadiusRatio / narrow))
            {
                reaching.Add(spot);
            }
        }

        ReadOnlySpan<(double Gx, double Gy, double RadiusRatio)> near = CollectionsMarshal.AsSpan(reaching);
        int reachU = Math.Min(lastU, (int)((g + half) / binX)), reachV = Math.Min(lastV, (int)((g + half) / binY));
        for (int v = -reachV; v <= reachV; v++)
        {
            for (int u = 0; u <= reachU; u++)
            {
                double fx = u * binX, fy = v * binY, f = Math.Sqrt((fx * fx) + (fy * fy));
                if (Math.Abs(f - g) > half || (u == 0 && v < 0) || IsNear(fx, fy, near, window))
                {
                    continue;
                }

                places.Add((window.PowerAtBin(u, v) / support.DensityAt(fx, fy, window.ResolutionPerNm), fx, fy));
            }
        }

        // Independent places: the area over that of a cell; across the ring, which is about a cell wide, there is one at least.
        double across = 2 * half / cell, perPlace = binX * binY / window.CellPerNm2 * Math.Sqrt(1 + (across * across)) / across, n = places.Count * perPlace;
        double mean = places.Count == 0 ? prior.MeanRatio : places.Average(static place => place.Ratio);
        double uncensored = n, sum = n * mean;
        for (int turn = 0; turn < 6 && places.Count > 0; turn++)
        {
            double limit = CensorRatio * mean, total = 0;
            int below = 0;
            foreach ((double ratio, _, _) in places)
            {
                total += Math.Min(ratio, limit);
                below += ratio < limit ? 1 : 0;
            }

            uncensored = below * perPlace;
            sum = total * perPlace;
            mean = (sum + (prior.Shape * prior.MeanRatio)) / (uncensored + prior.Shape);
        }

        double shape = prior.Shape + uncensored, scale = (prior.Shape * prior.MeanRatio) + sum;
        return new LocalBackground(shape, scale, uncensored, Spread(places, cell, scale / shape));
    }

    private static bool IsNear(double fx, double fy, ReadOnlySpan<(double Gx, double Gy, double RadiusRatio)> spots, CrystalWindow window)
    {
        foreach ((double gx, double gy, double radius) in spots)
        {
            double px = (fx - gx) * window.WidthNm, py = (fy - gy) * window.HeightNm, mx = (fx + gx) * window.WidthNm, my = (fy + gy) * window.HeightNm;
            if (Math.Min((px * px) + (py * py), (mx * mx) + (my * my)) < radius * radius)
            {
                return true;
            }
        }

        return false;
    }

    // Controls stand a cell apart, for people and for the count of what noise reaches.
    private static List<(double Gx, double Gy, double Snr)> Spread(List<(double Ratio, double Gx, double Gy)> places, double cell, double mean)
    {
        List<(double Gx, double Gy, double Snr)> controls = [];
        foreach ((double ratio, double gx, double gy) in places.OrderByDescending(static place => place.Ratio))
        {
            if (controls.Count >= 12)
            {
                break;
            }

            if (!controls.Exists(other => Math.Min(Square(other.Gx - gx, other.Gy - gy), Square(other.Gx + gx, other.Gy + gy)) < cell * cell))
            {
                controls.Add((gx, gy, ratio / mean));
            }
        }

        return controls;
    }

    private static double Square(double x, double y) => (x * x) + (y * y);
}

/// <summary>What is known of a crystal's background before its own spectrum is looked at: in how many places' worth, and its mean over the support's.</summary>
/// <param name="Shape">a₀: as many independent places would tell as much.</param>
/// <param name="MeanRatio">m₀.</param>
internal sealed record BackgroundPrior(double Shape, double MeanRatio);
