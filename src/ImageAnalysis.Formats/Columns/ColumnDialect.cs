namespace ImageAnalysis.Formats.Columns;

/// <summary>How the numbers of a table are written.</summary>
/// <param name="DecimalComma">Whether commas mark decimals.</param>
/// <param name="Columns">Number of columns that the first lines of numbers agree on; 0 where there is no table.</param>
internal readonly record struct ColumnDialect(bool DecimalComma, int Columns)
{
    /// <summary>Lines of numbers that decide about a dialect.</summary>
    private const int LinesWanted = 50;

    /// <summary>Lines of numbers that a table has at least.</summary>
    private const int FewestLines = 2;

    /// <summary>Finds the dialect of a text.</summary>
    /// <param name="text">The text, or its beginning.</param>
    /// <param name="isCut">Whether the text may end within a line, which is then left out.</param>
    /// <remarks>
    /// A comma marks decimals where every line of numbers can be read so, with at least two columns and something else between them, and no number has a
    /// point. It separates columns in every other case.
    /// </remarks>
    public static ColumnDialect Of(ReadOnlySpan<char> text, bool isCut)
    {
        if (isCut)
        {
            int end = text.LastIndexOfAny('\n', '\r');
            text = end < 0 ? [] : text[..end];
        }

        int comma = CountColumns(text, decimalComma: true, out bool hasComma, out bool hasPoint);
        return comma >= 2 && hasComma && !hasPoint ? new ColumnDialect(true, comma) : new ColumnDialect(false, CountColumns(text, decimalComma: false, out _, out _));
    }

    /// <summary>Whether a line is a comment or a keyword wherever it stands.</summary>
    public static bool IsComment(ReadOnlySpan<char> line)
    {
        line = line.TrimStart();
        return line.IsEmpty || line[0] is '#' or '!' or '%' or '\'' or '"' or '*' or '/' or ';' or '@';
    }

    private static int CountColumns(ReadOnlySpan<char> text, bool decimalComma, out bool hasComma, out bool hasPoint)
    {
        Span<double> values = stackalloc double[ColumnLine.MostKept];
        (hasComma, hasPoint) = (false, false);
        int columns = 0;
        int lines = 0;
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            if (IsComment(line))
            {
                continue;
            }

            ColumnLine found = ColumnLine.Decode(line, decimalComma, values);
            if (found.Count < 2)
            {
                if (lines > 0)
                {
                    return 0;
                }

                continue;
            }

            if (lines > 0 && found.Count != columns)
            {
                return 0;
            }

            columns = found.Count;
            hasComma |= found.HasDecimalComma;
            hasPoint |= found.HasPoint;
            if (++lines == LinesWanted)
            {
                break;
            }
        }

        return lines >= FewestLines ? columns : 0;
    }
}
