using System.Text;
using ImageAnalysis.Core;
using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Columns;

namespace ImageAnalysis.Tests;

public sealed class ColumnsReaderTests
{
    [Theory]
    [InlineData("10.5 20\n11 30\n12.5 25\n")]
    [InlineData("10.5\t20\r\n11\t30\r\n12.5\t25")]
    [InlineData("10.5,20\n11,30\n12.5,25\n")]
    [InlineData("10.5, 20\n11, 30\n12.5, 25\n")]
    [InlineData("10.5;20\n11;30\n12.5;25\n")]
    [InlineData("   10.5000   2.0e1 \n   11.0000   3.0E+1\n\n   12.5   25  \n")]
    [InlineData("10,5 20\n11,0 30\n12,5 25\n")] // decimal comma, spaces
    [InlineData("10,5\t20,0\n11,0\t30,0\n12,5\t25,0\n")]
    [InlineData("10,5;20\n11;30\n12,5;25\n")]
    [InlineData("10.5, 20,\n11, 30,\n12.5, 25,\n")] // as DIFFRAC exports, with a comma at the end
    [InlineData("2Theta,Counts\n10.5,20\n11,30\n12.5,25\n")]
    [InlineData("# a comment\n10.5 20\n# another between\n11 30\n12.5 25\n\u001A\n")]
    [InlineData("12.5 25\n11 30\n10.5 20\n")] // downwards: turned round
    [InlineData("10.5 20\n11 30\n11 30\n12.5 25\n")] // a point twice with the same values
    [InlineData("\uFEFF10.5 20\n11 30\n12.5 25\n")]
    public void Read_DialectsOfTwoColumns_GiveTheSamePattern(string text)
    {
        MicroscopeFile file = ColumnsReader.Read(PatternFiles.Text(text));
        PowderPattern pattern = PatternFiles.Single(file);

        Assert.Equal("XY", file.Format);
        Assert.Equal([10.5, 11, 12.5], pattern.TwoThetaDeg);
        Assert.Equal([20, 30, 25], pattern.IntensityCounts);
        Assert.Null(pattern.IntensitySigmaCounts);
        Assert.Equal(IntensityScale.Counts, pattern.Scale);
        Assert.Null(pattern.Wavelengths);
    }

    [Theory]
    [InlineData("10 100 10\n11 64 8\n")]
    [InlineData("10,100,10\n11,64,8\n")]
    [InlineData("10,0;100;10,0\n11,0;64;8,0\n")]
    [InlineData("2theta, I, sigma\n10, 100, 10\n11, 64, 8\n")]
    [InlineData("# 2theta intensity esd\n10 100 10\n11 64 8\n")]
    public void Read_ThreeColumns_TakeTheThirdForStandardDeviations(string text)
    {
        MicroscopeFile file = ColumnsReader.Read(PatternFiles.Text(text));
        PowderPattern pattern = PatternFiles.Single(file);

        Assert.Equal("XYE", file.Format);
        Assert.Equal([10, 8], pattern.IntensitySigmaCounts!);
        Assert.Equal([10, 8], PowderCounting.SigmaCounts(pattern));
    }

    [Fact]
    public void Read_Utf16_IsRead()
    {
        byte[] bytes = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("10 5\r\n11 7\r\n")];

