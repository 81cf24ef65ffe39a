using System.Text;
using ImageAnalysis.Core;
using ImageAnalysis.Formats;

namespace ImageAnalysis.Tests;

public sealed class PatternWriterTests
{
    [Fact]
    public void Xy_SimulatedPattern_IsLabelledAndReadable()
    {
        PowderPattern pattern = new([15, 15.04 + 2e-15, 15.08], [536.28, 536.479, 0])
        {
            Title = "T2\n6 nm",
            IsSimulated = true,
            Wavelengths = PowderWavelengths.CuKAlpha,
        };

        Assert.Equal(
            """
            # simulated powder diffraction pattern
            # title: T2 6 nm
            # wavelength_angstrom: 1.540593
            # wavelength2_angstrom: 1.544427
            # wavelength2_ratio: 0.5
            # anode: Cu
            # 2theta_deg intensity_counts
            15 536.28
            15.04 536.479
            15.08 0

            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(PatternWriter.Xy(pattern)));
    }

    [Theory]
    [InlineData(IntensityScale.Counts, null, null, false)]
    [InlineData(IntensityScale.ScaledCounts, 0.2, 5.0, false)]
    [InlineData(IntensityScale.Unknown, null, 2.5, true)]
    public void Xy_AndBack_GivesTheSamePattern(IntensityScale scale, double? perCount, double? time, bool hasSigma)
    {
        PowderPattern pattern = new([15, 15.04, 15.08], [536.28, 536.5, 537], hasSigma ? [1.5, 2.25, 0] : null)
        {
            Title = "Cu2Se, \"T2\": 6 nm",
            Scale = scale,
            IntensityPerCountRatio = perCount,
            CountingTimeSeconds = time,
            Wavelengths = new PowderWavelengths(1.5406, 1.54439, 0.48, "Cu"),
        };
        PowderPattern back = PatternFiles.Single(FileReader.Read(PatternWriter.Xy(pattern), "a"));

        Assert.Equal(pattern.TwoThetaDeg, back.TwoThetaDeg);
        Assert.Equal(pattern.IntensityCounts, back.IntensityCounts);
        Assert.Equal(pattern.IntensitySigmaCounts, back.IntensitySigmaCounts);
        Assert.Equal((pattern.Title, pattern.Scale, pattern.IntensityPerCountRatio, pattern.CountingTimeSeconds), (back.Title, back.Scale, back.IntensityPerCountRatio, back.CountingTimeSeconds));
        Assert.Equal(pattern.Wavelengths, back.Wavelengths);
        Assert.False(back.IsSimulated);
    }

    [Fact]
    public void Xy_AnglesCloserThanTwelveDigits_StayApart()
    {
        PowderPattern back = PatternFiles.Single(FileReader.Read(PatternWriter.Xy(new PowderPattern([15, 15 + 2e-14], [1, 2])), "a"));

        Assert.Equal(2, back.PointCount);
    }
}
