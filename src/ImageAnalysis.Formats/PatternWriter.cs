using System.Globalization;
using System.Text;
using ImageAnalysis.Core;

namespace ImageAnalysis.Formats;

/// <summary>Writes powder patterns.</summary>
public static class PatternWriter
{
    /// <summary>Twelve digits: more than any instrument gives, and few enough that 15.040000000000001 is 15.04.</summary>
    private const string Number = "G12";

    /// <summary>Writes a pattern as a table: 2θ in degrees, intensity and, where the pattern has them, standard deviations, below comments that say what it is.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="more">Further facts for the head, as names and values; none by default. They are for people: reading the file again passes them over.</param>
    /// <returns>
    /// The text in UTF-8, numbers with a point and twelve digits, separated by spaces. Reading it again gives the pattern with everything but digits beyond the twelfth.
    /// </returns>
    public static byte[] Xy(PowderPattern pattern, IReadOnlyList<(string Key, string Value)>? more = null)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        StringBuilder text = new();
        text.Append(pattern.IsSimulated ? "# simulated powder diffraction pattern" : "# powder diffraction pattern").Append('\n');
        Line(text, "title", OneLine(pattern.Title));
        if (pattern.Wavelengths is PowderWavelengths wavelengths)
        {
            Line(text, "wavelength_angstrom", Text(wavelengths.Alpha1Angstrom));
            Line(text, "wavelength2_angstrom", Text(wavelengths.Alpha2Angstrom));
            Line(text, "wavelength2_ratio", Text(wavelengths.Alpha2Ratio));
            Line(text, "anode", wavelengths.Anode ?? string.Empty);
        }

        Line(text, "counting_time_seconds", Text(pattern.CountingTimeSeconds));
        Line(text, "intensity_per_count_ratio", Text(pattern.IntensityPerCountRatio));
        foreach ((string key, string value) in more ?? [])
        {
            Line(text, OneLine(key), OneLine(value));
        }

        text.Append(pattern.IntensitySigmaCounts is null ? "# 2theta_deg intensity_counts" : "# 2theta_deg intensity_counts intensity_sigma_counts").Append('\n');
        bool areDistinct = AnglesAreDistinct(pattern);
        for (int i = 0; i < pattern.PointCount; i++)
        {
            text.Append(pattern.TwoThetaDeg[i].ToString(areDistinct ? Number : "R", CultureInfo.InvariantCulture)).Append(' ')
                .Append(pattern.IntensityCounts[i].ToString(Number, CultureInfo.InvariantCulture));
            if (pattern.IntensitySigmaCounts is { } sigma)
            {
                text.Append(' ').Append(sigma[i].ToString(Number, CultureInfo.InvariantCulture));
            }

            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Line(StringBuilder text, string key, string value)
    {
        if (value.Length > 0)
        {
            text.Append("# ").Append(key).Append(": ").Append(value).Append('\n');
        }
    }

    private static string Text(double? number) => number?.ToString(Number, CultureInfo.InvariantCulture) ?? string.Empty;

    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)).Trim();

    /// <summary>Whether neighbours stay apart when they are written with twelve digits.</summary>
    private static bool AnglesAreDistinct(PowderPattern pattern)
    {
        for (int i = 1; i < pattern.PointCount; i++)
        {
            if (pattern.TwoThetaDeg[i] - pattern.TwoThetaDeg[i - 1] < 1e-8)
            {
                return false;
            }
        }

        return true;
    }
}
