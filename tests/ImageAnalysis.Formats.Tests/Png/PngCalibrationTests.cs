using ImageAnalysis.Formats.Png;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tests.Png;

public sealed class PngCalibrationTests
{
    private static Signal With(params byte[][] chunks) => Assert.Single(PngReader.Read(PngBytes.ImageWith(chunks, 2, 1, 8, 0, 0, 1, 2)).Signals);

    private static byte[] Resolution(uint x, uint y, byte unit) => PngBytes.Chunk("pHYs", [.. PngBytes.BigEndian(x), .. PngBytes.BigEndian(y), unit]);

    [Theory]
    [InlineData(2835u)] // 72 per inch
    [InlineData(3780u)] // 96 per inch
    [InlineData(11811u)] // 300 per inch
    [InlineData(1_000_000u)] // 1 µm: the finest plotters
    public void Resolution_OfPrintOrScreen_IsNoCalibration(uint perMetre)
    {
        Signal signal = With(Resolution(perMetre, perMetre, 1));

        Assert.Null(signal.Calibration);
        Assert.Equal(string.Empty, signal.UnitAsStored);
    }

    [Fact]
    public void Resolution_BeyondAnyPrint_IsThatOfTheSpecimen()
    {
        // 2·10⁹ per metre is 0.5 nm, 1·10⁹ is 1 nm.
        Signal signal = With(Resolution(2_000_000_000, 1_000_000_000, 1));

        Assert.Equal(0.5, signal.Calibration!.PixelWidthNm, 12);
        Assert.Equal(1.0, signal.Calibration.PixelHeightNm, 12);
        Assert.Equal("metadata:PNG pHYs", signal.Calibration.Source.ToString());
        Assert.Equal("m", signal.UnitAsStored);
    }

    [Theory]
    [InlineData(2_000_000_000u, 1_000_000_000u, 0)] // no unit: the shape of a pixel only
    [InlineData(2_147_483_647u, 2_147_483_647u, 1)] // the largest number: cut off
    [InlineData(2_000_000_000u, 3780u, 1)]
    [InlineData(0u, 0u, 1)]
    public void Resolution_WithoutUnitOrSense_IsNoCalibration(uint x, uint y, byte unit) => Assert.Null(With(Resolution(x, y, unit)).Calibration);

    [Fact]
    public void SubjectScale_InMetres_IsTheCalibration()
    {
        Signal signal = With(Resolution(3780, 3780, 1), PngBytes.Text("sCAL", "\u00015e-11\06.25E-11"));

        Assert.Equal(0.05, signal.Calibration!.PixelWidthNm, 12);
        Assert.Equal(0.0625, signal.Calibration.PixelHeightNm, 12);
        Assert.Equal("metadata:PNG sCAL", signal.Calibration.Source.ToString());
    }

    [Theory]
    [InlineData("\u00010\01e-9")]
    [InlineData("\u0001-1e-9\01e-9")]
    [InlineData("\u0001nan\01e-9")]
    [InlineData("\u00011e-9")]
    [InlineData("\u00031e-9\01e-9")]
    [InlineData("\u00011e308\01e-9")]
    [InlineData("\u00011e-330\01e-9")]
    [InlineData("")]
    public void SubjectScale_WithoutSense_IsNoCalibration(string data) => Assert.Null(With(PngBytes.Text("sCAL", data)).Calibration);

    [Fact]
    public void SubjectScale_InRadian_ShowsNoLengths()
    {
        Signal signal = With(PngBytes.Text("sCAL", "\u00021e-3\01e-3"));

        Assert.Equal(SignalKind.Diffraction, signal.Kind);
        Assert.Null(signal.Calibration);
        Assert.Equal("radian", signal.UnitAsStored);
        Assert.NotNull(signal.NotMeasurableReason);
    }

    [Fact]
    public void GwyddionTexts_InMetres_GiveTheSizeOfTheWholeImage()
    {
        // 2 × 1 px: 1 nm / 2 = 0.5 nm wide, 0.7 nm / 1 high.
        byte[][] texts = [PngBytes.Text("tEXt", "Gwy::XReal\01e-9"), PngBytes.Text("tEXt", "Gwy::YReal\07e-10"), PngBytes.Text("tEXt", "Gwy::XYUnit\0m")];
        Calibration calibration = With(texts).Calibration!;

        Assert.Equal(0.5, calibration.PixelWidthNm, 12);
        Assert.Equal(0.7, calibration.PixelHeightNm, 12);
        Assert.Equal("metadata:Gwyddion", calibration.Source.ToString());
        Assert.Null(With(texts[0], texts[1], PngBytes.Text("tEXt", "Gwy::XYUnit\01/m")).Calibration);
    }
}
