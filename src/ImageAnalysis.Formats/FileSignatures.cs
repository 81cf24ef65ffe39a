using System.Buffers.Binary;

namespace ImageAnalysis.Formats;

/// <summary>How the formats without a reader are recognised by their first bytes.</summary>
internal static class FileSignatures
{
    private static ReadOnlySpan<byte> Hdf5Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>DigitalMicrograph 2: field 0x3D (the version) of four bytes, big-endian.</summary>
    public static bool IsDm2(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x00, 0x3D, 0x00, 0x00, 0x00, 0x04]);

    /// <summary>FEI/TIA series: little-endian mark and series identifier 0x0197.</summary>
    public static bool IsSer(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x49, 0x49, 0x97, 0x01]);

    /// <summary>FEI/TIA metadata, the sidecar of a series.</summary>
    public static bool IsEmi(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x4A, 0x4B, 0x00, 0x02]);

    /// <summary>HDF5: its superblock stands at byte 0, or behind a user block of 512, 1024, 2048 … bytes.</summary>
    public static bool IsHdf5(ReadOnlySpan<byte> start)
    {
        for (int at = 0; at + Hdf5Signature.Length <= start.Length; at = at == 0 ? 512 : 2 * at)
        {
            if (start[at..].StartsWith(Hdf5Signature))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>JPEG: start of image, then another marker.</summary>
    public static bool IsJpeg(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    /// <summary>
    /// MRC/CCP4: the word "MAP " at byte 208, or, in older files, a header whose sizes, mode and axes make sense in one of the byte orders.
    /// </summary>
    public static bool IsMrc(ReadOnlySpan<byte> start)
    {
        const int headerBytes = 1024;
        if (start.Length < headerBytes)
        {
            return false;
        }

        return start[208..].StartsWith("MAP"u8) || HasMrcSizes(start, littleEndian: true) || HasMrcSizes(start, littleEndian: false);
    }

    /// <summary>A pair distribution function G(r), as written by PDFgetN, PDFgetX2 or PDFgetX3.</summary>
    public static bool IsPairDistribution(ReadOnlySpan<byte> start)
    {
        if (!TextSniffing.TryDecode(start, out string? text))
        {
            return false;
        }

        return text.Contains("pdfget", StringComparison.OrdinalIgnoreCase) || text.Contains("G(r)", StringComparison.Ordinal);
    }

    private static bool HasMrcSizes(ReadOnlySpan<byte> start, bool littleEndian)
    {
        int nx = Word(start, 0, littleEndian);
        int ny = Word(start, 1, littleEndian);
        int nz = Word(start, 2, littleEndian);
        int mode = Word(start, 3, littleEndian);
        int mapC = Word(start, 16, littleEndian);
        int mapR = Word(start, 17, littleEndian);
        int mapS = Word(start, 18, littleEndian);
        bool sizes = nx is > 0 and < 100_000 && ny is > 0 and < 100_000 && nz is > 0 and < 100_000;
        bool axes = (mapC == 0 && mapR == 0 && mapS == 0) || (mapC is >= 1 and <= 3 && mapR is >= 1 and <= 3 && mapS is >= 1 and <= 3);
        return sizes && mode is (>= 0 and <= 7) or 12 or 101 && axes;
    }

    private static int Word(ReadOnlySpan<byte> start, int index, bool littleEndian)
    {
        ReadOnlySpan<byte> word = start.Slice(4 * index, 4);
        return littleEndian ? BinaryPrimitives.ReadInt32LittleEndian(word) : BinaryPrimitives.ReadInt32BigEndian(word);
    }
}
