using System.Text.RegularExpressions;

namespace ImageAnalysis.Formats.Powder;

/// <summary>What pattern files say in free words.</summary>
internal static partial class PatternWords
{
    /// <summary>Simulated; not "not simulated", and not "simulated=false" or "\"simulated\": false".</summary>
    [GeneratedRegex(@"(?<!\bnot[ -]|\bnon-)\bsimulated\b(?![\s""':=]*(?:false|no\b))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Simulated();

    /// <summary>A wavelength, Kα₁ or the only one, with two decimals at least.</summary>
    [GeneratedRegex(
        @"(?:wave[ _-]?length(?!\d)|\blambda(?!\d)|\b(?:k-?a(?:lpha)?|alpha)[ _-]?1\b|\bwl1?\b)[^\d\r\n]{0,40}(?<number>\d\.\d{2,10})(?<unit>\s*nm\b)?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Wavelength();

    /// <summary>The wavelength of Kα₂.</summary>
    [GeneratedRegex(
        @"(?:wave[ _-]?length[ _]?2|\blambda[ _]?2|\b(?:k-?a(?:lpha)?|alpha)[ _-]?2\b|\bwl2\b)[^\d\r\n]{0,40}(?<number>\d\.\d{2,10})(?<unit>\s*nm\b)?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Wavelength2();

    /// <summary>The anode.</summary>
    [GeneratedRegex(
        @"\b(?:anode|target|tube)\b(?:[ _](?:material|element|metal|name))?[^A-Za-z\r\n]{0,10}(?<element>Cr|Fe|Co|Cu|Mo|Ag)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Anode();

    /// <summary>Counting time of a point in seconds.</summary>
    [GeneratedRegex(
        @"(?:time\s*(?:per|/)\s*step|step\s*time|timeperstep|counting[ _]time)[^\d\r\n]{0,24}(?<number>\d+(?:\.\d+)?)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex CountingTime();

    /// <summary>Counts per second.</summary>
    [GeneratedRegex(@"\bcps\b|\bcounts?\s*(?:/|per)\s*s(?:ec(?:ond)?s?)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Rate();

    /// <summary>Name of the sample.</summary>
    [GeneratedRegex(@"\b(?:sample(?:\s*name)?|title|id)\b[""']?\s*[:=]\s*""?(?<name>[^""\r\n]{1,200})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Title();
}
