using ImageAnalysis.Imaging;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Lattice.Tests;

/// <summary>What the analysis says of drawn images, collected over many.</summary>
internal sealed class CalibrationRun
{
    /// <summary>p-values of whole crystals (all fringes and orders counted in).</summary>
    public List<double> PValues { get; } = [];

    /// <summary>Their sizes, nm, in the same order.</summary>
    public List<double> DiametersNm { get; } = [];

    /// <summary>p-values of single places in patches of support.</summary>
    public List<double> SupportPValues { get; } = [];

    /// <summary>Measured fringes with the drawn wave that each shows.</summary>
    public List<FringePull> Pulls { get; } = [];

    /// <summary>Fringes left out of <see cref="Pulls"/>: no drawn wave lies near, or the nearest isn't the strongest there.</summary>
    public int UnmatchedCount { get; private set; }

    /// <summary>Differences of spacings from the truth over their stated uncertainty.</summary>
    public IEnumerable<double> SpacingPulls => Pulls.Select(pull => pull.SpacingRatio);

    /// <summary>Differences of directions from the truth over their stated uncertainty.</summary>
    public IEnumerable<double> AnglePulls => Pulls.Select(pull => pull.AngleRatio);

    /// <summary>The same of the one fringe that stands for each crystal in the table: the carrier of order, or the strongest of {111}.</summary>
    public IEnumerable<double> CarrierSpacingPulls => Pulls.Where(pull => pull.IsCarrier).Select(pull => pull.SpacingRatio);

    /// <summary>Directions of those.</summary>
    public IEnumerable<double> CarrierAnglePulls => Pulls.Where(pull => pull.IsCarrier).Select(pull => pull.AngleRatio);

    /// <summary>Stated detection probability and whether order was called, for ordered crystals.</summary>
    public List<(double Probability, bool Called)> Detections { get; } = [];

    public int ImageCount { get; private set; }

    /// <summary>Crystals drawn.</summary>
    public int DrawnCount { get; private set; }

    /// <summary>Crystals found where there are none.</summary>
    public int ExtraCount { get; private set; }

    /// <summary>Analyses one image of crystals.</summary>
    public void AddCrystals(DrawnHrtem drawn, bool ordered)
    {
        FringeOptions options = new();
        FringeAnalysis analysis = FringeAnalyser.Analyse(drawn.ToMicrograph("drawn"), options);
        ImageCount++;
        DrawnCount += drawn.Particles.Count;
        foreach (CrystalMeasurement crystal in analysis.Crystals)
        {
            DrawnTruth? truth = drawn.Particles.FirstOrDefault(particle => Math.Abs(particle.CentrePx.XPx - crystal.XPx) < 0.4 * (particle.EndPx.XPx - particle.FirstPx.XPx)
                && Math.Abs(particle.CentrePx.YPx - crystal.YPx) < 0.4 * (particle.EndPx.YPx - particle.FirstPx.YPx));
            if (truth is null)
            {
                ExtraCount++;
                continue;
            }

            if (crystal.CrystalPValue is double p)
            {
                PValues.Add(p);
                DiametersNm.Add(crystal.DiameterNm ?? 0);
                if (ordered && crystal.DetectionProbability is double probability)
                {
                    Detections.Add((probability, crystal.Verdict == Verdict.Superstructure));
                }
            }

            AddPulls(crystal, truth, DiameterNm(drawn, truth));
        }
    }

