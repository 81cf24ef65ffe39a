using ImageAnalysis.Formats;

namespace ImageAnalysis.Tests;

public sealed class PowderPatternReaderTests
{
    private static readonly float[] _twelve = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    [Fact]
    public void Read_OneRange_IsMeasurable()
    {
        PowderPatternResult result = PowderPatternReader.Read(PatternFiles.RawVersion3(_twelve), "a.raw");

        PowderPatternResult.Measurable measurable = Assert.IsType<PowderPatternResult.Measurable>(result);
        Assert.Equal((12, 0), (measurable.Pattern.PointCount, measurable.Range));
    }

    [Fact]
    public void Read_SeveralRanges_SayHowOneIsChosen()
    {
        byte[] file = PatternFiles.RawVersion3(_twelve, ranges: 3);

        Assert.Equal(
            "3 ranges in one file (0: 2θ 22…24.75°, 12 points; 1: 2θ 23…25.75°, 12 points; 2: 2θ 24…26.75°, 12 points): name the one to be measured with \"frame\": 0…2 in samples.json",
            Assert.IsType<PowderPatternResult.NotMeasurable>(PowderPatternReader.Read(file, "a.raw")).Reason);
        Assert.Equal(24, Assert.IsType<PowderPatternResult.Measurable>(PowderPatternReader.Read(file, "a.raw", range: 2)).Pattern.TwoThetaDeg[0]);
        Assert.Equal(
            "range 3 is asked for; the file has 3, numbered from 0",
            Assert.IsType<PowderPatternResult.NotMeasurable>(PowderPatternReader.Read(file, "a.raw", range: 3)).Reason);
        Assert.IsType<PowderPatternResult.NotMeasurable>(PowderPatternReader.Read(file, "a.raw", range: -1));
    }

    [Fact]
    public void Read_NothingOverTwoTheta_SaysWhat()
    {
        Assert.Contains("a rocking curve", Assert.IsType<PowderPatternResult.NotMeasurable>(PowderPatternReader.Read(PatternFiles.RawVersion3(_twelve, scanType: 3), "a.raw")).Reason, StringComparison.Ordinal);
        Assert.Equal("the pattern has 3 points; expected 10 or more", Assert.IsType<PowderPatternResult.NotMeasurable>(PowderPatternReader.Read(PatternFiles.RawVersion3([1, 2, 3]), "a.raw")).Reason);
        byte[] image = Formats.Png.PngWriter.Write(new Imaging.Raster<byte>(2, 1, [1, 2]));
        Assert.Equal("an image, no powder pattern", Assert.IsType<PowderPatternResult.NotMeasurable>(PowderPatternReader.Read(image, "a.png")).Reason);
    }

    [Fact]
    public void Read_PairDistributionFunction_IsRefusedByNameWithTheReason()
    {
        MicroscopeFileException thrown = Assert.Throws<MicroscopeFileException>(() => PowderPatternReader.Read(PatternFiles.Text("logfile=.pdfgetx2.log\n1 2\n3 4\n"), "a.gr"));

        Assert.Equal(FileProblem.NotSupported, thrown.Problem);
        Assert.StartsWith("pair distribution function: not supported: G(r) over the distance r is what a Fourier transform made", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToMicrograph_PowderPattern_IsNoImage()
    {
        MicrographResult result = MicrographReader.ToMicrograph(FileReader.Read(PatternFiles.RawVersion3(_twelve), "a.raw"), "a.raw", null);

        Assert.Equal("a powder diffraction pattern, no image of particles", Assert.IsType<MicrographResult.NotMeasurable>(result).Reason);
    }

    [Fact]
    public void Describe_Pattern_GivesRangeRadiationAndValues()
    {
        FileDescription description = FileDescriber.Describe("a.raw", FileReader.Read(PatternFiles.RawVersion3(_twelve), "a.raw"));
        SignalDescription signal = Assert.Single(description.Signals);

        Assert.Equal(("Bruker RAW", "powder", true, (string?)null), (description.Format, description.Kind, description.Measurable, description.Reason));
        Assert.Equal((1, 12, 1, "float64"), (signal.Frames, signal.WidthPx, signal.HeightPx, signal.Type));
        // 1 + 2 + … + 12 = 78
        Assert.Equal((1.0, 12.0, 78.0), (signal.MinCounts, signal.MaxCounts, signal.SumCounts));
        Assert.Null(signal.CornersCounts);
        Assert.Equal(
            new PowderDescription(12, 22, 24.75, 0.25, 1.5406, 1.54439, "Cu", 0.5, "counts", false, "Cu2Se-T2", false),
            signal.Powder);
    }

    [Fact]
    public void Describe_RangesOfSeveralKinds_TakesThePatternFirst()
    {
        byte[] file = PatternFiles.Text(PatternFiles.Ras("10 1 1\n11 2 1", axis: "Omega") + PatternFiles.Ras("10 1 1\n11 2 1"));
        FileDescription description = FileDescriber.Describe("a.ras", FileReader.Read(file, "a.ras"));

        Assert.Equal("powder", description.Kind);
        Assert.Equal([true, false], description.Signals.Select(signal => signal.Powder is null));
    }

    [Fact]
    public void Decode_Signal_GivesTheIntensitiesAsOneRow()
    {
        Signal signal = FileReader.Read(PatternFiles.RawVersion3([1, 2, 3]), "a.raw").Signals[0];
        PixelBlock block = signal.Decode(0);

        Assert.Equal([1f, 2f, 3f], PixelBlocks.ToRaster(block).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => signal.Decode(1));
    }

    [Fact]
    public void Read_TableWithoutHeadingNamedGr_IsAPairDistributionFunction()
    {
        byte[] table = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 20).Select(i => $"{i} {i % 5}\n")));

        Assert.Contains("pair distribution function", Assert.IsType<PowderPatternResult.NotMeasurable>(PowderPatternReader.Read(table, "a.GR")).Reason, StringComparison.Ordinal);
        Assert.IsType<PowderPatternResult.Measurable>(PowderPatternReader.Read(table, "a.xy"));
    }
}
