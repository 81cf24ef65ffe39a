using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance.Buffers;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>Puts the strips or tiles of a page together: decompression, prediction, byte order, bit depth, planes, orientation, colours.</summary>
internal static class TiffPixels
{
    private const double GreyFraction = 0.99;

    /// <summary>Checks, before anything is allocated, that the file can hold the pixels that a page declares.</summary>
    /// <returns>Bytes of the file that the page's pixels take.</returns>
    /// <exception cref="MicroscopeFileException">A strip or tile is missing or outside the file, or there are too many pixels.</exception>
    public static long CheckHeld(ReadOnlyMemory<byte> file, TiffPage page)
    {
        int planes = page.Planar ? page.SamplesPerPixel : 1;
        long segments = (long)page.SegmentsAcross * page.SegmentsDown * planes;
        TiffEntry offsets = page.Offsets;
        if ((ulong)segments > offsets.Count)
        {
            throw offsets.Problem(FileProblem.Corrupt, $"has {offsets.Count} values; the image needs {segments}.");
        }

        long largest = page.Colour == TiffColour.Palette ? 3 * page.DecodedBytes : page.DecodedBytes;
        if (largest > Array.MaxLength)
        {
            throw page.Directory.Required(TiffTag.ImageWidth).Problem(
                FileProblem.NotSupported, $"an image of {page.Width} × {page.Height} px takes {largest} bytes; at most {Array.MaxLength} are read.");
        }

        long stored = 0;
        for (int i = 0; i < segments; i++)
        {
            stored += Locate(file, page, i, 0).Length;
        }

        long needed = ((long)page.Width * page.SamplesInSegment * page.Bits + 7) / 8 * page.Height * planes;
        long possible = TiffCompression.MostBytes(page.Compression, Math.Min(stored, file.Length));
        return needed <= possible
            ? stored
            : throw page.Directory.Required(TiffTag.ImageWidth).Problem(
                FileProblem.Corrupt,
                $"an image of {page.Width} × {page.Height} px takes {needed} bytes; the {stored} stored bytes can hold at most {possible}.");
    }

    /// <summary>Decodes a page.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="page">The page, looked at by <see cref="LookAtColours"/>.</param>
    /// <param name="shift">Bytes by which the pixels lie behind those of the page: 0, or for frames without a directory of their own.</param>
    /// <returns>The frame, upright.</returns>
    public static PixelBlock Decode(ReadOnlyMemory<byte> file, TiffPage page, long shift)
    {
        ReadOnlyMemory<byte> samples = AsStored(file, page, shift) ?? Assemble(file, page, shift);
        PixelBlock block = new(SampleTypeOf(page), page.Width, page.Height, samples);
        block = page.Colour switch
        {
            TiffColour.InvertedGrey => Invert(block, page.Bits),
            TiffColour.Palette => TiffPalette.Decode(page)?.Apply(block, page.ColoursAreGrey) ?? block,
            _ => block,
        };
        return page.Orientation == 1 ? block : Upright(block, page.Orientation);
    }

    /// <summary>Decides whether the colours of a page are greys: equal channels in 99 % of the pixels. Decodes coloured pages to find out.</summary>
    /// <returns>The page, with what was found; and the number type of its frames.</returns>
    public static (TiffPage Page, PixelType Type) LookAtColours(ReadOnlyMemory<byte> file, TiffPage page)
    {
        switch (page.Colour)
        {
            case TiffColour.Rgb:
                page = page with { ColoursAreGrey = RgbIsGrey(file, page) };
                return (page, SampleTypeOf(page));
            case TiffColour.Palette when TiffPalette.Decode(page) is { } palette:
                PixelBlock indices = new(SampleTypeOf(page), page.Width, page.Height, AsStored(file, page, 0) ?? Assemble(file, page, 0));
                page = page with { ColoursAreGrey = palette.ColouredPixelCount(indices) <= ColouredAllowed(page) };
                return (page, page.ColoursAreGrey ? PixelType.UInt8 : PixelType.Rgb8);
            default:
                return (page, SampleTypeOf(page));
        }
    }