    /// <summary>Tests places in patches of an image of support as if they were half orders of fringes.</summary>
    public void AddSupport(DrawnHrtem drawn, int seed, int patches)
    {
        FringeOptions options = new();
        Micrograph micrograph = drawn.ToMicrograph("drawn");
        Frame frame = Frame.Of(micrograph.Pixels, micrograph.Calibration, options);
        WorkImage work = WorkImage.Make(micrograph.Pixels, frame.PixelWidthNm, frame.PixelHeightNm, 6.2);
        FringeSearchResult search = FringeSearch.Run(work, 1 / options.MaxSpacingNm, 1 / options.MinSpacingNm, [0.55, 1.2], 7.5);
        SupportModel support = new(search.Supports);
        Random random = new(seed);
        ImageCount++;
        double width = drawn.Options.WidthPx * drawn.Options.PixelWidthNm, height = drawn.Options.HeightPx * drawn.Options.PixelHeightNm;
        List<(CrystalWindow Window, double Gx, double Gy)> places = [];
        for (int i = 0; i < patches; i++)
        {
            double side = CrystalMeasuring.WindowRatio * (1.8 + (3.7 * random.NextDouble())), angle = Math.PI * random.NextDouble(), g = (1 / 0.3378) * (0.98 + (0.06 * random.NextDouble()));
            double x = (0.5 * side) + ((width - side) * random.NextDouble()), y = (0.5 * side) + ((height - side) * random.NextDouble());
            CrystalWindow window = CrystalWindow.Of(work, x, y, side, side);
            double gx = 0.5 * g * Math.Cos(angle), gy = 0.5 * g * Math.Sin(angle);
            places.Add((window, gx, gy));
        }

        // As in an image of crystals, what is known beforehand comes from the image's other places.
        IReadOnlyList<BackgroundPrior> priors = CrystalMeasuring.Priors([.. places.Select(place => Ring(place, CrystalMeasuring.NoPrior))]);
        for (int i = 0; i < patches; i++)
        {
            SupportPValues.Add(LatticeTest.At(places[i].Window, support, places[i].Gx, places[i].Gy, 0.01, AxisBackground.Without(Ring(places[i], priors[i]))).PValue);
        }

        LocalBackground Ring((CrystalWindow Window, double Gx, double Gy) place, BackgroundPrior prior) =>
            LocalBackground.At(place.Window, support, place.Gx, place.Gy, [(place.Gx, place.Gy, 1.4), (2 * place.Gx, 2 * place.Gy, 1.6)], prior);
    }

    /// <summary>Crystals found in an image of support alone.</summary>
    public int AddEmpty(DrawnHrtem drawn)
    {
        int found = FringeAnalyser.Analyse(drawn.ToMicrograph("drawn"), new FringeOptions()).Crystals.Count;
        ImageCount++;
        ExtraCount += found;
        return found;
    }

    // Geometric mean of the sides of the drawn box.
    private static double DiameterNm(DrawnHrtem drawn, DrawnTruth truth) =>
        Math.Sqrt((truth.EndPx.XPx - truth.FirstPx.XPx) * drawn.Options.PixelWidthNm * (truth.EndPx.YPx - truth.FirstPx.YPx) * drawn.Options.PixelHeightNm);

    // A fringe is held against the particle's own waves within 1/D of it in the plane of g, D the drawn diameter: the width of a spot. Where the nearest isn't the strongest within 1.5/D, it cannot be said which is seen.
    private void AddPulls(CrystalMeasurement crystal, DrawnTruth truth, double diameterNm)
    {
        foreach (FringeMeasurement fringe in crystal.Fringes.Where(fringe => fringe.SpacingNm is not null && fringe.SpacingSigmaNm > 0))
        {
            (DrawnWaveTruth Wave, double Far)[] near =
                [.. truth.Waves.Where(wave => wave.PeakContrastRatio > 0).Select(wave => (Wave: wave, Far: Far(fringe, wave))).Where(pair => pair.Far < 1.5 / diameterNm).OrderBy(pair => pair.Far)];
            if (near.Length == 0 || near[0].Far > 1 / diameterNm || near.Any(pair => pair.Wave.PeakContrastRatio > near[0].Wave.PeakContrastRatio))
            {
                UnmatchedCount++;
                continue;
            }

            DrawnWaveTruth wave = near[0].Wave;
            double turn = ((fringe.NormalDeg - wave.NormalDeg + 270) % 180) - 90;
            Pulls.Add(new FringePull(
                (fringe.SpacingNm!.Value - wave.SpacingNm) / fringe.SpacingSigmaNm!.Value, turn / fringe.NormalSigmaDeg, diameterNm, wave.TransferRatio, wave.Hkl, fringe.FringeSnr, fringe == crystal.Carrier));
        }
    }

    // Distance of a fringe's g from a wave's or its opposite, nm⁻¹.
    private static double Far(FringeMeasurement fringe, DrawnWaveTruth wave)
    {
        double g = 1 / fringe.SpacingNm!.Value, own = 1 / wave.SpacingNm, cos = Math.Abs(Math.Cos((fringe.NormalDeg - wave.NormalDeg) * Math.PI / 180));
        return Math.Sqrt(Math.Max(0, (g * g) + (own * own) - (2 * g * own * cos)));
    }
}
