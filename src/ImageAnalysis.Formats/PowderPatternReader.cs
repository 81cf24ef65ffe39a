using System.Globalization;
using ImageAnalysis.Core;

namespace ImageAnalysis.Formats;

/// <summary>Takes the one powder pattern to be measured out of a file.</summary>
public static class PowderPatternReader
{
    /// <summary>Fewest points of a pattern that is measured: fewer hold no peak with its background.</summary>
    public const int FewestPoints = 10;

    /// <summary>Reads a file and takes its powder pattern.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">Its path; only the extension is looked at, and only where the content leaves a choice.</param>
    /// <param name="range">Number of the range, from 0, counted through the powder patterns of the file; <c>null</c> where there is only one.</param>
    /// <returns>The pattern, or why there is none: an image, another scan, several ranges without one named, a range that is not there, too few points.</returns>
    /// <exception cref="MicroscopeFileException">The content is of no known format, of one that is not read, cut short or corrupt.</exception>
    /// <remarks>A table of numbers without a heading says nothing of its columns: named .gr it is a pair distribution function.</remarks>
    public static PowderPatternResult Read(ReadOnlyMemory<byte> bytes, string path, int? range = null)
    {
        PowderPatternResult result = ToPattern(FileReader.Read(bytes, path), range);
        return result is PowderPatternResult.Measurable && Path.GetExtension(path).Equals(".gr", StringComparison.OrdinalIgnoreCase)
            ? new PowderPatternResult.NotMeasurable("a pair distribution function G(r), as its name ends in .gr: it holds no angles; give the measured pattern (or rename the file, if it is one)")
            : result;
    }

    /// <summary>Takes the powder pattern of a file.</summary>
    /// <param name="file">A file as read.</param>
    /// <param name="range">Number of the range, from 0, counted through the powder patterns of the file; <c>null</c> where there is only one.</param>
    /// <returns>The pattern, or why there is none.</returns>
    public static PowderPatternResult ToPattern(MicroscopeFile file, int? range)
    {
        ArgumentNullException.ThrowIfNull(file);
        List<PowderPattern> patterns = [.. file.Signals.Select(signal => signal.Pattern).OfType<PowderPattern>()];
        if (WhyNone(file, patterns, range) is string reason)
        {
            return new PowderPatternResult.NotMeasurable(reason);
        }

        int number = range ?? 0;
        PowderPattern chosen = patterns[number];
        return chosen.PointCount < FewestPoints
            ? new PowderPatternResult.NotMeasurable(string.Create(CultureInfo.InvariantCulture, $"the pattern has {chosen.PointCount} points; expected {FewestPoints} or more"))
            : new PowderPatternResult.Measurable(chosen, number);
    }

    private static string? WhyNone(MicroscopeFile file, List<PowderPattern> patterns, int? range)
    {
        if (patterns.Count == 0)
        {
            string[] reasons = [.. file.Signals.Select(signal => signal.NotMeasurableReason).OfType<string>().Distinct()];
            return reasons.Length == 0 ? "an image, no powder pattern" : string.Join("; ", reasons);
        }

        if (range is int asked)
        {
            return asked >= 0 && asked < patterns.Count
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"range {asked} is asked for; the file has {patterns.Count}, numbered from 0");
        }

        if (patterns.Count == 1)
        {
            return null;
        }

        string listed = string.Join("; ", patterns.Take(4).Select((pattern, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"{i}: 2θ {pattern.TwoThetaDeg[0]:0.###}…{pattern.TwoThetaDeg[^1]:0.###}°, {pattern.PointCount} points")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{patterns.Count} ranges in one file ({listed}{(patterns.Count > 4 ? "; …" : string.Empty)}): name the one to be measured with \"frame\": 0…{patterns.Count - 1} in samples.json");
    }
}
