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
}
