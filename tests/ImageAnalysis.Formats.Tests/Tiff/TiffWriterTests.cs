using System.Buffers.Binary;
using System.Text;
using ImageAnalysis.Formats.Tiff;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tests.Tiff;

public class TiffWriterTests
{
    private static readonly Raster<byte> Small = new(3, 2, [10, 20, 30, 40, 50, 60]);

    private static readonly CalibrationSource Made = new(CalibrationOrigin.User, "test");

    [Fact]
    public void Write_SmallUncompressedImage_HasTheBytesOfTheSpecification()
    {
        byte[] file = TiffWriter.Write(Small, new TiffWriteOptions());
        // "II", 42, first directory at 8 with 11 entries; description: 4 lines end with the NUL; the only strip stands last, 6 bytes.
        Assert.Equal("II*\0"u8.ToArray(), file[..4]);
        Assert.Equal(8u, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal(11, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8)));
        // Description at 8 + 2 + 11 × 12 + 4 = 146.
        Assert.StartsWith("ImageJ=1.53t\nmin=10\nmax=60\n\0", Encoding.ASCII.GetString(file, 146, file.Length - 146), StringComparison.Ordinal);
        Assert.Equal(new byte[] { 10, 20, 30, 40, 50, 60 }, file[^6..]);
    }

    [Fact]
    public void Write_Twice_SameBytes()
    {
        TiffWriteOptions options = new() { Calibration = new Calibration(0.15, 0.2, Made), Deflate = true };
        Assert.Equal(TiffWriter.Write(Small, options), TiffWriter.Write(Small, options));
    }

    [Theory]
    [InlineData("a=b", "1")]
    [InlineData("unit", "km")]
    [InlineData("", "1")]
    [InlineData("a", "1\n2")]
    public void Write_LineThatIsNoKeyValue_Throws(string key, string value) =>
        Assert.Throws<ArgumentException>(() => TiffWriter.Write(Small, new TiffWriteOptions { Description = [new(key, value)] }));

    [Fact]
    public void Write_NaN_Throws() =>
        Assert.Throws<ArgumentException>(() => TiffWriter.Write(new Raster<float>(2, 1, [0, float.NaN]), new TiffWriteOptions()));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_ThenRead_SamePixelsPixelSizeAndWords(bool deflate)
    {
        // 37 × 150 px: three Deflate strips, the last of 22 rows; pixel sizes that are no short fractions.
        Random random = new(3);
        float[] floats = [.. Enumerable.Range(0, 37 * 150).Select(_ => (float)((random.NextDouble() * 1e5) - 3e4))];
        ushort[] words = [.. floats.Select(value => (ushort)Math.Abs(value))];
        byte[] bytes = [.. words.Select(value => (byte)value)];
        TiffWriteOptions options = new()
        {
            Calibration = new Calibration(0.32889166474342346, 0.01001270424, Made),
            Description = [new("simulated", "true"), new("recipe", "fields/2 nm")],
            Deflate = deflate,
        };
        AssertSame(TiffWriter.Write(new Raster<float>(37, 150, floats), options), floats);
        AssertSame(TiffWriter.Write(new Raster<ushort>(37, 150, words), options), [.. words.Select(value => (float)value)]);
        AssertSame(TiffWriter.Write(new Raster<byte>(37, 150, bytes), options), [.. bytes.Select(value => (float)value)]);

        static void AssertSame(byte[] file, float[] expected)
        {
            MicroscopeFile read = TiffReader.Read(file);
            Signal signal = Assert.Single(read.Signals);
            Assert.Equal((37, 150), (signal.WidthPx, signal.HeightPx));
            Assert.Equal(expected, PixelBlocks.ToRaster(signal.Decode(0)).ToArray());
            Assert.Equal(0.32889166474342346, signal.Calibration!.PixelWidthNm);
            Assert.Equal(0.01001270424, signal.Calibration.PixelHeightNm);
            Assert.Equal("metadata:ImageJ", signal.Calibration.Source.ToString());
            Assert.True(signal.Acquisition.Simulated);
            Assert.Contains(new RawTag("ImageJ.recipe", "fields/2 nm"), read.RawTags);
        }
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(0.05)]
    [InlineData(0.15)]
    [InlineData(Math.PI)]
    [InlineData(1234.56789)]
    [InlineData(9999.9)]
    public void Write_PixelSizes_ComeBackAsTheSameDouble(double pixelNm)
    {
        byte[] file = TiffWriter.Write(Small, new TiffWriteOptions { Calibration = new Calibration(pixelNm, pixelNm, Made) });
        Assert.Equal(pixelNm, TiffReader.Read(file).Signals[0].Calibration!.PixelWidthNm);
    }

    [Fact]
    public void Write_PixelSizeBeyondFractionsOf32Bits_Throws() =>
        Assert.Throws<ArgumentException>(() => TiffWriter.Write(Small, new TiffWriteOptions { Calibration = new Calibration(1e-12, 1, Made) }));
}
