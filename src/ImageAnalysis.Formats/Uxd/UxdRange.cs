using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Powder;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Uxd;

/// <summary>One range of a UXD file: its keywords (those of the file before them) and its numbers.</summary>
/// <param name="Keywords">Keywords without underscore, in capitals; those of the range win.</param>
/// <param name="Layout">The keyword that opens the numbers, such as <c>2THETACOUNTS</c>.</param>
/// <param name="Line">Number of the line of that keyword.</param>
/// <param name="Numbers">The numbers in reading order.</param>
internal sealed record UxdRange(IReadOnlyDictionary<string, string> Keywords, string Layout, int Line, IReadOnlyList<double> Numbers)
{
    /// <summary>Layouts that are read, with their number of columns; the angle comes first where there are two or more, the time of each point third.</summary>
    private static readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal)
    {
        ["COUNTS"] = 1,
        ["CPS"] = 1,
        ["2THETACOUNTS"] = 2,
        ["2THETACPS"] = 2,
        ["2THETACOUNTSTIME"] = 3,
        ["2THETACPSTIME"] = 3,
    };

    /// <summary>Whether a keyword opens numbers that are read.</summary>
    public static bool IsLayout(string keyword) => _columns.ContainsKey(keyword);

    /// <summary>The range as a signal.</summary>
    public Signal ToSignal(PatternText text)
    {
        int columns = _columns[Layout];
        if (Numbers.Count == 0 || Numbers.Count % columns != 0)
        {
            throw text.Problem(
                Numbers.Count == 0 ? FileProblem.Truncated : FileProblem.Corrupt,
                Line,
                string.Create(CultureInfo.InvariantCulture, $"_{Layout} is followed by {Numbers.Count} numbers; expected a multiple of {columns}, at least one point."));
        }

        double[] intensities = [.. Column(columns == 1 ? 0 : 1, columns)];
        string drive = Word("DRIVE") ?? "COUPLED";
        if (!IsTwoTheta(drive))
        {
            return PowderSignals.Refused(intensities, $"a scan of the drive {PatternText.Shown(drive)}, not of 2θ", Word("DATEMEASURED"));
        }

        PatternPoints points = columns == 1
            ? PatternPoints.OfGrid(Needed(text, "START"), Needed(text, "STEPSIZE"), intensities, detail => text.Problem(FileProblem.Corrupt, Line, detail))
            : OfTable(columns, intensities);
        bool isRate = Layout.Contains("CPS", StringComparison.Ordinal);
        double? time = PatternFacts.CountingTime(Number("STEPTIME"));
        if (columns == 3)
        {
            time = ToCommonTime(text, points, isRate);
        }

        PowderPattern pattern = points.ToPattern(text) with
        {
            Title = Word("SAMPLE") ?? string.Empty,
            IsSimulated = PatternFacts.SaysSimulated(Word("SAMPLE")),
            Wavelengths = PatternFacts.Wavelengths(Number("WL1"), Number("WL2"), Number("WLRATIO"), Word("ANODE")),
        };
        return PowderSignals.Of(PatternFacts.WithStatedScale(pattern, isRate, time), Word("DATEMEASURED"), "deg");
    }

    /// <summary>The keywords as tags.</summary>
    public IEnumerable<RawTag> Tags(string prefix) => Keywords.Select(pair => new RawTag(prefix + pair.Key, pair.Value));

    private static bool IsTwoTheta(string drive) => drive.ToUpperInvariant() is "COUPLED" or "LOCKED COUPLED" or "UNLOCKED COUPLED" or "2THETA" or "TWOTHETA" or "DETECTOR" or "DETECTOR SCAN"
        or "2THETA-THETA" or "THETA/2THETA" or "TWOTHETA/THETA";

    /// <summary>The angles of the table; those of start and step, which have more digits, where the table's are these rounded.</summary>
    private PatternPoints OfTable(int columns, double[] intensities)
    {
        double[] angles = [.. Column(0, columns)];
        PatternPoints points = new();
        points.Intensities.AddRange(intensities);
        if (Number("START") is double start && Number("STEPSIZE") is double step && step > 0)
        {
            const double rounding = 0.006;
            bool isRounded = step > rounding && angles.Select((angle, i) => Math.Abs(angle - start - (i * step))).All(distance => distance <= rounding);
            points.TwoThetaDeg.AddRange(isRounded ? angles.Select((_, i) => start + (i * step)) : angles);
            return points;
        }

        points.TwoThetaDeg.AddRange(angles);
        return points;
    }

    /// <summary>Brings counts over different times to the mean time, with their standard deviations; rates are on one scale already.</summary>
    private double? ToCommonTime(PatternText text, PatternPoints points, bool isRate)
    {
        double[] times = [.. Column(2, 3)];
        if (times.Any(time => PatternFacts.CountingTime(time) is null))
        {
            throw text.Problem(FileProblem.Corrupt, Line, "a counting time is not above 0.");
        }

        double mean = times.Average();
        if (times.All(time => Math.Abs(time - mean) <= 1e-3 * mean))
        {
            return mean;
        }

        for (int i = 0; i < times.Length; i++)
        {
            double counts = isRate ? points.Intensities[i] * times[i] : points.Intensities[i];
            double factor = isRate ? 1 / times[i] : mean / times[i];
            points.Intensities[i] = counts * factor;
            points.Sigmas.Add(Math.Sqrt(Math.Max(counts, 1)) * factor);
        }

        return null;
    }

    private IEnumerable<double> Column(int column, int columns) => Numbers.Where((_, i) => i % columns == column);

    private string? Word(string key) => Keywords.TryGetValue(key, out string? value) && value.Trim('\'', '"', ' ') is { Length: > 0 } word ? word : null;

    private double? Number(string key) => Keywords.TryGetValue(key, out string? value) ? PatternText.NumberOrNull(value.Trim()) : null;

    private double Needed(PatternText text, string key) => Number(key)
        ?? throw text.Problem(FileProblem.Corrupt, Line, $"the range has no usable _{key}; expected the {(key == "START" ? "first angle" : "step")} in degrees, since its numbers hold no angles.");
}