        Assert.Equal("XY", FileReader.Recognise(bytes, "a").Name);
        Assert.Equal([5, 7], PatternFiles.Single(ColumnsReader.Read(bytes)).IntensityCounts);
    }

    [Theory]
    [InlineData("10 5\n11 6\n10.5 7\n", "line 3: 2θ = 10.5° follows 11°; expected angles that rise")]
    [InlineData("10 5\n11 6\n11 7\n12 8\n", "line 3: 2θ = 11° is there twice with different intensities")]
    [InlineData("10 5\n11 6\nend\n", "line 3: 'end' follows numbers; expected 2 numbers as above")]
    [InlineData("10 5\n11 6\n12\n", "line 3: '12' follows numbers")]
    [InlineData("10 5\n11 6\n# more\n12 7 8\n", "line 4: '12 7 8' follows numbers")]
    [InlineData("10 5\n11 NaN\n", "line 2: the intensity is NaN; expected a finite number")]
    [InlineData("10 5\n11 1e999\n", "line 2: the intensity is Infinity; expected a finite number")]
    [InlineData("10 5 1\n11 6 -1\n", "line 2: the standard deviation is -1; expected a finite number, 0 or more")]
    [InlineData("170 5\n181 6\n", "line 2: 2θ is 181; expected an angle within (−180, 180] degrees")]
    [InlineData("10.02 999\n10.04 1,001\n", "line 2: '10.04 1,001' is separated in more than one way")]
    [InlineData("10 5 3 4\n11 6 4 5\n", "the table has 4 columns; expected two or three")]
    [InlineData("no numbers\n", "no table of numbers was found")]
    public void Read_BrokenTables_SayWhereAndWhat(string text, string message)
    {
        MicroscopeFileException thrown = PatternFiles.Bad(ColumnsReader.Read, text);

        Assert.Equal(FileProblem.Corrupt, thrown.Problem);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# q_A^-1 I\n1 5\n2 6\n", "line 1: the first column is a scattering vector")]
    [InlineData("q (1/nm),Intensity\n1,5\n2,6\n", "a scattering vector")]
    [InlineData("# --> q_nm^-1        I           sigma\n1 5 1\n2 6 1\n", "a scattering vector")]
    [InlineData("Q,I\n1,5\n2,6\n", "a scattering vector")]
    [InlineData("scattering vector;intensity\n1;5\n2;6\n", "a scattering vector")]
    [InlineData("d (Å), Intensity\n1,5\n2,6\n", "the first column is headed 'd (Å)'; expected 2θ in degrees")]
    [InlineData("d-spacing\tcounts\n1\t5\n2\t6\n", "the first column is headed 'd-spacing'")]
    [InlineData("theta,I\n1,5\n2,6\n", "the first column is headed 'theta'")]
    [InlineData("r G(r)\n1 5\n2 6\n", "the first column is headed 'r'")]
    [InlineData("Energy (keV), counts\n1,5\n2,6\n", "the first column is headed 'Energy (keV)'")]
    [InlineData("2theta (rad), I\n1,5\n2,6\n", "the angles are in radian")]
    [InlineData("2theta,Iobs,Icalc\n10,5,4\n11,6,7\n", "the third column is headed 'Icalc'; expected a standard deviation")]
    public void Read_OtherColumns_AreRefusedWithTheReason(string text, string message)
    {
        MicroscopeFileException thrown = PatternFiles.Bad(ColumnsReader.Read, text);

        Assert.Equal(FileProblem.NotSupported, thrown.Problem);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# Q-space range: none\n# 2theta I\n10 5\n11 6\n")] // the heading says 2θ
    [InlineData("# == pyFAI calibration ==\n# distance 0.1 m, unit q was not used\n# 2th_deg I\n10 5\n11 6\n")]
    [InlineData("Time per step: 2.0\n10 5\n11 6\n")] // a key, no heading
    [InlineData("# Energy dispersive detector, thin film\n10 5\n11 6\n")]
    [InlineData("data of Monday\n10 5\n11 6\n")]
    public void Read_HeadersThatOnlySoundLikeOthers_AreNoReasonToRefuse(string text) => Assert.Equal(2, PatternFiles.Single(ColumnsReader.Read(PatternFiles.Text(text))).PointCount);

    [Fact]
    public void Read_HeaderOfABeamline_GivesWavelengthTimeAndSample()
    {
        const string text = """
            /* /data/scan.mda
            # User sample name =      Cu2Se-T2
            # Start 2theta (deg) =    -6.0
            # Time per step (sec) =   0.1
            # Calibrated wavelength = 0.414581
            # */
             0.50 662.407183 37.744249
             0.51 644.695050 37.128423
            """;
        MicroscopeFile file = ColumnsReader.Read(PatternFiles.Text(text));
        PowderPattern pattern = PatternFiles.Single(file);

        Assert.Equal("Cu2Se-T2", pattern.Title);
        Assert.Equal(0.1, pattern.CountingTimeSeconds);
        Assert.Equal(0.414581, pattern.Wavelengths!.Alpha1Angstrom);
        // What a fit that needs Cu Kα refuses by name.
        Assert.Null(pattern.Wavelengths.KAlphaElement);
        Assert.Contains(file.RawTags, tag => tag.Path == "line.5" && tag.Value == "# Calibrated wavelength = 0.414581");
    }

    [Fact]
    public void Read_DiffracTextExport_IsReadThroughItsLongHeader()
    {
        // The header of such exports names every drive: some 5,000 bytes before the first angle.
        string text = ";RAW4.00\n[SampleInfo]\nSampleID=Cu2Se\n[HardwareConfiguration]\nAnode=Cu\nAlpha1=1.540600\nAlpha2=1.544390\n"
            + string.Concat(Enumerable.Range(0, 200).Select(i => $"[Drive{i}]\nAlignFlag=0\nDelta=0.0\n"))
            + "[Data]\nAngle,       PSD,\n   10.0000,        123,\n   10.0200,        130,\n";
        byte[] bytes = PatternFiles.Text(text);
        PowderPattern pattern = PatternFiles.Single(FileReader.Read(bytes, "a.txt"));

        Assert.InRange(text.IndexOf("[Data]", StringComparison.Ordinal), 4097, FileFormat.SniffedBytes);
        Assert.Equal([10, 10.02], pattern.TwoThetaDeg);
        Assert.Equal([123, 130], pattern.IntensityCounts);
        Assert.Equal((1.5406, 1.54439, "Cu"), (pattern.Wavelengths!.Alpha1Angstrom, pattern.Wavelengths.Alpha2Angstrom, pattern.Wavelengths.Anode));
    }

    [Theory]
    [InlineData("Id: \"Cu2Se\" Anode: \"Cu\" Wavelength: \"1.5406\" TimePerStep: \"2.5\"", 1.5406, null, "Cu", "Cu2Se")]
    [InlineData("# wavelength = 0.15406 nm", 1.5406, null, null, "")]
    [InlineData("# K-Alpha1 wavelength,1.54060\n# K-Alpha2 wavelength,1.54443\n# Anode material,Cu", 1.5406, 1.54443, "Cu", "")]
    [InlineData("# lambda 0.7093", 0.7093, null, null, "")]
    [InlineData("# no radiation here", null, null, null, "")]
    public void Read_WavelengthsInWords_AreFound(string header, double? alpha1Angstrom, double? alpha2Angstrom, string? anode, string title)
    {
        PowderPattern pattern = PatternFiles.Single(ColumnsReader.Read(PatternFiles.Text(header + "\n10 5\n11 6\n")));

        // To twelve digits: 0.15406 nm are ten times as many Å.
        Assert.Equal(alpha1Angstrom is null, pattern.Wavelengths is null);
        Assert.Equal(alpha1Angstrom ?? 0, pattern.Wavelengths?.Alpha1Angstrom ?? 0, 1e-12);
        Assert.Equal(alpha2Angstrom, pattern.Wavelengths?.Alpha2Angstrom);
        Assert.Equal(anode, pattern.Wavelengths?.Anode);
        Assert.Equal(title, pattern.Title);
    }

    [Theory]
    [InlineData("# 2theta, intensity (cps)\n# step time: 4\n10 2.5\n11 3\n", IntensityScale.ScaledCounts, 0.25)]
    [InlineData("# 2theta, intensity (cps)\n10 2.5\n11 3\n", IntensityScale.Unknown, null)] // a rate over nobody knows how long
    [InlineData("10 2.5\n11 3\n", IntensityScale.Unknown, null)]
    [InlineData("10 -2\n11 3\n", IntensityScale.Unknown, null)] // a background was taken off
    [InlineData("10 2\n11 3\n", IntensityScale.Counts, 1.0)]
    public void Read_Scale_IsToldFromWordsAndNumbers(string text, IntensityScale scale, double? perCount)
    {
        PowderPattern pattern = PatternFiles.Single(ColumnsReader.Read(PatternFiles.Text(text)));

        Assert.Equal(scale, pattern.Scale);
        Assert.Equal(perCount, pattern.IntensityPerCountRatio);
    }

    [Fact]
    public void Read_WholeNumbersThatScatterTooLittle_AreNoCounts()
    {
        // Counts of 40 scaled by 100 and rounded: √4000 = 63, but they scatter by 100·√40 = 632, a hundred times the variance.
        var random = new Random(7);
        StringBuilder text = new();
        for (int i = 0; i < 400; i++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{10 + (0.1 * i):0.0} {Math.Max(0, Math.Round(4000 + (632 * normal)))}\n");
        }

        PowderPattern pattern = PatternFiles.Single(ColumnsReader.Read(PatternFiles.Text(text.ToString())));

        Assert.Equal(IntensityScale.Unknown, pattern.Scale);
        Assert.InRange(PowderCounting.ScatterPerCountRatio(pattern)!.Value, 70, 130);
    }

    [Theory]
    [InlineData("# simulated: true", true)]
    [InlineData("# Simulated pattern of Cu2Se", true)]
    [InlineData("# simulated: false", false)]
    [InlineData("# not simulated", false)]
    [InlineData("# measured", false)]
    public void Read_Simulated_IsSaidByTheFile(string header, bool expected)
    {
        MicroscopeFile file = ColumnsReader.Read(PatternFiles.Text(header + "\n10 5\n11 6\n"));

        Assert.Equal(expected, PatternFiles.Single(file).IsSimulated);
        Assert.Equal(expected, file.Signals[0].Acquisition.Simulated);
    }
}
