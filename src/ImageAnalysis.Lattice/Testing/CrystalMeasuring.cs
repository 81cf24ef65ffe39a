using System.Runtime.InteropServices;

namespace ImageAnalysis.Lattice;

/// <summary>Measures the fringes of each crystal in its own windowed spectrum, names them, and tests them for superlattices.</summary>
internal static class CrystalMeasuring
{
    /// <summary>The window is this much wider than the box: with 0.8 times the shapes of 2 nm particles look like superlattices.</summary>
    public const double WindowRatio = 1.15;

    /// <summary>A spot counts among a crystal's fringes from this power over the background on.</summary>
    public const double LeastSnr = 9;

    /// <summary>Places of spots are trusted no further than this share of |g| times nm/diameter, whatever the noise: strain and disorder within the crystal.</summary>
    private const double FloorNm = 0.004;

    private const double LeastFloorFraction = 0.001;

    /// <summary>
    /// Around a spot so many times 1/W are no background: the Hann taper's transform falls to 1/8 of its power at 1.2, to 1/30 at 1.5, to nothing at 2; ends of particles widen it.
    /// </summary>
    private const double StrongMask = 2.2;

    /// <summary>Longest period of the free search, in spacings of the fringe: beyond it spots lie where shapes of particles are seen.</summary>
    private const int LongestPeriod = 4;

    private const double SpotMask = 1.6;

    private const double OwnMask = 1.4;

    private const double HalfMask = 1.1;

    /// <summary>Particles scatter between their spots too: on crystals simulated by multislice the mean was 1.2 to 2 times the support's.</summary>
    internal static readonly BackgroundPrior Prior = new(2, 1.15);

    /// <summary>For what a spectrum says by itself.</summary>
    internal static readonly BackgroundPrior NoPrior = new(1e-3, 1.15);

    /// <summary>Other crystals of the image count for so much of their places, of at most so many each and in all: crystals differ.</summary>
    private const double OthersShare = 0.4;

    private const double OthersPlaces = 8;

    private const double MostFromOthers = 8;

