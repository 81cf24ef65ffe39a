using ImageAnalysis.Formats.Powder;

namespace ImageAnalysis.Formats.Columns;

/// <summary>What stands between the columns of a line.</summary>
internal enum ColumnSeparator
{
    /// <summary>Nothing: the line has one column.</summary>
    None,

    /// <summary>Spaces or tabs.</summary>
    Space,

    /// <summary>Commas, with or without spaces.</summary>
    Comma,

    /// <summary>Semicolons, with or without spaces.</summary>
    Semicolon,

    /// <summary>More than one of these, so that nobody knows what a comma means.</summary>
    Mixed,
}

/// <summary>One line of a table of numbers, taken apart.</summary>
/// <param name="Count">Number of columns; 0 for a line that is not all numbers.</param>
/// <param name="Separator">What stands between them.</param>
/// <param name="HasDecimalComma">Whether a number has a comma in the place of its point.</param>
/// <param name="HasPoint">Whether a number has a point.</param>
internal readonly record struct ColumnLine(int Count, ColumnSeparator Separator, bool HasDecimalComma, bool HasPoint)
{
    /// <summary>Columns beyond this number are counted, not kept.</summary>
    public const int MostKept = 4;

    private const int LongestNumber = 64;

    /// <summary>Takes a line apart.</summary>
    /// <param name="line">The line.</param>
    /// <param name="decimalComma">Whether a comma between digits marks the decimals; it then never separates columns.</param>
    /// <param name="values">Gets the first numbers of the line; <see cref="MostKept"/> of them.</param>
    public static ColumnLine Decode(ReadOnlySpan<char> line, bool decimalComma, Span<double> values)
    {
        line = line.Trim();
        if (line.IsEmpty || !(char.IsAsciiDigit(line[0]) || line[0] is '+' or '-' or '.' or 'n' or 'N'))
        {
            return default;
        }

        int count = 0;
        ColumnSeparator separator = ColumnSeparator.None;
        bool hasComma = false;
        bool hasPoint = false;
        for (int at = 0; at < line.Length;)
        {
            int end = at;
            while (end < line.Length && !IsSeparator(line[end], decimalComma))
            {
                end++;
            }

            ReadOnlySpan<char> word = line[at..end];
            if (!TryNumber(word, decimalComma, out double value))
            {
                return default;
            }

            hasComma |= word.Contains(',');
            hasPoint |= word.Contains('.');
            if (count < values.Length)
            {
                values[count] = value;
            }

            count++;
            ColumnSeparator found = Pass(line, ref end, decimalComma);
            if (found == ColumnSeparator.Mixed)
            {
                return default;
            }

            // What ends the line separates nothing.
            if (end < line.Length)
            {
                separator = separator == ColumnSeparator.None || separator == found ? found : ColumnSeparator.Mixed;
            }

            at = end;
        }

        return new ColumnLine(count, separator, hasComma, hasPoint);
    }

    private static bool IsSeparator(char character, bool decimalComma) => char.IsWhiteSpace(character) || character == ';' || (character == ',' && !decimalComma);

    /// <summary>Passes spaces with at most one comma or semicolon among them; <see cref="ColumnSeparator.Mixed"/> for two, which leave a column empty.</summary>
    private static ColumnSeparator Pass(ReadOnlySpan<char> line, ref int at, bool decimalComma)
    {
        ColumnSeparator found = ColumnSeparator.Space;
        for (; at < line.Length && IsSeparator(line[at], decimalComma); at++)
        {
            if (line[at] is ',' or ';')
            {
                if (found != ColumnSeparator.Space)
                {
                    return ColumnSeparator.Mixed;
                }

                found = line[at] == ',' ? ColumnSeparator.Comma : ColumnSeparator.Semicolon;
            }
        }

        return found;
    }

    private static bool TryNumber(ReadOnlySpan<char> word, bool decimalComma, out double value)
    {
        value = 0;
        if (word.IsEmpty || word.Length > LongestNumber)
        {
            return false;
        }

        int comma = decimalComma ? word.IndexOf(',') : -1;
        if (comma < 0)
        {
            return PatternText.TryNumber(word, out value);
        }

        // A comma that marks decimals stands between two digits, and nothing else in the number is a comma or a point.
        if (comma == 0 || comma == word.Length - 1 || !char.IsAsciiDigit(word[comma - 1]) || !char.IsAsciiDigit(word[comma + 1])
            || word[(comma + 1)..].Contains(',') || word.Contains('.'))
        {
            return false;
        }

        Span<char> withPoint = stackalloc char[LongestNumber];
        word.CopyTo(withPoint);
        withPoint[comma] = '.';
        return PatternText.TryNumber(withPoint[..word.Length], out value);
    }
}
