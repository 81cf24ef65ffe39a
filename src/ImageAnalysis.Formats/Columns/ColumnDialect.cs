namespace ImageAnalysis.Formats.Columns;

/// <summary>How the numbers of a table are written.</summary>
/// <param name="DecimalComma">Whether commas mark decimals.</param>
/// <param name="Columns">Number of columns that the first lines of numbers agree on; 0 where there is no table.</param>
internal readonly record struct ColumnDialect(bool DecimalComma, int Columns)
{
    /// <summary>Lines of numbers that decide about a dialect.</summary>
    private const int LinesWanted = 50;

    /// <summary>Lines of numbers that decide whether a text is a table; trouble further down is for the reader to name.</summary>
    private const int StrictLinesWanted = 8;

    /// <summary>Lines of numbers that a table has at least.</summary>
    private const int FewestLines = 2;

    /// <summary>Finds the dialect of a text.</summary>
    /// <param name="text">The text, or its beginning.</param>
    /// <param name="isCut">Whether the text may end within a line, which is then left out.</param>
    /// <param name="isStrict">Whether the first eight lines from the first number on must all be of the table or comments; else others are left to a later complaint.</param>
    /// <remarks>
    /// A comma marks decimals where the lines of numbers can be read so, with at least two columns and something else between them, and no number has a
    /// point. It separates columns in every other case.
    /// </remarks>
    public static ColumnDialect Of(ReadOnlySpan<char> text, bool isCut, bool isStrict)
    {
        if (isCut)
        {
            int end = text.LastIndexOfAny('\n', '\r');
            text = end < 0 ? [] : text[..end];
        }

        (int columns, int lines, _) = Survey(text, decimalComma: false, isStrict);
        (int commaColumns, int commaLines, bool isComma) = Survey(text, decimalComma: true, isStrict);
        return isComma && commaColumns >= 2 && commaLines >= lines ? new ColumnDialect(true, commaColumns) : new ColumnDialect(false, columns);
    }

    /// <summary>Whether a line is a comment or a keyword wherever it stands.</summary>
    public static bool IsComment(ReadOnlySpan<char> line)
    {
        line = line.TrimStart();
        return line.IsEmpty || line[0] is '#' or '!' or '%' or '\'' or '"' or '*' or '/' or ';' or '@' or '\u001A';
    }

    /// <summary>Columns that the first line of numbers has, lines that agree with it, and whether commas mark decimals in them.</summary>
    private static (int Columns, int Lines, bool IsComma) Survey(ReadOnlySpan<char> text, bool decimalComma, bool isStrict)
    {
        Span<double> values = stackalloc double[ColumnLine.MostKept];
        bool hasComma = false;
        bool hasPoint = false;
        int columns = 0;
        int lines = 0;
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            if (IsComment(line))
            {
                continue;
            }

            ColumnLine found = ColumnLine.Decode(line, decimalComma, values);
            if (found.Count < 2 || (lines > 0 && found.Count != columns))
            {
                if (lines > 0 && isStrict)
                {
                    return (0, 0, false);
                }

                continue;
            }

            columns = found.Count;
            hasComma |= found.HasDecimalComma;
            hasPoint |= found.HasPoint;
            if (++lines == (isStrict ? StrictLinesWanted : LinesWanted))
            {
                break;
            }
        }

        return (lines >= FewestLines || !isStrict ? columns : 0, lines, hasComma && !hasPoint);
    }
}
