using ImageAnalysis.Core;
using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Xrdml;

namespace ImageAnalysis.Tests;

public sealed class XrdmlReaderTests
{
    private const string Positions = PatternFiles.XrdmlPositions;
    private const string Time = "<commonCountingTime unit=\"seconds\">2.0</commonCountingTime>";

    private static PowderPattern Pattern(string dataPoints) => PatternFiles.Single(XrdmlReader.Read(PatternFiles.Text(PatternFiles.Xrdml(dataPoints))));

    [Fact]
    public void Read_Intensities_GivesPatternRadiationAndSample()
    {
        MicroscopeFile file = FileReader.Read(PatternFiles.Text(PatternFiles.Xrdml(Positions + Time + "<intensities unit=\"counts\">5 7 9 11 13</intensities>")), "a");
        PowderPattern pattern = PatternFiles.Single(file);

        Assert.Equal("XRDML", file.Format);
        // Five points from 10 to 11.
        Assert.Equal([10, 10.25, 10.5, 10.75, 11], pattern.TwoThetaDeg);
        Assert.Equal([5, 7, 9, 11, 13], pattern.IntensityCounts);
        Assert.Equal((IntensityScale.Counts, 2.0, "Cu2Se 6 nm"), (pattern.Scale, pattern.CountingTimeSeconds, pattern.Title));
        Assert.Equal((1.540598, 1.544426, 0.5, "Cu"), (pattern.Wavelengths!.Alpha1Angstrom, pattern.Wavelengths.Alpha2Angstrom, pattern.Wavelengths.Alpha2Ratio, pattern.Wavelengths.Anode));
        Assert.Equal(("deg", "2020-11-06T18:09:37+00:00"), (file.Signals[0].UnitAsStored, file.Signals[0].Acquisition.AcquiredAt));
        Assert.Contains(file.RawTags, tag => tag.Path == "xrdMeasurements.xrdMeasurement.usedWavelength.@intended" && tag.Value == "K-Alpha");
    }

    [Fact]
    public void Read_AttenuatedIntensities_AreKeptAndRawCountsMultiplied()
    {
        const string factors = "<beamAttenuationFactors>1 10 1</beamAttenuationFactors>";
        PowderPattern schema1 = Pattern(Positions + Time + factors + "<intensities>100 4000 81</intensities>");
        PowderPattern schema2 = Pattern(Positions + Time + factors + "<counts unit=\"counts\">100 400 81</counts>");

        foreach (PowderPattern pattern in (PowderPattern[])[schema1, schema2])
        {
            Assert.Equal([100, 4000, 81], pattern.IntensityCounts);
            // 400 counts behind a factor of 10: 10 · √400 = 200.
            Assert.Equal([10, 200, 9], pattern.IntensitySigmaCounts!);
            Assert.Equal(2, pattern.CountingTimeSeconds);
        }
    }

    [Fact]
    public void Read_CommonFactor_CountsForAll()
    {
        PowderPattern pattern = Pattern(Positions + "<commonBeamAttenuationFactor>4</commonBeamAttenuationFactor><counts>100 25</counts>");

        Assert.Equal([400, 100], pattern.IntensityCounts);
        Assert.Equal([40, 20], pattern.IntensitySigmaCounts!);
    }

    [Fact]
    public void Read_DifferentCountingTimes_AreBroughtToTheirMean()
    {
        PowderPattern pattern = Pattern(Positions + "<countingTimes>1 3</countingTimes><intensities>100 100</intensities>");

        Assert.Equal(200, pattern.IntensityCounts[0], 1e-9);
        Assert.Equal(200.0 / 3, pattern.IntensityCounts[1], 1e-9);
        Assert.Equal(20, pattern.IntensitySigmaCounts![0], 1e-9);
    }

    [Fact]
    public void Read_ListedPositions_AreTaken()
    {
        Assert.Equal([10, 10.1, 10.3], Pattern("<positions axis=\"2Theta\"><listPositions>10 10.1 10.3</listPositions></positions><intensities>1 2 3</intensities>").TwoThetaDeg);
    }

