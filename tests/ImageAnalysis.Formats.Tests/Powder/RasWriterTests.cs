using System.Text;
using ImageAnalysis.Core;
using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Rigaku;

namespace ImageAnalysis.Tests;

public sealed class RasWriterTests
{
    private static PowderPattern Pattern { get; } = new([15, 15.04, 15.08], [536, 512, 0])
    {
        Title = "2nm \"x\"",
        Scale = IntensityScale.Counts,
        IsSimulated = true,
        Wavelengths = PowderWavelengths.CuKAlpha,
    };

    [Fact]
    public void Write_Pattern_IsTheTextOfTheFormat()
    {
        Assert.Equal(
            """
            *RAS_DATA_START
            *RAS_HEADER_START
            *FILE_COMMENT "simulated=true; computed, not recorded by an instrument; seed=3"
            *FILE_SAMPLE "2nm  x "
            *FILE_TYPE "RAS_RAW"
            *HW_GONIOMETER_NAME-0 "simulated"
            *HW_XG_TARGET_NAME "Cu"
            *HW_XG_WAVE_LENGTH_ALPHA1 "1.540593"
            *HW_XG_WAVE_LENGTH_ALPHA2 "1.544427"
            *HW_XG_WAVE_LENGTH_UNIT "Angstrom"
            *MEAS_DATA_COUNT "3"
            *MEAS_SCAN_AXIS_X "2-Theta/Theta"
            *MEAS_SCAN_AXIS_X_INTERNAL "TwoThetaTheta"
            *MEAS_SCAN_MODE "CONTINUOUS"
            *MEAS_SCAN_START "15.0000"
            *MEAS_SCAN_STEP "0.0400"
            *MEAS_SCAN_STOP "15.0800"
            *MEAS_SCAN_UNIT_X "deg"
            *MEAS_SCAN_UNIT_Y "counts"
            *RAS_HEADER_END
            *RAS_INT_START
            15.0000 536.0000 1.0000
            15.0400 512.0000 1.0000
            15.0800 0.0000 1.0000
            *RAS_INT_END
            *RAS_DATA_END

            """.ReplaceLineEndings("\r\n"),
            Encoding.ASCII.GetString(RasWriter.Write(Pattern, [("seed", "3")])));
    }

    [Fact]
    public void Write_AndRead_GivesTheSamePattern()
    {
        MicroscopeFile file = FileReader.Read(RasWriter.Write(Pattern), "a.ras");
        PowderPattern back = PatternFiles.Single(file);

        Assert.Equal("Rigaku RAS", file.Format);
        Assert.Equal(Pattern.TwoThetaDeg, back.TwoThetaDeg);
        Assert.Equal(Pattern.IntensityCounts, back.IntensityCounts);
        Assert.True(back.IsSimulated);
        Assert.Equal(IntensityScale.Counts, back.Scale);
        Assert.Equal((1.540593, 1.544427), (back.Wavelengths!.Alpha1Angstrom, back.Wavelengths.Alpha2Angstrom));
    }

    [Fact]
    public void Write_MeasuredPattern_IsNotMarked_AndUnevenAnglesAreRefused()
    {
        PowderPattern measured = Pattern with { IsSimulated = false, CountingTimeSeconds = 2 };
        PowderPattern back = PatternFiles.Single(FileReader.Read(RasWriter.Write(measured), "a.ras"));

        Assert.False(back.IsSimulated);
        Assert.Equal(2, back.CountingTimeSeconds);
        Assert.Throws<ArgumentException>(() => RasWriter.Write(new PowderPattern([15, 16, 18], [1, 2, 3])));
    }
}
