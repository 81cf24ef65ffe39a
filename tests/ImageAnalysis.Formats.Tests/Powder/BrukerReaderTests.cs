using System.Buffers.Binary;
using ImageAnalysis.Core;
using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Bruker;

namespace ImageAnalysis.Tests;

public sealed class BrukerReaderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_RawVersion1_ReadsRangesWithAndWithoutRepeatedWord(bool repeatsMagic)
    {
        MicroscopeFile file = FileReader.Read(PatternFiles.RawVersion1(repeatsMagic, [5, 7, 9], [11, 13]), "a.raw");

        Assert.Equal("Bruker RAW", file.Format);
        Assert.Equal(2, file.Signals.Count);
        PowderPattern first = file.Signals[0].Pattern!;
        // 0.02f is 0.0199999996; the angle is that of the decimal number.
        Assert.Equal([10, 10.02, 10.04], first.TwoThetaDeg);
        Assert.Equal([5, 7, 9], first.IntensityCounts);
        Assert.Equal(("Cu2Se, 6 nm", 2.5, IntensityScale.Counts), (first.Title, first.CountingTimeSeconds, first.Scale));
        Assert.Equal((1.5406, 1.54439), (first.Wavelengths!.Alpha1Angstrom, first.Wavelengths.Alpha2Angstrom));
        Assert.Equal([11, 11.02], file.Signals[1].Pattern!.TwoThetaDeg);
    }

    [Fact]
    public void Read_RawVersion2_ReadsRangesAndAnode()
    {
        MicroscopeFile file = BrukerRawReader.Read(PatternFiles.RawVersion2([5, 7, 9], [11, 13]));
        PowderPattern second = file.Signals[1].Pattern!;

        Assert.Equal([21, 21.05], second.TwoThetaDeg);
        Assert.Equal([11, 13], second.IntensityCounts);
        Assert.Equal((4.0, "Co", "Co"), (second.CountingTimeSeconds, second.Wavelengths!.Anode, second.Wavelengths.KAlphaElement));
        Assert.Equal("04-Mar-2010 20:59", file.Signals[0].Acquisition.AcquiredAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(3)] // unaligned
    public void Read_RawVersion3_PassesSupplementaryHeaders(int supplementary)
    {
        MicroscopeFile file = BrukerRawReader.Read(PatternFiles.RawVersion3([5, 7, 9], supplementary: supplementary, ranges: 2));
        PowderPattern pattern = file.Signals[1].Pattern!;

        // The first 2θ, not the first θ, which is half of it.
        Assert.Equal([23, 23.25, 23.5], pattern.TwoThetaDeg);
        Assert.Equal([5, 7, 9], pattern.IntensityCounts);
        Assert.Equal(("Cu2Se-T2", 0.5), (pattern.Title, pattern.CountingTimeSeconds));
        Assert.Equal((1.5406, 1.54439, 0.5, "Cu"), (pattern.Wavelengths!.Alpha1Angstrom, pattern.Wavelengths.Alpha2Angstrom, pattern.Wavelengths.Alpha2Ratio, pattern.Wavelengths.Anode));
        Assert.Equal("06/05/08 11:45:35", file.Signals[0].Acquisition.AcquiredAt);
    }

    [Fact]
    public void Read_RawVersion3WithMeasuredAngles_TakesThem()
    {
        PowderPattern pattern = PatternFiles.Single(BrukerRawReader.Read(PatternFiles.RawVersion3([5, 7, 9], measured: [22.01, 22.24, 22.52])));

        Assert.Equal([22.01, 22.24, 22.52], pattern.TwoThetaDeg);
        Assert.Equal([5, 7, 9], pattern.IntensityCounts);
    }

    [Fact]
    public void Read_RawVersion3DownwardScan_IsTurnedRound()
    {
        PowderPattern pattern = PatternFiles.Single(BrukerRawReader.Read(PatternFiles.RawVersion3([5, 7, 9], step: -0.5)));

        Assert.Equal([21, 21.5, 22], pattern.TwoThetaDeg);
        Assert.Equal([9, 7, 5], pattern.IntensityCounts);
    }

    [Theory]
    [InlineData(3u, "a rocking curve")]
    [InlineData(5u, "φ")]
    public void Read_RawVersion3OtherScans_AreNotMeasurable(uint scanType, string reason)
    {
        Signal signal = Assert.Single(BrukerRawReader.Read(PatternFiles.RawVersion3([5, 7, 9], scanType)).Signals);

        Assert.Null(signal.Pattern);
        Assert.Contains(reason, signal.NotMeasurableReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RawVersion4_ReadsRangesBetweenSegments()
    {
        MicroscopeFile file = BrukerRawReader.Read(PatternFiles.RawVersion4("Locked Coupled", "2Theta", [5, 7, 9], [11, 13]));

        Assert.Equal(2, file.Signals.Count);
        PowderPattern first = file.Signals[0].Pattern!;
        Assert.Equal([20, 20.5, 21], first.TwoThetaDeg);
        // Records of eight bytes: every other number is no intensity.
        Assert.Equal([5, 7, 9], first.IntensityCounts);
        Assert.Equal([30, 30.5], file.Signals[1].Pattern!.TwoThetaDeg);
        Assert.Equal(("Cu2Se 4nm", 1.5406, 1.54439, "Cu"), (first.Title, first.Wavelengths!.Alpha1Angstrom, first.Wavelengths.Alpha2Angstrom, first.Wavelengths.Anode));
        Assert.Equal("06/30/2023 12:41:34", file.Signals[0].Acquisition.AcquiredAt);
    }

    [Theory]
    [InlineData("Locked Coupled", "Theta", "the drive Theta")] // the marked drive decides
    [InlineData("Rocking Curve", "", "Rocking Curve")] // no drive is marked: the scan type does
    public void Read_RawVersion4OtherScans_AreNotMeasurable(string scanType, string marked, string reason)
    {
        Signal signal = Assert.Single(BrukerRawReader.Read(PatternFiles.RawVersion4(scanType, marked, [5, 7, 9])).Signals);

        Assert.Equal($"a scan of {reason}, not of 2θ", signal.NotMeasurableReason);
    }

    [Theory]
    [InlineData(712, 100u, FileProblem.Corrupt, "a range's header has 100 bytes; expected 304 or more")]
    [InlineData(716, uint.MaxValue, FileProblem.Truncated, "the intensities takes 4294967295 items of 4 bytes")]
    [InlineData(716, 0u, FileProblem.Corrupt, "the range has no points")]
    [InlineData(12, 0u, FileProblem.Corrupt, "the number of ranges is 0")]
    [InlineData(12, 2u, FileProblem.Truncated, "the length of a range's header takes 4 bytes; 0 remain")]
    [InlineData(964, 2u, FileProblem.Corrupt, "a record has 2 bytes; expected 4 or more")]
    [InlineData(968, 0x7FFFFFFFu, FileProblem.Truncated, "the rest of a range's header takes")]
    public void Read_RawVersion3HostileLengths_AreRefused(int offset, uint value, FileProblem problem, string message)
    {
        byte[] file = PatternFiles.RawVersion3([5, 7, 9]);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(offset), value);
        MicroscopeFileException thrown = PatternFiles.Bad(BrukerRawReader.Read, file);

        Assert.Equal(problem, thrown.Problem);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotFiniteIntensity_NamesThePoint()
    {
        MicroscopeFileException thrown = PatternFiles.Bad(BrukerRawReader.Read, PatternFiles.RawVersion3([5, float.NaN, 9]));

        Assert.Equal((FileProblem.Corrupt, 712L), (thrown.Problem, thrown.Offset));
        Assert.Contains("point 1 (from 0) of the range has the intensity NaN", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StepOfZero_IsCorrupt() =>
        Assert.Contains("in steps of 0 end at 22", PatternFiles.Bad(BrukerRawReader.Read, PatternFiles.RawVersion3([5, 7], step: 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_Brml_LooksItsColumnsUp()
    {
        byte[] archive = PatternFiles.Zip(
            ("experimentCollection.xml", "<x/>"),
            ("Experiment0/DataContainer.xml", "<DataContainer><MeasurementInfo SampleName=\"Cu2Se 4 nm\" /></DataContainer>"),
            ("Experiment0/RawData0.xml", PatternFiles.Brml("<Datum>96,1,10.0,5,-0.1,1082</Datum><Datum>96,1,10.5,5,-0.1,1052</Datum>")));
        MicroscopeFile file = FileReader.Read(archive, "a");
        PowderPattern pattern = PatternFiles.Single(file);

        Assert.Equal("Bruker BRML", file.Format);
        Assert.Equal([10, 10.5], pattern.TwoThetaDeg);
        Assert.Equal([1082, 1052], pattern.IntensityCounts);
        Assert.Equal((IntensityScale.Counts, "Cu2Se 4 nm"), (pattern.Scale, pattern.Title));
        Assert.Equal((1.5406, 1.54439, 0.5, "Cu"), (pattern.Wavelengths!.Alpha1Angstrom, pattern.Wavelengths.Alpha2Angstrom, pattern.Wavelengths.Alpha2Ratio, pattern.Wavelengths.Anode));
    }

    [Fact]
    public void Read_BrmlWithAbsorber_KeepsIntensityAndScalesStandardDeviation()
    {
        byte[] archive = PatternFiles.Zip(("Experiment0/RawData0.xml", PatternFiles.Brml("<Datum>1,1,10.0,5,0,100</Datum><Datum>1,8,10.5,5,0,3200</Datum>")));
        PowderPattern pattern = PatternFiles.Single(BrmlReader.Read(archive));

        Assert.Equal([100, 3200], pattern.IntensityCounts);
        // 3200/8 = 400 counts: 8 · √400 = 160.
        Assert.Equal([10, 160], pattern.IntensitySigmaCounts!);
    }

    [Fact]
    public void Read_BrmlWithoutDescription_TakesTheFirstLayout()
    {
        const string scan = "<RawData><DataRoutes><DataRoute><ScanInformation><ScanAxes><ScanAxisInfo AxisId=\"TwoTheta\"/></ScanAxes></ScanInformation><Datum>1,1,10,5,7</Datum><Datum>1,1,11,5.5,8</Datum></DataRoute></DataRoutes></RawData>";
        PowderPattern pattern = PatternFiles.Single(BrmlReader.Read(PatternFiles.Zip(("Experiment0/RawData0.xml", scan))));

        Assert.Equal([10, 11], pattern.TwoThetaDeg);
        Assert.Equal([7, 8], pattern.IntensityCounts);
    }

    [Fact]
    public void Read_BrmlOfOtherKinds_IsListedAndNotMeasurable()
    {
        const string rows = "<Datum>1,1,10.0,5,0,100,3</Datum><Datum>1,1,10.5,5,0,90,4</Datum>";
        string twoRoutes = PatternFiles.Brml(rows).Replace("</DataRoutes>", "<DataRoute RouteFlag=\"Final\"><Datum>1,1,10,5,7</Datum></DataRoute></DataRoutes>", StringComparison.Ordinal);
        MicroscopeFile file = BrmlReader.Read(PatternFiles.Zip(
            ("Experiment0/RawData0.xml", PatternFiles.Brml(rows, channels: 2)),
            ("Experiment0/RawData1.xml", PatternFiles.Brml(rows, axis: "Phi")),
            ("Experiment0/RawData2.xml", twoRoutes)));

        Assert.Equal(
            [
                "pictures of a detector with 2 channels: export the scan that was made of them",
                "a scan of Phi, Chi, not of 2θ",
                "a powder diffraction pattern, no image of particles",
                "processed data (Final) beside what was measured",
            ],
            file.Signals.Select(signal => signal.NotMeasurableReason));
        Assert.Equal([false, false, true, false], file.Signals.Select(signal => signal.Pattern is not null));
    }

    [Theory]
    [InlineData("<Datum>1,1,10.0</Datum>", "row 0 (from 0) has 3 numbers; its description needs 6")]
    [InlineData("<Datum>1,1,10.0,5,0,x</Datum>", "number 5 of row 0 (from 0) is 'x'")]
    [InlineData("", "no scan has points")]
    [InlineData("<Datum>1,1,10,5,0,7</Datum><Datum>1,1,9,5,0,7</Datum><Datum>1,1,11,5,0,7</Datum>", "point 1 (from 0): 2θ = 9° follows 10°")]
    public void Read_BadBrml_SaysWhat(string rows, string message)
    {
        MicroscopeFileException thrown = PatternFiles.Bad(BrmlReader.Read, PatternFiles.Zip(("Experiment0/RawData0.xml", PatternFiles.Brml(rows))));

        Assert.Equal(FileProblem.Corrupt, thrown.Problem);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }
}
