using System.Text;
using ImageAnalysis.Core;
using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Rigaku;

namespace ImageAnalysis.Tests;

public sealed class RigakuReaderTests
{
    private const string Rows = "10.0000 17.0000 1.0000\n10.0200 25.0000 1.0000\n10.0400 18.0000 1.0000";

    [Fact]
    public void Read_Ras_GivesPatternRadiationAndSample()
    {
        MicroscopeFile file = FileReader.Read(PatternFiles.Text(PatternFiles.Ras(Rows, count: 3)), "a.ras");
        PowderPattern pattern = PatternFiles.Single(file);

        Assert.Equal("Rigaku RAS", file.Format);
        Assert.Equal([10, 10.02, 10.04], pattern.TwoThetaDeg);
        Assert.Equal([17, 25, 18], pattern.IntensityCounts);
        Assert.Equal(IntensityScale.Counts, pattern.Scale);
        // 0.02° at 3° a minute: 0.4 s.
        Assert.Equal(0.4, pattern.CountingTimeSeconds!.Value, 1e-12);
        Assert.Equal(("Cu2Se 2 nm", 1.540593, 1.544414, "Cu"), (pattern.Title, pattern.Wavelengths!.Alpha1Angstrom, pattern.Wavelengths.Alpha2Angstrom, pattern.Wavelengths.Anode));
        Assert.Null(pattern.Wavelengths.Alpha2Ratio);
        Assert.Equal(("08/05/19 18:32:54", "deg"), (file.Signals[0].Acquisition.AcquiredAt, file.Signals[0].UnitAsStored));
    }

    [Fact]
    public void Read_ShiftJis_IsRead()
    {
        string text = PatternFiles.Ras(Rows).Replace("Cu2Se 2 nm", "試料", StringComparison.Ordinal);
        byte[] bytes = CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes(text);

        Assert.Equal("試料", PatternFiles.Single(RasReader.Read(bytes)).Title);
    }

    [Fact]
    public void Read_Attenuator_MultipliesIntensityAndStandardDeviation()
    {
        PowderPattern pattern = PatternFiles.Single(RasReader.Read(PatternFiles.Text(PatternFiles.Ras("10 100 1\n10.02 400 10\n10.04 81 1"))));

        Assert.Equal([100, 4000, 81], pattern.IntensityCounts);
        // 10 · √400 = 200, not √4000 = 63.
        Assert.Equal([10, 200, 9], pattern.IntensitySigmaCounts!);
    }

    [Theory]
    [InlineData("cps", "STEP", "5", "sec", "10 20.2 1\n10.02 30.4 1", IntensityScale.ScaledCounts, 0.2)]
    [InlineData("counts", "STEP", "5", "sec", "10 20.2 1\n10.02 30.4 1", IntensityScale.ScaledCounts, 0.2)] // says counts, but 20.2 · 5 = 101 are counts
    [InlineData("counts", "STEP", "5", "sec", "10 20.23 1\n10.02 30.4 1", IntensityScale.Unknown, null)] // 101.15 are none
    [InlineData("counts", "STEP", "5", "sec", "10 20 1\n10.02 30 1", IntensityScale.Counts, 1.0)]
    [InlineData("cps", "CONTINUOUS", "5", "sec", "10 20.2 1\n10.02 30.4 1", IntensityScale.Unknown, null)] // the unit of the speed does not fit
    public void Read_UnitsOfIntensity_AreHeldAgainstTheNumbers(string unit, string mode, string speed, string speedUnit, string rows, IntensityScale scale, double? perCount)
    {
        PowderPattern pattern = PatternFiles.Single(RasReader.Read(PatternFiles.Text(PatternFiles.Ras(rows, unit: unit, mode: mode, speed: speed, speedUnit: speedUnit))));

        Assert.Equal((scale, perCount), (pattern.Scale, pattern.IntensityPerCountRatio));
    }

    [Fact]
    public void Read_SeveralScansAndOtherAxes_AreListed()
    {
        string text = PatternFiles.Ras(Rows).Replace("*RAS_DATA_END", string.Empty, StringComparison.Ordinal)
            + PatternFiles.Ras(Rows, axis: "Omega").Replace("*RAS_DATA_START", string.Empty, StringComparison.Ordinal);
        MicroscopeFile file = RasReader.Read(PatternFiles.Text(text));

        Assert.Equal(2, file.Signals.Count);
        Assert.Null(file.Signals[0].Pattern!.IntensitySigmaCounts);
        Assert.Equal("a scan of the axis Omega, not of 2θ", file.Signals[1].NotMeasurableReason);
        Assert.Contains(file.RawTags, tag => tag.Path == "Scan2.MEAS_SCAN_AXIS_X_INTERNAL");
    }

