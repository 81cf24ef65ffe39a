using ImageAnalysis.Formats.Png;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tests.Png;

public sealed class PngWriterTests
{
    private static byte[] Noise(int count, int seed)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(64, 33)]
    public void Grey8_ReadBack_IsTheSame(int width, int height)
    {
        byte[] pixels = Noise(width * height, seed: width);
        byte[] file = PngWriter.Write(new Raster<byte>(width, height, pixels));
        Signal signal = Assert.Single(PngReader.Read(file).Signals);

        Assert.Equal((width, height, PixelType.UInt8), (signal.WidthPx, signal.HeightPx, signal.Type));
        Assert.Null(signal.Calibration);
        Assert.Equal(pixels, signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Grey16_WithCalibrationAndTexts_ReadBackIsTheSame()
    {
        ushort[] pixels = [.. Enumerable.Range(0, 35).Select(i => (ushort)(i * 1873))];
        Calibration calibration = new(0.0523071, 0.05, new CalibrationSource(CalibrationOrigin.User, "test"));
        byte[] file = PngWriter.Write(new Raster<ushort>(5, 7, pixels), calibration, [new("Title", "Größe"), new("Comment", "d₁₁₁")]);
        MicroscopeFile read = PngReader.Read(file);
        Signal signal = Assert.Single(read.Signals);

        // Metres are written with all digits of a double; the two roundings of division and multiplication cost less than 1e-15 of the value.
        Assert.Equal(0.0523071, signal.Calibration!.PixelWidthNm, 15);
        Assert.Equal(0.05, signal.Calibration.PixelHeightNm, 15);
        Assert.Equal(pixels, Enumerable.Range(0, 35).Select(i => BitConverter.ToUInt16(signal.Decode(0).LittleEndianBytes.Span[(2 * i)..])));
        Assert.Contains(read.RawTags, tag => tag == new RawTag("tEXt.Title", "Größe"));
        Assert.Contains(read.RawTags, tag => tag == new RawTag("iTXt.Comment", "d₁₁₁"));
    }

    [Fact]
    public void Rgb_ReadBack_IsTheSame()
    {
        byte[] pixels = Noise(3 * 11 * 6, seed: 2);
        Signal signal = Assert.Single(PngReader.Read(PngWriter.Write(new RgbImage(11, 6, pixels))).Signals);

        Assert.Equal(PixelType.Rgb8, signal.Type);
        Assert.Equal(pixels, signal.Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Rgba_ReadBack_HasTheColours()
    {
        byte[] file = PngWriter.WriteRgba(2, 1, [1, 2, 3, 255, 4, 5, 6, 128]);
        Signal signal = Assert.Single(PngReader.Read(file).Signals);

        Assert.Equal(new byte[] { 1, 2, 3, 4, 5, 6 }, signal.Decode(0).LittleEndianBytes.ToArray());
        Assert.Throws<ArgumentException>(() => PngWriter.WriteRgba(2, 1, [1, 2, 3]));
    }

    [Fact]
    public void SamePixels_GiveSameBytesAndAGradientPacks()
    {
        byte[] gradient = [.. Enumerable.Range(0, 256 * 256).Select(i => (byte)((i % 256) + (i / 256)))];
        byte[] first = PngWriter.Write(new Raster<byte>(256, 256, gradient));
        byte[] second = PngWriter.Write(new Raster<byte>(256, 256, [.. gradient]));

        Assert.Equal(first, second);

        // Every row is the one above plus 1, every pixel its left neighbour plus 1: filtered, the image is a few numbers over and over.
        Assert.True(first.Length < gradient.Length / 50, $"{first.Length} bytes");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Filters_AppliedAndUndone_GiveTheRowAndTheSumOfItsDifferences(int step)
    {
        // 203 bytes: a head, whole vectors of 16, 32 or 64 bytes, and a rest.
        byte[] row = Noise(203, seed: 5);
        byte[] above = Noise(203, seed: 6);
        for (int kind = 0; kind < PngFilter.Kinds; kind++)
        {
            byte[] filtered = new byte[203];
            long sum = PngFilter.Apply(kind, row, above, step, filtered);
            Assert.Equal(filtered.Sum(b => Math.Abs((int)(sbyte)b)), sum);

            PngFilter.Undo(kind, filtered, above, step);
            Assert.Equal(row, filtered);
        }
    }

    [Theory]
    [InlineData("", "a")]
    [InlineData(" Title", "a")]
    [InlineData("Größe", "a")]
    [InlineData("Title", "a\0b")]
    public void Text_ThatCannotBeStored_Throws(string keyword, string value) =>
        Assert.Throws<ArgumentException>(() => PngWriter.Write(new Raster<byte>(1, 1, [0]), null, [new(keyword, value)]));
}