    private static PixelType SampleTypeOf(TiffPage page) => (page.Colour, page.SampleType) switch
    {
        (TiffColour.Rgb, PixelType.UInt16) when !page.ColoursAreGrey => PixelType.Rgb16,
        (TiffColour.Rgb, _) when !page.ColoursAreGrey => PixelType.Rgb8,
        (TiffColour.Palette, PixelType.Bool) => PixelType.UInt8,
        _ => page.SampleType,
    };

    private static long ColouredAllowed(TiffPage page) => (long)((1 - GreyFraction) * page.Width * page.Height);

    private static bool RgbIsGrey(ReadOnlyMemory<byte> file, TiffPage page)
    {
        int channel = page.Bits / 8;
        long allowed = ColouredAllowed(page);
        if (page.Planar || AsStored(file, page, 0) is not null)
        {
            ReadOnlyMemory<byte> whole = AsStored(file, page, 0) ?? Assemble(file, page, 0);
            return ColouredCount(whole.Span, 3 * channel, channel) <= allowed;
        }

        CheckInflated(file, page, 0);
        TiffCompression compression = new(page);
        using SpanOwner<byte> buffer = SpanOwner<byte>.Allocate(BufferBytes(page));
        long coloured = 0;
        for (int i = 0; i < page.SegmentsPerPlane && coloured <= allowed; i++)
        {
            int rows = Math.Min(page.SegmentHeight, page.Height - (i / page.SegmentsAcross * page.SegmentHeight));
            int columns = Math.Min(page.SegmentWidth, page.Width - (i % page.SegmentsAcross * page.SegmentWidth));
            int rowBytes = (int)page.SegmentRowBytes;
            Span<byte> decoded = buffer.Span[..(rows * rowBytes)];
            DecodeSegment(file, page, compression, i, 0, decoded);
            for (int y = 0; y < rows; y++)
            {
                int pixel = page.SamplesPerPixel * channel;
                coloured += ColouredCount(decoded.Slice(y * rowBytes, columns * pixel), pixel, channel);
            }
        }

        return coloured <= allowed;
    }

    private static long ColouredCount(ReadOnlySpan<byte> pixels, int pixelBytes, int channel)
    {
        return channel == 1 ? Count(pixels, pixelBytes) : Count(MemoryMarshal.Cast<byte, ushort>(pixels), pixelBytes / 2);

        static long Count<T>(ReadOnlySpan<T> values, int step)
            where T : unmanaged, IEquatable<T>
        {
            long coloured = 0;
            for (int at = 0; at + 2 < values.Length; at += step)
            {
                T red = values[at];
                coloured += red.Equals(values[at + 1]) && red.Equals(values[at + 2]) ? 0 : 1;
            }

            return coloured;
        }
    }

    private static void DecodeSegment(ReadOnlyMemory<byte> file, TiffPage page, TiffCompression compression, int index, long shift, Span<byte> decoded)
    {
        Segment stored = Locate(file, page, index, shift);
        int written = compression.Decode(file.Slice((int)stored.Offset, (int)stored.Length), decoded);
        CheckWritten(page, index, stored, written, decoded.Length);
        TiffSamples.Finish(decoded, page);
    }

    // Uncompressed little-endian samples that lie in one piece are handed out as they stand in the file, without a copy.
    private static ReadOnlyMemory<byte>? AsStored(ReadOnlyMemory<byte> file, TiffPage page, long shift)
    {
        int bytesPerSample = page.Bits / 8;
        bool plain = page.Compression == 1 && !page.ReversedBits && page.Bits % 8 == 0 && page.SamplesPerPixel == page.SamplesKept
            && !page.Planar && page.SegmentsAcross == 1 && page.SegmentWidth == page.Width && page.Bits >= 8
            && (page.Header.LittleEndian || bytesPerSample == 1);
        if (!plain)
        {
            return null;
        }

        TiffEntry offsets = page.Offsets;
        ulong expected = offsets.WholeAt(0);
        long rowBytes = page.SegmentRowBytes;
        for (int i = 0; i < page.SegmentsDown; i++)
        {
            if (offsets.WholeAt(i) != expected)
            {
                return null;
            }

            expected += (ulong)(rowBytes * page.SegmentHeight);
        }

        long start = (long)offsets.WholeAt(0) + shift;
        if (start + page.DecodedBytes > file.Length)
        {
            return null;
        }

        return file.Slice((int)start, (int)page.DecodedBytes);
    }

