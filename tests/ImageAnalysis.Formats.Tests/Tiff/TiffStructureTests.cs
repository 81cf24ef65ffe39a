using ImageAnalysis.Formats.Tiff;

namespace ImageAnalysis.Formats.Tests.Tiff;

/// <summary>Pages, planes, colours, and what is left out or refused.</summary>
public class TiffStructureTests
{
    [Fact]
    public void Read_EqualPages_OneStack()
    {
        TiffBytes file = new();
        file.Page(new byte[] { 1, 2, 3, 4 }).Strips(2, 2, 8, 2).Text(270, "ImageJ=1\nunit=nm\n").Resolution(4, 1, 4, 1, 1);
        file.Page(new byte[] { 5, 6, 7, 8 }).Strips(2, 2, 8, 2).Resolution(4, 1, 4, 1, 1);
        Signal stack = Assert.Single(TiffReader.Read(file.ToArray()).Signals);
        Assert.Equal(2, stack.FrameCount);
        Assert.Equal(0.25, stack.Calibration!.PixelWidthNm);
        Assert.Equal([1, 2, 3, 4], stack.Decode(0).LittleEndianBytes.ToArray());
        Assert.Equal([5, 6, 7, 8], stack.Decode(1).LittleEndianBytes.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => stack.Decode(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => stack.Decode(-1));
    }

    [Fact]
    public void Read_PagesOfOtherShapeOrType_SignalsOfTheirOwn()
    {
        TiffBytes file = new();
        file.Page(new byte[4]).Strips(2, 2, 8, 2);
        file.Page(new byte[8]).Strips(2, 2, 16, 2);
        file.Page(new byte[6]).Strips(3, 2, 8, 2);
        Assert.Equal(
            [(2, 2, PixelType.UInt8), (2, 2, PixelType.UInt16), (3, 2, PixelType.UInt8)],
            TiffReader.Read(file.ToArray()).Signals.Select(s => (s.WidthPx, s.HeightPx, s.Type)));
    }

    [Theory]
    [InlineData(254, 1)]
    [InlineData(254, 4)]
    [InlineData(255, 2)]
    public void Read_ThumbnailBesideTheImage_LeftOut(int tag, int value)
    {
        TiffBytes file = new();
        file.Page(new byte[1]).Strips(1, 1, 8, 1).Set((ushort)tag, TiffBytes.Long, (ulong)value);
        file.Page(new byte[4]).Strips(2, 2, 8, 2);
        Assert.Equal(2, Assert.Single(TiffReader.Read(file.ToArray()).Signals).WidthPx);
    }

    [Fact]
    public void Read_ImageInASubdirectory_Found()
    {
        // The main directory holds a thumbnail and points to the image, as raw formats do.
        TiffBytes file = new();
        TiffBytesPage thumbnail = file.Page(new byte[1]).Strips(1, 1, 8, 1).Set(254, TiffBytes.Long, 1).Set(330, TiffBytes.Long, 0);
        file.Page(new byte[4]).Strips(2, 2, 8, 2);
        byte[] bytes = file.ToArray();
        int next = 8 + 2 + (12 * thumbnail.Fields.Count);
        int second = BitConverter.ToInt32(bytes, next);
        thumbnail.Set(330, TiffBytes.Long, (ulong)second);
        bytes = file.ToArray();
        bytes.AsSpan(next, 4).Clear();
        Assert.Equal(2, Assert.Single(TiffReader.Read(bytes).Signals).WidthPx);
    }

    [Fact]
    public void Read_ImageJStackWithOneDirectory_AllFrames()
    {
        // ImageJ stores stacks above 4 GB so: byte counts of one frame, the others behind it.
        TiffBytes file = new(littleEndian: false);
        file.Page(new byte[] { 0, 1, 0, 2, 1, 0, 2, 0, 0, 9, 9, 0 }).Strips(2, 1, 16, 1).Text(270, "ImageJ=1.53t\nimages=3\nslices=3\n").Set(279, TiffBytes.Long, 4);
        Signal stack = Assert.Single(TiffReader.Read(file.ToArray()).Signals);
        Assert.Equal(3, stack.FrameCount);
        Assert.Equal([1, 0, 2, 0], stack.Decode(0).LittleEndianBytes.ToArray());
        Assert.Equal([0, 1, 0, 2], stack.Decode(1).LittleEndianBytes.ToArray());
        Assert.Equal([9, 0, 0, 9], stack.Decode(2).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Read_ImageJStackCutShort_Truncated()
    {
        TiffBytes file = new();
        file.Page(new byte[12]).Strips(2, 1, 16, 1).Text(270, "ImageJ=1.53t\nimages=4\n");
        Assert.Equal(FileProblem.Truncated, Assert.Throws<MicroscopeFileException>(() => TiffReader.Read(file.ToArray())).Problem);
    }

    [Theory]
    [InlineData(false, 8)]
    [InlineData(true, 8)]
    [InlineData(false, 16)]
    [InlineData(true, 16)]
    public void Read_RgbWithEqualChannelsIn99Percent_Grey(bool planar, int bits)
    {
        // 20 × 10 px of which two (1 %) are red.
        Signal signal = Rgb(planar, bits, coloured: 2);
        Assert.Equal(bits == 8 ? PixelType.UInt8 : PixelType.UInt16, signal.Type);
        Assert.Null(signal.NotMeasurableReason);
        PixelBlock block = signal.Decode(0);
        Assert.Equal(200 * bits / 8, block.LittleEndianBytes.Length);
        // Pixel 50 is 50, as in every channel; low bytes are 7.
        Assert.Equal(bits == 8 ? 50 : (50 * 256) + 7, PixelBlocks.ToRaster(block).Pixels[50]);
    }

    [Theory]
    [InlineData(false, 8)]
    [InlineData(true, 16)]
    public void Read_RgbWithMoreColour_NotMeasurable(bool planar, int bits)
    {
        Signal signal = Rgb(planar, bits, coloured: 3);
        Assert.Equal(bits == 8 ? PixelType.Rgb8 : PixelType.Rgb16, signal.Type);
        Assert.Contains("colour", signal.NotMeasurableReason, StringComparison.Ordinal);
        byte[] pixel = signal.Decode(0).LittleEndianBytes.Slice(50 * 3 * bits / 8, 3 * bits / 8).ToArray();
        Assert.Equal(bits == 8 ? [50, 50, 50] : [7, 50, 7, 50, 7, 50], pixel);
    }

    [Theory]
    [InlineData(1, 2, new byte[] { 1, 99, 2, 99, 3, 99, 4, 99 }, new byte[] { 1, 2, 3, 4 })]
    [InlineData(2, 4, new byte[] { 1, 1, 1, 99, 2, 2, 2, 99, 3, 3, 3, 99, 4, 4, 4, 99 }, new byte[] { 1, 2, 3, 4 })]
    public void Read_AlphaChannel_LeftOut(int photometric, int samples, byte[] stored, byte[] expected)
    {
        TiffBytes file = new();
        file.Page(stored).Strips(2, 2, 8, 2, 1, photometric, samples).Set(338, TiffBytes.Short, 2);
        Assert.Equal(expected, TiffReader.Read(file.ToArray()).Signals[0].Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Read_GreyPaletteInAnyOrder_GreysOfThePalette()
    {
        // Two bits: palette 255, 128, 64, 0 in all channels, as 16-bit values.
        Signal signal = Palette([65535, 32896, 16448, 0], [65535, 32896, 16448, 0]);
        Assert.Equal(PixelType.UInt8, signal.Type);
        Assert.Equal([255, 128, 64, 0], signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Read_GreyRamp_IndicesAsTheyAre()
    {
        Signal signal = Palette([0, 21845, 43690, 65535], [0, 21845, 43690, 65535]);
        Assert.Equal([0, 1, 2, 3], signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Read_ColouredPalette_NotMeasurable()
    {
        Signal signal = Palette([65535, 32896, 16448, 0], [0, 32896, 16448, 0]);
        Assert.Equal(PixelType.Rgb8, signal.Type);
        Assert.NotNull(signal.NotMeasurableReason);
        Assert.Equal([255, 0, 0, 128, 128, 128, 64, 64, 64, 0, 0, 0], signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Read_ImageJPalette_IsDisplayOnly()
    {
        Signal signal = Palette([65535, 32896, 16448, 0], [0, 32896, 16448, 0], "ImageJ=1.53t\n");
        Assert.Equal(PixelType.UInt8, signal.Type);
        Assert.Equal([0, 1, 2, 3], signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Theory]
    [InlineData(259, 7, "JPEG")]
    [InlineData(259, 6, "JPEG")]
    [InlineData(259, 4, "fax")]
    [InlineData(259, 34712, "JPEG 2000")]
    [InlineData(259, 34925, "LZMA")]
    [InlineData(259, 50000, "Zstandard")]
    [InlineData(259, 4711, "compression 4711")]
    [InlineData(262, 5, "CMYK")]
    [InlineData(262, 6, "YCbCr")]
    [InlineData(339, 6, "complex")]
    [InlineData(339, 5, "complex")]
    [InlineData(258, 24, "24-bit")]
    [InlineData(258, 64, "64-bit")]
    public void Read_DialectThatIsNotRead_RefusedByName(int tag, int value, string name)
    {
        TiffBytes file = new();
        file.Page(new byte[64]).Strips(2, 2, 8, 2).Set((ushort)tag, TiffBytes.Short, (ulong)value);
        MicroscopeFileException refused = Assert.Throws<MicroscopeFileException>(() => TiffReader.Read(file.ToArray()));
        Assert.Equal(FileProblem.NotSupported, refused.Problem);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Tags_ByNameAndNumberWithLongOnesShortened()
    {
        TiffBytes file = new();
        file.Page(new byte[400]).Strips(20, 20, 8, 20).Text(270, "ImageJ=1.53t\nunit=nm\nnote=a=b\n").Text(305, new string('x', 2000)).Set(60000, TiffBytes.Short, [.. Enumerable.Range(0, 500).Select(i => (ulong)i)])
            .Resolution(7, 2, 7, 2, 1);
        Dictionary<string, string> tags = TiffReader.Read(file.ToArray()).RawTags.ToDictionary(tag => tag.Path, tag => tag.Value);
        Assert.Equal("20", tags["ImageWidth"]);
        Assert.Equal("7/2", tags["XResolution"]);
        Assert.Equal("a=b", tags["ImageJ.note"]);
        Assert.EndsWith("… (2001 bytes)", tags["Software"], StringComparison.Ordinal);
        Assert.StartsWith("0 1 2 3 ", tags["60000"], StringComparison.Ordinal);
        Assert.EndsWith("… (500 values)", tags["60000"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(273)]
    public void Read_RequiredTagMissing_CorruptByName(int tag)
    {
        TiffBytes file = new();
        file.Page(new byte[4]).Strips(2, 2, 8, 2).Without((ushort)tag);
        MicroscopeFileException refused = Assert.Throws<MicroscopeFileException>(() => TiffReader.Read(file.ToArray()));
        Assert.Equal(FileProblem.Corrupt, refused.Problem);
        Assert.Contains(TiffTag.NameOf((ushort)tag), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UncompressedWithoutRowsPerStripAndByteCounts_Read()
    {
        TiffBytes file = new();
        file.Page(new byte[] { 1, 2, 3, 4 }).Strips(2, 2, 8, 2).Without(278).Without(279);
        Assert.Equal([1, 2, 3, 4], TiffReader.Read(file.ToArray()).Signals[0].Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Read_PrivateTagOutsideTheFile_DoesNoHarm()
    {
        TiffBytes file = new();
        file.Page(new byte[] { 1, 2, 3, 4 }).Strips(2, 2, 8, 2).Set(new TiffBytesField(60001, TiffBytes.Undefined, 1_000_000, [1, 2, 3, 4]));
        MicroscopeFile read = TiffReader.Read(file.ToArray());
        Assert.Equal([1, 2, 3, 4], read.Signals[0].Decode(0).LittleEndianBytes.ToArray());
        Assert.Contains("not readable", read.RawTags.Single(tag => tag.Path == "60001").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void FormatTable_TiffContent_RecognisedWhateverTheName()
    {
        TiffBytes file = new(littleEndian: false, big: true);
        file.Page(new byte[4]).Strips(2, 2, 8, 2);
        Assert.Equal("TIFF", FileReader.Recognise(file.ToArray(), "image.dat").Name);
        Assert.Equal("TIFF", FileReader.Read(file.ToArray(), "image.dat").Format);
    }

    private static Signal Rgb(bool planar, int bits, int coloured)
    {
        int size = bits / 8;
        byte[] pixels = new byte[200 * 3 * size];
        for (int i = 0; i < 200; i++)
        {
            for (int channel = 0; channel < 3; channel++)
            {
                int at = (planar ? (channel * 200) + i : (3 * i) + channel) * size;
                pixels[at] = size == 2 ? (byte)7 : (byte)i;
                pixels[at + size - 1] = (byte)(i < coloured && channel == 0 ? 255 : i);
            }
        }

        TiffBytes file = new();
        byte[][] segments = [.. pixels.Chunk(planar ? pixels.Length / 3 : pixels.Length)];
        file.Page(segments).Strips(20, 10, bits, 10, 1, 2, 3).Set(284, TiffBytes.Short, planar ? 2UL : 1UL);
        return Assert.Single(TiffReader.Read(file.ToArray()).Signals);
    }

    private static Signal Palette(ulong[] red, ulong[] others, string description = "")
    {
        // Indices 0 1 2 3 of two bits.
        TiffBytes file = new();
        file.Page(new byte[] { 0x1B }).Strips(4, 1, 2, 1, 1, 3).Set(320, TiffBytes.Short, [.. red, .. others, .. others]).Text(270, description);
        return Assert.Single(TiffReader.Read(file.ToArray()).Signals);
    }
}
