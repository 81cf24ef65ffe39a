using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ImageAnalysis.Formats;

/// <summary>Tells text from binary content, and columns of numbers from prose.</summary>
internal static class TextSniffing
{
    /// <summary>Number of lines of numbers that are looked at.</summary>
    private const int NumericLinesWanted = 8;

    /// <summary>Takes the first bytes of a file as text, if they are text.</summary>
    /// <param name="start">The first bytes.</param>
    /// <param name="text">The text (one character a byte, since only the ASCII part matters here), without byte order mark.</param>
    /// <returns>False for an empty file and for content with control characters that no text has.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> start, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            start = start[3..];
        }

        foreach (byte value in start)
        {
            if (value < 0x20 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C or 0x1A))
            {
                return false;
            }
        }

        if (start.IsEmpty)
        {
            return false;
        }

        text = Encoding.Latin1.GetString(start);
        return true;
    }

    /// <summary>Number of columns of a table of numbers that fills a text from some line on.</summary>
    /// <param name="start">The first bytes of a file.</param>
    /// <returns>The number of columns that the first eight lines of numbers (at least two) agree on, or 0 where there is no such table.</returns>
    public static int NumericColumns(ReadOnlySpan<byte> start)
    {
        if (!TryDecode(start, out string? text))
        {
            return 0;
        }

        int end = start.Length == FileFormat.SniffedBytes ? text.LastIndexOf('\n') : text.Length;
        string[] lines = end < 0 ? [] : text[..end].Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int columns = 0;
        int numericLines = 0;
        foreach (string line in lines)
        {
            int found = ColumnsOf(line);
            if (found < 2)
            {
                if (numericLines > 0 && found == 0)
                {
                    return 0;
                }

                continue;
            }

            if (numericLines > 0 && found != columns)
            {
                return 0;
            }

            columns = found;
            numericLines++;
            if (numericLines == NumericLinesWanted)
            {
                break;
            }
        }

        return numericLines >= 2 ? columns : 0;
    }

    private static int ColumnsOf(string line)
    {
        string[] words = line.Split([' ', '\t', ';'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 1)
        {
            words = line.Split(',');
        }

        foreach (string word in words)
        {
            // A comma ends a column ("10.0, 2001") or marks the decimals ("10,02").
            string number = word.TrimEnd(',').Replace(',', '.');
            if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                return 0;
            }
        }

        return words.Length;
    }
}
