using System.Globalization;
using ImageAnalysis.Formats.Powder;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Uxd;

/// <summary>Reads UXD, the text format of Siemens' and Bruker's DIFFRAC programs.</summary>
/// <remarks>README.md beside this file says what the reading rests on.</remarks>
public static class UxdReader
{
    private const string Format = "UXD";
    private const int MostRanges = 10_000;

    /// <summary>Whether a text starts as UXD does: comments behind <c>;</c>, then the keyword <c>_FILEVERSION</c>.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <returns>True also for a text with the keyword <c>_DRIVE</c> at the start of a line further down.</returns>
    public static bool Recognises(ReadOnlySpan<byte> start)
    {
        if (!TextSniffing.TryDecode(start, out string? text))
        {
            return false;
        }

        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> words = line.TrimStart();
            if (words.IsEmpty || words[0] == ';')
            {
                continue;
            }

            return words.StartsWith("_FILEVERSION", StringComparison.OrdinalIgnoreCase)
                || (words[0] == '_' && text.Contains("\n_DRIVE", StringComparison.OrdinalIgnoreCase));
        }

        return false;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <returns>A signal for each range; those that are no scan of 2θ are not measurable.</returns>
    /// <exception cref="MicroscopeFileException">The text is cut short or broken, or holds no range.</exception>
    public static MicroscopeFile Read(ReadOnlyMemory<byte> bytes)
    {
        PatternText text = PatternText.Decode(bytes.Span, Format);
        List<UxdRange> ranges = Ranges(text);
        if (ranges.Count == 0)
        {
            throw text.Problem(FileProblem.Truncated, "the file holds no range (_COUNTS, _CPS, _2THETACOUNTS or _2THETACPS); expected at least one.");
        }

        List<Signal> signals = [.. ranges.Select(range => range.ToSignal(text))];
        List<RawTag> tags = [.. ranges.SelectMany((range, i) => range.Tags(ranges.Count == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"Range{i + 1}.")))];
        return new MicroscopeFile(Format, signals, tags);
    }

    private static List<UxdRange> Ranges(PatternText text)
    {
        List<UxdRange> ranges = [];
        Dictionary<string, string> ofFile = new(StringComparer.Ordinal);
        Dictionary<string, string> ofRange = ofFile;
        List<double>? numbers = null;
        bool isPeakList = false;
        int number = 0;
        foreach (ReadOnlySpan<char> whole in text.Text.AsSpan().EnumerateLines())
        {
            number++;
            int comment = whole.IndexOf(';');
            ReadOnlySpan<char> line = (comment < 0 ? whole : whole[..comment]).Trim().Trim('\u001A');
            if (line.IsEmpty)
            {
                continue;
            }

            if (line[0] != '_')
            {
                if (!isPeakList)
                {
                    AddNumbers(text, numbers, line, number);
                }

                continue;
            }

            int equals = line.IndexOf('=');
            string keyword = (equals < 0 ? line[1..] : line[1..equals]).Trim().ToString().ToUpperInvariant();
            numbers = null;
            if (equals >= 0)
            {
                ofRange = keyword == "DRIVE" ? new Dictionary<string, string>(ofFile, StringComparer.Ordinal) : ofRange;
                ofRange[keyword] = line[(equals + 1)..].Trim().ToString();
                isPeakList = false;
            }
            else if (UxdRange.IsLayout(keyword))
            {
                if (ranges.Count == MostRanges)
                {
                    throw text.Problem(FileProblem.NotSupported, number, string.Create(CultureInfo.InvariantCulture, $"the file holds more than {MostRanges} ranges."));
                }

                numbers = [];
                ranges.Add(new UxdRange(new Dictionary<string, string>(ofRange, StringComparer.Ordinal), keyword, number, numbers));
                isPeakList = false;
            }
            else
            {
                // Peak lists (_D-I, _2THETA-I) and layouts of other detectors.
                isPeakList = true;
            }
        }

        return ranges;
    }

    private static void AddNumbers(PatternText text, List<double>? numbers, ReadOnlySpan<char> line, int number)
    {
        if (numbers is null)
        {
            throw text.Problem(FileProblem.Corrupt, number, $"'{PatternText.Shown(line)}' stands outside of a range; expected a keyword that starts with an underscore.");
        }

        foreach (Range word in line.SplitAny(' ', '\t', ','))
        {
            if (!line[word].IsEmpty)
            {
                numbers.Add(text.Finite(line[word], number, "a value"));
            }
        }
    }
}
