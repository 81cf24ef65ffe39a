using System.Buffers.Binary;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>The first 8 (TIFF) or 16 (BigTIFF) bytes of a file.</summary>
/// <param name="LittleEndian">The byte order of every number in the file.</param>
/// <param name="Big">Whether it is a BigTIFF: offsets and counts have 8 bytes.</param>
/// <param name="FirstDirectory">Offset of the first directory.</param>
internal sealed record TiffHeader(bool LittleEndian, bool Big, ulong FirstDirectory)
{
    public const string Format = "TIFF";

    /// <summary>Whether a file starts as a TIFF or BigTIFF of either byte order.</summary>
    /// <param name="start">The first bytes of a file.</param>
    /// <returns>True for <c>II 42</c>, <c>MM 42</c>, <c>II 43</c> and <c>MM 43</c>.</returns>
    public static bool Recognises(ReadOnlySpan<byte> start) =>
        start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) || start.StartsWith("II+\0"u8) || start.StartsWith("MM\0+"u8);

    public static TiffHeader Decode(ReadOnlyMemory<byte> file)
    {
        if (!Recognises(file.Span))
        {
            throw new MicroscopeFileException(FileProblem.NotRecognised, Format, 0, "a TIFF starts with 'II' or 'MM' and the number 42 or 43.");
        }

        bool littleEndian = file.Span[0] == (byte)'I';
        ByteCursor cursor = new(file, Format, littleEndian);
        cursor.Skip(2, "byte order");
        bool big = cursor.ReadUInt16("version") == 43;
        if (big)
        {
            int offsetBytes = cursor.ReadUInt16("size of BigTIFF offsets");
            if (offsetBytes != 8)
            {
                throw cursor.Problem(FileProblem.Corrupt, 4, $"BigTIFF offsets of {offsetBytes} bytes; expected 8.");
            }

            cursor.Skip(2, "BigTIFF header");
        }

        return new TiffHeader(littleEndian, big, big ? cursor.ReadUInt64("offset of the first directory") : cursor.ReadUInt32("offset of the first directory"));
    }

    /// <summary>Reads a number of the file's byte order.</summary>
    public ushort UInt16(ReadOnlySpan<byte> bytes) =>
        LittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    /// <summary>Reads a number of the file's byte order.</summary>
    public uint UInt32(ReadOnlySpan<byte> bytes) =>
        LittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    /// <summary>Reads a number of the file's byte order.</summary>
    public ulong UInt64(ReadOnlySpan<byte> bytes) =>
        LittleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes);
}
