using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Powder;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Rigaku;

/// <summary>One scan of a RAS or RASX file: its keywords and its points.</summary>
/// <param name="Keywords">Keywords such as <c>MEAS_SCAN_AXIS_X_INTERNAL</c>, without the star, with their values.</param>
/// <param name="Rows">The points in the file's order: position, intensity as stored, factor of the attenuator.</param>
internal sealed record RigakuScan(IReadOnlyDictionary<string, string> Keywords, IReadOnlyList<RigakuRow> Rows)
{
    /// <summary>The scan as a signal.</summary>
    /// <param name="text">Gives the messages their format.</param>
    public Signal ToSignal(PatternText text)
    {
        string? axis = Word("MEAS_SCAN_AXIS_X_INTERNAL") ?? Word("MEAS_SCAN_AXIS_X");
        string? startedAt = Word("MEAS_SCAN_START_TIME");
        if (axis is not null && !IsTwoTheta(axis))
        {
            return PowderSignals.Refused([.. Rows.Select(row => row.Intensity)], $"a scan of the axis {PatternText.Shown(axis)}, not of 2θ", startedAt);
        }

        PatternPoints points = new();
        foreach (RigakuRow row in Rows)
        {
            points.TwoThetaDeg.Add(row.Position);
            points.Intensities.Add(row.Intensity * row.AttenuatorFactor);
            points.Lines.Add(row.Line);
        }

        double? time = CountingTimeSeconds;
        bool saysRate = (Word("MEAS_SCAN_UNIT_Y") ?? string.Empty).Contains("cps", StringComparison.OrdinalIgnoreCase);
        bool isAttenuated = Rows.Any(row => row.AttenuatorFactor != 1);
        if (isAttenuated)
        {
            // N counts behind an attenuator stand for factor · N: the standard deviation is factor · √N.
            double perCount = saysRate && time is double seconds ? 1 / seconds : 1;
            points.Sigmas.AddRange(Rows.Select(row => row.AttenuatorFactor * Math.Sqrt(Math.Max(row.Intensity, perCount) * perCount)));
        }

        PowderPattern pattern = points.ToPattern(text) with
        {
            Title = Word("FILE_SAMPLE") ?? string.Empty,
            IsSimulated = PatternFacts.SaysSimulated(Word("FILE_COMMENT")) || PatternFacts.SaysSimulated(Word("FILE_MEMO")),
            Wavelengths = PatternFacts.Wavelengths(Number("HW_XG_WAVE_LENGTH_ALPHA1"), Number("HW_XG_WAVE_LENGTH_ALPHA2"), null, Word("HW_XG_TARGET_NAME")),
        };
        pattern = isAttenuated ? pattern with { CountingTimeSeconds = time } : PatternFacts.WithStatedScale(pattern, saysRate, time);
        return PowderSignals.Of(pattern, startedAt, Word("MEAS_SCAN_UNIT_X") ?? string.Empty);
    }

    /// <summary>The keywords as tags.</summary>
    public IEnumerable<RawTag> Tags(string prefix) => Keywords.Where(pair => pair.Value.Trim().Length > 0).Select(pair => new RawTag(prefix + pair.Key, pair.Value));

    /// <summary>Counting time of a point in s: step over speed of a continuous scan, or the time at a step; <c>null</c> where the unit of the speed does not fit.</summary>
    private double? CountingTimeSeconds
    {
        get
        {
            double? speed = Number("MEAS_SCAN_SPEED");
            string unit = (Word("MEAS_SCAN_SPEED_UNIT") ?? string.Empty).ToUpperInvariant();
            bool isContinuous = string.Equals(Word("MEAS_SCAN_MODE"), "CONTINUOUS", StringComparison.OrdinalIgnoreCase);
            return PatternFacts.CountingTime((isContinuous, unit, Number("MEAS_SCAN_STEP")) switch
            {
                (true, "DEG/MIN", double step) => 60 * step / speed,
                (true, "DEG/SEC" or "DEG/S", double step) => step / speed,
                (false, "SEC" or "S" or "SEC/STEP" or "SEC.", _) => speed,
                _ => null,
            });
        }
    }

    private static bool IsTwoTheta(string axis)
    {
        string name = axis.Replace(" ", string.Empty, StringComparison.Ordinal);
        return name.StartsWith("TwoTheta", StringComparison.OrdinalIgnoreCase) || name.StartsWith('2') || name.StartsWith("Theta/2-Theta", StringComparison.OrdinalIgnoreCase);
    }

    private string? Word(string key) => Keywords.TryGetValue(key, out string? value) && value.Trim() is { Length: > 0 } word ? word : null;

    private double? Number(string key) => Word(key) is string word ? PatternText.NumberOrNull(word) : null;
}

/// <summary>One point of a scan.</summary>
/// <param name="Position">Position of the scan axis, in degrees for angles.</param>
/// <param name="Intensity">Intensity as stored.</param>
/// <param name="AttenuatorFactor">What the attenuator took away: the intensity without it is this many times as large; 1 without one.</param>
/// <param name="Line">Number of the line.</param>
internal readonly record struct RigakuRow(double Position, double Intensity, double AttenuatorFactor, int Line)
{
    private const int MostColumns = 3;

    /// <summary>Reads two or three numbers.</summary>
    public static RigakuRow Decode(PatternText text, ReadOnlySpan<char> line, int number)
    {
        Span<double> values = [0, 0, 1];
        int found = 0;
        foreach (Range word in line.SplitAny(' ', '\t', ','))
        {
            if (line[word].IsEmpty)
            {
                continue;
            }

            if (found < MostColumns)
            {
                values[found] = text.Finite(line[word], number, found switch { 0 => "the position", 1 => "the intensity", _ => "the attenuator's factor" });
            }

            found++;
        }

        if (found is not (2 or MostColumns) || values[2] <= 0)
        {
            throw text.Problem(
                FileProblem.Corrupt,
                number,
                string.Create(CultureInfo.InvariantCulture, $"'{PatternText.Shown(line)}' has {found} numbers; expected position, intensity and the factor of the attenuator, above 0."));
        }

        return new RigakuRow(values[0], values[1], values[2], number);
    }
}
