using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ImageAnalysis.Formats.Png;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Formats.Tests.Png;

public sealed class PngReaderTests
{
    private static Signal SignalOf(byte[] file) => Assert.Single(PngReader.Read(file).Signals);

    private static byte[] PixelsOf(byte[] file) => SignalOf(file).Decode(0).LittleEndianBytes.ToArray();

    [Fact]
    public void Crc_OfTheClosingChunk_IsTheOneEveryPngEndsWith()
    {
        // Every PNG file ends in 49 45 4E 44 AE 42 60 82: IEND and its checksum.
        Assert.Equal(0xAE426082u, Crc32.Of("IEND"u8));
    }

    [Theory]
    [InlineData(1, new byte[] { 0b1010_0110, 0b1000_0000 }, new byte[] { 1, 0, 1, 0, 0, 1, 1, 0, 1 }, PixelType.Bool)]
    [InlineData(2, new byte[] { 0b00_01_10_11, 0b11_10_01_00, 0b01_000000 }, new byte[] { 0, 1, 2, 3, 3, 2, 1, 0, 1 }, PixelType.UInt8)]
    [InlineData(4, new byte[] { 0x01, 0x23, 0xEF, 0x45, 0xA0 }, new byte[] { 0, 1, 2, 3, 14, 15, 4, 5, 10 }, PixelType.UInt8)]
    [InlineData(8, new byte[] { 0, 1, 2, 127, 128, 254, 255, 7, 9 }, new byte[] { 0, 1, 2, 127, 128, 254, 255, 7, 9 }, PixelType.UInt8)]
    public void Grey_OfEveryDepthUpTo8_IsGivenAsStored(int depth, byte[] packedRow, byte[] expected, PixelType type)
    {
        // Nine pixels in a row: the leftmost sample stands in the high bits; unused low bits of the last byte do not matter.
        Signal signal = SignalOf(PngBytes.Image(9, 1, depth, 0, [0, .. packedRow]));

        Assert.Equal(type, signal.Type);
        Assert.Null(signal.NotMeasurableReason);
        Assert.Equal(expected, signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Grey16_IsTurnedToLittleEndian()
    {
        // 0x0102 = 258 and 0xFF00 = 65280 stand with the high byte first.
        Signal signal = SignalOf(PngBytes.Image(2, 1, 16, 0, 0, 0x01, 0x02, 0xFF, 0x00));

        Assert.Equal(PixelType.UInt16, signal.Type);
        Assert.Equal(new byte[] { 0x02, 0x01, 0x00, 0xFF }, signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void GreyAlpha_GivesTheGreyOfBothDepths()
    {
        Assert.Equal(new byte[] { 10, 20 }, PixelsOf(PngBytes.Image(2, 1, 8, 4, 0, 10, 255, 20, 128)));
        Assert.Equal(new byte[] { 0x34, 0x12 }, PixelsOf(PngBytes.Image(1, 1, 16, 4, 0, 0x12, 0x34, 0xFF, 0xFF)));
    }

    [Theory]
    [InlineData(8, 2, PixelType.Rgb8)]
    [InlineData(16, 2, PixelType.Rgb16)]
    [InlineData(8, 6, PixelType.Rgb8)]
    [InlineData(16, 6, PixelType.Rgb16)]
    public void Colour_WithDifferentChannels_IsNotMeasurableAndSaysWhy(int depth, int colourType, PixelType type)
    {
        // Two pixels, (1, 2, 3) and (4, 4, 4), opaque: half of them have a colour.
        byte[] Pixel(byte r, byte g, byte b)
        {
            byte[] samples = colourType == 6 ? [r, g, b, 255] : [r, g, b];
            return depth == 8 ? samples : [.. samples.SelectMany(s => new byte[] { s, 0 })];
        }

        Signal signal = SignalOf(PngBytes.Image(2, 1, depth, colourType, [0, .. Pixel(1, 2, 3), .. Pixel(4, 4, 4)]));

        Assert.Equal(type, signal.Type);
        Assert.Equal("a colour image: red, green and blue differ in 50 % of its pixels", signal.NotMeasurableReason);
        byte[] expected = [1, 2, 3, 4, 4, 4];
        Assert.Equal(depth == 8 ? expected : [.. expected.SelectMany(s => new byte[] { 0, s })], signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void EqualChannels_InAtLeast99PercentOfPixels_AreGrey(int colouredPixels, bool grey)
    {
        // 100 pixels of (7, 7, 7), some of which are (7, 7, 8): 1 of 100 is still grey, 2 of 100 are not.
        byte[] row = [0, .. Enumerable.Range(0, 100).SelectMany(i => new byte[] { 7, 7, (byte)(i < colouredPixels ? 8 : 7) })];
        Signal signal = SignalOf(PngBytes.Image(100, 1, 8, 2, row));

        Assert.Equal(grey ? PixelType.UInt8 : PixelType.Rgb8, signal.Type);
        Assert.Equal(grey, signal.NotMeasurableReason is null);
        Assert.Equal(grey ? 100 : 300, signal.Decode(0).LittleEndianBytes.Length);
    }

    [Fact]
    public void Palette_OfGreysInUse_IsGreyWhateverElseThePaletteHolds()
    {
        // Colour 2 is red and no pixel uses it. Four bits a pixel: 1, 0, 3.
        byte[] palette = PngBytes.Chunk("PLTE", 5, 5, 5, 99, 99, 99, 255, 0, 0, 200, 200, 200);
        Signal signal = SignalOf(PngBytes.ImageWith([palette], 3, 1, 4, 3, 0, 0x10, 0x30));

        Assert.Equal(PixelType.UInt8, signal.Type);
        Assert.Equal(new byte[] { 99, 5, 200 }, signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Palette_OfColours_GivesThem()
    {
        byte[] palette = PngBytes.Chunk("PLTE", 1, 2, 3, 40, 50, 60);
        Signal signal = SignalOf(PngBytes.ImageWith([palette], 2, 1, 1, 3, 0, 0b0100_0000));

        Assert.Equal(PixelType.Rgb8, signal.Type);
        Assert.Equal(new byte[] { 1, 2, 3, 40, 50, 60 }, signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Palette_PixelBeyondIt_IsCorrupt()
    {
        byte[] palette = PngBytes.Chunk("PLTE", 1, 2, 3, 40, 50, 60);
        AssertBad(FileProblem.Corrupt, "a pixel names colour 2; the palette has 2", PngBytes.ImageWith([palette], 1, 1, 8, 3, 0, 2));
    }

    [Fact]
    public void Filters_UndoneByTheSpecificationsFormulas()
    {
        // Width 3, one byte a pixel; every row holds 1, 2, 3 after filtering, by filters 0, 1, 2, 3, 4 in turn.
        // none:    1, 2, 3
        // sub:     x + left:                        1, 2 + 1 = 3, 3 + 3 = 6
        // up:      x + above:                       1 + 1 = 2, 2 + 3 = 5, 3 + 6 = 9
        // average: x + ⌊(left + above) / 2⌋:        1 + ⌊2/2⌋ = 2, 2 + ⌊(2 + 5)/2⌋ = 5, 3 + ⌊(5 + 9)/2⌋ = 10
        // Paeth:   1 + above 2 = 3;
        //          left 3, above 5, above left 2: p = 6, distances 3, 1, 4 → above: 2 + 5 = 7;
        //          left 7, above 10, above left 5: p = 12, distances 5, 2, 7 → above: 3 + 10 = 13
        byte[] expected = [1, 2, 3, 1, 3, 6, 2, 5, 9, 2, 5, 10, 3, 7, 13];

        Assert.Equal(expected, PixelsOf(PngBytes.Image(3, 5, 8, 0, 0, 1, 2, 3, 1, 1, 2, 3, 2, 1, 2, 3, 3, 1, 2, 3, 4, 1, 2, 3)));
    }

    [Fact]
    public void Filters_WrapAt256AndTakeThePixelOnTheLeftNotTheByte()
    {
        // 16-bit grey: the sample on the left is two bytes away. Sub: (250, 4), then (10 + 250 = 260 → 4, 253 + 4 = 257 → 1).
        Assert.Equal(new byte[] { 4, 250, 1, 4 }, PixelsOf(PngBytes.Image(2, 1, 16, 0, 1, 250, 4, 10, 253)));

        // Average adds before halving: left 255, above 255 → 255, not (510 mod 256) / 2.
        Assert.Equal(new byte[] { 255, 255, 128, 255 }, PixelsOf(PngBytes.Image(2, 2, 8, 0, 0, 255, 255, 3, 1, 64)));
    }

    [Theory]
    [InlineData(10, 20, 30, 10)] // p = 0: distances 10, 20, 30 → left
    [InlineData(20, 10, 30, 10)] // p = 0: distances 20, 10, 30 → above
    [InlineData(20, 40, 30, 30)] // p = 30: distances 10, 10, 0 → above left
    [InlineData(5, 5, 5, 5)]
    [InlineData(7, 3, 3, 7)] // p = 7: distances 0, 4, 4 → left
    [InlineData(30, 30, 20, 30)] // p = 40: distances 10, 10, 20: a tie goes to left
    [InlineData(0, 255, 255, 0)]
    [InlineData(255, 0, 255, 0)]
    public void Paeth_ChoosesTheNearest(byte left, byte above, byte aboveLeft, byte expected) =>
        Assert.Equal(expected, PngFilter.Paeth(left, above, aboveLeft));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(8, 8)]
    [InlineData(5, 13)]
    [InlineData(17, 11)]
    public void Interlaced_PixelsComeToTheirPlaces(int width, int height)
    {
        byte Pixel(int x, int y) => (byte)((13 * y) + x + 1);
        byte[] rows = PngBytes.InterlacedRows(width, height, Pixel);
        byte[] file = PngBytes.File(PngBytes.Header(width, height, 8, 0, interlace: 1), PngBytes.Data(rows), PngBytes.End());

        byte[] expected = [.. Enumerable.Range(0, height).SelectMany(y => Enumerable.Range(0, width).Select(x => Pixel(x, y)))];
        Assert.Equal(expected, PixelsOf(file));
    }

    [Fact]
    public void Interlaced_RowsBelowAByte_AreCutForEachPass()
    {
        // 3 × 3 px of 1 bit, all ones: pass 1 has (0,0); pass 4 (x 2, y 0); pass 5 (x 0 and 2, y 2); pass 6 (x 1, y 0 and 2); pass 7 row 1.
        byte[] rows = [0, 0x80, 0, 0x80, 0, 0xC0, 0, 0x80, 0, 0x80, 0, 0xE0];
        byte[] file = PngBytes.File(PngBytes.Header(3, 3, 1, 0, interlace: 1), PngBytes.Data(rows), PngBytes.End());

        Assert.Equal(Enumerable.Repeat((byte)1, 9), PixelsOf(file));
    }

    [Fact]
    public void ImageData_InSeveralChunksEmptyOnesAmongThem_IsOneStream()
    {
        byte[] packed = PngBytes.Packed([0, 1, 2, 3]);
        byte[][] pieces = [.. packed.Select(b => PngBytes.Chunk("IDAT", b)), PngBytes.Chunk("IDAT")];
        byte[] file = PngBytes.File([PngBytes.Header(3, 1, 8, 0), PngBytes.Chunk("IDAT"), .. pieces, PngBytes.End()]);

        Assert.Equal(new byte[] { 1, 2, 3 }, PixelsOf(file));
    }

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(1, 1, true)]
    [InlineData(2, 1, false)]
    [InlineData(50, 254, true)]
    public void Alpha_FullyTransparentInMoreThan1Percent_IsNotMeasurable(int changed, byte changedTo, bool measurable)
    {
        // 100 pixels; some have another opacity: 0 hides a pixel, anything above shows it. (changedTo 1 stands for "hidden" below.)
        byte alpha = changedTo == 1 ? (byte)0 : changedTo;
        byte[] row = [0, .. Enumerable.Range(0, 100).SelectMany(i => new byte[] { 9, i < changed ? alpha : (byte)255 })];

        Assert.Equal(measurable, SignalOf(PngBytes.Image(100, 1, 8, 4, row)).NotMeasurableReason is null);
    }

    [Theory]
    [InlineData(0, 8, new byte[] { 0, 9 }, new byte[] { 9, 9, 9, 8 }, "75 % of its pixels are fully transparent")]
    [InlineData(2, 8, new byte[] { 0, 9, 0, 9, 0, 9 }, new byte[] { 9, 9, 9, 9, 9, 9, 9, 9, 9, 8, 8, 8 }, "75 % of its pixels are fully transparent")]
    [InlineData(0, 8, new byte[] { 1, 9 }, new byte[] { 9, 9, 9, 8 }, null)] // 0x0109 is no 8-bit value
    [InlineData(0, 8, new byte[] { 9 }, new byte[] { 9, 9, 9, 8 }, null)] // too short: passed over
    public void TransparentColour_HidesThePixelsThatHaveIt(int colourType, int depth, byte[] transparent, byte[] samples, string? reason)
    {
        Signal signal = SignalOf(PngBytes.ImageWith([PngBytes.Chunk("tRNS", transparent)], 4, 1, depth, colourType, [0, .. samples]));

        Assert.Equal(reason is not null, signal.NotMeasurableReason is not null);
        Assert.StartsWith(reason ?? string.Empty, signal.NotMeasurableReason ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public void TransparentPaletteColours_HideTheirPixels()
    {
        byte[] palette = PngBytes.Chunk("PLTE", 1, 1, 1, 2, 2, 2);
        Signal signal = SignalOf(PngBytes.ImageWith([palette, PngBytes.Chunk("tRNS", 0)], 4, 1, 8, 3, 0, 0, 1, 1, 1));

        Assert.StartsWith("25 % of its pixels are fully transparent", signal.NotMeasurableReason, StringComparison.Ordinal);
    }

    [Fact]
    public void BadFiles_AreNamedWithPlaceAndExpectation()
    {
        byte[] good = PngBytes.Image(2, 2, 8, 0, 0, 1, 2, 0, 3, 4);
        byte[] header = PngBytes.Header(2, 2, 8, 0);
        byte[] data = PngBytes.Data(0, 1, 2, 0, 3, 4);

        AssertBad(FileProblem.NotRecognised, "does not begin", [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        AssertBad(FileProblem.Truncated, "signature alone", good[..5]);
        AssertBad(FileProblem.Corrupt, "transfer as text", [.. good[..4], 0x0A, .. good[6..]]);
        AssertBad(FileProblem.Truncated, "closing chunk IEND was not met", good[..^12]);
        AssertBad(FileProblem.Corrupt, "the first chunk is IDAT; expected IHDR", PngBytes.File(data, PngBytes.End()));
        AssertBad(FileProblem.Corrupt, "a second IHDR", PngBytes.File(header, header, data, PngBytes.End()));
        AssertBad(FileProblem.Corrupt, "the width is 0; expected 1…", PngBytes.Image(0, 2, 8, 0, 0));
        AssertBad(FileProblem.Corrupt, "the height is 0; expected 1…", PngBytes.Image(2, 0, 8, 0, 0));
        AssertBad(FileProblem.Corrupt, "colour type 2 with 4 bits", PngBytes.Image(2, 2, 4, 2, 0));
        AssertBad(FileProblem.Corrupt, "colour type 5", PngBytes.Image(2, 2, 8, 5, 0));
        AssertBad(FileProblem.Corrupt, "compression 0, filter 0, interlace 2", PngBytes.File(PngBytes.Header(2, 2, 8, 0, 2), data, PngBytes.End()));
        AssertBad(FileProblem.Corrupt, "without image data", PngBytes.File(header, PngBytes.End()));
        AssertBad(FileProblem.Corrupt, "without a palette", PngBytes.Image(2, 1, 8, 3, 0, 1, 1));
        AssertBad(FileProblem.Corrupt, "the palette has 4 bytes", PngBytes.ImageWith([PngBytes.Chunk("PLTE", 1, 2, 3, 4)], 2, 1, 8, 3, 0, 1, 1));
        AssertBad(FileProblem.Corrupt, "stands apart", PngBytes.File(header, data, PngBytes.Text("tEXt", "a\0b"), data, PngBytes.End()));
        AssertBad(FileProblem.Corrupt, "row 1 has filter 5; expected 0…4", PngBytes.Image(2, 2, 8, 0, 0, 1, 2, 5, 3, 4));
        AssertBad(FileProblem.Corrupt, "the image data end in row 1; the image has 2 rows", PngBytes.Image(2, 2, 8, 0, 0, 1, 2, 0, 3));
        AssertBad(FileProblem.NotSupported, "chunk CgBI", PngBytes.File(header, PngBytes.Chunk("CgBI", 1), data, PngBytes.End()));
        AssertBad(FileProblem.NotSupported, "images up to 536870912 px", PngBytes.Image(1 << 20, 1 << 10, 8, 0, 0));
    }

    [Fact]
    public void Checksum_OfCriticalChunk_IsAnErrorAndOfAnotherIsNamed()
    {
        byte[] broken = PngBytes.Text("tEXt", "Title\0a");
        broken[^1] ^= 1;
        MicroscopeFile read = PngReader.Read(PngBytes.ImageWith([broken], 1, 1, 8, 0, 0, 7));
        Assert.Contains(read.RawTags, tag => tag.Path == "tEXt" && tag.Value == "(not used: its checksum does not hold)");
        Assert.DoesNotContain(read.RawTags, tag => tag.Path == "tEXt.Title");

        byte[] data = PngBytes.Data(0, 7);
        data[^1] ^= 1;
        AssertBad(FileProblem.Corrupt, "at byte 33: the checksum of chunk IDAT does not hold", PngBytes.File(PngBytes.Header(1, 1, 8, 0), data, PngBytes.End()));
    }

    [Fact]
    public void ChecksumOfTheCompressedData_ThatDoesNotHold_IsCorrupt()
    {
        byte[] packed = PngBytes.Packed([0, 7]);
        packed[^1] ^= 1;
        AssertBad(FileProblem.Corrupt, "or their checksum does not hold (row 0)", PngBytes.File(PngBytes.Header(1, 1, 8, 0), PngBytes.Chunk("IDAT", packed), PngBytes.End()));
    }

    [Fact]
    public void Texts_OfAllKinds_AreTags()
    {
        byte[] packed = PngBytes.Packed("long text"u8.ToArray());
        byte[][] texts =
        [
            PngBytes.Text("tEXt", "Title\0Fl\u00e4che 5 nm"),
            PngBytes.Chunk("zTXt", [.. "Comment\0\0"u8, .. packed]),
            PngBytes.Chunk("iTXt", [.. "Author\0\0\0de\0Autor\0"u8, .. "Å"u8]),
            PngBytes.Chunk("iTXt", [.. "Warning\0\u0001\0\0\0"u8, .. packed]),
            PngBytes.Text("tEXt", "Source\0JEM-ARM200F"),
            PngBytes.Text("tEXt", "Creation Time\02021-03-04"),
            PngBytes.Text("tEXt", "no zero"),
        ];
        MicroscopeFile read = PngReader.Read(PngBytes.ImageWith(texts, 1, 1, 8, 0, 0, 7));

        string? Tag(string path) => read.RawTags.SingleOrDefault(tag => tag.Path == path)?.Value;
        Assert.Equal("Fläche 5 nm", Tag("tEXt.Title"));
        Assert.Equal("long text", Tag("zTXt.Comment"));
        Assert.Equal("Å", Tag("iTXt.Author"));
        Assert.Equal("long text", Tag("iTXt.Warning"));
        Assert.Equal("(malformed)", Tag("tEXt"));
        Assert.Equal("JEM-ARM200F", read.Signals[0].Acquisition.Instrument);
        Assert.Equal("2021-03-04", read.Signals[0].Acquisition.AcquiredAt);
        Assert.False(read.Signals[0].Acquisition.Simulated);
    }

    [Theory]
    [InlineData("Description\0Simulated HAADF field", true)]
    [InlineData("Comment\0this image is SIMULATED.", true)]
    [InlineData("Simulated\0yes", true)]
    [InlineData("Simulated\0false", false)]
    [InlineData("Comment\0recorded, not simulated", false)]
    [InlineData("Comment\0non-simulated", false)]
    [InlineData("Comment\0{\"simulated\": false}", false)]
    [InlineData("Comment\0simulated=true", true)]
    [InlineData("Comment\0dissimulated", false)]
    public void Text_ThatSaysSimulated_MarksTheImage(string text, bool simulated) =>
        Assert.Equal(simulated, SignalOf(PngBytes.ImageWith([PngBytes.Text("tEXt", text)], 1, 1, 8, 0, 0, 7)).Acquisition.Simulated);

    [ReferenceFact]
    public void SiliconImage_IsReadToTheManifestsNumbers()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(ReferenceData.PathOf("real-data/manifest.json")));
        JsonElement entry = manifest.RootElement.EnumerateArray().Single(e => e.GetProperty("path").GetString() == "lattice/Si110_uncalibrated.png");
        string known = entry.GetProperty("known").GetString()!;
        Signal signal = SignalOf(File.ReadAllBytes(ReferenceData.PathOf("real-data/lattice/Si110_uncalibrated.png")));
        byte[] pixels = signal.Decode(0).LittleEndianBytes.ToArray();

        Assert.Equal(PixelType.UInt8, signal.Type);
        Assert.Null(signal.Calibration);
        Assert.Equal(string.Empty, signal.UnitAsStored);
        Assert.Null(signal.NotMeasurableReason);
        string words = string.Create(CultureInfo.InvariantCulture, $"a[0,0]={pixels[0]} a[0,-1]={pixels[511]} a[-1,0]={pixels[512 * 511]} a[-1,-1]={pixels[^1]} min={pixels.Min()} max={pixels.Max()} sum={pixels.Sum(p => (long)p)}");
        Assert.Contains(words, known, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(pixels))[..16], known, StringComparison.Ordinal);
    }

    private static void AssertBad(FileProblem problem, string words, byte[] file)
    {
        MicroscopeFileException e = Assert.Throws<MicroscopeFileException>(() => SignalOf(file).Decode(0));
        Assert.Equal(problem, e.Problem);
        Assert.Equal("PNG", e.Format);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }
}
