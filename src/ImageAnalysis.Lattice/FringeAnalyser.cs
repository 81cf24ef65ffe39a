using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice;

/// <summary>Finds the crystals of an HRTEM image, measures their fringes and tests them for a superlattice.</summary>
/// <remarks>Method, limits and measured accuracy: docs/methods/fringes.md and docs/methods/superlattice-test.md.</remarks>
public static class FringeAnalyser
{
    /// <summary>Standard deviations of the two widths of filters, nm: matched to particles of some 2 and 4 nm, and good for all larger ones.</summary>
    private static readonly double[] FilterSigmasNm = [0.55, 1.2];

    private const double CandidateSnr = 7.5;

    /// <summary>Analyses one image.</summary>
    /// <param name="micrograph">The image; without calibration, spacings are given in px and verdicts rest on ratios and angles.</param>
    /// <param name="options">How.</param>
    /// <returns>The crystals with their verdicts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    public static FringeAnalysis Analyse(Micrograph micrograph, FringeOptions options)
    {
        ArgumentNullException.ThrowIfNull(micrograph);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ReflectionTable table = ReflectionTable.Of(options.Reference);

        // A hot pixel has power at all frequencies: one among thousands of counts drowns every fringe near it.
        micrograph = micrograph with { Pixels = OutlierFilter.Replace(micrograph.Pixels).Image };
        Raster<float> pixels = Annotations.Level(micrograph.Pixels);
        Frame frame = Frame.Of(pixels, micrograph.Calibration, options);

        // Where: filters, then areas of fringes, then crystals.
        double lowest = 1 / options.MaxSpacingNm, highest = 1 / options.MinSpacingNm;
        WorkImage work = WorkImage.Make(pixels, frame.PixelWidthNm, frame.PixelHeightNm, highest + (3.2 / (2 * Math.PI * FilterSigmasNm[0])));
        FringeSearchResult search = FringeSearch.Run(work, lowest, highest, FilterSigmasNm, CandidateSnr);
        TransferEstimate transfer = TransferEstimator.Estimate(micrograph, options.Transfer);
        IReadOnlyList<FringePatch> patches = PatchFinder.Find(work, search, lowest, transfer);
        double places = work.ImageAreaNm2 * Math.PI * 0.5 * ((highest * highest) - (lowest * lowest));
        GroupingLimits limits = new(SeedSnr(places, options), options.MinDiameterNm, frame.ScaleTolerance, 0.07, 5);
        (IReadOnlyList<CrystalSeed> seeds, int layers) = LayeredTexture.Remove(CrystalGrouping.Group(patches, table, limits), patches);
        seeds = OutlineFringes.Remove(TwinJoining.Join(seeds), limits.SeedSnr);
        CrystalGrouping.MarkOverlaps(seeds);

        // What: each crystal's own spectrum, names by lengths, ratios and angles of all crystals together, tests.
        SupportModel support = new(search.Supports);
        List<CrystalDraft> drafts = [.. seeds.Select(seed => CrystalMeasuring.Measure(work, support, seed, transfer, options)).OfType<CrystalDraft>()];
        (IReadOnlyList<CrystalName> names, ScaleEstimate scale) = ScalePosterior.Solve([.. drafts.Select(CrystalMeasuring.View)], table, frame.ScaleSigma, options.ScaleSigmaFraction);
        ResultAssembly assembly = new(micrograph, frame, table, options, scale, transfer);
        IReadOnlyList<BackgroundPrior> priors = CrystalMeasuring.Priors(drafts, support, table.Period);
        List<CrystalMeasurement> crystals = [];
        for (int i = 0; i < drafts.Count; i++)
        {
            drafts[i].Name = names[i];
            CrystalMeasuring.NameSpots(drafts[i], table);
            CrystalFinding finding = CrystalTesting.Test(drafts[i], support, table, options, lowest, places, transfer, priors[i]);
            crystals.Add(assembly.Crystal(drafts[i], finding));
        }

        return assembly.Image(crystals, layers, search.Supports[^1], lowest, highest);
    }

    // In a field of noise over two dimensions of place and two of frequency, maxima above t times the mean are c N t² e^−t in number for N independent places (R. J. Adler and J. E. Taylor, Random Fields
    // and Geometry (2007), not opened, for the power t²; c counted in white noise searched with both widths of filters: docs/methods/superlattice-test-calibration.md).
    private static double SeedSnr(double places, FringeOptions options)
    {
        const double MaximaPerPlace = 0.55;
        double t = 15;
        for (int turn = 0; turn < 30; turn++)
        {
            t = Math.Max(2, Math.Log(MaximaPerPlace * Math.Max(places, 1) * t * t / options.ImageFalseAlarmProbability));
        }

        return t;
    }
}