    public static CrystalDraft? Measure(WorkImage work, SupportModel support, CrystalSeed seed, TransferEstimate transfer, FringeOptions options)
    {
        double least = options.MinDiameterNm, width = Math.Max(seed.WidthNm, least), height = Math.Max(seed.HeightNm, least);
        CrystalWindow window = CrystalWindow.Of(work, seed.XNm, seed.YNm, WindowRatio * (width + (2 * seed.ReachXNm)), WindowRatio * (height + (2 * seed.ReachYNm)));
        WindowMoments moments = WindowMoments.Of(window, width + (2 * seed.ReachXNm), height + (2 * seed.ReachYNm), work.StepXNm, work.StepYNm);
        (double Gx, double Gy, double Power)[] found = [.. seed.Patches.Select(patch => SpotRefiner.Climb(window, patch.Gx, patch.Gy))];
        (double Gx, double Gy, double RadiusRatio)[] masks = [.. found.Select((spot, i) => (spot.Gx, spot.Gy, seed.Patches[i].PeakSnr > 100 ? StrongMask : SpotMask))];
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
                spots.Add(new FringeDraft { Spot = Spot(window, moments, seed, transfer, gx, gy, power, snr), Background = background });
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
        return new NamingView(a.OwnGx, a.OwnGy, b?.OwnGx ?? 0, b?.OwnGy ?? 0, b is not null, Math.Sqrt((sigma * sigma) + (0.008 * 0.008)));
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
    public static FringeDraft Multiple(CrystalDraft draft, SupportModel support, TransferEstimate transfer, FringeDraft part, ReflectionTable table)
    {
        int period = table.Period;
        (double gx, double gy, double power) = SpotRefiner.Climb(draft.Window, period * part.Spot.Gx, period * part.Spot.Gy, 0.6);
        (double, double, double)[] masks = [(gx, gy, 1.6), (part.Spot.Gx, part.Spot.Gy, 1.6)];
        LocalBackground background = LocalBackground.At(draft.Window, support, gx, gy, masks, Prior);
        double snr = power / (support.DensityAt(gx, gy, draft.Window.ResolutionPerNm) * background.Ratio);

        // A fringe in the noise is where its part says.
        bool isSeen = snr >= LeastSnr;
        (double x, double y) = isSeen ? (gx, gy) : (period * part.Spot.Gx, period * part.Spot.Gy);
        WindowSpot spot = Spot(draft.Window, draft.Moments, draft.Seed, transfer, x, y, power, snr);
        spot = isSeen ? spot : spot with { SigmaX = period * part.Spot.SigmaX, SigmaY = period * part.Spot.SigmaY };
        ReferenceSpot? reference = part.Reference is { } half ? table.Find(half.H * period, half.K * period, half.L * period) : null;
        return new FringeDraft { Spot = spot, Background = background, Reference = reference, Hkl = reference is { } named ? table.Name(named) : null };
    }

    /// <summary>
    /// What the crystals of an image know of each other's backgrounds before they are tested: film, lens and dose are common to them, so each takes the places of the others for part of its own.
    /// </summary>
    public static IReadOnlyList<BackgroundPrior> Priors(IReadOnlyList<CrystalDraft> drafts, SupportModel support, int period)
    {
        return Priors([.. drafts.Select(draft => RingOf(draft, support, draft.Spots[0], SuperlatticePlaces.OnAxis(draft.Spots[0], 1, period), period, NoPrior))]);
    }

    /// <summary>The same from the backgrounds that each has by itself (<see cref="NoPrior"/>).</summary>
    public static IReadOnlyList<BackgroundPrior> Priors(IReadOnlyList<LocalBackground> own)
    {
        BackgroundPrior[] priors = new BackgroundPrior[own.Count];
        for (int i = 0; i < priors.Length; i++)
        {
            double shape = 0, scale = 0;
            for (int j = 0; j < own.Count; j++)
            {
                double share = j == i ? 0 : OthersShare * Math.Min(1, OthersPlaces / Math.Max(own[j].Shape, 1e-9));
                shape += share * own[j].Shape;
                scale += share * own[j].Scale;
            }

            double most = Math.Min(1, MostFromOthers / Math.Max(shape, 1e-9));
            shape = (most * shape) + Prior.Shape;
            priors[i] = new BackgroundPrior(shape, ((most * scale) + (Prior.Shape * Prior.MeanRatio)) / shape);
        }

        return priors;
    }

    /// <summary>Tests places where order along a fringe would show, the axis's own orders first.</summary>
    /// <param name="draft">The crystal.</param>
    /// <param name="support">The support.</param>
    /// <param name="fringe">The fringe.</param>
    /// <param name="period">By what the period is multiplied.</param>
    /// <param name="places">The places.</param>
    /// <param name="expected">What order would show at each, power over the background.</param>
    /// <param name="prior">What is known of the background.</param>
    /// <param name="streaks">What is known of streaks, whatever order would show.</param>
    public static FringeTest Test(
        CrystalDraft draft, SupportModel support, FringeDraft fringe, int period, IReadOnlyList<SuperlatticePlace> places, IReadOnlyList<double> expected, BackgroundPrior prior, StreakPrior streaks)
    {
        List<PlaceTest> tests = [];
        StreakPrior known = streaks;
        for (int i = 0; i < places.Count; i++)
        {
            tests.Add(At(draft, support, fringe, places[i], period, prior, known with { ExpectedPower = expected[i] }));
            known = known.After(tests[^1].Axis);
        }

        return new FringeTest(tests, places.Count(static place => !place.IsBeside), expected, streaks.FaultedFraction);
    }

    /// <summary>Looks for any other period along a fringe: spots at g·m/n.</summary>
    public static void SearchOtherPeriods(CrystalDraft draft, SupportModel support, FringeDraft fringe, int known, double lowestPerNm, double level, BackgroundPrior prior, StreakPrior streaks)
    {
        (int Period, PlaceTest Test)? best = null;
        int count = 0;
        List<(int Period, PlaceTest Test)> tests = [];
        for (int period = 2; period <= LongestPeriod; period++)
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
                tests.Add((period, At(draft, support, fringe, SuperlatticePlaces.OnAxis(fringe, order, period), period, prior, streaks)));
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

    private static PlaceTest At(CrystalDraft draft, SupportModel support, FringeDraft fringe, SuperlatticePlace place, int period, BackgroundPrior prior, StreakPrior streaks)
    {
        LocalBackground ring = RingOf(draft, support, fringe, place, period, prior);

        // Beside other fringes lie those of a twin's other half, which are faults to know of; the crystal's own are none.
        IReadOnlyList<FringeDraft> spots = place.IsBeside ? [.. draft.Spots.Where(static spot => spot.Reference is not null)] : draft.Spots;
        return LatticeTest.At(draft.Window, support, place.Gx, place.Gy, place.SigmaPerNm, AxisBackground.At(draft.Window, support, ring, place.Gx, place.Gy, place.Row, spots, streaks));
    }

    private static LocalBackground RingOf(CrystalDraft draft, SupportModel support, FringeDraft fringe, SuperlatticePlace place, int period, BackgroundPrior prior)
    {
        double share = place.FrequencyPerNm / fringe.Spot.FrequencyPerNm;
        List<(double, double, double)> masks = [(place.Gx, place.Gy, OwnMask)];
        foreach (FringeDraft other in draft.Spots)
        {
            masks.Add((other.Spot.Gx, other.Spot.Gy, other.Spot.Snr > 100 ? StrongMask : SpotMask));

            // Other members of the family may carry a superlattice too, and this one shows beside other fringes.
            if (place.IsBeside)
            {
                for (int order = 1 - period; order < period; order++)
                {
                    masks.Add((other.Spot.Gx + (order * place.Row.StepX), other.Spot.Gy + (order * place.Row.StepY), HalfMask));
                }
            }
            else if (other != fringe && Math.Abs(Math.Log(other.Spot.FrequencyPerNm / fringe.Spot.FrequencyPerNm)) < 0.15)
            {
                masks.Add((share * other.Spot.Gx, share * other.Spot.Gy, HalfMask));
            }
        }

        return LocalBackground.At(draft.Window, support, place.Gx, place.Gy, CollectionsMarshal.AsSpan(masks), prior);
    }

    private static WindowSpot Spot(CrystalWindow window, WindowMoments moments, CrystalSeed seed, TransferEstimate transfer, double gx, double gy, double power, double snr)
    {
        double g = Math.Sqrt((gx * gx) + (gy * gy)), floor = g * Math.Max(LeastFloorFraction, FloorNm / seed.DiameterNm);
        double sx = moments.FactorX / Math.Sqrt(snr), sy = moments.FactorY / Math.Sqrt(snr);
        (double re, double im) = window.AmplitudeAt(gx, gy);
        double amplitude = 2 * Math.Sqrt((re * re) + (im * im)) / moments.SumOfProfile;
        SpotShift shift = TransferShift.Of(transfer, gx, gy, seed.DiameterNm);
        return new WindowSpot(gx, gy, Math.Sqrt((sx * sx) + (floor * floor)), Math.Sqrt((sy * sy) + (floor * floor)), shift, power, snr, amplitude);
    }

    private static bool IsAcross(WindowSpot a, WindowSpot b) => Math.Abs((a.Gx * b.Gy) - (a.Gy * b.Gx)) > 0.25 * a.FrequencyPerNm * b.FrequencyPerNm;

    private static double Far(double dx, double dy, CrystalWindow window) => Math.Sqrt((dx * dx * window.WidthNm * window.WidthNm) + (dy * dy * window.HeightNm * window.HeightNm));

    private static double Relative(WindowSpot spot) => Math.Min(spot.AlongSigma / spot.FrequencyPerNm, 0.03);

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
