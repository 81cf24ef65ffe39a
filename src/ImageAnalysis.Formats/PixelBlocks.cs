using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats;

/// <summary>What can be done with a decoded frame.</summary>
public static class PixelBlocks
{
    /// <summary>Number of bytes that one stored pixel takes.</summary>
    /// <param name="type">The number type.</param>
    /// <returns>1 … 16.</returns>
    public static int BytesPerPixel(PixelType type) => type switch
    {
        PixelType.Bool or PixelType.UInt8 or PixelType.Int8 => 1,
        PixelType.UInt16 or PixelType.Int16 or PixelType.Float16 => 2,
        PixelType.Rgb8 => 3,
        PixelType.UInt32 or PixelType.Int32 or PixelType.Float32 => 4,
        PixelType.Rgb16 => 6,
        PixelType.UInt64 or PixelType.Int64 or PixelType.Float64 or PixelType.Complex64 => 8,
        PixelType.Complex128 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown pixel type."),
    };

    /// <summary>Whether a pixel is one real number; complex and colour pixels are not.</summary>
    /// <param name="type">The number type.</param>
    /// <returns>True for everything but complex and colour types.</returns>
    public static bool IsScalar(PixelType type) =>
        type is not (PixelType.Complex64 or PixelType.Complex128 or PixelType.Rgb8 or PixelType.Rgb16);

    /// <summary>
    /// Converts a frame to single precision. Whole numbers above 2²⁴ and double-precision numbers are rounded to the nearest single;
    /// numbers that are not finite stay so (<see cref="NonFinitePixelCount"/>).
    /// </summary>
    /// <param name="block">A decoded frame of real numbers.</param>
    /// <returns>The pixels in counts; shape height × width.</returns>
    /// <exception cref="ArgumentException">The pixels are complex or coloured, or their bytes do not match the size.</exception>
    public static Raster<float> ToRaster(PixelBlock block)
    {
        ReadOnlySpan<byte> bytes = Checked(block);
        float[] pixels = new float[block.WidthPx * block.HeightPx];
        switch (block.Type)
        {
            case PixelType.UInt8:
                Fill<byte>(bytes, pixels);
                break;
            case PixelType.UInt16 when BitConverter.IsLittleEndian:
                Fill<ushort>(bytes, pixels);
                break;
            case PixelType.Int16 when BitConverter.IsLittleEndian:
                Fill<short>(bytes, pixels);
                break;
            case PixelType.UInt32 when BitConverter.IsLittleEndian:
                Fill<uint>(bytes, pixels);
                break;
            case PixelType.Int32 when BitConverter.IsLittleEndian:
                Fill<int>(bytes, pixels);
                break;
            case PixelType.Float32 when BitConverter.IsLittleEndian:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(pixels);
                break;
            default:
                int size = BytesPerPixel(block.Type);
                for (int i = 0; i < pixels.Length; i++)
                {
                    pixels[i] = (float)ValueAt(block.Type, bytes, i * size);
                }

                break;
        }

        return new Raster<float>(block.WidthPx, block.HeightPx, pixels);
    }

    /// <summary>
    /// Extreme values, sum and corners of a frame, in double precision from the stored numbers. Pixels that are not finite (NaN, ±∞)
    /// are left out of the extremes and the sum and counted apart; a corner that is not finite is <c>null</c>.
    /// </summary>
    /// <param name="block">A decoded frame of real numbers.</param>
    /// <returns>The statistics; extremes and sum are <c>null</c> where no pixel is finite.</returns>
    /// <exception cref="ArgumentException">The pixels are complex or coloured, or their bytes do not match the size.</exception>
    public static PixelStatistics Statistics(PixelBlock block)
    {
        ReadOnlySpan<byte> bytes = Checked(block);
        int size = BytesPerPixel(block.Type);
        int count = block.WidthPx * block.HeightPx;
        double min = double.PositiveInfinity;
        double max = double.NegativeInfinity;
        double sum = 0;
        int notFinite = 0;
        for (int i = 0; i < count; i++)
        {
            double value = ValueAt(block.Type, bytes, i * size);
            if (!double.IsFinite(value))
            {
                notFinite++;
                continue;
            }

            min = Math.Min(min, value);
            max = Math.Max(max, value);
            sum += value;
        }

        int lastRow = (block.HeightPx - 1) * block.WidthPx;
        double?[] corners =
        [
            Corner(block.Type, bytes, 0),
            Corner(block.Type, bytes, (block.WidthPx - 1) * size),
            Corner(block.Type, bytes, lastRow * size),
            Corner(block.Type, bytes, (lastRow + block.WidthPx - 1) * size),
        ];
        return notFinite == count
            ? new PixelStatistics(null, null, null, corners, notFinite)
            : new PixelStatistics(min, max, sum, corners, notFinite);
    }

    /// <summary>Number of pixels that are NaN or infinite, as stored.</summary>
    /// <param name="block">A decoded frame of real numbers.</param>
    /// <returns>0 for every whole-number type.</returns>
    /// <exception cref="ArgumentException">The pixels are complex or coloured, or their bytes do not match the size.</exception>
    public static int NonFinitePixelCount(PixelBlock block)
    {
        ReadOnlySpan<byte> bytes = Checked(block);
        if (block.Type is not (PixelType.Float16 or PixelType.Float32 or PixelType.Float64))
        {
            return 0;
        }

        int size = BytesPerPixel(block.Type);
        int found = 0;
        for (int at = 0; at < bytes.Length; at += size)
        {
            if (!double.IsFinite(ValueAt(block.Type, bytes, at)))
            {
                found++;
            }
        }

        return found;
    }

    /// <summary>The common types, in loops without a choice for each pixel.</summary>
    private static void Fill<T>(ReadOnlySpan<byte> bytes, Span<float> pixels)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(bytes);
        for (int i = 0; i < values.Length && i < pixels.Length; i++)
        {
            pixels[i] = float.CreateTruncating(values[i]);
        }
    }

    private static ReadOnlySpan<byte> Checked(PixelBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (!IsScalar(block.Type))
        {
            throw new ArgumentException($"Pixels of type {block.Type} are not single real numbers.", nameof(block));
        }

        long expected = (long)block.WidthPx * block.HeightPx * BytesPerPixel(block.Type);
        if (block.WidthPx < 1 || block.HeightPx < 1 || block.LittleEndianBytes.Length != expected)
        {
            throw new ArgumentException(
                $"{block.WidthPx} × {block.HeightPx} px of {block.Type} take {expected} bytes; got {block.LittleEndianBytes.Length}.", nameof(block));
        }

        return block.LittleEndianBytes.Span;
    }

    private static double? Corner(PixelType type, ReadOnlySpan<byte> bytes, int at)
    {
        double value = ValueAt(type, bytes, at);
        return double.IsFinite(value) ? value : null;
    }

    private static double ValueAt(PixelType type, ReadOnlySpan<byte> bytes, int at) => type switch
    {
        PixelType.Bool => bytes[at] == 0 ? 0 : 1,
        PixelType.UInt8 => bytes[at],
        PixelType.Int8 => (sbyte)bytes[at],
        PixelType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]),
        PixelType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes[at..]),
        PixelType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]),
        PixelType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]),
        PixelType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]),
        PixelType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]),
        PixelType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes[at..]),
        PixelType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes[at..]),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes[at..]),
    };
}
