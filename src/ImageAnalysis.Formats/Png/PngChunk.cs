using System.Buffers.Binary;
using System.Text;

namespace ImageAnalysis.Formats.Png;

/// <summary>One chunk of a PNG file: where its data stand. See PNG (third edition), section 5.3.</summary>
/// <param name="Type">The four letters of its type.</param>
/// <param name="Offset">Where the chunk begins (its length field) in the file.</param>
/// <param name="DataOffset">Where its data begin in the file.</param>
/// <param name="Length">Length of its data in bytes.</param>
internal readonly record struct PngChunk(string Type, int Offset, int DataOffset, int Length)
{
    /// <summary>Bytes of a chunk besides its data: length, type and checksum.</summary>
    public const int Frame = 12;

    /// <summary>True for a chunk without which the image cannot be shown: its first letter is a capital.</summary>
    public bool IsCritical => Type[0] is >= 'A' and <= 'Z';

    /// <summary>The chunk's data.</summary>
    public ReadOnlySpan<byte> Data(ReadOnlySpan<byte> file) => file.Slice(DataOffset, Length);

    /// <summary>The same chunk, of whose data only the last bytes count.</summary>
    public PngChunk Tail(int length) => this with { DataOffset = DataOffset + Length - length, Length = length };

    /// <summary>True when the stored checksum is that of type and data.</summary>
    public bool ChecksumHolds(ReadOnlySpan<byte> file) =>
        Crc32.Of(file.Slice(Offset + 4, Length + 4)) == BinaryPrimitives.ReadUInt32BigEndian(file[(DataOffset + Length)..]);

    /// <summary>Reads the chunk that begins at a place; every length is checked against the bytes that are there.</summary>
    public static PngChunk Decode(ReadOnlySpan<byte> file, int offset)
    {
        int remaining = file.Length - offset;
        if (remaining < Frame)
        {
            throw new MicroscopeFileException(FileProblem.Truncated, PngReader.FormatName, offset, $"{remaining} bytes are left; a chunk needs {Frame} or more, and the closing chunk IEND was not met.");
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(file[offset..]);
        ReadOnlySpan<byte> letters = file.Slice(offset + 4, 4);
        foreach (byte letter in letters)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                throw new MicroscopeFileException(FileProblem.Corrupt, PngReader.FormatName, offset + 4, $"the type of a chunk has the byte {letter}; expected four letters.");
            }
        }

        string type = NameOf(letters);
        if (length > int.MaxValue)
        {
            throw new MicroscopeFileException(FileProblem.Corrupt, PngReader.FormatName, offset, $"chunk {type} claims {length} bytes; at most {int.MaxValue} are allowed.");
        }

        if (length > remaining - Frame)
        {
            throw new MicroscopeFileException(FileProblem.Truncated, PngReader.FormatName, offset, $"chunk {type} claims {length} bytes; {remaining - Frame} are left.");
        }

        return new PngChunk(type, offset, offset + 8, (int)length);
    }

    // A file may hold a hundred thousand chunks: the usual names are not made anew for each.
    private static string NameOf(ReadOnlySpan<byte> letters)
    {
        foreach (string name in _usualNames)
        {
            if (Ascii.Equals(letters, name))
            {
                return name;
            }
        }

        return Encoding.ASCII.GetString(letters);
    }

    private static readonly string[] _usualNames = ["IDAT", "IHDR", "IEND", "PLTE", "tRNS", "pHYs", "sCAL", "tEXt", "zTXt", "iTXt", "tIME", "gAMA", "sRGB", "sBIT", "bKGD", "cHRM", "iCCP"];
}
