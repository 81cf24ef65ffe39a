using System.Buffers.Binary;

namespace ImageAnalysis.Formats.Dm;

/// <summary>How the pixels of an image lie in the file.</summary>
/// <param name="Type">The number type of a pixel as handed on, or <c>null</c> for one that is not decoded.</param>
/// <param name="BytesEach">Bytes of a stored pixel; 0 for packed types, whose size is not a multiple of a pixel's.</param>
/// <param name="SwapBytes">Bytes of one number: what is reversed in a big-endian file.</param>
internal sealed record DmPixels(PixelType Type, int BytesEach, int SwapBytes)
{
    /// <summary>DigitalMicrograph's numbers of the colour types: four bytes, in a little-endian file blue, green, red, unused.</summary>
    public static bool IsColour(int dataType) => dataType is 8 or 23;

    /// <summary>DigitalMicrograph's numbers of the packed Fourier transforms, which hold half of the plane in an arrangement of their own.</summary>
    public static bool IsPacked(int dataType) => dataType is 5 or 27 or 28;

    /// <summary>The layout of a pixel type by DigitalMicrograph's number of it, or <c>null</c> for an unknown number.</summary>
    public static DmPixels? Of(int dataType) => dataType switch
    {
        1 => new DmPixels(PixelType.Int16, 2, 2),
        2 => new DmPixels(PixelType.Float32, 4, 4),
        3 => new DmPixels(PixelType.Complex64, 8, 4),
        5 or 27 => new DmPixels(PixelType.Complex64, 0, 4),
        6 => new DmPixels(PixelType.UInt8, 1, 1),
        7 => new DmPixels(PixelType.Int32, 4, 4),
        8 or 23 => new DmPixels(PixelType.Rgb8, 4, 4),
        9 => new DmPixels(PixelType.Int8, 1, 1),
        10 => new DmPixels(PixelType.UInt16, 2, 2),
        11 => new DmPixels(PixelType.UInt32, 4, 4),
        12 => new DmPixels(PixelType.Float64, 8, 8),
        13 => new DmPixels(PixelType.Complex128, 16, 8),
        14 => new DmPixels(PixelType.Bool, 1, 1),
        28 => new DmPixels(PixelType.Complex128, 0, 8),
        39 => new DmPixels(PixelType.Int64, 8, 8),
        40 => new DmPixels(PixelType.UInt64, 8, 8),
        _ => null,
    };

    /// <summary>Whether all pixels have three equal colour channels.</summary>
    public static bool IsGrey(ReadOnlySpan<byte> pixels, bool littleEndian)
    {
        int first = littleEndian ? 0 : 1;
        for (int at = first; at + 2 < pixels.Length; at += 4)
        {
            if (pixels[at] != pixels[at + 1] || pixels[at] != pixels[at + 2])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Stored numbers in little-endian order; no copy where they are so already.</summary>
    public ReadOnlyMemory<byte> LittleEndian(ReadOnlyMemory<byte> stored, bool littleEndian)
    {
        if (littleEndian || SwapBytes == 1)
        {
            return stored;
        }

        byte[] swapped = stored.ToArray();
        for (int at = 0; at + SwapBytes <= swapped.Length; at += SwapBytes)
        {
            swapped.AsSpan(at, SwapBytes).Reverse();
        }

        return swapped;
    }

    /// <summary>Colour pixels as one grey byte, or as three bytes red, green, blue.</summary>
    public static byte[] Colours(ReadOnlySpan<byte> stored, bool littleEndian, bool asGrey)
    {
        int count = stored.Length / 4;
        byte[] colours = new byte[asGrey ? count : 3 * count];
        for (int i = 0; i < count; i++)
        {
            // One 32-bit number a pixel: unused, red, green, blue from its highest byte down.
            ReadOnlySpan<byte> pixel = stored.Slice(4 * i, 4);
            uint value = littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(pixel) : BinaryPrimitives.ReadUInt32BigEndian(pixel);
            if (asGrey)
            {
                colours[i] = (byte)value;
                continue;
            }

            colours[3 * i] = (byte)(value >> 16);
            colours[(3 * i) + 1] = (byte)(value >> 8);
            colours[(3 * i) + 2] = (byte)value;
        }

        return colours;
    }
}
