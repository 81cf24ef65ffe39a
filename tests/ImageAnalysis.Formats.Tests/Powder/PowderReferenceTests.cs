using System.Text.Json;
using System.Text.RegularExpressions;
using ImageAnalysis.Core;
using ImageAnalysis.Formats;

namespace ImageAnalysis.Tests;

/// <summary>Files of instruments, against what manifest.json of the reference data and the files' own headers say.</summary>
public sealed class PowderReferenceTests
{
    [ReferenceTheory]
    // points and range: manifest. Maximum: manifest ("max 138", "max 1860"); else the largest number in the file's text.
    [InlineData("Cu3Au-1.raw", "Bruker RAW", 3901, 22, 100, 138, "Cu", IntensityScale.Counts)]
    [InlineData("xerus_HoB21.ras", "Rigaku RAS", 3001, 10, 70, 1860, "Cu", IntensityScale.Counts)]
    [InlineData("autoxrd_MnO.xy", "XY", 9001, 10, 100, 28818, null, IntensityScale.Counts)]
    [InlineData("datalab_Scan_C1.xrdml", "XRDML", 7181, 5.00475563, 124.99166689, 24224, "Cu", IntensityScale.Counts)]
    public void Read_InstrumentFile_AgreesWithTheManifest(string name, string format, int points, double first, double last, double max, string? anode, IntensityScale scale)
    {
        string path = ReferenceData.PathOf("real-data/pxrd/" + name);
        byte[] bytes = File.ReadAllBytes(path);
        MicroscopeFile file = FileReader.Read(bytes, path);
        PowderPattern pattern = Assert.IsType<PowderPatternResult.Measurable>(PowderPatternReader.Read(bytes, "unnamed")).Pattern;

        Assert.Equal(format, file.Format);
        Assert.Equal((points, max, scale), (pattern.PointCount, pattern.IntensityCounts.Max(), pattern.Scale));
        Assert.Equal(first, pattern.TwoThetaDeg[0], 1e-9);
        // 3900 steps of 0.02 add up to 78 with rounding errors below 1e-12 each.
        Assert.Equal(last, pattern.TwoThetaDeg[^1], 1e-8);
        Assert.Equal((anode, anode), (pattern.Wavelengths?.Anode, pattern.Wavelengths?.KAlphaElement));
        Assert.NotNull(pattern.StepDeg);
    }

    [ReferenceFact]
    public void Read_Cu3Au_HasItsLinesWhereTheManifestSays()
    {
        // "fundamentals 41.51 48.36 70.97 85.80": the largest point within half a degree lies within 0.1° of each (weak counts, steps of 0.02°).
        PowderPattern pattern = Pattern("Cu3Au-1.raw");
        foreach (double line in (double[])[41.51, 48.36, 70.97])
        {
            int highest = Enumerable.Range(0, pattern.PointCount).Where(i => Math.Abs(pattern.TwoThetaDeg[i] - line) < 0.5).MaxBy(i => pattern.IntensityCounts[i]);
            Assert.InRange(pattern.TwoThetaDeg[highest], line - 0.1, line + 0.1);
        }
    }

    [ReferenceFact]
    public void Read_SynchrotronFile_KeepsItsWavelengthAndStandardDeviations()
    {
        PowderPattern pattern = Pattern("datalab_example_bmb.xye");

        Assert.Equal(0.414581, pattern.Wavelengths!.Alpha1Angstrom);
        Assert.Null(pattern.Wavelengths.KAlphaElement);
        Assert.Equal((0.5, 662.407183, 37.744249), (pattern.TwoThetaDeg[0], pattern.IntensityCounts[0], pattern.IntensitySigmaCounts![0]));
        Assert.Equal("eel69B", pattern.Title);
    }

    [ReferenceFact]
    public void Read_PairDistributionFunction_IsRefused()
    {
        string path = ReferenceData.PathOf("real-data/pxrd/CdSe-3nm.gr");
        MicroscopeFileException thrown = Assert.Throws<MicroscopeFileException>(() => PowderPatternReader.Read(File.ReadAllBytes(path), path));

        Assert.Equal((FileProblem.NotSupported, "pair distribution function"), (thrown.Problem, thrown.Format));
    }

    [ReferenceTheory]
    [InlineData("T2_2nm_noisy.xy", IntensityScale.Counts)]
    [InlineData("T2_4nm_noisy.xy", IntensityScale.Counts)]
    [InlineData("T2_6nm_noisy.xy", IntensityScale.Counts)]
    [InlineData("T2_6nm_noisefree.xy", IntensityScale.Unknown)]
    public void Read_ReferencePattern_HasItsScaleFromItsNumbers(string name, IntensityScale scale)
    {
        byte[] bytes = File.ReadAllBytes(ReferenceData.PathOf("reference/pxrd/" + name));
        PowderPattern pattern = Assert.IsType<PowderPatternResult.Measurable>(PowderPatternReader.Read(bytes, name)).Pattern;

        // 15 … 65° in steps of 0.04°.
        Assert.Equal((1251, scale), (pattern.PointCount, pattern.Scale));
        Assert.Equal(0.04, pattern.StepDeg!.Value, 1e-9);
        Assert.Equal(scale == IntensityScale.Counts ? SigmaBasis.Counting : SigmaBasis.AsIfCounts, PowderCounting.Basis(pattern));
    }

    [ReferenceFact]
    public void Manifest_PointCounts_AreThose()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.PathOf("real-data/manifest.json")));
        foreach (JsonElement entry in manifest.RootElement.EnumerateArray())
        {
            string path = entry.GetProperty("path").GetString()!;
            string shape = entry.GetProperty("shape_rows_columns").GetString()!;
            if (path.StartsWith("pxrd/", StringComparison.Ordinal) && Regex.IsMatch(shape, @"^\d+$"))
            {
                Assert.Equal(int.Parse(shape, System.Globalization.CultureInfo.InvariantCulture), Pattern(path["pxrd/".Length..]).PointCount);
            }
        }
    }

    private static PowderPattern Pattern(string name)
    {
        string path = ReferenceData.PathOf("real-data/pxrd/" + name);
        return Assert.IsType<PowderPatternResult.Measurable>(PowderPatternReader.Read(File.ReadAllBytes(path), path)).Pattern;
    }
}
