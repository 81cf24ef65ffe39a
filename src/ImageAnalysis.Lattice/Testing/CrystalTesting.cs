namespace ImageAnalysis.Lattice;

/// <summary>What the tests of one crystal say together.</summary>
internal sealed class CrystalFinding
{
    /// <summary>The fringes that were tested.</summary>
    public required IReadOnlyList<FringeDraft> Tested { get; init; }

    /// <summary>The fringe of the smallest p-value; <c>null</c> where none was tested.</summary>
    public FringeDraft? Best { get; init; }

    /// <summary>Its p-value at the reference's period, the number of fringes and orders counted in; 1 where nothing was tested.</summary>
    public double PValue { get; init; } = 1;

    /// <summary>The fringe with another period, where one stands out.</summary>
    public FringeDraft? OtherPeriod { get; init; }

    /// <summary>Half orders along members of the family that were not seen themselves, at their angles to the one that was; empty where two were seen or none.</summary>
    public IReadOnlyList<PlaceTest> Unseen { get; init; } = [];

    /// <summary>For each tested fringe, what could have been seen; <c>null</c> where the transfer is not known.</summary>
    public required IReadOnlyDictionary<FringeDraft, DetectionOutlook?> Outlooks { get; init; }

    /// <summary>Mean chance over the tested fringes; <c>null</c> where it cannot be told.</summary>
    public double? DetectionProbability { get; init; }

    /// <summary>
    /// The fringe whose half order, though not called, is rather that of an ordered crystal: order gives so little likelier than its absence gives so much. <c>null</c> where there is none.
    /// </summary>
    public FringeDraft? Doubtful => Tested.FirstOrDefault(fringe => Outlooks.GetValueOrDefault(fringe) is { } outlook && outlook.LessProbability > fringe.Tests[0].PValue);
}

/// <summary>Tests all fringes of a crystal that can carry the superlattice.</summary>
internal static class CrystalTesting
{
    /// <summary>A period of its own is looked for along fringes that are plain to see only.</summary>
    private const double LeastSnrOfOtherPeriods = 12;

    /// <summary>A lattice that is none of the reference's must show so many of the doubled periods: low frequencies also hold the shapes of particles and the fringes at their edges.</summary>
    private const double LeastForeignPeriods = 6;

    private const double LeastForeignSnr = 30;

    /// <summary>Share of the level that the first order, g/n, has; the higher orders share the rest. They are weaker, and most microscopes do not show them.</summary>
    public const double FirstOrderShare = 0.8;

    public static CrystalFinding Test(CrystalDraft draft, SupportModel support, ReflectionTable table, FringeOptions options, double lowestPerNm, double imagePlaces, TransferEstimate transfer, BackgroundPrior prior)
    {
        List<FringeDraft> tested = Candidates(draft, support, transfer, table, imagePlaces, out Dictionary<FringeDraft, double> chances);
        foreach (FringeDraft fringe in tested)
        {
            CrystalMeasuring.Test(draft, support, fringe, table.Period, draft.Spots, prior, Streaks(draft, fringe, options, transfer));
        }

        FringeDraft? best = null;
        double least = 1;
        foreach (FringeDraft fringe in tested)
        {
            double p = PValueOf(fringe) * tested.Count * chances.GetValueOrDefault(fringe, 1);
            if (best is null || p < least)
            {
                best = fringe;
                least = Math.Min(1, p);
            }
        }

        // The family's other members in view may be too weak to be seen, tilted or in a zero of the transfer, and carry the order.
        IReadOnlyList<PlaceTest> unseen = tested.Count == 1 && draft.Name.Kind >= 0 && draft.Spots.Contains(tested[0]) ? UnseenDirections.Test(draft, support, tested[0], table, prior, Streaks(draft, tested[0], options, transfer)) : [];
        if (unseen.Count > 0)
        {
            least = Math.Min(1, least / SeenShare);
            foreach (PlaceTest place in unseen)
            {
                double p = place.PValue * unseen.Count / (1 - SeenShare);
                if (p < least)
                {
                    least = p;
                    best = UnseenDirections.Fringe(draft, support, transfer, place, table);
                    best.Tests = [place];
                }
            }

            if (best is not null && !tested.Contains(best))
            {
                tested = least < options.ParticleFalseAlarmProbability ? [.. tested, best] : tested;
                best = tested.Contains(best) ? best : tested[0];
            }
        }

        FringeDraft? other = null;
        if (least >= options.ParticleFalseAlarmProbability && draft.Name.Kind >= 0)
        {
            foreach (FringeDraft fringe in tested.Where(fringe => draft.Spots.Contains(fringe) && fringe.Spot.Snr >= LeastSnrOfOtherPeriods))
            {
                CrystalMeasuring.SearchOtherPeriods(draft, support, fringe, table.Period, lowestPerNm, options.FreePeriodFalseAlarmProbability / tested.Count, draft.Spots, prior, Streaks(draft, fringe, options, transfer));
                bool isBetter = fringe.OtherPeriod is { } found && (other?.OtherPeriod is not { } known || found.Test.PValue < known.Test.PValue);
                other = isBetter ? fringe : other;
            }
        }

        Dictionary<FringeDraft, DetectionOutlook?> outlooks = tested.ToDictionary(static fringe => fringe, fringe => Outlook(draft, support, fringe, options, unseen.Count > 0 ? 1 / SeenShare : tested.Count, transfer));
        double? probability = outlooks.Count > 0 && outlooks.Values.All(static outlook => outlook is not null) ? outlooks.Values.Average(static outlook => outlook!.Probability) : null;
        if (probability is { } ofSeen && unseen.Count > 0)
        {
            double ofUnseen = unseen.Average(place => OutlookUnseen(draft, place, options, unseen.Count, transfer) ?? 0);
            probability = ((1 - UnseenWeight) * ofSeen) + (UnseenWeight * ofUnseen);
        }

        return new CrystalFinding { Tested = tested, Best = best, PValue = least, OtherPeriod = other, Outlooks = outlooks, DetectionProbability = probability, Unseen = unseen };
    }

