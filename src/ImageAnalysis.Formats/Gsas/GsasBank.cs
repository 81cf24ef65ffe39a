using System.Globalization;
using ImageAnalysis.Formats.Powder;

namespace ImageAnalysis.Formats.Gsas;

/// <summary>How the numbers of a bank are written.</summary>
internal enum GsasLayout
{
    /// <summary>Ten pairs a line: number of counters (two characters), mean counts (six).</summary>
    Std,

    /// <summary>Five pairs a line: intensity and standard deviation, eight characters each.</summary>
    Esd,

    /// <summary>A line a point: angle in hundredths of a degree, intensity.</summary>
    Fxy,

    /// <summary>A line a point: angle in hundredths of a degree, intensity, standard deviation.</summary>
    Fxye,
}

/// <summary>The BANK record of GSAS: <c>BANK number points records CONS start step 0 0 layout</c>, angles in hundredths of a degree.</summary>
/// <param name="Line">Number of its line.</param>
/// <param name="Points">Number of points.</param>
/// <param name="StartDeg">First angle in degrees.</param>
/// <param name="StepDeg">Step in degrees.</param>
/// <param name="Layout">How the numbers are written.</param>
internal sealed record GsasBank(int Line, int Points, double StartDeg, double StepDeg, GsasLayout Layout)
{
    public static GsasBank Decode(PatternText text, ReadOnlySpan<char> line, int number)
    {
        string[] words = line.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 7)
        {
            throw text.Problem(
                FileProblem.Corrupt,
                number,
                string.Create(CultureInfo.InvariantCulture, $"the BANK record has {words.Length} words; expected BANK, number, points, records, CONS, start and step at least."));
        }

        string binning = words[4].ToUpperInvariant();
        if (binning is not ("CONS" or "CONST"))
        {
            throw text.Problem(
                FileProblem.NotSupported,
                number,
                $"the points are binned as {PatternText.Shown(binning)} (time of flight or energy); expected CONS, even steps of 2θ.");
        }

        if (!int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out int points) || points < 1)
        {
            throw text.Problem(FileProblem.Corrupt, number, $"the number of points is '{PatternText.Shown(words[2])}'; expected a whole number, 1 or more.");
        }

        return new GsasBank(
            number,
            points,
            text.Finite(words[5], number, "the first angle") / 100,
            text.Finite(words[6], number, "the step") / 100,
            LayoutOf(text, words[^1], number));
    }

    private static GsasLayout LayoutOf(PatternText text, string word, int number) => word.ToUpperInvariant() switch
    {
        "STD" => GsasLayout.Std,
        "ESD" => GsasLayout.Esd,
        "FXY" => GsasLayout.Fxy,
        "FXYE" => GsasLayout.Fxye,
        // No word at all: the record ends with a number, and STD is GSAS's default.
        _ when PatternText.TryNumber(word, out _) => GsasLayout.Std,
        _ => throw text.Problem(FileProblem.NotSupported, number, $"the layout is '{PatternText.Shown(word)}'; STD, ESD, FXY and FXYE are read."),
    };
}
