namespace ImageAnalysis.Lattice;

/// <summary>Measures the fringes of each crystal in its own windowed spectrum, names them, and tests them for superlattices.</summary>
internal static class CrystalMeasuring
{
    /// <summary>The window is this much wider than the box: with 0.8 times the shapes of 2 nm particles look like superlattices.</summary>
    public const double WindowRatio = 1.15;

    /// <summary>A spot counts among a crystal's fringes from this power over the background on.</summary>
    public const double LeastSnr = 9;

    /// <summary>Angles and lengths are trusted no further than this share of |g| times nm/diameter, whatever the noise: strain, and transfer that changes within a spot.</summary>
    private const double FloorNm = 0.006;

    private const double LeastFloorFraction = 0.001;

    internal static readonly BackgroundPrior Prior = new(8, 1.15);

    public static CrystalDraft? Measure(WorkImage work, SupportModel support, CrystalSeed seed, FringeOptions options)
    {
        double least = options.MinDiameterNm, width = Math.Max(seed.WidthNm, least), height = Math.Max(seed.HeightNm, least);
        CrystalWindow window = CrystalWindow.Of(work, seed.XNm, seed.YNm, WindowRatio * width, WindowRatio * height);
        WindowMoments moments = WindowMoments.Of(window, width, height, work.StepXNm, work.StepYNm);
        (double Gx, double Gy, double Power)[] found = [.. seed.Patches.Select(patch => SpotRefiner.Climb(window, patch.Gx, patch.Gy))];
        (double Gx, double Gy, double RadiusRatio)[] masks = [.. found.SelectMany((spot, i) => Masks(spot.Gx, spot.Gy, seed.Patches[i] == seed.Strongest || seed.Patches[i].PeakSnr > 0.2 * seed.Strongest.PeakSnr))];
        List<FringeDraft> spots = [];
        foreach (FringePatch patch in seed.Patches.OrderByDescending(patch => patch == seed.Strongest ? 2 : patch == seed.Partner ? 1 : 0))
        {
            (double gx, double gy, double power) = found[IndexOf(seed.Patches, patch)];
            bool isTwice = spots.Exists(other => Math.Min(Far(other.Spot.Gx - gx, other.Spot.Gy - gy, window), Far(other.Spot.Gx + gx, other.Spot.Gy + gy, window)) < 0.8);
            if (isTwice)
            {
                continue;
            }

            LocalBackground background = LocalBackground.At(window, support, gx, gy, masks, Prior);
            double density = support.DensityAt(gx, gy, window.ResolutionPerNm) * background.Ratio, snr = power / density;
            if (snr >= LeastSnr)
            {
                spots.Add(new FringeDraft { Spot = Spot(window, moments, seed, gx, gy, power, snr), Background = background });
            }
        }

        if (spots.Count == 0)
        {
            return null;
        }

        bool hasPartner = seed.Partner is not null && spots.Count > 1 && IsAcross(spots[0].Spot, spots[1].Spot);
        return new CrystalDraft { Seed = seed, Window = window, Moments = moments, Spots = spots, HasPartner = hasPartner };
    }

    /// <summary>The view by which the crystal is named.</summary>
    public static NamingView View(CrystalDraft draft)
    {
        WindowSpot a = draft.Spots[0].Spot;
        WindowSpot? b = draft.HasPartner ? draft.Spots[1].Spot : null;
        double sigma = Math.Max(Relative(a), b is null ? 0 : Relative(b));
        return new NamingView(a.Gx, a.Gy, b?.Gx ?? 0, b?.Gy ?? 0, b is not null, Math.Sqrt((sigma * sigma) + (0.008 * 0.008)), false);
    }