    // What order would give bounds what a fault gives. Where the film's share at the half order is unknown, all of the support is taken for film.
    private static StreakPrior Streaks(CrystalDraft draft, FringeDraft fringe, FringeOptions options, TransferEstimate transfer)
    {
        WindowSpot spot = fringe.Spot;
        double share = 1.0 / options.Reference.PeriodCount, film = transfer.SupportOverFloorRatio(share * spot.Gx, share * spot.Gy) ?? 1e3;
        double placeTransfer = transfer.TransferAt(share * spot.Gx, share * spot.Gy)?.AmplitudeFraction ?? 1;
        double fringePower = (spot.Snr - 1) * fringe.Background.Ratio, fringeFilm = transfer.SupportOverFloorRatio(spot.Gx, spot.Gy) ?? 1e3;
        DetectionInput input = new(draft.Seed.DiameterNm, SizeSigma(draft), spot.FrequencyPerNm, fringePower, fringeFilm, film, placeTransfer, 1, 1);
        return new StreakPrior(options.PlanarFaultFraction, DetectionModel.Of(input, options.Ordered).ExpectedSnr, draft.Seed.DiameterNm);
    }

    // The level's share of the fringes that were seen, where others may not have been; and how often, of crystals with one fringe seen, another member of the family carries the order within the largest elevation.
    private const double SeenShare = 0.7;

    private const double UnseenWeight = 0.12;

    private static double? OutlookUnseen(CrystalDraft draft, PlaceTest place, FringeOptions options, int count, TransferEstimate transfer)
    {
        if (transfer.TransferAt(place.Gx, place.Gy) is not { } value || transfer.SupportOverFloorRatio(place.Gx, place.Gy) is not { } placeFilm)
        {
            return null;
        }

        double limit = place.LimitAt(options.ParticleFalseAlarmProbability * (1 - SeenShare) / count), frequency = options.Reference.PeriodCount * Math.Sqrt((place.Gx * place.Gx) + (place.Gy * place.Gy));
        DetectionInput input = new(draft.Seed.DiameterNm, SizeSigma(draft), frequency, null, 1, placeFilm, value.AmplitudeFraction, place.Background.Ratio, limit);
        return DetectionModel.Of(input, options.Ordered).Probability;
    }

    // Weak fringes show a crystal's outline badly.
    private static double SizeSigma(CrystalDraft draft) => Math.Sqrt(0.0064 + (1.5 / Math.Max(draft.Seed.Strongest.PeakSnr, 10)));

    /// <summary>The smallest p-value of a fringe's places, each weighed with its share of the level.</summary>
    public static double PValueOf(FringeDraft fringe)
    {
        double least = 1;
        for (int i = 0; i < fringe.Tests.Count; i++)
        {
            least = Math.Min(least, fringe.Tests[i].PValue / ShareOf(i, fringe.Tests.Count));
        }

        return least;
    }

