using ImageAnalysis.Formats.Tiff;

namespace ImageAnalysis.Formats.Tests.Tiff;

/// <summary>Every number type in every compression, prediction, byte order and layout, from files built by an encoder that shares no code with the reader.</summary>
public class TiffPixelTests
{
    private const int OldLzw = 4;

    private static readonly (PixelType Type, int Bits, int Format)[] Types =
    [
        (PixelType.UInt8, 8, 1), (PixelType.Int8, 8, 2), (PixelType.UInt16, 16, 1), (PixelType.Int16, 16, 2), (PixelType.UInt32, 32, 1),
        (PixelType.Int32, 32, 2), (PixelType.Float16, 16, 3), (PixelType.Float32, 32, 3), (PixelType.Float64, 64, 3),
    ];

    public static TheoryData<PixelType, int, int, bool, bool> Combinations()
    {
        TheoryData<PixelType, int, int, bool, bool> all = [];
        foreach ((PixelType type, _, int format) in Types)
        {
            foreach (int compression in (int[])[1, OldLzw, 5, 8, 32773, 32946])
            {
                foreach (int predictor in compression is 1 or 32773 ? (int[])[1] : format == 3 ? [1, 2, 3] : [1, 2])
                {
                    foreach (bool littleEndian in (bool[])[true, false])
                    {
                        all.Add(type, compression, predictor, littleEndian, false);
                        all.Add(type, compression, predictor, littleEndian, true);
                    }
                }
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Decode_EveryTypeCompressionPredictorAndByteOrder_SamePixels(PixelType type, int compression, int predictor, bool littleEndian, bool tiled)
    {
        // 21 × 19 px: strips of 5 rows leave 4 for the last; tiles of 16 × 16 reach over the right and the lower edge.
        const int width = 21;
        const int height = 19;
        (_, int bits, int format) = Types.Single(t => t.Type == type);
        byte[] pixels = Pixels(width * height, bits / 8);
        byte[] file = Build(pixels, width, height, bits, format, compression, predictor, littleEndian, tiled, big: false);
        Signal signal = Assert.Single(TiffReader.Read(file).Signals);
        Assert.Equal((width, height, type, 1), (signal.WidthPx, signal.HeightPx, signal.Type, signal.FrameCount));
        Assert.Equal(pixels, signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Decode_BigTiff_SamePixels(bool littleEndian, bool tiled)
    {
        byte[] pixels = Pixels(21 * 19, 2);
        byte[] file = Build(pixels, 21, 19, 16, 1, 8, 2, littleEndian, tiled, big: true);
        Assert.Equal(pixels, TiffReader.Read(file).Signals[0].Decode(0).LittleEndianBytes.ToArray());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(OldLzw)]
    public void Decode_LzwWithFullTables_SamePixels(int compression)
    {
        // 40,000 random bytes fill the table of 4,094 codes nine times over; zeros make its strings as long as they can be.
        byte[] pixels = new byte[300 * 200];
        new Random(5).NextBytes(pixels.AsSpan(0, 40_000));
        byte[] file = Build(pixels, 300, 200, 8, 1, compression, 1, littleEndian: true, tiled: false, big: false, rowsPerStrip: 200);
        Assert.Equal(pixels, TiffReader.Read(file).Signals[0].Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Decode_LzwExampleOfTheSpecification_SamePixels()
    {
        // TIFF 6.0, page 61: 7 7 7 8 8 7 7 6 6 becomes the codes 256 7 258 8 8 258 6 6 257, of 9 bits each:
        // 100000000 000000111 100000010 000001000 000001000 100000010 000000110 000000110 100000001, padded with zeros.
        byte[] strip = [0x80, 0x01, 0xE0, 0x40, 0x80, 0x44, 0x08, 0x0C, 0x06, 0x80, 0x80];
        byte[] file = Single(strip, 9, 1, 8, 5);
        Assert.Equal([7, 7, 7, 8, 8, 7, 7, 6, 6], TiffReader.Read(file).Signals[0].Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Decode_PackBitsExampleOfApplesNote_SamePixels()
    {
        // Technical Note TN1023, Understanding PackBits.
        byte[] strip = [0xFE, 0xAA, 0x02, 0x80, 0x00, 0x2A, 0xFD, 0xAA, 0x03, 0x80, 0x00, 0x2A, 0x22, 0xF7, 0xAA];
        byte[] expected = [0xAA, 0xAA, 0xAA, 0x80, 0, 0x2A, 0xAA, 0xAA, 0xAA, 0xAA, 0x80, 0, 0x2A, 0x22, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA];
        Assert.Equal(expected, TiffReader.Read(Single(strip, 24, 1, 8, 32773)).Signals[0].Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Decode_FloatingPointPredictorByHand_SamePixels()
    {
        // 1.0f = 3F800000, 2.0f = 40000000, 1.5f = 3FC00000. Planes: 3F 40 3F | 80 00 C0 | 00 00 00 | 00 00 00;
        // differences to the left, modulo 256: 3F 01 FF 41 80 C0 40 00 00 00 00 00.
        byte[] strip = TiffEncoders.Deflate([0x3F, 0x01, 0xFF, 0x41, 0x80, 0xC0, 0x40, 0, 0, 0, 0, 0]);
        TiffBytes file = new();
        file.Page(strip).Strips(3, 1, 32, 1, compression: 8).Set(317, TiffBytes.Short, 3).Set(339, TiffBytes.Short, 3);
        Assert.Equal([1f, 2f, 1.5f], PixelBlocks.ToRaster(TiffReader.Read(file.ToArray()).Signals[0].Decode(0)).ToArray());
    }

    [Theory]
    [InlineData(1, new byte[] { 0b1011_0100, 0b1000_0000 }, 9, new byte[] { 1, 0, 1, 1, 0, 1, 0, 0, 1 }, PixelType.Bool)]
    [InlineData(2, new byte[] { 0b00_01_10_11, 0b11_00_0000 }, 6, new byte[] { 0, 1, 2, 3, 3, 0 }, PixelType.UInt8)]
    [InlineData(4, new byte[] { 0x1F, 0xA0 }, 3, new byte[] { 1, 15, 10 }, PixelType.UInt8)]
    [InlineData(12, new byte[] { 0xAB, 0xC1, 0x23, 0xFF, 0xF0 }, 3, new byte[] { 0xBC, 0x0A, 0x23, 0x01, 0xFF, 0x0F }, PixelType.UInt16)]
    public void Decode_PackedBits_OneSampleAPixel(int bits, byte[] row, int width, byte[] expected, PixelType type)
    {
        // Two equal rows: each starts at a whole byte.
        Signal signal = TiffReader.Read(Single([.. row, .. row], width, 2, bits, 1)).Signals[0];
        Assert.Equal(type, signal.Type);
        Assert.Equal([.. expected, .. expected], signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Decode_FillOrder2_BitsTurned()
    {
        // 10110100 10000000 with the bits of each byte in reverse.
        TiffBytes file = new();
        file.Page(new byte[] { 0b0010_1101, 0b0000_0001 }).Strips(9, 1, 1, 1).Set(266, TiffBytes.Short, 2);
        Assert.Equal([1, 0, 1, 1, 0, 1, 0, 0, 1], TiffReader.Read(file.ToArray()).Signals[0].Decode(0).LittleEndianBytes.ToArray());
    }

    [Theory]
    [InlineData(8, new byte[] { 0, 10, 255 }, new byte[] { 255, 245, 0 })]
    [InlineData(4, new byte[] { 0x0F, 0x20 }, new byte[] { 15, 0, 13 })]
    [InlineData(16, new byte[] { 0, 0, 1, 0, 0, 1 }, new byte[] { 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFE })]
    public void Decode_WhiteIsZero_LargerIsBrighter(int bits, byte[] stored, byte[] expected)
    {
        TiffBytes file = new();
        file.Page(stored).Strips(3, 1, bits, 1, photometric: 0);
        Assert.Equal(expected, TiffReader.Read(file.ToArray()).Signals[0].Decode(0).LittleEndianBytes.ToArray());
    }

    [Theory]
    [InlineData(1, new byte[] { 1, 2, 3, 4, 5, 6 }, 3)]
    [InlineData(2, new byte[] { 3, 2, 1, 6, 5, 4 }, 3)]
    [InlineData(3, new byte[] { 6, 5, 4, 3, 2, 1 }, 3)]
    [InlineData(4, new byte[] { 4, 5, 6, 1, 2, 3 }, 3)]
    [InlineData(5, new byte[] { 1, 4, 2, 5, 3, 6 }, 2)]
    [InlineData(6, new byte[] { 4, 1, 5, 2, 6, 3 }, 2)]
    [InlineData(7, new byte[] { 6, 3, 5, 2, 4, 1 }, 2)]
    [InlineData(8, new byte[] { 3, 6, 2, 5, 1, 4 }, 2)]
    public void Decode_Orientation_Upright(int orientation, byte[] expected, int expectedWidth)
    {
        // Stored rows 1 2 3 and 4 5 6. Orientation 6, say: row 0 is the right column seen, column 0 the top row: 4 1 / 5 2 / 6 3.
        TiffBytes file = new();
        file.Page(new byte[] { 1, 2, 3, 4, 5, 6 }).Strips(3, 2, 8, 2).Set(274, TiffBytes.Short, (ulong)orientation);
        Signal signal = TiffReader.Read(file.ToArray()).Signals[0];
        Assert.Equal((expectedWidth, 6 / expectedWidth), (signal.WidthPx, signal.HeightPx));
        Assert.Equal(expected, signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Decode_UncompressedStripsOutOfOrder_InOrderOfTheTag()
    {
        // The first strip of the image is the second of the file.
        TiffBytes file = new();
        file.Page([3, 4], [1, 2]).Strips(2, 2, 8, 1);
        byte[] bytes = file.ToArray();
        int at = bytes.Length - 4;
        // Offsets are two LONGs; swap them.
        int offsets = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[(byte)at, 0, 0, 0, (byte)(at + 2), 0, 0, 0]);
        bytes[offsets] = (byte)(at + 2);
        bytes[offsets + 4] = (byte)at;
        Assert.Equal([1, 2, 3, 4], TiffReader.Read(bytes).Signals[0].Decode(0).LittleEndianBytes.ToArray());
    }

    private static byte[] Single(byte[] strip, int width, int height, int bits, int compression)
    {
        TiffBytes file = new();
        file.Page(strip).Strips(width, height, bits, height, compression);
        return file.ToArray();
    }

    // Half ramp and half noise, so that predictors and string tables have both; all bit patterns but NaN, which carry no meaning to compare.
    private static byte[] Pixels(int count, int size)
    {
        byte[] pixels = new byte[count * size];
        Random random = new(11);
        for (int i = 0; i < count; i++)
        {
            ulong value = i % 2 == 0 ? (ulong)i * 0x0101_0101_0101UL : (ulong)random.NextInt64();
            for (int b = 0; b < size; b++)
            {
                pixels[(i * size) + b] = (byte)(value >> (8 * b));
            }
        }

        return pixels;
    }

    private static byte[] Build(
        byte[] pixels, int width, int height, int bits, int format, int compression, int predictor, bool littleEndian, bool tiled, bool big, int rowsPerStrip = 5)
    {
        const int tile = 16;
        int size = bits / 8;
        List<byte[]> segments = [];
        for (int y = 0; y < height; y += tiled ? tile : rowsPerStrip)
        {
            for (int x = 0; x < width; x += tiled ? tile : width)
            {
                int w = tiled ? tile : width;
                int h = tiled ? tile : Math.Min(rowsPerStrip, height - y);
                byte[] segment = new byte[w * h * size];
                Array.Fill(segment, (byte)0xEE);
                for (int row = 0; row < h && y + row < height; row++)
                {
                    pixels.AsSpan((((y + row) * width) + x) * size, Math.Min(w, width - x) * size).CopyTo(segment.AsSpan(row * w * size));
                }

                segments.Add(TiffEncoders.Encode(segment, w * size, size, 1, predictor, littleEndian, compression));
            }
        }

        TiffBytes file = new(littleEndian, big);
        int tag = compression == OldLzw ? 5 : compression;
        TiffBytesPage page = file.Page([.. segments]);
        _ = tiled ? page.Tiles(width, height, bits, tile, tile, tag) : page.Strips(width, height, bits, rowsPerStrip, tag);
        page.Set(317, TiffBytes.Short, (ulong)predictor).Set(339, TiffBytes.Short, (ulong)format);
        return file.ToArray();
    }
}
