using System.Globalization;
using System.Xml.Linq;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Powder;

namespace ImageAnalysis.Formats.Xrdml;

/// <summary>The points of one scan (element <c>dataPoints</c>) with what the measurement around says.</summary>
/// <param name="Axis">The scanned axis in the file's words, such as <c>Gonio</c>.</param>
/// <param name="StartedAt">Date and time in the file's own words, or <c>null</c>.</param>
/// <param name="TwoTheta">Positions of the axis 2Theta, or <c>null</c> where it has none.</param>
/// <param name="Unit">Unit of these positions.</param>
/// <param name="Values">The list of intensities or counts.</param>
/// <param name="AreRaw">Whether they are counts as the detector gave them (schema 2), and not yet multiplied by the attenuation factors.</param>
/// <param name="Factors">Attenuation factors: one, one for each point, or none.</param>
/// <param name="Times">Counting times in s: one, one for each point, or none.</param>
/// <param name="HasDivergenceCorrection">Whether corrections for programmable slits stand beside the counts.</param>
internal sealed record XrdmlScan(
    string? Axis,
    string? StartedAt,
    XrdmlPositions? TwoTheta,
    string Unit,
    IReadOnlyList<double> Values,
    bool AreRaw,
    IReadOnlyList<double> Factors,
    IReadOnlyList<double> Times,
    bool HasDivergenceCorrection)
{
    /// <summary>Reads the element <c>scan</c>; <c>null</c> for one without points, as a measurement that was never started has.</summary>
    public static XrdmlScan? Decode(XElement scan, PatternText text)
    {
        XElement? data = scan.Child("dataPoints");
        XElement? intensities = data.Child("intensities");
        XElement? values = intensities ?? data.Child("counts");
        if (data is null || values is null || string.IsNullOrWhiteSpace(values.Value))
        {
            return null;
        }

        XElement? positions = data.Children("positions").FirstOrDefault(element => string.Equals(element.AttributeText("axis"), "2Theta", StringComparison.OrdinalIgnoreCase));
        return new XrdmlScan(
            scan.AttributeText("scanAxis"),
            scan.Child("header").Child("startTimeStamp").Words(),
            positions is null ? null : XrdmlPositions.Decode(positions, text),
            positions.AttributeText("unit") ?? string.Empty,
            Numbers(values, text),
            intensities is null,
            List(data, "commonBeamAttenuationFactor", "beamAttenuationFactors", text),
            List(data, "commonCountingTime", "countingTimes", text),
            data.Child("divergenceCorrections") is not null || data.Child("commonDivergenceCorrection").Number() is not (null or 1));
    }

    /// <summary>The scan as a signal.</summary>
    /// <param name="wavelengths">The radiation of the measurement.</param>
    /// <param name="title">The sample's name.</param>
    /// <param name="isSimulated">Whether the file says that it was computed.</param>
    /// <param name="text">Gives the messages their format.</param>
    public Signal ToSignal(PowderWavelengths? wavelengths, string title, bool isSimulated, PatternText text)
    {
        if (TwoTheta is null || TwoTheta.IsFixed)
        {
            return PowderSignals.Refused(Values, $"a scan of the axis {PatternText.Shown(Axis ?? "(not named)")} without positions of 2θ that change", StartedAt);
        }

        if (AreRaw && HasDivergenceCorrection)
        {
            return PowderSignals.Refused(Values, "raw counts beside corrections for a programmable divergence slit, whose use the format does not define: export corrected intensities", StartedAt);
        }

        CheckLength(Factors, "attenuation factors", text);
        CheckLength(Times, "counting times", text);
        PatternPoints points = TwoTheta.ToPoints([.. Values.Select((value, i) => AreRaw ? value * Factor(i) : value)], text);
        bool isPlain = Factors.All(factor => factor == 1) && Times.All(time => time == Times[0]);
        if (!isPlain)
        {
            ToCommonScale(points, text);
        }

        PowderPattern pattern = points.ToPattern(text) with { Title = title, IsSimulated = isSimulated, Wavelengths = wavelengths };
        double? seconds = Times.Count > 0 && Times.All(time => time == Times[0]) ? Times[0] : null;
        pattern = isPlain ? PatternFacts.WithStatedScale(pattern, saysRate: false, seconds) : pattern with { CountingTimeSeconds = PatternFacts.CountingTime(seconds) };
        return PowderSignals.Of(pattern, StartedAt, Unit);
    }

    /// <summary>The finite numbers of a list.</summary>
    internal static List<double> Numbers(XElement element, PatternText text)
    {
        List<double> numbers = [];
        ReadOnlySpan<char> words = element.Value;
        foreach (Range word in words.SplitAny(' ', '\t', '\n', '\r'))
        {
            if (words[word].IsEmpty)
            {
                continue;
            }

            if (!PatternText.TryNumber(words[word], out double number) || !double.IsFinite(number))
            {
                throw text.Problem(
                    FileProblem.Corrupt,
                    string.Create(CultureInfo.InvariantCulture, $"number {numbers.Count} (from 0) of '{element.Name.LocalName}' is '{PatternText.Shown(words[word])}'; expected a finite number."));
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static List<double> List(XElement data, string common, string each, PatternText text)
    {
        XElement? element = data.Child(each) ?? data.Child(common);
        if (element is null || string.IsNullOrWhiteSpace(element.Value))
        {
            return [];
        }

        List<double> numbers = Numbers(element, text);
        int bad = numbers.FindIndex(number => number is not (>= 1e-9 and <= 1e9));
        return bad < 0
            ? numbers
            : throw text.Problem(
                FileProblem.Corrupt,
                string.Create(CultureInfo.InvariantCulture, $"number {bad} (from 0) of '{element.Name.LocalName}' is {numbers[bad]}; expected a number in 1e-9…1e9."));
    }

    private double Factor(int point) => Factors.Count switch { 0 => 1, 1 => Factors[0], _ => Factors[point] };

    private double Time(int point) => Times.Count switch { 0 => 1, 1 => Times[0], _ => Times[point] };

    /// <summary>
    /// Brings counts over different times to their mean time, with standard deviations: N counts behind an attenuator of factor f, over t of a mean time T, are
    /// f·N·T/t ± f·√N·T/t.
    /// </summary>
    private void ToCommonScale(PatternPoints points, PatternText text)
    {
        double mean = Times.Count == 0 ? 1 : Times.Average();
        if (points.Intensities.Exists(intensity => intensity < 0))
        {
            throw text.Problem(FileProblem.Corrupt, "an intensity beside attenuation factors or counting times is below 0; expected counts.");
        }

        for (int i = 0; i < points.Intensities.Count; i++)
        {
            double factor = Factor(i) * mean / Time(i);
            double counts = points.Intensities[i] / Factor(i);
            points.Intensities[i] = counts * factor;
            points.Sigmas.Add(Math.Sqrt(Math.Max(counts, 1)) * factor);
        }
    }

    private void CheckLength(IReadOnlyList<double> list, string what, PatternText text)
    {
        if (list.Count > 1 && list.Count != Values.Count)
        {
            throw text.Problem(
                FileProblem.Corrupt,
                string.Create(CultureInfo.InvariantCulture, $"a scan has {Values.Count} intensities and {list.Count} {what}; expected one for each, or one for all."));
        }
    }
}
