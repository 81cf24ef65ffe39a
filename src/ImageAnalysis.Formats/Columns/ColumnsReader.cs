using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Powder;

namespace ImageAnalysis.Formats.Columns;

/// <summary>Reads powder patterns written as a table of two or three columns: 2θ in degrees, intensity and, in a third, its standard deviation (xy, xye, csv, txt, dat).</summary>
/// <remarks>README.md beside this file says which separators, decimals, headers and disorders are read and which are refused.</remarks>
public static class ColumnsReader
{
    private const string TwoColumns = "XY";
    private const string ThreeColumns = "XYE";

    /// <summary>Whether a text holds a table of two columns of numbers.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <returns>True from two lines of numbers on.</returns>
    public static bool IsXy(ReadOnlySpan<byte> start) => TextSniffing.NumericColumns(start) == 2;

    /// <summary>Whether a text holds a table of three columns of numbers.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <returns>True from two lines of numbers on.</returns>
    public static bool IsXye(ReadOnlySpan<byte> start) => TextSniffing.NumericColumns(start) == 3;

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <returns>One signal, the pattern, and the lines of the header as tags.</returns>
    /// <exception cref="MicroscopeFileException">The table is broken, its columns are something else than 2θ, intensity and standard deviation, or its angles go back and forth.</exception>
    public static MicroscopeFile Read(ReadOnlyMemory<byte> bytes)
    {
        PatternText text = PatternText.Decode(bytes.Span, TwoColumns);
        ColumnDialect dialect = ColumnDialect.Of(text.Text, isCut: false, isStrict: false);
        text = text with { Format = dialect.Columns == 3 ? ThreeColumns : TwoColumns };
        if (dialect.Columns is not (2 or 3))
        {
            throw text.Problem(FileProblem.Corrupt, dialect.Columns == 0
                ? "no table of numbers was found; expected two or three columns: 2θ in degrees, intensity, standard deviation."
                : string.Create(CultureInfo.InvariantCulture, $"the table has {dialect.Columns} columns; expected two or three: 2θ in degrees, intensity, standard deviation."));
        }

        PatternPoints points = new();
        ColumnHeader header = Collect(text, dialect, points);
        if (header.WhyNotTwoTheta is (int line, string reason))
        {
            throw text.Problem(FileProblem.NotSupported, line, reason + ".");
        }

        if (dialect.Columns == 3 && header.WhyNotSigma is (int place, string doubt))
        {
            throw text.Problem(FileProblem.NotSupported, place, doubt + ".");
        }

        PowderPattern pattern = points.ToPattern(text) with { Title = header.Title, IsSimulated = header.IsSimulated, Wavelengths = header.Wavelengths };
        return new MicroscopeFile(text.Format, [PowderSignals.Of(WithScale(pattern, header))], [.. header.Tags]);
    }

    private static PowderPattern WithScale(PowderPattern pattern, ColumnHeader header)
    {
        double? time = header.CountingTimeSeconds;
        if (header.IntensityPerCountRatio is double ratio)
        {
            return pattern with
            {
                CountingTimeSeconds = time,
                Scale = ratio == 1 ? IntensityScale.Counts : IntensityScale.ScaledCounts,
                IntensityPerCountRatio = ratio,
            };
        }

        return header.SaysRate
            ? PatternFacts.WithStatedScale(pattern, saysRate: true, time)
            : PatternFacts.WithEvidentScale(pattern) with { CountingTimeSeconds = time };
    }

    /// <summary>Numbers go to the points, everything else to the header; words between numbers must be comments.</summary>
    private static ColumnHeader Collect(PatternText text, ColumnDialect dialect, PatternPoints points)
    {
        List<(int, string)> header = [];
        Span<double> values = stackalloc double[ColumnLine.MostKept];
        ColumnSeparator separator = ColumnSeparator.None;
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.Text.AsSpan().EnumerateLines())
        {
            number++;
            ColumnLine found = ColumnDialect.IsComment(line) ? default : ColumnLine.Decode(line, dialect.DecimalComma, values);
            if (found.Count < 2 && (points.TwoThetaDeg.Count == 0 || ColumnDialect.IsComment(line)))
            {
                if (header.Count < ColumnHeader.MostLines && !line.Trim().IsEmpty)
                {
                    header.Add((number, line[..Math.Min(line.Length, ColumnHeader.LongestLine)].ToString()));
                }

                continue;
            }

            separator = separator == ColumnSeparator.None ? found.Separator : separator;
            Check(text, dialect, found, separator, number, line);
            points.TwoThetaDeg.Add(values[0]);
            points.Intensities.Add(values[1]);
            points.Lines.Add(number);
            if (dialect.Columns == 3)
            {
                points.Sigmas.Add(values[2]);
            }
        }

        return new ColumnHeader(header);
    }

    private static void Check(PatternText text, ColumnDialect dialect, ColumnLine found, ColumnSeparator separator, int number, ReadOnlySpan<char> line)
    {
        if (found.Separator == ColumnSeparator.Mixed || (found.Count > 1 && found.Separator != separator))
        {
            throw text.Problem(
                FileProblem.Corrupt,
                number,
                $"'{PatternText.Shown(line)}' is separated in more than one way, so that a comma may mark decimals or thousands; expected one separator in the whole table.");
        }

        if (found.Count != dialect.Columns)
        {
            throw text.Problem(
                FileProblem.Corrupt,
                number,
                string.Create(CultureInfo.InvariantCulture, $"'{PatternText.Shown(line)}' follows numbers; expected {dialect.Columns} numbers as above, a comment (#) or an empty line."));
        }
    }
}
