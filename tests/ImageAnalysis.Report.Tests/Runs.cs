using ImageAnalysis.Particles;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report.Tests;

/// <summary>Results of runs that never were.</summary>
internal static class Runs
{
    /// <summary>Sizes 1.0 (2 of them), 1.5 (4), 2.0 (1), 2.5 (0), 3.0 (3) nm in bins of 0.5 nm from 1.0 nm.</summary>
    public static SizeDistribution Sizes(double shiftNm = 0, string best = "normal") => new()
    {
        Count = 10,
        Mean = new SizeEstimate(1.9 + shiftNm, 1.6 + shiftNm, 2.2 + shiftNm),
        Sd = new SizeEstimate(0.75, 0.5, 1.1),
        D10Nm = 1.0 + shiftNm,
        Median = new SizeEstimate(1.5 + shiftNm, 1.3 + shiftNm, 1.9 + shiftNm),
        D90Nm = 3.0 + shiftNm,
        PlainMeanNm = 1.87 + shiftNm,
        PlainSdNm = 0.74,
        Fits =
        [
            new DistributionFit(best, 1.9 + shiftNm, 0.75, best == "normal" ? 1.9 + shiftNm : 0.6, best == "normal" ? 0.75 : 0.4, 20.5),
            new DistributionFit(best == "normal" ? "log-normal" : "normal", 1.9 + shiftNm, 0.8, best == "normal" ? 0.6 : 1.9 + shiftNm, best == "normal" ? 0.4 : 0.75, 23.8),
        ],
        Histogram = new SizeHistogram(1.0 + shiftNm, 0.5, [2, 4, 1, 0, 3]),
        PrecisionWantedPercent = 2,
        MoreNeeded = 1234,
    };

    public static FileResult File(string file, string sample, FileOutcome outcome) => new()
    {
        File = file,
        Sample = sample,
        Role = FileRole.Haadf,
        Outcome = outcome,
        Sha256 = new string('a', 64),
        PixelWidthNm = outcome.Kind == OutcomeKind.Measured ? 0.05 : null,
        PixelHeightNm = outcome.Kind == OutcomeKind.Measured ? 0.06 : null,
        CalibrationSource = outcome.Kind == OutcomeKind.Measured ? "metadata:ImageJ" : null,
        ParticleCount = outcome.Kind == OutcomeKind.Measured ? 3 : 0,
        CountedCount = outcome.Kind == OutcomeKind.Measured ? 2 : 0,
        FlaggedCount = outcome.Kind == OutcomeKind.Measured ? 1 : 0,
    };

    public static SampleSummary Summary(string sample, SizeDistribution? sizes) => new()
    {
        Sample = sample,
        FileCount = 2,
        BadFileCount = 1,
        ParticleCount = 3,
        FlaggedCount = 1,
        SizedCount = sizes is null ? 0 : 10,
        UncalibratedCount = sizes is null ? 2 : 0,
        FeretMax = sizes,
        Diameter = sizes,
    };

    public static RunResult Run(IReadOnlyList<SampleSummary> samples, IReadOnlyList<FileResult> files) => new()
    {
        Input = "data",
        ResultsFolder = "results",
        Simulated = false,
        ProgramVersion = "0.1.0+0123456789abcdef",
        Options = new PipelineOptions(),
        Samples = samples,
        Files = files,
        Warnings = [],
        Interrupted = false,
    };

    /// <summary>Every file with three particles: a plain one, one at the border, and one with a flag and its reason.</summary>
    public static IEnumerable<(FileResult File, IReadOnlyList<SizeMeasurement> Particles)> Images(RunResult run, string reason = "30 % of its area lies over another particle") =>
        run.Files.Select(file => (file, (IReadOnlyList<SizeMeasurement>)(file.ParticleCount == 0
            ? []
            :
            [
                Drawn.Square(1, 10, 10, 3),
                Drawn.Square(2, 1, 30, 3, counted: false, border: true, flags: new ParticleFlag("border", "part of the particle may lie outside the image")),
                Drawn.Square(3, 40, 40, 3, touching: true, flags: new ParticleFlag("overlap", reason)),
            ])));
}