    /// <summary>Gives every spot its indices, by its place in the lattice of the two that were named.</summary>
    public static void NameSpots(CrystalDraft draft, ReflectionTable table)
    {
        if (draft.Name.Kind < 0)
        {
            return;
        }

        WindowSpot a = draft.Spots[0].Spot;
        ReferenceSpot first = draft.Name.Pair?.A ?? table.Spots.First(spot => spot.Kind == draft.Name.Kind);
        (double X, double Y)? b = null;
        ReferenceSpot second = default;
        if (draft.Name.Pair is { } pair)
        {
            WindowSpot other = draft.Spots[1].Spot;
            int sign = ((a.Gx * other.Gx) + (a.Gy * other.Gy)) < 0 ? -1 : 1;
            b = (sign * other.Gx, sign * other.Gy);
            second = pair.B;
        }

        foreach (FringeDraft fringe in draft.Spots)
        {
            double tolerance = (0.5 / draft.Window.WidthNm * 0.5) + (0.02 * fringe.Spot.FrequencyPerNm);
            if (CrystalGrouping.Place(a.Gx, a.Gy, b, fringe.Spot.Gx, fringe.Spot.Gy, table.Period, tolerance) is not (int m, int n))
            {
                continue;
            }

            int h = (m * first.H) + (n * second.H), k = (m * first.K) + (n * second.K), l = (m * first.L) + (n * second.L), parts = table.Period;
            if (h % parts == 0 && k % parts == 0 && l % parts == 0 && table.Find(h / parts, k / parts, l / parts) is { } reference)
            {
                fringe.Reference = reference;
                fringe.Hkl = table.Name(reference);
            }
        }
    }

    /// <summary>The fringe of which a spot is the n-th part, measured at its n-fold.</summary>
    public static FringeDraft Multiple(CrystalDraft draft, SupportModel support, FringeDraft part, ReflectionTable table)
    {
        int period = table.Period;
        (double gx, double gy, double power) = SpotRefiner.Climb(draft.Window, period * part.Spot.Gx, period * part.Spot.Gy, 0.6);
        (double, double, double)[] masks = [(gx, gy, 1.6), (part.Spot.Gx, part.Spot.Gy, 1.6)];
        LocalBackground background = LocalBackground.At(draft.Window, support, gx, gy, masks, Prior);
        double snr = power / (support.DensityAt(gx, gy, draft.Window.ResolutionPerNm) * background.Ratio);

        // A fringe in the noise is where its part says.
        bool isSeen = snr >= LeastSnr;
        (double x, double y) = isSeen ? (gx, gy) : (period * part.Spot.Gx, period * part.Spot.Gy);
        WindowSpot spot = Spot(draft.Window, draft.Moments, draft.Seed, x, y, power, snr);
        spot = isSeen ? spot : spot with { SigmaX = period * part.Spot.SigmaX, SigmaY = period * part.Spot.SigmaY };
        ReferenceSpot? reference = part.Reference is { } half ? table.Find(half.H * period, half.K * period, half.L * period) : null;
        return new FringeDraft { Spot = spot, Background = background, Reference = reference, Hkl = reference is { } named ? table.Name(named) : null };
    }

    /// <summary>Tests a fringe at g/n and the higher orders of it between its own.</summary>
    public static void Test(CrystalDraft draft, SupportModel support, FringeDraft fringe, int period, IReadOnlyList<FringeDraft> all)
    {
        int[] orders = period == 2 ? [1, 3] : [.. Enumerable.Range(1, period - 1)];
        fringe.Tests = [.. orders.Select(order => PlaceOf(draft, support, fringe, order, period, all))];
    }

