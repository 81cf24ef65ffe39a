using System.Diagnostics.CodeAnalysis;
using System.Text;
using ImageAnalysis.Formats.Columns;

namespace ImageAnalysis.Formats;

/// <summary>Tells text from binary content, and columns of numbers from prose.</summary>
internal static class TextSniffing
{
    /// <summary>Takes the first bytes of a file as text, if they are text.</summary>
    /// <param name="start">The first bytes.</param>
    /// <param name="text">The text (one character a byte, since only the ASCII part matters here), without byte order mark.</param>
    /// <returns>False for an empty file and for content with control characters that no text has.</returns>
    /// <remarks>UTF-16 is known by its byte order mark only.</remarks>
    public static bool TryDecode(ReadOnlySpan<byte> start, [NotNullWhen(true)] out string? text)
    {
        text = null;
        bool isUtf16 = start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]);
        if (isUtf16 || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            text = (isUtf16 ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(start[2..]);
            return !text.AsSpan().ContainsAnyInRange('\0', '\u0008') && text.Length > 0;
        }

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
    /// <returns>The number of columns that the first lines of numbers (at least two) agree on, or 0 where there is no such table.</returns>
    public static int NumericColumns(ReadOnlySpan<byte> start) =>
        TryDecode(start, out string? text) ? ColumnDialect.Of(text, isCut: start.Length >= FileFormat.SniffedBytes, isStrict: true).Columns : 0;
}
