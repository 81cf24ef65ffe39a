using System.Text;
using ImageAnalysis.Formats.Tiff;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Formats.Tests.Tiff;

/// <summary>Spoilt files: whatever is in them, a file or a MicroscopeFileException comes out, in bounded time and memory.</summary>
public class TiffCorruptionTests
{
    private static readonly (string Name, byte[] Bytes)[] Dialects =
    [
        ("uncompressed", Small(1, littleEndian: true, big: false, tiled: false)),
        ("PackBits", Small(32773, littleEndian: false, big: false, tiled: false)),
        ("LZW", Small(5, littleEndian: true, big: false, tiled: false)),
        ("Deflate", Small(8, littleEndian: false, big: false, tiled: false)),
        ("tiles", Small(8, littleEndian: true, big: false, tiled: true)),
        ("BigTIFF", Small(1, littleEndian: true, big: true, tiled: false)),
        ("metadata", Metadata()),
        ("colours", Colours()),
    ];

    public static TheoryData<string> Names => [.. Dialects.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_CutAtEveryByte_NothingButTheOneException(string name) => Corruption.TruncateEverywhere(Of(name), TiffReader.Read);

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_TwoThousandByteFlips_NothingButTheOneException(string name) => Corruption.FlipBytes(Of(name), TiffReader.Read, 2000, seed: 17);

    [Theory]
    [InlineData("uncompressed")]
    [InlineData("tiles")]
    [InlineData("BigTIFF")]
    [InlineData("metadata")]
    [InlineData("colours")]
    public void Read_HostileNumbersEverywhere_NothingButTheOneException(string name) =>
        // Every number of these files stands at an even offset. The other dialects have the structures of the first.
        Corruption.OverwriteNumbers(Of(name), TiffReader.Read, step: 2);

    [Theory]
    [InlineData(8, 1032)]
    [InlineData(5, 2559)]
    [InlineData(32773, 64)]
    [InlineData(1, 1)]
    public void Read_MorePixelsThanTheBytesCanHold_RefusedBeforeRoomIsMade(int compression, int ratio)
    {
        // 1 kB that announces 100,000 × 100,000 px; the message gives what 1,000 bytes can hold at most.
        TiffBytes file = new();
        file.Page(new byte[1000]).Strips(100_000, 100_000, 8, 100_000, compression);
        MicroscopeFileException refused = Assert.Throws<MicroscopeFileException>(() => TiffReader.Read(file.ToArray()));
        Assert.True(refused.Problem is FileProblem.Corrupt or FileProblem.Truncated or FileProblem.NotSupported, refused.Message);
        Assert.Contains("10000000000", refused.Message, StringComparison.Ordinal);

        // The same bytes with as many pixels as they could hold are refused only when they turn out to hold fewer, and still without room for them.
        int side = (int)Math.Sqrt(1000.0 * ratio);
        TiffBytes possible = new();
        possible.Page(new byte[1000]).Strips(side, side, 8, side, compression);
        Corruption.Check(possible.ToArray(), TiffReader.Read);
    }

    [Fact]
    public void Read_HonestFileCompressedAThousandTimes_Read()
    {
        byte[] strip = TiffEncoders.Deflate(new byte[2000 * 2000]);
        TiffBytes file = new();
        file.Page(strip).Strips(2000, 2000, 8, 2000, 8);
        // 4,000,000 zeros in some 4 kB: near the limit of 1032 : 1.
        Assert.InRange(strip.Length, 3876, 5000);
        Assert.Equal(4_000_000, TiffReader.Read(file.ToArray()).Signals[0].Decode(0).LittleEndianBytes.Length);
        Corruption.Check(file.ToArray(), TiffReader.Read);
    }

    [Fact]
    public void Read_ManyPagesAndALongDescription_BoundedMemory()
    {
        // 200 pages of 32 × 32 px, and an OME description of some 60 kB on the first that goes for all of them.
        TiffBytes file = new();
        string planes = string.Concat(Enumerable.Range(0, 1500).Select(i => $"<Plane TheZ=\"{i}\" ExposureTime=\"0.5\"/>"));
        string xml = $"<OME><Image><Pixels SizeX=\"32\" SizeY=\"32\" PhysicalSizeX=\"0.5\" PhysicalSizeXUnit=\"nm\">{planes}</Pixels></Image></OME>";
        for (int i = 0; i < 200; i++)
        {
            TiffBytesPage page = file.Page(new byte[1024]).Strips(32, 32, 8, 32);
            _ = i == 0 ? page.Text(270, xml) : page;
        }

        Signal stack = Assert.Single(TiffReader.Read(file.ToArray()).Signals);
        Assert.Equal((200, 0.5), (stack.FrameCount, stack.Calibration!.PixelWidthNm));
        Corruption.Check(file.ToArray(), TiffReader.Read);
    }

    [Fact]
    public void Read_DirectoriesInALoop_Corrupt()
    {
        byte[] file = Small(1, littleEndian: true, big: false, tiled: false);
        // The offset of the next directory stands behind the entries of the first, which starts at 8: point it back to 8.
        int next = 8 + 2 + (12 * file[8]);
        file[next] = 8;
        MicroscopeFileException refused = Assert.Throws<MicroscopeFileException>(() => TiffReader.Read(file));
        Assert.Equal(FileProblem.Corrupt, refused.Problem);
        Assert.Contains("loops", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StripBehindTheEnd_TruncatedWithItsPlace()
    {
        byte[] file = Small(1, littleEndian: true, big: false, tiled: false);
        MicroscopeFileException refused = Assert.Throws<MicroscopeFileException>(() => TiffReader.Read(file.AsMemory(0, file.Length - 1)));
        Assert.Equal(FileProblem.Truncated, refused.Problem);
        Assert.Contains("strip 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_XmlWithADocumentType_NothingIsExpanded()
    {
        const string xml = "<?xml version=\"1.0\"?><!DOCTYPE OME [<!ENTITY a \"1\"><!ENTITY b \"&a;&a;&a;&a;\">]><OME><Image><Pixels SizeX=\"4\" SizeY=\"4\" PhysicalSizeX=\"&b;\"/></Image></OME>";
        TiffBytes file = new();
        file.Page(new byte[16]).Strips(4, 4, 8, 4).Text(270, xml);
        Signal signal = TiffReader.Read(file.ToArray()).Signals[0];
        Assert.Null(signal.Calibration);
        Assert.Null(signal.NotMeasurableReason);
    }

    [Fact]
    public void Read_XmlWhosePathsWouldGrow_BoundedMemory()
    {
        string name = new('n', 500);
        string open = string.Concat(Enumerable.Repeat($"<{name}>", 30));
        string close = string.Concat(Enumerable.Repeat($"</{name}>", 30));
        TiffBytes file = new();
        file.Page(new byte[16]).Strips(4, 4, 8, 4).Text(34683, $"<R>{open}{string.Concat(Enumerable.Repeat("<a>1</a>", 1900))}{close}</R>");
        Corruption.Check(file.ToArray(), TiffReader.Read);
    }

    private static byte[] Of(string name) => Dialects.Single(d => d.Name == name).Bytes;

    private static byte[] Small(int compression, bool littleEndian, bool big, bool tiled)
    {
        // 6 × 4 px of 16 bits in two strips, or in one tile of 16 × 16.
        byte[] pixels = [.. Enumerable.Range(0, 48).Select(i => (byte)(i / 3))];
        TiffBytes file = new(littleEndian, big);
        int predictor = compression is 5 or 8 ? 2 : 1;
        TiffBytesPage page;
        if (tiled)
        {
            page = file.Page(TiffEncoders.Encode(new byte[512], 32, 2, 1, predictor, littleEndian, compression)).Tiles(6, 4, 16, 16, 16, compression);
        }
        else
        {
            byte[][] strips = [.. pixels.Chunk(24).Select(strip => TiffEncoders.Encode(strip, 12, 2, 1, predictor, littleEndian, compression))];
            page = file.Page(strips).Strips(6, 4, 16, 2, compression);
        }

        page.Set(317, TiffBytes.Short, (ulong)predictor).Text(270, "ImageJ=1\nunit=nm\n").Resolution(2, 1, 4, 1, 1);
        return file.ToArray();
    }

    // All dialects' metadata in one file, on two pages.
    private static byte[] Metadata()
    {
        TiffBytes file = new();
        byte[] sis = new byte[60 + 8 + 112];
        "SIS0"u8.CopyTo(sis);
        sis[58] = 1;
        sis[60] = 1;
        TiffBytesPage first = file.Page(new byte[4]).Strips(2, 2, 8, 2)
            .Text(270, "<OME><Image><Pixels SizeX=\"2\" SizeY=\"2\" PhysicalSizeX=\"0.5\"/></Image></OME>")
            .Set(33560, TiffBytes.Long, 0)
            .Text(34682, "[Beam]\r\nHV=200000\r\n[Scan]\r\nPixelWidth=5e-10\r\nPixelHeight=5e-10\r\n");
        TiffBytesPage second = file.Page(new byte[4]).Strips(2, 2, 8, 2)
            .Text(270, "<TemReporter2><MeasurementReporter><MeasurementUnitType>UnitType_Length</MeasurementUnitType></MeasurementReporter></TemReporter2>")
            .Set(37706, TiffBytes.Long, 0).Text(65003, "nm").Number(65009, 0.5).Number(65010, 0.5).Resolution(10_000_000, 1, 10_000_000, 1, 3);
        byte[] tvips = new byte[244];
        tvips[0] = 1;
        file.Tail(sis).Tail(tvips);
        file.ToArray(out int tail);
        first.Set(33560, TiffBytes.Long, (ulong)tail);
        second.Set(37706, TiffBytes.Long, (ulong)(tail + sis.Length));
        BitConverter.TryWriteBytes(sis.AsSpan(64), tail + 68);
        BitConverter.TryWriteBytes(sis.AsSpan(68 + 12), 0.5e-9);
        BitConverter.TryWriteBytes(sis.AsSpan(68 + 20), 0.5e-9);
        return file.ToArray();
    }

    // RGB with alpha, RGB in planes, a palette of two bits, and bits with white = 0.
    private static byte[] Colours()
    {
        TiffBytes file = new();
        byte[] rgba = Encoding.ASCII.GetBytes("abcdabcdabcdabcd");
        file.Page(TiffEncoders.Lzw(rgba, old: false)).Strips(2, 2, 8, 2, 5, 2, 4);
        file.Page(new byte[4], new byte[4], new byte[4]).Strips(2, 2, 8, 2, 1, 2, 3).Set(284, TiffBytes.Short, 2);
        file.Page(new byte[] { 0x1B, 0x1B }).Strips(4, 2, 2, 2, 1, 3).Set(320, TiffBytes.Short, 0, 9, 200, 255, 0, 9, 200, 255, 0, 9, 200, 254);
        file.Page(new byte[] { 0xA5, 0x5A }).Strips(7, 2, 1, 2, 1, 0).Set(274, TiffBytes.Short, 6);
        return file.ToArray();
    }
}
