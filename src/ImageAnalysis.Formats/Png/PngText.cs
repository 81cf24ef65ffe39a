using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace ImageAnalysis.Formats.Png;

/// <summary>A text of the file with its keyword: chunks tEXt, zTXt and iTXt of PNG (third edition), section 11.3.3.</summary>
/// <param name="Keyword">What the text is, such as <c>Description</c>; 1 to 79 characters.</param>
/// <param name="Value">The text.</param>
internal sealed record PngText(string Keyword, string Value)
{
    /// <summary>Packed texts are unpacked up to this many bytes in all; a text beyond is named but not shown.</summary>
    public const int UnpackedLimit = 1 << 17;

    private const string NotUnpacked = "(a packed text, too long to be shown)";

    /// <summary>Reads a text chunk. Texts cannot spoil an image, so a malformed one yields <c>null</c> and no exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="chunk">A chunk of type tEXt, zTXt or iTXt.</param>
    /// <param name="budget">How many bytes may still be unpacked; lowered by what was.</param>
    public static PngText? Decode(ReadOnlyMemory<byte> file, PngChunk chunk, ref int budget)
    {
        ReadOnlySpan<byte> data = chunk.Data(file.Span);
        int keywordLength = data.IndexOf((byte)0);
        if (keywordLength is < 1 or > 79)
        {
            return null;
        }

        string keyword = Encoding.Latin1.GetString(data[..keywordLength]);
        data = data[(keywordLength + 1)..];
        return chunk.Type switch
        {
            "tEXt" => new PngText(keyword, Encoding.Latin1.GetString(data)),
            "zTXt" => data.Length > 0 && data[0] == 0 ? Unpacked(keyword, file, chunk.Tail(data.Length - 1), Encoding.Latin1, ref budget) : null,
            _ => International(keyword, file, chunk, data, ref budget),
        };
    }

    // After the keyword: flag and method of compression, language, translated keyword (both closed by a zero), text in UTF-8.
    private static PngText? International(string keyword, ReadOnlyMemory<byte> file, PngChunk chunk, ReadOnlySpan<byte> data, ref int budget)
    {
        if (data.Length < 2 || data[0] > 1 || data[1] != 0)
        {
            return null;
        }

        bool packed = data[0] == 1;
        data = data[2..];
        for (int field = 0; field < 2; field++)
        {
            int end = data.IndexOf((byte)0);
            if (end < 0)
            {
                return null;
            }

            data = data[(end + 1)..];
        }

        return packed ? Unpacked(keyword, file, chunk.Tail(data.Length), Encoding.UTF8, ref budget) : new PngText(keyword, Encoding.UTF8.GetString(data));
    }

    private static PngText? Unpacked(string keyword, ReadOnlyMemory<byte> file, PngChunk packed, Encoding encoding, ref int budget)
    {
        // A stream costs memory of its own, however little it holds: so each try costs something, and their number is bounded.
        const int leastCost = 2048;
        if (budget <= 0)
        {
            return new PngText(keyword, NotUnpacked);
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(budget + 1);
        int length = 0;
        try
        {
            using ZLibStream inflated = new(new PngDataStream(file, [packed]), CompressionMode.Decompress);
            length = inflated.ReadAtLeast(buffer.AsSpan(0, budget + 1), budget + 1, throwOnEndOfStream: false);
            return new PngText(keyword, length > budget ? NotUnpacked : encoding.GetString(buffer, 0, length));
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            budget -= Math.Max(length, leastCost);
        }
    }
}