    [Fact]
    public void Read_SeveralScans_AreListedAndOthersRefused()
    {
        string text = PatternFiles.Xrdml(
            Positions + "<intensities>1 2 3</intensities>",
            "<positions axis=\"2Theta\"><commonPosition>30</commonPosition></positions><positions axis=\"Omega\"><startPosition>14</startPosition><endPosition>16</endPosition></positions><intensities>1 9 1</intensities>",
            Positions + "<divergenceCorrections>1.1 1.2 1.3</divergenceCorrections><counts>1 2 3</counts>",
            string.Empty);
        MicroscopeFile file = XrdmlReader.Read(PatternFiles.Text(text));

        Assert.Equal([SignalKind.Powder, SignalKind.Other, SignalKind.Other], file.Signals.Select(signal => signal.Kind));
        Assert.Contains("without positions of 2θ that change", file.Signals[1].NotMeasurableReason, StringComparison.Ordinal);
        Assert.Contains("divergence slit", file.Signals[2].NotMeasurableReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KBeta_IsTheWavelengthWhereItIsUsed()
    {
        string text = PatternFiles.Xrdml(Positions + "<intensities>1 2</intensities>")
            .Replace("intended=\"K-Alpha\">", "intended=\"K-Beta\"><kBeta unit=\"Angstrom\">1.3922500</kBeta>", StringComparison.Ordinal);
        PowderPattern pattern = PatternFiles.Single(XrdmlReader.Read(PatternFiles.Text(text)));

        Assert.Equal((1.39225, (double?)null), (pattern.Wavelengths!.Alpha1Angstrom, pattern.Wavelengths.Alpha2Angstrom));
        Assert.Null(pattern.Wavelengths.KAlphaElement);
    }

    [Theory]
    [InlineData(Positions + "<intensities>1 x 3</intensities>", "number 1 (from 0) of 'intensities' is 'x'")]
    [InlineData(Positions + "<beamAttenuationFactors>1 2</beamAttenuationFactors><intensities>1 2 3</intensities>", "a scan has 3 intensities and 2 attenuation factors")]
    [InlineData(Positions + "<countingTimes>1 0 1</countingTimes><intensities>1 2 3</intensities>", "number 1 (from 0) of 'countingTimes' is 0")]
    [InlineData(Positions + "<intensities>1</intensities>", "has 1 intensity; expected two or more")]
    [InlineData("<positions axis=\"2Theta\"><listPositions>10 11</listPositions></positions><intensities>1 2 3</intensities>", "3 intensities and 2 positions")]
    [InlineData("<positions axis=\"2Theta\"></positions><intensities>1 2 3</intensities>", "hold no usable numbers")]
    [InlineData("<positions axis=\"2Theta\"><startPosition>10</startPosition><endPosition>200</endPosition></positions><intensities>1 2</intensities>", "end at 200; expected angles")]
    [InlineData("", "no scan has points")]
    public void Read_BadScans_SayWhat(string dataPoints, string message)
    {
        MicroscopeFileException thrown = PatternFiles.Bad(XrdmlReader.Read, PatternFiles.Xrdml(dataPoints));

        Assert.Equal(FileProblem.Corrupt, thrown.Problem);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DocumentType_IsRefused()
    {
        string text = PatternFiles.Xrdml(Positions + "<intensities>1 2</intensities>")
            .Replace("<xrdMeasurements", "<!DOCTYPE a [<!ENTITY b \"bbbb\">]>\n<xrdMeasurements", StringComparison.Ordinal);

        Assert.Contains("DTD", PatternFiles.Bad(XrdmlReader.Read, text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ElementsWithoutEnd_AreRefused()
    {
        string text = "<xrdMeasurements>" + string.Concat(Enumerable.Repeat("<a>", 100_000));

        Assert.Contains("nested deeper than 64 levels", PatternFiles.Bad(XrdmlReader.Read, text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CutDocument_IsTruncated()
    {
        string text = PatternFiles.Xrdml(Positions + "<intensities>1 2</intensities>");

        Assert.Equal(FileProblem.Truncated, PatternFiles.Bad(XrdmlReader.Read, text[..(text.Length / 2)]).Problem);
    }
}
