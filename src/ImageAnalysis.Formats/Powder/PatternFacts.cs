using ImageAnalysis.Core;

namespace ImageAnalysis.Formats.Powder;

/// <summary>Turns what a file says beside its points into the facts of a pattern, believing nothing that makes no sense.</summary>
internal static class PatternFacts
{
    /// <summary>Whole numbers within this distance are whole: instruments write counts with four decimals and more.</summary>
    private const double WholeTolerance = 1e-4;

    /// <summary>The radiation, where a wavelength is stated that can be one: 0.05 … 10 Å.</summary>
    /// <param name="alpha1">Kα₁ or the only wavelength, in Å.</param>
    /// <param name="alpha2">Kα₂, or nothing.</param>
    /// <param name="ratio">Kα₂ over Kα₁, or nothing; 0 says that Kα₂ is not there.</param>
    /// <param name="anode">The anode's element in the file's words.</param>
    public static PowderWavelengths? Wavelengths(double? alpha1, double? alpha2 = null, double? ratio = null, string? anode = null)
    {
        if (alpha1 is not double first || !IsWavelength(first))
        {
            return null;
        }

        double? second = alpha2 is double angstrom && IsWavelength(angstrom) && ratio != 0 && Math.Abs(angstrom - first) < 0.02 * first && angstrom != first ? angstrom : null;
        double? stated = second is not null && ratio is > 0 and <= 2 ? ratio : null;
        return new PowderWavelengths(first, second, stated, Anode(anode));
    }

    /// <summary>A counting time that can be one: 1 µs … 10⁷ s.</summary>
    public static double? CountingTime(double? seconds) => seconds is >= 1e-6 and <= 1e7 ? seconds : null;

    /// <summary>Marks a pattern's intensities as counts, where they are whole and their scatter does not speak against it.</summary>
    /// <remarks>
    /// Scaled and rounded patterns are whole too. Their points scatter by another factor than √N: outside 0.3 … 3 of it the scale stays unknown.
    /// </remarks>
    public static PowderPattern WithEvidentScale(PowderPattern pattern) =>
        AreWhole(pattern.IntensityCounts, 1) && PowderCounting.ScatterPerCountRatio(pattern) is null or (>= 0.3 and <= 3)
            ? pattern with { Scale = IntensityScale.Counts }
            : pattern;

    /// <summary>Marks a pattern's intensities as what the file says they are: counts where they are whole, or counts over a known time.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="saysRate">Whether the file says counts per second.</param>
    /// <param name="countingTimeSeconds">Counting time of a point, where known and the same for all.</param>
    public static PowderPattern WithStatedScale(PowderPattern pattern, bool saysRate, double? countingTimeSeconds)
    {
        double? time = CountingTime(countingTimeSeconds);
        pattern = pattern with { CountingTimeSeconds = time };
        if (!saysRate && AreWhole(pattern.IntensityCounts, 1))
        {
            return pattern with { Scale = IntensityScale.Counts };
        }

        // Some programs call counts what was divided by the time: then the time makes them whole again.
        bool isRate = time is double t && pattern.IntensityCounts.All(intensity => intensity >= 0) && (saysRate || AreWhole(pattern.IntensityCounts, t));
        return isRate ? pattern with { Scale = IntensityScale.ScaledCounts, IntensityPerCountRatio = 1 / time } : pattern;
    }

    /// <summary>Whether a text says that the pattern was computed; <c>not simulated</c> and <c>simulated: false</c> say the contrary.</summary>
    public static bool SaysSimulated(string? text) => text is not null && PatternWords.Simulated().IsMatch(text);

    private static bool IsWavelength(double angstrom) => angstrom is >= 0.05 and <= 10;

    /// <summary>An element's symbol from words such as <c>Cu</c>, <c>CU</c> or <c>Copper</c>; <c>null</c> for anything else.</summary>
    private static string? Anode(string? words) => words?.Trim().ToUpperInvariant() switch
    {
        "CR" or "CHROMIUM" => "Cr",
        "MN" or "MANGANESE" => "Mn",
        "FE" or "IRON" => "Fe",
        "CO" or "COBALT" => "Co",
        "NI" or "NICKEL" => "Ni",
        "CU" or "COPPER" => "Cu",
        "GA" or "GALLIUM" => "Ga",
        "MO" or "MOLYBDENUM" => "Mo",
        "RH" or "RHODIUM" => "Rh",
        "AG" or "SILVER" => "Ag",
        "IN" or "INDIUM" => "In",
        "W" or "TUNGSTEN" => "W",
        "AU" or "GOLD" => "Au",
        _ => null,
    };

    private static bool AreWhole(IReadOnlyList<double> values, double factor)
    {
        foreach (double value in values)
        {
            double scaled = value * factor;
            if (scaled < 0 || Math.Abs(scaled - Math.Round(scaled)) > Math.Max(WholeTolerance, 1e-6 * scaled))
            {
                return false;
            }
        }

        return true;
    }
}
