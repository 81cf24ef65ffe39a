using System.Globalization;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples.Tests;

/// <summary>Particles and decisions about them, made up.</summary>
internal static class Decided
{
    public const string Options = "options-1";

    private static int _count;

    public static FileResult File(string name = "s/hrtem/a.tif", char digit = 'a', FileRole role = FileRole.Hrtem) =>
        new() { File = name, Sample = name.Split('/')[0], Role = role, Sha256 = new string(digit, 64), Outcome = new FileOutcome(OutcomeKind.Measured), WidthPx = 1000, HeightPx = 1000 };

    public static Dictionary<string, string> Hashes(params IEnumerable<ReviewItem> items) => items.Select(item => item.File.File).Distinct().ToDictionary(file => file, _ => Options);

    /// <summary>A crystal whose box is 100 px wide about its centre.</summary>
    public static ReviewItem Crystal(int id, double x, double y, Verdict verdict = Verdict.Undetermined, FileResult? file = null, double spacingPx = 8.5) => ReviewItem.Of(file ?? File(), Id(id), "result-1", new CrystalMeasurement
    {
        ParticleId = id,
        XPx = x,
        YPx = y,
        X0Px = (int)x - 50,
        Y0Px = (int)y - 50,
        X1Px = (int)x + 50,
        Y1Px = (int)y + 50,
        DiameterPx = 100,
        OutlinePx = [new PointPx(x - 50, y), new PointPx(x, y - 50), new PointPx(x + 50, y), new PointPx(x, y + 50)],
        WindowWidthPx = 120,
        WindowHeightPx = 120,
        Fringes = [Fringe(spacingPx)],
        Carrier = Fringe(spacingPx),
        Verdict = verdict,
        Reason = "made up",
        Flags = [],
    });

    /// <summary>A round particle.</summary>
    public static SizeMeasurement Size(int id, double x, double y, double diameterPx = 40, bool counted = true, bool border = false, double pixelNm = 0.1)
    {
        PointPx[] outline = [.. Enumerable.Range(0, 36).Select(k => new PointPx(x + (diameterPx / 2 * Math.Cos(k * Math.PI / 18)), y + (diameterPx / 2 * Math.Sin(k * Math.PI / 18))))];
        double area = Math.PI * diameterPx * diameterPx / 4;
        return new SizeMeasurement
        {
            ParticleId = id,
            XPx = x,
            YPx = y,
            FeretMaxPx = diameterPx,
            FeretMinPx = diameterPx,
            DiameterPx = diameterPx,
            AreaPixelCount = area,
            FeretMaxNm = diameterPx * pixelNm,
            FeretMinNm = diameterPx * pixelNm,
            DiameterNm = diameterPx * pixelNm,
            AreaNm2 = area * pixelNm * pixelNm,
            HalfHeightDiameterPx = diameterPx,
            BorderWeightRatio = 1,
            AspectRatio = 1,
            CircularityRatio = 1,
            OrientationDeg = 0,
            IntegratedIntensityCounts = 1,
            BackgroundCounts = 0,
            ContrastSnr = 50,
            TouchesBorder = border,
            TouchesNeighbour = false,
            Counted = counted && !border,
            Flags = [],
            OutlinePx = outline,
            LongAxisStartPx = outline[0],
            LongAxisEndPx = outline[18],
        };
    }

    public static ReviewItem Particle(SizeMeasurement size, FileResult? file = null) => ReviewItem.Of(file ?? File("s/haadf/h.tif", 'b', FileRole.Haadf), "h" + Id(size.ParticleId), "result-1", size);

    /// <summary>A decision on a particle as it is now; each is a second later than the one before.</summary>
    public static Decision On(ReviewItem item, ReviewAction action, string reviewer = "A", bool adjudication = false) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"d{++_count:D6}"),
        AtUtc = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(_count),
        Reviewer = reviewer,
        Action = action,
        Adjudication = adjudication,
        Reason = action == ReviewAction.Exclude ? "two crystals" : null,
        File = item.File.File,
        Particle = item.Key,
        Seen = item.Seen,
    };

    public static Decision Back(Decision of, ReviewAction step = ReviewAction.Undo) =>
        of with { Id = string.Create(CultureInfo.InvariantCulture, $"d{++_count:D6}"), AtUtc = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(_count), Action = step, Target = of.Id, Seen = null, Reason = null, Sizes = [], Others = [], Crystal = null, OptionsHash = null };

    private static string Id(int id) => id.ToString(CultureInfo.InvariantCulture);

    private static FringeMeasurement Fringe(double spacingPx) => new()
    {
        IsTestedFamily = true,
        G = new ReciprocalVector { XPerPx = 1 / spacingPx, YPerPx = 0, XSigmaPerPx = 1e-4, YSigmaPerPx = 1e-4 },
        PeakG = new ReciprocalVector { XPerPx = 1 / spacingPx, YPerPx = 0, XSigmaPerPx = 1e-4, YSigmaPerPx = 1e-4 },
        SpacingPx = spacingPx,
        SpacingSigmaPx = 0.01,
        NormalDeg = 0,
        NormalSigmaDeg = 0.1,
        FringeSnr = 100,
        AmplitudeCounts = 10,
    };
}
