using System.Globalization;
using System.Text;
using ImageAnalysis.Formats.Powder;

namespace ImageAnalysis.Formats.Rigaku;

/// <summary>Reads RAS, the text format of Rigaku's diffractometers.</summary>
/// <remarks>README.md beside this file says what the reading rests on.</remarks>
public static class RasReader
{
    private const string Format = "Rigaku RAS";
    private const int MostScans = 10_000;

    /// <summary>The encoding of Japanese Windows, in which the instruments write names.</summary>
    private static Encoding ShiftJis { get; } = CodePagesEncodingProvider.Instance.GetEncoding(932) ?? Encoding.Latin1;

    /// <summary>Whether a file starts as RAS does.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <returns>True for the keyword <c>*RAS_</c>, behind a byte order mark or not.</returns>
    public static bool Recognises(ReadOnlySpan<byte> start) => start.StartsWith("*RAS_"u8) || start.StartsWith("\uFEFF*RAS_"u8);

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <returns>A signal for each scan; those that are no scan of 2θ are not measurable.</returns>
    /// <exception cref="MicroscopeFileException">The text is cut short or broken, or holds no scan.</exception>
    public static MicroscopeFile Read(ReadOnlyMemory<byte> bytes)
    {
        PatternText text = PatternText.Decode(bytes.Span, Format, ShiftJis);
        List<RigakuScan> scans = Scans(text);
        if (scans.Count == 0)
        {
            throw text.Problem(FileProblem.Truncated, "the file holds no scan (*RAS_INT_START … *RAS_INT_END); expected at least one.");
        }

        return new MicroscopeFile(
            Format,
            [.. scans.Select(scan => scan.ToSignal(text))],
            [.. scans.SelectMany((scan, i) => scan.Tags(scans.Count == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"Scan{i + 1}.")))]);
    }

    private static List<RigakuScan> Scans(PatternText text)
    {
        List<RigakuScan> scans = [];
        Dictionary<string, string> keywords = new(StringComparer.Ordinal);
        List<RigakuRow>? rows = null;
        int startedOn = 0;
        int number = 0;
        foreach (ReadOnlySpan<char> whole in text.Text.AsSpan().EnumerateLines())
        {
            number++;
            ReadOnlySpan<char> line = whole.Trim().Trim('\u001A');
            if (line.IsEmpty)
            {
                continue;
            }

            if (line[0] != '*')
            {
                if (rows is null)
                {
                    throw text.Problem(FileProblem.Corrupt, number, $"'{PatternText.Shown(line)}' stands outside of a scan; expected a keyword that starts with a star.");
                }

                rows.Add(RigakuRow.Decode(text, line, number));
                continue;
            }

            int space = line.IndexOfAny(' ', '\t');
            string keyword = (space < 0 ? line[1..] : line[1..space]).ToString();
            switch (keyword)
            {
                case "RAS_HEADER_START":
                    keywords = new Dictionary<string, string>(StringComparer.Ordinal);
                    break;
                case "RAS_INT_START":
                    if (scans.Count == MostScans)
                    {
                        throw text.Problem(FileProblem.NotSupported, number, string.Create(CultureInfo.InvariantCulture, $"the file holds more than {MostScans} scans."));
                    }

                    rows = [];
                    startedOn = number;
                    break;
                case "RAS_INT_END":
                    scans.Add(Finished(text, keywords, rows, number));
                    rows = null;
                    break;
                default:
                    keywords[keyword] = space < 0 ? string.Empty : line[space..].Trim().Trim('"').ToString();
                    break;
            }
        }

        return rows is null
            ? scans
            : throw text.Problem(FileProblem.Truncated, startedOn, string.Create(CultureInfo.InvariantCulture, $"the scan that starts here has {rows.Count} points and no end (*RAS_INT_END)."));
    }

    private static RigakuScan Finished(PatternText text, Dictionary<string, string> keywords, List<RigakuRow>? rows, int number)
    {
        if (rows is null || rows.Count == 0)
        {
            throw text.Problem(FileProblem.Corrupt, number, "a scan ends that has no points; expected at least one.");
        }

        if (keywords.TryGetValue("MEAS_DATA_COUNT", out string? announced) && PatternText.NumberOrNull(announced) is double count && count != rows.Count)
        {
            throw text.Problem(
                count > rows.Count ? FileProblem.Truncated : FileProblem.Corrupt,
                number,
                string.Create(CultureInfo.InvariantCulture, $"the scan has {rows.Count} points; its header announces {count}."));
        }

        return new RigakuScan(keywords, rows);
    }
}
