using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance.Buffers;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>From the decompressed bytes of a strip or tile to little-endian samples.</summary>
internal static class TiffSamples
{
    /// <summary>Undoes byte order and prediction in place.</summary>
    /// <param name="data">Whole rows of a strip or tile; little-endian afterwards where samples take whole bytes.</param>
    /// <param name="page">The page.</param>
    public static void Finish(Span<byte> data, TiffPage page)
    {
        if (page.Bits % 8 != 0)
        {
            return;
        }

        int row = (int)page.SegmentRowBytes;
        if (page.Predictor == 3)
        {
            using SpanOwner<byte> planes = SpanOwner<byte>.Allocate(row);
            for (int at = 0; at < data.Length; at += row)
            {
                FloatingPoint(data.Slice(at, row), planes.Span, page.Bits / 8, page.SamplesInSegment);
            }

            return;
        }

        if (!page.Header.LittleEndian)
        {
            Reverse(data, page.Bits / 8);
        }

        for (int at = 0; page.Predictor == 2 && at < data.Length; at += row)
        {
            Horizontal(data.Slice(at, row), page.Bits / 8, page.SamplesInSegment);
        }
    }

    /// <summary>Copies the samples that are kept to their places in the image.</summary>
    /// <param name="data">Finished rows of a strip or tile.</param>
    /// <param name="page">The page.</param>
    /// <param name="rows">Rows inside the image.</param>
    /// <param name="columns">Columns inside the image.</param>
    /// <param name="output">The image from the first kept sample of the strip or tile on.</param>
    /// <param name="pixelBytes">Bytes of a pixel of the image.</param>
    public static void Scatter(ReadOnlySpan<byte> data, TiffPage page, int rows, int columns, Span<byte> output, int pixelBytes)
    {
        int rowBytes = (int)page.SegmentRowBytes;
        int samples = page.SamplesInSegment;
        int kept = page.Planar ? 1 : page.SamplesKept;
        int size = PixelBlocks.BytesPerPixel(page.SampleType);
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> from = data.Slice(y * rowBytes, rowBytes);
            Span<byte> to = output[(y * page.Width * pixelBytes)..];
            if (page.Bits % 8 != 0)
            {
                Unpack(from, page.Bits, samples, columns, to, size, pixelBytes);
            }
            else if (samples == kept && pixelBytes == samples * size)
            {
                from[..(columns * pixelBytes)].CopyTo(to);
            }
            else if (kept == 1 && size == 1 && pixelBytes == 1)
            {
                Every(from, samples, to[..columns]);
            }
            else if (kept == 1 && size == 2 && pixelBytes == 2)
            {
                Every(MemoryMarshal.Cast<byte, ushort>(from), samples, MemoryMarshal.Cast<byte, ushort>(to)[..columns]);
            }
            else
            {
                for (int x = 0; x < columns; x++)
                {
                    from.Slice(x * samples * size, kept * size).CopyTo(to[(x * pixelBytes)..]);
                }
            }
        }
    }

    private static void Every<T>(ReadOnlySpan<T> from, int step, Span<T> to)
        where T : unmanaged
    {
        for (int x = 0, at = 0; x < to.Length && at < from.Length; x++, at += step)
        {
            to[x] = from[at];
        }
    }

    // Samples of 1…15 bits follow one another from the most significant bit on; rows start at whole bytes. The first sample of a pixel is kept.
    private static void Unpack(ReadOnlySpan<byte> row, int bits, int samples, int columns, Span<byte> output, int size, int pixelBytes)
    {
        uint mask = (1u << bits) - 1;
        for (int x = 0; x < columns; x++)
        {
            int bit = x * samples * bits;
            uint three = (uint)row[bit >> 3] << 16;
            int last = (bit + bits - 1) >> 3;
            for (int i = 1; (bit >> 3) + i <= last; i++)
            {
                three |= (uint)row[(bit >> 3) + i] << (16 - (8 * i));
            }

            uint value = (three >> (24 - (bit & 7) - bits)) & mask;
            output[x * pixelBytes] = (byte)value;
            if (size == 2)
            {
                output[(x * pixelBytes) + 1] = (byte)(value >> 8);
            }
        }
    }

    // Predictor 2 (TIFF 6.0 section 14): each sample is stored as its difference to the same sample of the pixel on the left.
    private static void Horizontal(Span<byte> row, int size, int samples)
    {
        switch (size)
        {
            case 1:
                Accumulate(row, samples);
                break;
            case 2 when BitConverter.IsLittleEndian:
                Accumulate(MemoryMarshal.Cast<byte, ushort>(row), samples);
                break;
            case 2:
                for (int at = 2 * samples; at < row.Length; at += 2)
                {
                    int sum = BinaryPrimitives.ReadUInt16LittleEndian(row[at..]) + BinaryPrimitives.ReadUInt16LittleEndian(row[(at - (2 * samples))..]);
                    BinaryPrimitives.WriteUInt16LittleEndian(row[at..], (ushort)sum);
                }

                break;
            case 4:
                for (int at = 4 * samples; at < row.Length; at += 4)
                {
                    uint sum = BinaryPrimitives.ReadUInt32LittleEndian(row[at..]) + BinaryPrimitives.ReadUInt32LittleEndian(row[(at - (4 * samples))..]);
                    BinaryPrimitives.WriteUInt32LittleEndian(row[at..], sum);
                }

                break;
            default:
                for (int at = 8 * samples; at < row.Length; at += 8)
                {
                    ulong sum = BinaryPrimitives.ReadUInt64LittleEndian(row[at..]) + BinaryPrimitives.ReadUInt64LittleEndian(row[(at - (8 * samples))..]);
                    BinaryPrimitives.WriteUInt64LittleEndian(row[at..], sum);
                }

                break;
        }
    }

    // Predictor 3 (Photoshop TIFF Technical Note 3): a row's bytes by significance, most significant first whatever the file's byte order, then
    // differences of neighbouring bytes.
    private static void FloatingPoint(Span<byte> row, Span<byte> planes, int size, int samples)
    {
        Accumulate(row, samples);
        row.CopyTo(planes);
        int count = row.Length / size;
        if (size == 4)
        {
            ReadOnlySpan<byte> first = planes[..count];
            ReadOnlySpan<byte> second = planes.Slice(count, count);
            ReadOnlySpan<byte> third = planes.Slice(2 * count, count);
            ReadOnlySpan<byte> fourth = planes.Slice(3 * count, count);
            for (int i = 0; i < first.Length; i++)
            {
                uint value = ((uint)first[i] << 24) | ((uint)second[i] << 16) | ((uint)third[i] << 8) | fourth[i];
                BinaryPrimitives.WriteUInt32LittleEndian(row[(4 * i)..], value);
            }

            return;
        }

        for (int plane = 0; plane < size; plane++)
        {
            ReadOnlySpan<byte> from = planes.Slice(plane * count, count);
            int to = size - 1 - plane;
            for (int i = 0; i < from.Length; i++, to += size)
            {
                row[to] = from[i];
            }
        }
    }

    // Running sums with a stride. For a stride of one the sum stays in a register, which is several times faster than reading it back.
    private static void Accumulate<T>(Span<T> values, int stride)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (stride == 1)
        {
            T sum = T.Zero;
            for (int i = 0; i < values.Length; i++)
            {
                sum += values[i];
                values[i] = sum;
            }

            return;
        }

        for (int i = stride; i < values.Length; i++)
        {
            values[i] += values[i - stride];
        }
    }

    private static void Reverse(Span<byte> data, int size)
    {
        switch (size)
        {
            case 2:
                Span<ushort> words = MemoryMarshal.Cast<byte, ushort>(data);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 4:
                Span<uint> doubles = MemoryMarshal.Cast<byte, uint>(data);
                BinaryPrimitives.ReverseEndianness(doubles, doubles);
                break;
            case 8:
                Span<ulong> quads = MemoryMarshal.Cast<byte, ulong>(data);
                BinaryPrimitives.ReverseEndianness(quads, quads);
                break;
            default:
                break;
        }
    }
}
