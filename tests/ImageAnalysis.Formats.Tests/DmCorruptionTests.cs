using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Dm;

namespace ImageAnalysis.Tests;

public sealed class DmCorruptionTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_CutAtEveryByte_ThrowsNothingElse(int version)
    {
        byte[] file = Small(version);
        Corruption.TruncateEverywhere(file, DmReader.Read);

        // All but the end mark of eight zero bytes is needed: a cut before it must be seen.
        for (int length = 0; length < file.Length - 8; length++)
        {
            Assert.Throws<MicroscopeFileException>(() => DmReader.Read(file.AsMemory(0, length)));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_HostileNumbersEverywhere_ThrowsNothingElse(int version) => Corruption.OverwriteNumbers(Small(version), DmReader.Read);

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_TwoThousandByteFlips_ThrowsNothingElse(int version) => Corruption.FlipBytes(Small(version), DmReader.Read, 2000, seed: 20240611);

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_GroupsNestedWithoutEnd_AreRefused(int version)
    {
        var dm = new DmBuilder(version, true);
        DmBuilder.Part nested = dm.Int32("deepest", 1);
        for (int depth = 0; depth < 2000; depth++)
        {
            nested = Nest(dm, nested);
        }

        byte[] file = dm.File(nested, dm.Group("ImageList", dm.Image([1, 2, 3, 4], [2, 2])));
        Corruption.Check(file, DmReader.Read);
        Assert.Contains("nested", Assert.Throws<MicroscopeFileException>(() => DmReader.Read(file)).Message, StringComparison.Ordinal);

        static DmBuilder.Part Nest(DmBuilder dm, DmBuilder.Part inner) => dm.Group("g", inner);
    }

    [Fact]
    public void Read_TypesNestedWithoutEnd_AreRefused()
    {
        var dm = new DmBuilder(3, true);
        byte[] file = dm.File(dm.Value("deep", [.. Enumerable.Repeat(20UL, 5000)], []));
        Corruption.Check(file, DmReader.Read);
        Assert.Contains("nested", Assert.Throws<MicroscopeFileException>(() => DmReader.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20_000, 0)] // empty groups: the least bytes a tag takes
    [InlineData(90_000, 0)]
    [InlineData(90_000, 1)]
    [InlineData(20_000, 2)]
    public void Read_ManyTinyTags_StayInProportionToTheFile(int count, int kind)
    {
        var dm = new DmBuilder(3, true);
        DmBuilder.Part tiny = kind switch
        {
            0 => dm.Group(""),
            1 => dm.Bool("", true),
            _ => dm.Value("ab", [20, 10, 1], [7]),
        };
        byte[] file = dm.File(dm.Group("tags", [.. Enumerable.Repeat(tiny, count)]), dm.Group("ImageList", dm.Image([1, 2, 3, 4], [2, 2])));
        Corruption.Check(file, DmReader.Read);
        Assert.Single(DmReader.Read(file).Signals);
    }

    [Fact]
    public void Read_MoreTagsThanAnyInstrumentWrites_IsRefused()
    {
        var dm = new DmBuilder(3, true);
        byte[] file = dm.File(dm.Group("tags", [.. Enumerable.Repeat(dm.Bool("", true), 100_001)]));
        Corruption.Check(file, DmReader.Read);
        Assert.Equal(FileProblem.NotSupported, Assert.Throws<MicroscopeFileException>(() => DmReader.Read(file)).Problem);
    }

    [Fact]
    public void Read_LongNamesAboveManyTags_KeepTheListOfTagsInBounds()
    {
        // Each of 5,000 tags has a path of 20 × 1,000 characters: 200 MB of text from a file of 105 kB, if nothing stopped it.
        var dm = new DmBuilder(3, true);
        DmBuilder.Part group = dm.Group("leaves", [.. Enumerable.Repeat(dm.Bool("", true), 5000)]);
        for (int depth = 0; depth < 20; depth++)
        {
            DmBuilder.Part inner = group;
            group = dm.Group(new string('n', 1000), inner);
        }

        byte[] file = dm.File(group, dm.Group("ImageList", dm.Image([1, 2, 3, 4], [2, 2])));
        Corruption.Check(file, DmReader.Read);
        MicroscopeFile read = DmReader.Read(file);
        Assert.Single(read.Signals);
        Assert.Equal("…", read.RawTags[^1].Path);
        Assert.EndsWith("more tags", read.RawTags[^1].Value, StringComparison.Ordinal);
    }

    /// <summary>A file with everything the reader looks at: two images, a thumbnail, calibrations, tags of every type.</summary>
    private static byte[] Small(int version)
    {
        var dm = new DmBuilder(version, true);
        return dm.File(
            dm.Group(
                "ImageList",
                dm.Image(23, [1, 1], dm.Numbers("Data", 3, 4, [1, 2, 3, 4])),
                dm.Image(
                    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
                    [3, 2, 2],
                    [dm.Axis(0.5, "nm"), dm.Axis(2, "Å")],
                    [dm.Group("Microscope Info", dm.Float64("Voltage", 2e5), dm.Text("Operation Mode", "SCANNING"))]),
                dm.Image(3, [2, 1], dm.Pairs("Data", 6, 4, new byte[16]))),
            dm.Group("Thumbnails", dm.Group("", dm.UInt32("ImageIndex", 0))),
            dm.Value("Rectangle", [15, 0, 2, 0, 2, 0, 2], [1, 0, 2, 0]),
            dm.Value("String", [18, 2], [.. "ab"u8]));
    }
}
