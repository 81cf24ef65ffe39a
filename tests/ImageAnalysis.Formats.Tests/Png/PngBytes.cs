using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ImageAnalysis.Formats.Png;

namespace ImageAnalysis.Formats.Tests.Png;

/// <summary>Builds PNG files field by field.</summary>
internal static class PngBytes
{
    // Which pass of Adam7 a pixel of each 8 × 8 block stands in: the figure in section 8.1 of the specification.
    private static readonly string[] _passOfPixel =
    [
        "16462646",
        "77777777",
        "56565656",
        "77777777",
        "36463646",
        "77777777",
        "56565656",
        "77777777",
    ];

    public static byte[] File(params byte[][] chunks) => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. chunks.SelectMany(c => c)];

    public static byte[] Chunk(string type, params byte[] data)
    {
        byte[] chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32.Of(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    public static byte[] Header(int width, int height, int bitDepth, int colourType, int interlace = 0) =>
        Chunk("IHDR", [.. BigEndian((uint)width), .. BigEndian((uint)height), (byte)bitDepth, (byte)colourType, 0, 0, (byte)interlace]);

    public static byte[] Data(params byte[] filteredRows) => Chunk("IDAT", Packed(filteredRows));

    public static byte[] End() => Chunk("IEND");

    /// <summary>A file of one image whose rows (each with its filter byte first) are given.</summary>
    public static byte[] Image(int width, int height, int bitDepth, int colourType, params byte[] filteredRows) =>
        File(Header(width, height, bitDepth, colourType), Data(filteredRows), End());

    /// <summary>A file with further chunks between header and data.</summary>
    public static byte[] ImageWith(byte[][] extra, int width, int height, int bitDepth, int colourType, params byte[] filteredRows) =>
        File([Header(width, height, bitDepth, colourType), .. extra, Data(filteredRows), End()]);

    public static byte[] Packed(byte[] bytes)
    {
        using MemoryStream stream = new();
        using (ZLibStream zlib = new(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return stream.ToArray();
    }

    public static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Text(string type, string text) => Chunk(type, Encoding.Latin1.GetBytes(text));

    /// <summary>The rows of an interlaced 8-bit grey image, unfiltered: pass by pass, the pixels of each 8 × 8 block that belong to it.</summary>
    public static byte[] InterlacedRows(int width, int height, Func<int, int, byte> pixel)
    {
        List<byte> rows = [];
        for (char pass = '1'; pass <= '7'; pass++)
        {
            for (int y = 0; y < height; y++)
            {
                byte[] row = [.. Enumerable.Range(0, width).Where(x => _passOfPixel[y % 8][x % 8] == pass).Select(x => pixel(x, y))];
                if (row.Length > 0)
                {
                    rows.AddRange([0, .. row]);
                }
            }
        }

        return [.. rows];
    }
}
