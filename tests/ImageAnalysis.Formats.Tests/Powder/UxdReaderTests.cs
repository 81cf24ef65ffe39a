using ImageAnalysis.Core;
using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Uxd;

namespace ImageAnalysis.Tests;

public sealed class UxdReaderTests
{
    private const string Header = "; converted by XCH\n_FILEVERSION=2\n_SAMPLE='Cu2Se'\n_WL1=1.540600\n_WL2=1.544390\n_WLRATIO=0.500000\n_ANODE='Cu'\n";

    [Fact]
    public void Read_Counts_TakeAnglesFromStartAndStep()
    {
        const string text = Header + "_DRIVE='COUPLED'\n_STEPTIME=2.0\n_STEPSIZE=0.5\n_START=10.0\n_COUNTS\n  100  110\n  120 ; the last\n";
        MicroscopeFile file = FileReader.Read(PatternFiles.Text(text), "a.uxd");
        PowderPattern pattern = PatternFiles.Single(file);

        Assert.Equal("UXD", file.Format);
        Assert.Equal([10, 10.5, 11], pattern.TwoThetaDeg);
        Assert.Equal([100, 110, 120], pattern.IntensityCounts);
        Assert.Equal(("Cu2Se", 2.0, IntensityScale.Counts), (pattern.Title, pattern.CountingTimeSeconds, pattern.Scale));
        Assert.Equal((1.5406, 1.54439, 0.5, "Cu"), (pattern.Wavelengths!.Alpha1Angstrom, pattern.Wavelengths.Alpha2Angstrom, pattern.Wavelengths.Alpha2Ratio, pattern.Wavelengths.Anode));
        Assert.Contains(file.RawTags, tag => tag.Path == "STEPTIME" && tag.Value == "2.0");
    }

    [Fact]
    public void Read_Cps_KnowTheCountingTime()
    {
        const string text = Header + "_DRIVE='COUPLED'\n_STEPTIME=4.0\n_2THETACPS\n10.0 25\n10.5 30.25\n";
        PowderPattern pattern = PatternFiles.Single(UxdReader.Read(PatternFiles.Text(text)));

        // 4 s a point: one count is 0.25 counts per second.
        Assert.Equal((IntensityScale.ScaledCounts, 0.25), (pattern.Scale, pattern.IntensityPerCountRatio));
        Assert.Equal([10, 10.5], pattern.TwoThetaDeg);
    }

    [Fact]
    public void Read_RoundedAngles_AreThoseOfStartAndStep()
    {
        // 3 + i·0.015592, written with two decimals.
        const string text = Header + "_DRIVE='COUPLED'\n_STEPSIZE=0.015592\n_START=3.0\n_2THETACOUNTS\n3.00 5\n3.02 6\n3.03 7\n3.05 8\n";
        PowderPattern pattern = PatternFiles.Single(UxdReader.Read(PatternFiles.Text(text)));

        Assert.Equal(3.046776, pattern.TwoThetaDeg[3], 1e-9);
        Assert.Equal(0.015592, pattern.StepDeg!.Value, 1e-9);
    }

    [Fact]
    public void Read_AnglesOffTheSteps_AreKeptAsWritten()
    {
        const string text = Header + "_DRIVE='COUPLED'\n_STEPSIZE=0.1\n_START=3.0\n_2THETACOUNTS\n3.00 5\n3.10 6\n3.35 7\n";

        Assert.Equal([3, 3.1, 3.35], PatternFiles.Single(UxdReader.Read(PatternFiles.Text(text))).TwoThetaDeg);
    }

    [Fact]
    public void Read_DifferentCountingTimes_AreBroughtToTheirMean()
    {
        const string text = Header + "_DRIVE='COUPLED'\n_2THETACOUNTSTIME\n10 100 1\n11 100 3\n";
        PowderPattern pattern = PatternFiles.Single(UxdReader.Read(PatternFiles.Text(text)));

        // Mean 2 s: 100·2/1 ± 10·2/1 and 100·2/3 ± 10·2/3.
        Assert.Equal(200, pattern.IntensityCounts[0], 1e-9);
        Assert.Equal(200.0 / 3, pattern.IntensityCounts[1], 1e-9);
        Assert.Equal(20, pattern.IntensitySigmaCounts![0], 1e-9);
        Assert.Equal(20.0 / 3, pattern.IntensitySigmaCounts[1], 1e-9);
        Assert.Null(pattern.CountingTimeSeconds);
    }

    [Fact]
    public void Read_SeveralRanges_AreSeveralSignalsAndARockingCurveIsNone()
    {
        const string text = Header + "_DRIVE='COUPLED'\n_STEPSIZE=0.5\n_START=10\n_COUNTS\n1 2 3\n_DRIVE='THETA'\n_STEPSIZE=0.1\n_START=5\n_COUNTS\n7 9 7\n";
        MicroscopeFile file = UxdReader.Read(PatternFiles.Text(text));

        Assert.Equal([SignalKind.Powder, SignalKind.Other], file.Signals.Select(signal => signal.Kind));
        Assert.Equal("a scan of the drive THETA, not of 2θ", file.Signals[1].NotMeasurableReason);
        Assert.IsType<PowderPatternResult.Measurable>(PowderPatternReader.ToPattern(UxdReader.Read(PatternFiles.Text(text.Replace("1 2 3", "1 2 3 4 5 6 7 8 9 10", StringComparison.Ordinal))), null));
    }

    [Fact]
    public void Read_PeakList_IsPassedOver()
    {
        const string text = Header + "_DRIVE='COUPLED'\n_STEPSIZE=0.5\n_START=10\n_COUNTS\n1 2\n_D-I\n3.4 100\n";

        Assert.Equal([1, 2], PatternFiles.Single(UxdReader.Read(PatternFiles.Text(text))).IntensityCounts);
    }

    [Theory]
    [InlineData(Header, FileProblem.Truncated, "the file holds no range")]
    [InlineData(Header + "1 2 3\n", FileProblem.Corrupt, "line 8: '1 2 3' stands outside of a range")]
    [InlineData(Header + "_DRIVE='COUPLED'\n_COUNTS\n1 2 3\n", FileProblem.Corrupt, "line 9: the range has no usable _START")]
    [InlineData(Header + "_DRIVE='COUPLED'\n_START=1\n_STEPSIZE=1\n_COUNTS\n", FileProblem.Truncated, "_COUNTS is followed by 0 numbers")]
    [InlineData(Header + "_DRIVE='COUPLED'\n_2THETACOUNTS\n1 2 3\n", FileProblem.Corrupt, "_2THETACOUNTS is followed by 3 numbers; expected a multiple of 2")]
    [InlineData(Header + "_DRIVE='COUPLED'\n_2THETACOUNTS\n1 x\n", FileProblem.Corrupt, "line 10: a value is 'x'")]
    [InlineData(Header + "_DRIVE='COUPLED'\n_2THETACOUNTSTIME\n10 5 0\n11 6 1\n", FileProblem.Corrupt, "a counting time is not above 0")]
    public void Read_BadRanges_SayWhereAndWhat(string text, FileProblem problem, string message)
    {
        MicroscopeFileException thrown = PatternFiles.Bad(UxdReader.Read, text);

        Assert.Equal(problem, thrown.Problem);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }
}
