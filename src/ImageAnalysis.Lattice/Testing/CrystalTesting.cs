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
    public FringeDraft? Doubtful => Tested.FirstOrDefault(fringe => Outlooks.GetValueOrDefault(fringe) is { } outlook && outlook.LessProbability > fringe.Test!.PValue);

    /// <summary>The fringe whose order would be called but that faults may give what is seen beside other fringes; <c>null</c> where there is none.</summary>
    /// <param name="level">The particle's level.</param>
    public FringeDraft? WithSatellitesOnly(double level) => PValue < level ? null : Tested.FirstOrDefault(fringe => fringe.Test!.PValueOfSatellites * Tested.Count < level);
}

/// <summary>Tests all fringes of a crystal that can carry the superlattice.</summary>
internal static class CrystalTesting
{
    /// <summary>A period of its own is looked for along fringes that are plain to see only.</summary>
    private const double LeastSnrOfOtherPeriods = 12;

    /// <summary>A lattice that is none of the reference's must show so many of the doubled periods: low frequencies also hold the shapes of particles and the fringes at their edges.</summary>
    private const double LeastForeignPeriods = 6;

    private const double LeastForeignSnr = 30;

    public static CrystalFinding Test(CrystalDraft draft, SupportModel support, ReflectionTable table, FringeOptions options, double lowestPerNm, double imagePlaces, TransferEstimate transfer, BackgroundPrior prior)
    {
        List<FringeDraft> tested = Candidates(draft, support, transfer, table, imagePlaces, out Dictionary<FringeDraft, double> chances);
        Dictionary<FringeDraft, DetectionModel> models = [];
        foreach (FringeDraft fringe in tested)
        {
            (IReadOnlyList<SuperlatticePlace> places, DetectionModel model) = Places(draft, fringe, table, options, transfer, lowestPerNm);
            models[fringe] = model;
            fringe.Test = CrystalMeasuring.Test(draft, support, fringe, table.Period, places, model.Expected, prior, Streaks(draft, options));
        }

        FringeDraft? best = null;
        double least = 1;
        foreach (FringeDraft fringe in tested)
        {
            double p = fringe.Test!.PValue * tested.Count * chances.GetValueOrDefault(fringe, 1);
            if (best is null || p < least)
            {
                best = fringe;
                least = Math.Min(1, p);
            }
        }

        // The family's other members in view may be too weak to be seen, tilted or in a zero of the transfer, and carry the order.
        IReadOnlyList<PlaceTest> unseen = tested.Count == 1 && draft.Name.Kind >= 0 && draft.Spots.Contains(tested[0]) ? UnseenDirections.Test(draft, support, tested[0], table, prior, Streaks(draft, options) with { ExpectedPower = tested[0].Test!.Expected[0] }) : [];
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
                    best.Test = new FringeTest([place], 1, [FringeTest.LeastExpectedSnr], 0);
                    models[best] = UnseenModel(draft, place, options, transfer);
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
                CrystalMeasuring.SearchOtherPeriods(draft, support, fringe, table.Period, lowestPerNm, options.FreePeriodFalseAlarmProbability / tested.Count, prior, Streaks(draft, options) with { ExpectedPower = fringe.Test!.Expected[0] });
                bool isBetter = fringe.OtherPeriod is { } found && (other?.OtherPeriod is not { } known || found.Test.PValue < known.Test.PValue);
                other = isBetter ? fringe : other;
            }
        }

        Dictionary<FringeDraft, DetectionOutlook?> outlooks = tested.ToDictionary(static fringe => fringe, fringe => models.TryGetValue(fringe, out DetectionModel? model) ? Outlook(fringe, model, options, unseen.Count > 0 ? 1 / SeenShare : tested.Count, transfer) : null);
        double? probability = outlooks.Count > 0 && outlooks.Values.All(static outlook => outlook is not null) ? outlooks.Values.Average(static outlook => outlook!.Probability) : null;
        if (probability is { } ofSeen && unseen.Count > 0)
        {
            double ofUnseen = unseen.Average(place => OutlookUnseen(draft, place, options, unseen.Count, transfer) ?? 0);
            probability = ((1 - UnseenWeight) * ofSeen) + (UnseenWeight * ofUnseen);
        }

        return new CrystalFinding { Tested = tested, Best = best, PValue = least, OtherPeriod = other, Outlooks = outlooks, DetectionProbability = probability, Unseen = unseen };
    }

    private static StreakPrior Streaks(CrystalDraft draft, FringeOptions options) => new(options.PlanarFaultFraction, 0, draft.Seed.DiameterNm);

    /// <summary>Where order along a fringe would show, and what. Where the film's share is not known, all of the support is taken for film.</summary>
    private static (IReadOnlyList<SuperlatticePlace> Places, DetectionModel Model) Places(CrystalDraft draft, FringeDraft fringe, ReflectionTable table, FringeOptions options, TransferEstimate transfer, double lowestPerNm)
    {
        List<SuperlatticePlace> places = [.. SuperlatticePlaces.OnAxis(fringe, table.Period)];
        if (draft.Name.Kind >= 0 && draft.Seed.Twin is null)
        {
            places.AddRange(SuperlatticePlaces.Beside(draft, fringe, table, lowestPerNm));
        }

        // Those that show most, the first order in any case.
        DetectionModel all = Model(places);
        int[] kept = [.. Enumerable.Range(0, places.Count).Where(i => i == 0 || all.Expected[i] > FringeTest.LeastExpectedSnr).OrderByDescending(i => i == 0 ? double.MaxValue : all.Expected[i]).Take(MostPlaces).Order()];
        SuperlatticePlace[] chosen = [.. kept.Select(i => places[i])];
        return (chosen, kept.Length == places.Count ? all : Model(chosen));

        DetectionModel Model(IReadOnlyList<SuperlatticePlace> of) => new(Input(draft, fringe.Spot.FrequencyPerNm, FringePower(fringe), transfer.SupportOverFloorRatio(fringe.Spot.Gx, fringe.Spot.Gy) ?? AllFilm, [.. of.Select(place => new PlaceInput(
            transfer.SupportOverFloorRatio(place.Gx, place.Gy) ?? AllFilm, transfer.TransferAt(place.Gx, place.Gy)?.AmplitudeFraction ?? 1, place.FrequencyPerNm, place.IsBeside))]), options.Ordered);
    }

    private static double FringePower(FringeDraft fringe) => (fringe.Spot.Snr - 1) * fringe.Background.Ratio;

    private static DetectionInput Input(CrystalDraft draft, double frequencyPerNm, double? fringePower, double fringeFilm, IReadOnlyList<PlaceInput> places) =>
        new(draft.Seed.OwnDiameterNm, SizeSigma(draft.Seed), frequencyPerNm, fringePower, fringeFilm, places);

    private const double AllFilm = 1e3;

    /// <summary>More places add little and cost time.</summary>
    private const int MostPlaces = 5;

    // The level's share of the fringes that were seen, where others may not have been; and how often, of crystals with one fringe seen, another member of the family carries the order within the largest elevation.
    private const double SeenShare = 0.7;

    private const double UnseenWeight = 0.12;

    private static double? OutlookUnseen(CrystalDraft draft, PlaceTest place, FringeOptions options, int count, TransferEstimate transfer)
    {
        if (transfer.TransferAt(place.Gx, place.Gy) is null)
        {
            return null;
        }

        FringeTest test = new([place], 1, [FringeTest.LeastExpectedSnr], 0);
        return UnseenModel(draft, place, options, transfer).Below(test, [options.ParticleFalseAlarmProbability * (1 - SeenShare) / count])[0];
    }

    private static DetectionModel UnseenModel(CrystalDraft draft, PlaceTest place, FringeOptions options, TransferEstimate transfer)
    {
        double q = Math.Sqrt((place.Gx * place.Gx) + (place.Gy * place.Gy));
        PlaceInput input = new(transfer.SupportOverFloorRatio(place.Gx, place.Gy) ?? AllFilm, transfer.TransferAt(place.Gx, place.Gy)?.AmplitudeFraction ?? 1, q, false);
        return new DetectionModel(Input(draft, options.Reference.PeriodCount * q, null, 1, [input]), options.Ordered);
    }

    // Weak fringes show a crystal's outline badly, wide filters hide it, and so does the lens.
    private static double SizeSigma(CrystalSeed seed)
    {
        double blur = seed.BlurNm / seed.DiameterNm, own = Math.Sqrt(0.0036 + (1.2 / Math.Max(seed.Strongest.PeakSnr, 10)) + (seed.Overlaps ? 0.04 : 0) + Math.Pow(0.3 * seed.Strongest.Displacement.LengthNm, 2));
        return Math.Min(0.5, own / Math.Max(0.2, 1 - (blur * blur)));
    }

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

    private static DetectionOutlook? Outlook(FringeDraft fringe, DetectionModel model, FringeOptions options, double fringes, TransferEstimate transfer)
    {
        FringeTest test = fringe.Test!;
        PlaceTest place = test.Places[0];
        if (transfer.TransferAt(fringe.Spot.Gx, fringe.Spot.Gy) is not { } atFringe || transfer.TransferAt(place.Gx, place.Gy) is not { } atPlace)
        {
            return null;
        }

        double[] below = model.Below(test, [options.ParticleFalseAlarmProbability / fringes, test.PValue]);
        return new DetectionOutlook(model.Expected[0], below[0], atFringe.AmplitudeFraction, atPlace.AmplitudeFraction, 1 - below[1]);
    }

    internal static bool IsAlong(WindowSpot a, WindowSpot b) => Math.Abs((a.Gx * b.Gy) - (a.Gy * b.Gx)) < 0.08 * a.FrequencyPerNm * b.FrequencyPerNm;
}