    /// <summary>Looks for any other period along a fringe: spots at g·m/n.</summary>
    public static void SearchOtherPeriods(CrystalDraft draft, SupportModel support, FringeDraft fringe, int known, double lowestPerNm, double level, IReadOnlyList<FringeDraft> all)
    {
        (int Period, PlaceTest Test)? best = null;
        int count = 0;
        List<(int Period, PlaceTest Test)> tests = [];
        for (int period = 2; period <= 6; period++)
        {
            for (int order = 1; order < period; order++)
            {
                double share = (double)order / period, g = share * fringe.Spot.FrequencyPerNm;
                bool isKnown = (order * known) % period == 0, isReduced = Gcd(order, period) > 1;

                // Shapes of particles are seen below this frequency, and the fringe's own spot must not reach there.
                bool isSeen = g >= lowestPerNm && Math.Min(g, fringe.Spot.FrequencyPerNm - g) > 2.2 / Math.Min(draft.Window.WidthNm, draft.Window.HeightNm);
                if (period == known || isKnown || isReduced || !isSeen)
                {
                    continue;
                }

                count++;
                tests.Add((period, PlaceOf(draft, support, fringe, order, period, all)));
            }
        }

        foreach ((int period, PlaceTest test) in tests)
        {
            if (test.PValue * count < level && (best is null || test.PValue < best.Value.Test.PValue))
            {
                best = (period, test);
            }
        }

        fringe.OtherPeriod = best;
    }

    private static PlaceTest PlaceOf(CrystalDraft draft, SupportModel support, FringeDraft fringe, int order, int period, IReadOnlyList<FringeDraft> all)
    {
        double share = (double)order / period, gx = share * fringe.Spot.Gx, gy = share * fringe.Spot.Gy;
        double sigma = share * Math.Max(fringe.Spot.SigmaX, fringe.Spot.SigmaY);
        List<(double, double, double)> masks = [(gx, gy, 1.5)];
        foreach (FringeDraft other in all)
        {
            masks.AddRange(Masks(other.Spot.Gx, other.Spot.Gy, other.Spot.Snr > 100));
            masks.Add((share * other.Spot.Gx, share * other.Spot.Gy, 1.5));
        }

        LocalBackground background = LocalBackground.At(draft.Window, support, gx, gy, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(masks), Prior);
        return LatticeTest.At(draft.Window, support, gx, gy, sigma, background);
    }

    private static IEnumerable<(double Gx, double Gy, double RadiusRatio)> Masks(double gx, double gy, bool strong)
    {
        yield return (gx, gy, strong ? 2.4 : 1.6);
        yield return (0.5 * gx, 0.5 * gy, 1.6);
    }

    private static WindowSpot Spot(CrystalWindow window, WindowMoments moments, CrystalSeed seed, double gx, double gy, double power, double snr)
    {
        double g = Math.Sqrt((gx * gx) + (gy * gy)), floor = g * Math.Max(LeastFloorFraction, FloorNm / seed.DiameterNm);
        double sx = moments.FactorX / Math.Sqrt(snr), sy = moments.FactorY / Math.Sqrt(snr);
        (double re, double im) = window.AmplitudeAt(gx, gy);
        double amplitude = 2 * Math.Sqrt((re * re) + (im * im)) / moments.SumOfProfile;
        return new WindowSpot(gx, gy, Math.Sqrt((sx * sx) + (floor * floor)), Math.Sqrt((sy * sy) + (floor * floor)), power, snr, amplitude);
    }

    private static bool IsAcross(WindowSpot a, WindowSpot b) => Math.Abs((a.Gx * b.Gy) - (a.Gy * b.Gx)) > 0.25 * a.FrequencyPerNm * b.FrequencyPerNm;

    private static double Far(double dx, double dy, CrystalWindow window) => Math.Sqrt((dx * dx * window.WidthNm * window.WidthNm) + (dy * dy * window.HeightNm * window.HeightNm));

    private static double Relative(WindowSpot spot) => Math.Max(spot.SigmaX, spot.SigmaY) / spot.FrequencyPerNm;

    private static int IndexOf(IReadOnlyList<FringePatch> patches, FringePatch patch)
    {
        for (int i = 0; i < patches.Count; i++)
        {
            if (patches[i] == patch)
            {
                return i;
            }
        }

        return -1;
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
