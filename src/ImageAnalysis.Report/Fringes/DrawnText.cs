using System.Text;

namespace ImageAnalysis.Report;

/// <summary>Texts for pictures, whose font has few letters.</summary>
internal static class DrawnText
{
    /// <summary>Writes what the font lacks with letters that it has: <c>½</c> as <c>1/2</c>, a minus as a hyphen.</summary>
    public static string Of(string text)
    {
        StringBuilder drawn = new(text.Length);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\u00bd' => drawn.Append("1/2"),
                '\u2212' or '\u2010' or '\u2011' => drawn.Append('-'),
                '\u2014' => drawn.Append('\u2013'),
                '\u2265' => drawn.Append(">="),
                '\u2264' => drawn.Append("<="),
                '\u2248' => drawn.Append('~'),
                '\u2192' => drawn.Append("->"),
                '\u207b' => drawn.Append("^-"),
                '\u00b9' => drawn.Append('1'),
                '\u03bc' => drawn.Append('\u00b5'),
                '\u2019' => drawn.Append('\''),
                '\u201c' or '\u201d' => drawn.Append('"'),
                '\u00a0' or '\u202f' or '\u2009' => drawn.Append(' '),
                _ => drawn.Append(c),
            };
        }

        return drawn.ToString();
    }

    /// <summary>Breaks a text into lines of at most a number of characters, between words where it can.</summary>
    public static IEnumerable<string> Wrapped(string text, int most)
    {
        string rest = Of(text).ReplaceLineEndings(" ").Trim();
        while (rest.Length > most)
        {
            int at = rest.LastIndexOf(' ', most);
            at = at <= 0 ? most : at;
            yield return rest[..at];
            rest = rest[at..].TrimStart();
        }

        yield return rest;
    }
}