    [Theory]
    [InlineData("10 17 1\n10.02 x 1", FileProblem.Corrupt, "line 19: the intensity is 'x'; expected a finite number")]
    [InlineData("10 17 1\n10.02", FileProblem.Corrupt, "line 19: '10.02' has 1 numbers")]
    [InlineData("10 17 0", FileProblem.Corrupt, "the factor of the attenuator, above 0")]
    [InlineData("", FileProblem.Corrupt, "a scan ends that has no points")]
    [InlineData("10 17 1\n10 18 1", FileProblem.Corrupt, "line 19: 2θ = 10° is there twice")]
    public void Read_BadRows_SayWhereAndWhat(string rows, FileProblem problem, string message)
    {
        MicroscopeFileException thrown = PatternFiles.Bad(RasReader.Read, PatternFiles.Ras(rows));

        Assert.Equal(problem, thrown.Problem);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FewerPointsThanAnnounced_IsTruncated()
    {
        Assert.Equal(FileProblem.Truncated, PatternFiles.Bad(RasReader.Read, PatternFiles.Ras(Rows, count: 4)).Problem);
        Assert.Equal(FileProblem.Corrupt, PatternFiles.Bad(RasReader.Read, PatternFiles.Ras(Rows, count: 2)).Problem);
        string cut = PatternFiles.Ras(Rows);
        MicroscopeFileException thrown = PatternFiles.Bad(RasReader.Read, cut[..cut.IndexOf("10.0400", StringComparison.Ordinal)]);
        Assert.Equal(FileProblem.Truncated, thrown.Problem);
        Assert.Contains("has 2 points and no end", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Rasx_GivesScansInTheOrderOfTheirNumbers()
    {
        byte[] archive = PatternFiles.Zip(
            ("Data10/Profile0.txt", "30\t7\t1\n30.02\t8\t1\n"),
            ("Data10/MesurementConditions0.xml", PatternFiles.RasxConditions()),
            ("root.xml", "<root/>"),
            ("Data2/Profile0.txt", "\uFEFF10.0\t20.2\t1\n10.02\t30.4\t1\n"),
            ("Data2/MesurementConditions0.xml", PatternFiles.RasxConditions()));
        MicroscopeFile file = FileReader.Read(archive, "a.zip");

        Assert.Equal("Rigaku RASX", file.Format);
        Assert.Equal([10.0, 30.0], file.Signals.Select(signal => signal.Pattern!.TwoThetaDeg[0]));
        PowderPattern first = file.Signals[0].Pattern!;
        Assert.Equal((IntensityScale.ScaledCounts, 0.2, 5.0), (first.Scale, first.IntensityPerCountRatio, first.CountingTimeSeconds));
        Assert.Equal(("Cu2Se 2 nm", 1.540593), (first.Title, first.Wavelengths!.Alpha1Angstrom));
        Assert.Contains(file.RawTags, tag => tag == new Imaging.RawTag("Data2.FILE_MD5", "abc"));
    }

    [Fact]
    public void Read_RasxWithoutScan_IsRefusedByName()
    {
        byte[] pictures = PatternFiles.Zip(("Data0/Image0.bin", "xxxx"), ("Data0/MesurementConditions0.xml", PatternFiles.RasxConditions()));
        MicroscopeFileException thrown = Assert.Throws<MicroscopeFileException>(() => FileReader.Read(pictures, "a.rasx"));

        Assert.Equal(FileProblem.NotSupported, thrown.Problem);
        Assert.Contains("pictures of an area detector", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RasxWithBadConditions_NamesEntryAndLine()
    {
        byte[] archive = PatternFiles.Zip(("Data0/Profile0.txt", "10 5 1\n"), ("Data0/MesurementConditions0.xml", "<a>\n<b></a>"));
        MicroscopeFileException thrown = PatternFiles.Bad(RasxReader.Read, archive);

        Assert.Equal(FileProblem.Corrupt, thrown.Problem);
        Assert.Contains("in 'Data0/MesurementConditions0.xml': line 2", thrown.Message, StringComparison.Ordinal);
    }
}
