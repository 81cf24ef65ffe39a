using ImageAnalysis.Formats;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Samples.Tests;

public class PixelSizeTests
{
    private static readonly RunRequest NoLine = new() { Input = "x", ResultsFolder = "y" };
    private static readonly SheetFile NoSheet = new("a.tif", "s", FileRole.Haadf);

    private static Calibration Own(double widthNm, double heightNm) => new(widthNm, heightNm, new CalibrationSource(CalibrationOrigin.Metadata, "ImageJ"));

    [Fact]
    public void Choose_NobodyKnows_GivesNoneAndInventsNothing() => Assert.Equal((null, null), PixelSize.Choose(NoSheet, NoLine, null));

    [Fact]
    public void Choose_FileAlone_IsTakenAsItIs()
    {
        Calibration own = Own(0.05, 0.051);

        (Calibration? used, FileFinding? finding) = PixelSize.Choose(NoSheet, NoLine, own);

        Assert.Same(own, used);
        Assert.Null(finding);
    }

    // Against a used size of 0.1 nm: 0.103 nm is +3.0 %, which is not over 3 %; 0.1031 nm is +3.1 %. The worse of width and height counts.
    [Theory]
    [InlineData(0.103, 0.1, "")]
    [InlineData(0.097, 0.1, "")]
    [InlineData(0.1031, 0.1, "differs by +3.1 %")]
    [InlineData(0.1, 0.1031, "differs by +3.1 %")]
    [InlineData(0.1, 0.096, "differs by -4.0 %")]
    [InlineData(10, 0.1, "differs by +9900.0 %")]
    public void Choose_LineAgainstFile_IsFlaggedBeyondThreePercent(double widthNm, double heightNm, string expected)
    {
        (Calibration? used, FileFinding? finding) = PixelSize.Choose(NoSheet, NoLine with { PixelWidthNm = 0.1 }, Own(widthNm, heightNm));

        Assert.Equal((0.1, 0.1, "user:--pixel-nm"), (used!.PixelWidthNm, used.PixelHeightNm, used.Source.ToString()));
        Assert.Equal(expected.Length == 0, finding is null);
        Assert.EndsWith(expected, finding?.Reason ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_LineWithTwoSizes_KeepsBoth()
    {
        (Calibration? used, _) = PixelSize.Choose(NoSheet, NoLine with { PixelWidthNm = 0.1, PixelHeightNm = 0.2 }, null);

        Assert.Equal((0.1, 0.2), (used!.PixelWidthNm, used.PixelHeightNm));
    }

    [Theory]
    [InlineData(0.05, null, null)]
    [InlineData(0.05, 0.05, null)]
    [InlineData(3.0, 3.0, null)]
    [InlineData(0.1, 0.2, null)]
    [InlineData(0.1, 0.21, "--pixel-nm: pixels are taken to be 0.1 nm wide and 0.21 nm high; check that such long pixels are meant.")]
    [InlineData(0.508, 0.05, "--pixel-nm: pixels are taken to be 0.508 nm wide and 0.05 nm high; check that such long pixels are meant.")]
    [InlineData(1.0, 2.0, "--pixel-nm: pixels are taken to be 1 nm wide and 2 nm high; if 1.2 nm is meant, write it with a point.")]
    [InlineData(12.0, 5.0, "--pixel-nm: pixels are taken to be 12 nm wide and 5 nm high; if 12.5 nm is meant, write it with a point.")]
    public void Doubts_LongPixelsOrADecimalComma_AreAskedBack(double widthNm, double? heightNm, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], PixelSize.Doubts(NoLine with { PixelWidthNm = widthNm, PixelHeightNm = heightNm }));

    [Theory]
    [InlineData(0.9e-5, 0.9e-5)]
    [InlineData(1e300, 1e300)]
    [InlineData(0.1, 10.1)]
    public void Choose_FileWithWhatNoMicrographHas_UsesNoneAndSaysSo(double widthNm, double heightNm)
    {
        (Calibration? used, FileFinding? finding) = PixelSize.Choose(NoSheet, NoLine, Own(widthNm, heightNm));

        Assert.Null(used);
        Assert.Equal("calibration-not-credible", finding!.Name);
        Assert.Contains("(metadata:ImageJ), is not that of an electron micrograph", finding.Reason, StringComparison.Ordinal);
        Assert.Equal(0.1, PixelSize.Choose(NoSheet, NoLine with { PixelWidthNm = 0.1 }, Own(widthNm, heightNm)).Used!.PixelWidthNm);
    }

    [Fact]
    public void Choose_SheetAgainstLineAndFile_BeatsBothAndNamesBoth()
    {
        (Calibration? used, FileFinding? finding) = PixelSize.Choose(
            NoSheet with { PixelWidthNm = 0.1, PixelHeightNm = 0.1 }, NoLine with { PixelWidthNm = 0.11 }, Own(0.12, 0.12));

        Assert.Equal("user:samples.json", used!.Source.ToString());
        Assert.Equal(
            "pixel size 0.1 × 0.1 nm (user:samples.json) is used; 0.11 × 0.11 nm (user:--pixel-nm) differs by +10.0 %; "
            + "0.12 × 0.12 nm (metadata:ImageJ) differs by +20.0 %",
            finding!.Reason);
        Assert.Equal("calibration-conflict", finding.Name);
    }
}