    private static byte[] Assemble(ReadOnlyMemory<byte> file, TiffPage page, long shift)
    {
        CheckInflated(file, page, shift);
        byte[] output = new byte[page.DecodedBytes];
        int sampleBytes = PixelBlocks.BytesPerPixel(page.SampleType);
        int pixelBytes = page.SamplesKept * sampleBytes;
        TiffCompression compression = new(page);
        // Strips of one sample a pixel are decoded in place; everything else goes through a buffer of one strip or tile.
        bool inPlace = page.SegmentWidth == page.Width && page.SamplesInSegment == 1 && page.SamplesKept == 1 && page.Bits % 8 == 0;
        using SpanOwner<byte> buffer = inPlace ? SpanOwner<byte>.Empty : SpanOwner<byte>.Allocate(BufferBytes(page));
        int planes = page.Planar ? page.SamplesKept : 1;
        for (int plane = 0; plane < planes; plane++)
        {
            for (int i = 0; i < page.SegmentsPerPlane; i++)
            {
                int x0 = i % page.SegmentsAcross * page.SegmentWidth;
                int y0 = i / page.SegmentsAcross * page.SegmentHeight;
                int rows = Math.Min(page.SegmentHeight, page.Height - y0);
                int columns = Math.Min(page.SegmentWidth, page.Width - x0);
                int index = (plane * page.SegmentsPerPlane) + i;
                int bytes = (int)(rows * page.SegmentRowBytes);
                Span<byte> decoded = inPlace ? output.AsSpan(y0 * page.Width * sampleBytes, bytes) : buffer.Span[..bytes];
                DecodeSegment(file, page, compression, index, shift, decoded);
                if (!inPlace)
                {
                    int target = ((y0 * page.Width) + x0) * pixelBytes;
                    TiffSamples.Scatter(decoded, page, rows, columns, output.AsSpan(target + (page.Planar ? plane * sampleBytes : 0)), pixelBytes);
                }
            }
        }

        return output;
    }

    // Where the pixels would take many times the bytes that they come from, they are counted before room is made for them.
    private static void CheckInflated(ReadOnlyMemory<byte> file, TiffPage page, long shift)
    {
        const int usualRatio = 8;
        int planes = page.Planar ? page.SamplesKept : 1;
        long stored = 0;
        for (int i = 0; i < page.SegmentsPerPlane * planes; i++)
        {
            stored += Locate(file, page, i, shift).Length;
        }

        if (page.Compression == 1 || page.DecodedBytes <= usualRatio * Math.Min(stored, file.Length))
        {
            return;
        }

        TiffCompression compression = new(page);
        for (int i = 0; i < page.SegmentsPerPlane * planes; i++)
        {
            Segment segment = Locate(file, page, i, shift);
            int row = i % page.SegmentsPerPlane / page.SegmentsAcross * page.SegmentHeight;
            int bytes = (int)Math.Min(int.MaxValue, Math.Min(page.SegmentHeight, page.Height - row) * page.SegmentRowBytes);
            CheckWritten(page, i, segment, compression.Count(file.Slice((int)segment.Offset, (int)segment.Length), bytes), bytes);
        }
    }

    private static void CheckWritten(TiffPage page, int index, Segment stored, int written, int expected)
    {
        if (written == expected)
        {
            return;
        }

        string name = page.SegmentName(index);
        throw new MicroscopeFileException(
            FileProblem.Corrupt,
            TiffHeader.Format,
            stored.Offset,
            written < 0
                ? $"{name}: the decompressed bytes contradict their checksum."
                : string.Create(CultureInfo.InvariantCulture, $"{name}: its {stored.Length} bytes hold {written} bytes of pixels; expected {expected}."));
    }

    private static int BufferBytes(TiffPage page)
    {
        long bytes = Math.Min(page.SegmentHeight, page.Height) * page.SegmentRowBytes;
        long reasonable = (4 * page.DecodedBytes * page.SamplesPerPixel / page.SamplesKept) + (1 << 18);
        return bytes <= Math.Min(reasonable, Array.MaxLength)
            ? (int)bytes
            : throw page.Directory.Required(page.Tiled ? TiffTag.TileWidth : TiffTag.ImageWidth).Problem(
                FileProblem.Corrupt, $"a tile or strip of {page.SegmentWidth} px width for an image of {page.Width} × {page.Height} px.");
    }

