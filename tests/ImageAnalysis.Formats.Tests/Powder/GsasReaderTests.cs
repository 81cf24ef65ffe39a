using ImageAnalysis.Core;
using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Gsas;

namespace ImageAnalysis.Tests;

public sealed class GsasReaderTests
{
    // Ten fields of eight characters: two for the number of counters, six for the counts.
    private const string Std = "Cu2Se, wavelength 1.5406\n# a comment\nBANK 1 12 2 CONS 1000.0 2.0 0 0 STD\n" +
        "       5       7       9      11      13      15      17      19      21      23\n" +
        "      25      27\n";

    [Fact]
    public void Read_Std_GivesCountsAtEvenSteps()
    {
        MicroscopeFile file = GsasReader.Read(PatternFiles.Text(Std));
        PowderPattern pattern = PatternFiles.Single(file);

        Assert.Equal("GSAS", FileReader.Recognise(PatternFiles.Text(Std), "a.raw").Name);
        // Hundredths of a degree: from 10° in steps of 0.02°.
        Assert.Equal(10, pattern.TwoThetaDeg[0]);
        Assert.Equal(10.22, pattern.TwoThetaDeg[^1], 1e-12);
        Assert.Equal([5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27], pattern.IntensityCounts);
        Assert.Equal(1.5406, pattern.Wavelengths!.Alpha1Angstrom);
        Assert.Equal("Cu2Se, wavelength 1.5406", pattern.Title);
    }

    [Fact]
    public void Read_StdWithSeveralCounters_HasSmallerStandardDeviations()
    {
        const string text = "title\nBANK 1 3 1 CONST 1000.0 2.0 0 0\n 4   100      81 1     0\n";
        PowderPattern pattern = PatternFiles.Single(GsasReader.Read(PatternFiles.Text(text)));

        Assert.Equal([100, 81, 0], pattern.IntensityCounts);
        // √(100/4) = 5, √81 = 9; no counts are as sure as one.
        Assert.Equal([5, 9, 1], pattern.IntensitySigmaCounts!);
    }

    [Fact]
    public void Read_StdWithNumbersApart_IsReadBySpaces()
    {
        const string text = "title\nBANK 1 5 1 CONST 400 1\n20 21 26 29 30\n";
        PowderPattern pattern = PatternFiles.Single(GsasReader.Read(PatternFiles.Text(text)));

        Assert.Equal([20, 21, 26, 29, 30], pattern.IntensityCounts);
        Assert.Equal(4.04, pattern.TwoThetaDeg[^1], 1e-12);
    }

    [Fact]
    public void Read_EsdAndFxye_GiveStandardDeviations()
    {
        const string esd = "title\nBANK 1 3 1 CONS 1000.0 2.0 0 0 ESD\n   100.5    10.0    81.0     9.0    64.0     8.0\n";
        const string fxye = "title\nBANK 1 3 3 CONS 1000.0 2.0 0 0 FXYE\n 1000.0 100.5 10\n 1002.0 81 9\n 1004.0 64 8\n";
        foreach (string text in (string[])[esd, fxye])
        {
            PowderPattern pattern = PatternFiles.Single(GsasReader.Read(PatternFiles.Text(text)));

            Assert.Equal([100.5, 81, 64], pattern.IntensityCounts);
            Assert.Equal([10, 9, 8], pattern.IntensitySigmaCounts!);
            Assert.Equal(10.04, pattern.TwoThetaDeg[^1], 1e-12);
        }
    }

    [Fact]
    public void Read_SeveralBanks_AreSeveralSignals()
    {
        const string text = "title\nBANK 1 2 2 CONS 1000.0 2.0 0 0 FXY\n1000 5\n1002 6\nBANK 2 2 2 CONS 3000.0 2.0 0 0 FXY\n3000 7\n3002 8\n";
        MicroscopeFile file = GsasReader.Read(PatternFiles.Text(text));

        Assert.Equal([10.0, 30.0], file.Signals.Select(signal => signal.Pattern!.TwoThetaDeg[0]));
    }

    [Theory]
    [InlineData("title\nBANK 1 9 1 CONS 1000.0 2.0 0 0 FXY\n1000 5\n1002 6\n", FileProblem.Truncated, "line 2: the BANK record announces 9 points; 2 follow")]
    [InlineData("title\nBANK 1 2 1 SLOG 1000.0 2.0 0 0 FXY\n1000 5\n1002 6\n", FileProblem.NotSupported, "binned as SLOG (time of flight or energy)")]
    [InlineData("title\nBANK 1 2 1 CONS 1000.0 2.0 0 0 ALT\n1000 5\n1002 6\n", FileProblem.NotSupported, "the layout is 'ALT'; STD, ESD, FXY and FXYE are read")]
    [InlineData("title\nBANK 1 2 1 CONS 1000.0 0.0 0 0 STD\n       5       6\n", FileProblem.Corrupt, "a step that is not 0")]
    [InlineData("title\nBANK 1 2 1 CONS 1000.0\n5 6\n", FileProblem.Corrupt, "line 2: the BANK record has 6 words")]
    [InlineData("title\nBANK 1 -2 1 CONS 1000.0 2.0 0 0 STD\n5 6\n", FileProblem.Corrupt, "the number of points is '-2'")]
    [InlineData("title\nBANK 1 2 1 CONS 1000.0 2.0 0 0 FXYE\n1000 5\n", FileProblem.Corrupt, "line 3: the line has 2 numbers; expected 3")]
    [InlineData("title\nBANK 1 2 1 CONS 1000.0 2.0 0 0 ESD\n       5       x\n", FileProblem.Corrupt, "line 3: the standard deviation is 'x'")]
    public void Read_BadBanks_SayWhereAndWhat(string text, FileProblem problem, string message)
    {
        MicroscopeFileException thrown = PatternFiles.Bad(GsasReader.Read, text);

        Assert.Equal(problem, thrown.Problem);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }
}
