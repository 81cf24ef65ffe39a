using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Powder;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Columns;

/// <summary>What the lines before and between the numbers of a table say.</summary>
/// <param name="Lines">The lines, comment marks and all, with their numbers; at most 500 of them, each cut at 300 characters.</param>
internal sealed partial record ColumnHeader(IReadOnlyList<(int Number, string Text)> Lines)
{
    public const int MostLines = 500;
    public const int LongestLine = 300;

    private readonly string _all = string.Join('\n', Lines.Select(line => line.Text));

    /// <summary>The file's own words.</summary>
    public IEnumerable<RawTag> Tags => Lines.Where(line => line.Text.Trim().Length > 0)
        .Select(line => new RawTag(string.Create(CultureInfo.InvariantCulture, $"line.{line.Number}"), line.Text.Trim()));

    /// <summary>Name of the sample; empty where none is given.</summary>
    public string Title => Key("title") ?? (PatternWords.Title().Match(_all) is { Success: true } match ? match.Groups["name"].Value.Trim(' ', '"', '\'', ',', ';') : string.Empty);

    /// <summary>Whether the header says that the pattern was computed.</summary>
    public bool IsSimulated => PatternFacts.SaysSimulated(_all);

    /// <summary>Whether the header calls the intensities counts per second.</summary>
    public bool SaysRate => PatternWords.Rate().IsMatch(_all);

    /// <summary>Counting time of a point in s, or <c>null</c>.</summary>
    public double? CountingTimeSeconds => PatternFacts.CountingTime(KeyNumber("counting_time_seconds") ?? Number(PatternWords.CountingTime().Match(_all)));

    /// <summary>Intensity of one count, as this program writes it, or <c>null</c>.</summary>
    public double? IntensityPerCountRatio => KeyNumber("intensity_per_count_ratio") is >= 1e-9 and <= 1e9 and double ratio ? ratio : null;

    /// <summary>The radiation, or <c>null</c>.</summary>
    public PowderWavelengths? Wavelengths => PatternFacts.Wavelengths(
        KeyNumber("wavelength_angstrom") ?? Angstrom(PatternWords.Wavelength().Match(_all)),
        KeyNumber("wavelength2_angstrom") ?? Angstrom(PatternWords.Wavelength2().Match(_all)),
        KeyNumber("wavelength2_ratio"),
        Key("anode") ?? (PatternWords.Anode().Match(_all) is { Success: true } match ? match.Groups["element"].Value : null));

    /// <summary>Why the first column is no 2θ in degrees, with the line that says so, or <c>null</c> where none does.</summary>
    public (int Line, string Reason)? WhyNotTwoTheta
    {
        get
        {
            for (int i = Lines.Count - 1; i >= 0; i--)
            {
                (int number, string text) = Lines[i];
                string words = Bare(text);
                if (TwoTheta().IsMatch(words))
                {
                    return Radian().IsMatch(words) ? (number, "the angles are in radian; expected degrees") : null;
                }

                if (ScatteringVector().IsMatch(words))
                {
                    return (number, "the first column is a scattering vector (q in Å⁻¹ or nm⁻¹); expected 2θ in degrees. Convert it with 2θ = 2·asin(q·λ/4π) and say the wavelength");
                }

                // A word or a letter says something only where it heads a column beside one of intensities.
                string[] names = i == Lines.Count - 1 ? Names(words) : [];
                if (names.Length >= 2 && Intensity().IsMatch(names[1]) && OtherAxis().Match(names[0]) is { Success: true } other)
                {
                    return (number, $"the first column is headed '{PatternText.Shown(other.Value)}'; expected 2θ in degrees");
                }
            }

            return null;
        }
    }

    /// <summary>Why a third column is no standard deviation, with the line that says so, or <c>null</c> where the header does not speak against it.</summary>
    public (int Line, string Reason)? WhyNotSigma
    {
        get
        {
            if (Lines.Count == 0)
            {
                return null;
            }

            (int number, string text) = Lines[^1];
            string[] names = Names(Bare(text));
            return names.Length == 3 && names.All(name => name.Any(char.IsLetter)) && !Sigma().IsMatch(names[2])
                ? (number, $"the third column is headed '{PatternText.Shown(names[2])}'; expected a standard deviation (such as sigma, esd, error), or two columns")
                : null;
        }
    }

    private static string[] Names(string words) => [.. Heading().Split(words).Where(name => name.Length > 0)];

    /// <summary>The value of a line <c># key: value</c>, as this program writes them.</summary>
    private string? Key(string key)
    {
        foreach ((_, string text) in Lines)
        {
            string line = text.TrimStart('#', ' ');
            if (line.StartsWith(key, StringComparison.Ordinal) && line.Length > key.Length && line[key.Length] == ':' && text.StartsWith('#'))
            {
                return line[(key.Length + 1)..].Trim();
            }
        }

        return null;
    }

    private double? KeyNumber(string key) => Key(key) is string value ? PatternText.NumberOrNull(value) : null;

    private static double? Number(Match match) => match.Success ? PatternText.NumberOrNull(match.Groups["number"].ValueSpan) : null;

    private static double? Angstrom(Match match) => Number(match) is double number
        ? match.Groups["unit"].Success ? Units.NmToAngstrom(number) : number
        : null;

    /// <summary>The line without comment marks, arrows and quotes; "#L" is how SPEC, and PDFgetX3 after it, mark the line of headings.</summary>
    private static string Bare(string text)
    {
        string plain = new StringBuilder(text).Replace("\"", string.Empty).ToString().Trim();
        return (plain.StartsWith("#L ", StringComparison.Ordinal) ? plain[3..] : plain).TrimStart('#', '!', '%', '*', '/', ';', '\'', '@', '>', '-', '=', ' ', '\t');
    }

    [GeneratedRegex(@"\b2[ _-]*(?:th|theta|θ|ϑ|q\b)|\btwo[ _-]*theta|\btth\b|2\s*[θϑΘ]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TwoTheta();

    [GeneratedRegex(@"\brad(?:ians?)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Radian();

    [GeneratedRegex(
        @"^(?:q|Q)(?=$|[\s,;\t_\[(/])(?!\s*[:=])|^(?i:scattering vector)|"
        + @"\bq\s*[\[(_/]?\s*(?:(?:[\u00C5\u212BA]|nm|angstrom)\s*(?:\^?\s*\{?[-\u2212]1\}?|\u207B\u00B9)|1\s*/\s*(?:[\u00C5\u212BA]|nm))",
        RegexOptions.CultureInvariant)]
    private static partial Regex ScatteringVector();

    [GeneratedRegex(
        @"^(?:d(?:[ _-]?spacing)?|[rs]|tof|time|energy|channel|theta|θ|omega|ω|phi|chi|wave[ _-]?length|wavenumber|raman)(?=$|[\s_\[(/])[^,;\t]{0,20}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherAxis();

    [GeneratedRegex(@"^(?:i$|i[\s_(\[]|int|y$|y[\s_(\[]|cou|cps|g$|g\(|f\(|s\(|a\.?u|arb|obs|signal)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Intensity();

    [GeneratedRegex(@"\s*[,;\t]\s*|\s{2,}|(?<![,;\t])\s(?![\[(])", RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?:e|s|d_?i|u)$|err|sig|σ|esd|e\.s\.d|std|dev|unc", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sigma();
}