    /// <summary>The share of the level that a place has.</summary>
    public static double ShareOf(int place, int count) => count == 1 ? 1 : place == 0 ? FirstOrderShare : (1 - FirstOrderShare) / (count - 1);

    /// <summary>The level of the first order of one fringe among several.</summary>
    public static double LevelOf(FringeOptions options, double fringes, int places) => options.ParticleFalseAlarmProbability / fringes * ShareOf(0, places);

    // All members of the tested family that were seen; and for each half order without its fringe, the fringe that it is half of, at its twofold. The search that found the half order counts.
    private static List<FringeDraft> Candidates(CrystalDraft draft, SupportModel support, TransferEstimate transfer, ReflectionTable table, double imagePlaces, out Dictionary<FringeDraft, double> chances)
    {
        chances = [];
        List<FringeDraft> tested = [.. draft.Spots.Where(spot => spot.Reference is { } reference && reference.Kind == table.TestedKind)];
        if (draft.Name.Kind < 0)
        {
            return Foreign(draft, table.Period);
        }

        foreach (FringeDraft half in draft.Spots)
        {
            bool isBase = half.Reference is { } reference && table.Kinds[reference.Kind] is { IsSuperlattice: true, Weight: >= 0.2 };
            if (!isBase || tested.Exists(fringe => IsAlong(fringe.Spot, half.Spot)))
            {
                continue;
            }

            FringeDraft fringe = CrystalMeasuring.Multiple(draft, support, transfer, half, table);
            tested.Add(fringe);
            chances[fringe] = draft.HasPartner ? 10 : imagePlaces;
        }

        return tested;
    }

    // No crystal of the reference: its strongest fringes are tested, but for those that are the second order of a stronger one.
    private static List<FringeDraft> Foreign(CrystalDraft draft, int period)
    {
        double strongest = draft.Spots.Max(static spot => spot.Spot.Power);
        return [.. draft.Spots.Where(spot => spot.Spot.Power > 0.1 * strongest && spot.Spot.Snr >= LeastForeignSnr && draft.Seed.DiameterNm * spot.Spot.FrequencyPerNm >= LeastForeignPeriods * period
            && !draft.Spots.Any(other => IsAlong(spot.Spot, other.Spot) && Math.Abs((spot.Spot.FrequencyPerNm / other.Spot.FrequencyPerNm) - period) < 0.1 && other.Spot.Power > spot.Spot.Power))];
    }

    private static DetectionOutlook? Outlook(CrystalDraft draft, SupportModel support, FringeDraft fringe, FringeOptions options, double fringes, TransferEstimate transfer)
    {
        PlaceTest place = fringe.Tests[0];
        WindowSpot spot = fringe.Spot;
        bool isKnown = transfer.TransferAt(spot.Gx, spot.Gy) is not null & transfer.TransferAt(place.Gx, place.Gy) is not null;
        if (!isKnown || transfer.SupportOverFloorRatio(spot.Gx, spot.Gy) is not { } fringeFilm || transfer.SupportOverFloorRatio(place.Gx, place.Gy) is not { } placeFilm)
        {
            return null;
        }

        double limit = place.LimitAt(LevelOf(options, fringes, fringe.Tests.Count));
        double fringePower = (spot.Snr - 1) * fringe.Background.Ratio;
        double placeTransfer = transfer.TransferAt(place.Gx, place.Gy)!.Value.AmplitudeFraction;
        DetectionInput input = new(draft.Seed.DiameterNm, SizeSigma(draft), spot.FrequencyPerNm, fringePower, fringeFilm, placeFilm, placeTransfer, place.Background.Ratio, limit);
        (double expected, double probability) = DetectionModel.Of(input, options.Ordered);
        double less = 1 - DetectionModel.Of(input with { LimitSnr = place.Snr }, options.Ordered).Probability;
        return new DetectionOutlook(expected, probability, transfer.TransferAt(spot.Gx, spot.Gy)!.Value.AmplitudeFraction, placeTransfer, less);
    }

    internal static bool IsAlong(WindowSpot a, WindowSpot b) => Math.Abs((a.Gx * b.Gy) - (a.Gy * b.Gx)) < 0.08 * a.FrequencyPerNm * b.FrequencyPerNm;
}