    private static Segment Locate(ReadOnlyMemory<byte> file, TiffPage page, int index, long shift)
    {
        TiffEntry offsets = page.Offsets;
        ulong offset = offsets.WholeAt(index);
        int row = index % page.SegmentsPerPlane / page.SegmentsAcross * page.SegmentHeight;
        long needed = Math.Min(page.SegmentHeight, page.Height - row) * page.SegmentRowBytes;
        ulong length;
        if (page.Compression == 1)
        {
            // The length of uncompressed pixels is known. Writers get the byte counts wrong, above all for images above 4 GB: they are not asked.
            length = (ulong)needed;
        }
        else if (page.Counts is { Count: > 0 } known)
        {
            length = known.WholeAt(index);
        }
        else
        {
            throw offsets.Problem(FileProblem.Corrupt, $"the directory does not say how long {page.SegmentName(index)} is.");
        }

        if (offset == 0 || length == 0)
        {
            throw offsets.Problem(FileProblem.Corrupt, $"{page.SegmentName(index)} of {length} bytes at byte {offset}: its pixels are missing.");
        }

        ulong start = offset + (ulong)shift;
        if (offset > (ulong)file.Length || start > (ulong)file.Length || length > (ulong)file.Length - start)
        {
            throw new MicroscopeFileException(
                FileProblem.Truncated,
                TiffHeader.Format,
                (long)Math.Min(offset, long.MaxValue),
                $"{page.SegmentName(index)} takes {length} bytes from byte {start} on; the file has {file.Length}.");
        }

        return new Segment((long)start, (long)length);
    }

    // WhiteIsZero: the largest stored value is the darkest.
    private static PixelBlock Invert(PixelBlock block, int bits)
    {
        if (block.Type is not (PixelType.Bool or PixelType.UInt8 or PixelType.UInt16 or PixelType.UInt32))
        {
            return block;
        }

        byte[] bytes = block.LittleEndianBytes.ToArray();
        switch (block.Type)
        {
            case PixelType.UInt16:
                Span<ushort> words = MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan());
                ushort white = LittleEndianWord((ushort)((1 << bits) - 1));
                for (int i = 0; i < words.Length; i++)
                {
                    words[i] = (ushort)(white - words[i]);
                }

                break;
            case PixelType.UInt32:
                for (int i = 0; i < bytes.Length; i++)
                {
                    bytes[i] = (byte)~bytes[i];
                }

                break;
            default:
                byte top = (byte)((1 << bits) - 1);
                for (int i = 0; i < bytes.Length; i++)
                {
                    bytes[i] = (byte)(top - bytes[i]);
                }

                break;
        }

        return block with { LittleEndianBytes = bytes };
    }

    private static ushort LittleEndianWord(ushort value) => BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);

    // Orientation (TIFF 6.0, tag 274) says where row 0 and column 0 are seen: 2 = top right, 3 = bottom right, 4 = bottom left, 5-8 with rows as columns.
    private static PixelBlock Upright(PixelBlock block, int orientation)
    {
        int size = PixelBlocks.BytesPerPixel(block.Type);
        ReadOnlySpan<byte> bytes = block.LittleEndianBytes.Span;
        byte[] upright = new byte[bytes.Length];
        bool turned = orientation >= 5;
        int width = turned ? block.HeightPx : block.WidthPx;
        int height = turned ? block.WidthPx : block.HeightPx;
        bool mirrorX = orientation is 2 or 3 or 6 or 7;
        bool mirrorY = orientation is 3 or 4 or 7 or 8;
        for (int y = 0; y < height; y++)
        {
            int sy = mirrorY ? height - 1 - y : y;
            for (int x = 0; x < width; x++)
            {
                int sx = mirrorX ? width - 1 - x : x;
                int from = turned ? (sx * block.WidthPx) + sy : (sy * block.WidthPx) + sx;
                bytes.Slice(from * size, size).CopyTo(upright.AsSpan(((y * width) + x) * size));
            }
        }

        return new PixelBlock(block.Type, width, height, upright);
    }

    private readonly record struct Segment(long Offset, long Length);
}
