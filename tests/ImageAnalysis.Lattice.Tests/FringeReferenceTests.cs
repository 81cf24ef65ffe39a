using System.Text.Json;
using ImageAnalysis.Formats;
using ImageAnalysis.Imaging;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Lattice.Tests;

public sealed class FringeReferenceTests
{
    private static readonly FringeOptions Options = new();

    /// <summary>Images of an independent multislice program, blind, with default options.</summary>
    [ReferenceTheory]
    [InlineData("2nm", 9, 0.015)]
    [InlineData("4nm", 7, 0.005)]
    [InlineData("6nm", 6, 0.005)]
    public void SimulatedFolder_Blind_IsRightlyCalled(string folder, int showing, double medianFraction)
    {
        int found = 0, extra = 0;
        List<double> spacings = [], angles = [];
        foreach (JsonElement image in Truth(folder))
        {
            string file = image.GetProperty("file").GetString()!;
            FringeAnalysis analysis = FringeAnalyser.Analyse(Load($"reference/images/hrtem/{folder}/{file}"), Options);
            HashSet<int> matched = [];
            foreach (JsonElement particle in image.GetProperty("particles").EnumerateArray())
            {
                string label = particle.GetProperty("label").GetString()!;
                CrystalMeasurement? crystal = analysis.Crystals.FirstOrDefault(crystal => !matched.Contains(crystal.ParticleId) && Matches(crystal, particle, image.GetProperty("pixel_nm").GetDouble()));
                if (crystal is not null)
                {
                    matched.Add(crystal.ParticleId);
                }

                if (label == "no111")
                {
                    Assert.True(crystal is null or { Verdict: Verdict.NoFringe }, $"{file}: {label} is {crystal?.Verdict}");
                    continue;
                }

                Assert.True(crystal is not null, $"{file}: a particle is not found");
                found++;
                bool isRight = label == "ordered" ? crystal.Verdict == Verdict.Superstructure
                    : crystal.Verdict == Verdict.Regular || (folder == "2nm" && crystal.Verdict == Verdict.Undetermined && crystal.DetectionProbability < Options.MinDetectionProbability);
                Assert.True(isRight, $"{file}: {label} is {crystal.Verdict} ({crystal.Reason})");
                spacings.Add(Math.Abs((crystal.Carrier!.SpacingNm!.Value / particle.GetProperty("d111_nm").GetDouble()) - 1));
                angles.Add(particle.GetProperty("g111_in_plane").EnumerateArray().Min(fringe => Apart(180 - fringe.GetProperty("angle_deg").GetDouble(), crystal.Carrier.NormalDeg)));
            }

            extra += analysis.Crystals.Count - matched.Count;
        }

        Assert.Equal(showing, found);
        Assert.True(extra <= 1, $"{extra} regions are no particles");
        Assert.True(Median(spacings) < medianFraction);
        Assert.True(Median(angles) < 0.8);
    }

    [ReferenceFact]
    public void Soot_TurbostraticLayers_AreNoCrystals()
    {
        FringeAnalysis analysis = FringeAnalyser.Analyse(Load("real-data/lattice/soot_HRTEM.tif"), Options);
        Assert.Empty(analysis.Crystals);
        Assert.Contains(analysis.Flags, static flag => flag.Name == "layered-texture");
    }

    [ReferenceFact]
    public void RealImage_WithAPairOfFringes_HasADoubledPeriod()
    {
        FringeAnalysis analysis = FringeAnalyser.Analyse(Load("real-data/lattice/doubled_fringe_1p27_0p63nm.tif"), Options);
        CrystalMeasurement crystal = analysis.Crystals.MaxBy(static crystal => crystal.DiameterPx)!;

        Assert.Equal(Verdict.Superstructure, crystal.Verdict);
        Assert.Equal(2, crystal.Carrier!.Superlattice!.PeriodRatio);
        Assert.Equal(1.265, crystal.SuperlatticePeriodNm!.Value, 0.02); // 1.2660 and 1.2640 nm by Fourier transform of the whole image
        Assert.Contains(crystal.Flags, static flag => flag.Name == "other-lattice");
    }

    [ReferenceFact]
    public void StrontiumTitanate_WrongScale_GivesItsRatios()
    {
        FringeAnalysis analysis = FringeAnalyser.Analyse(Load("real-data/lattice/SrTiO3_HAADF.tif"), Options);
        CrystalMeasurement crystal = analysis.Crystals.MaxBy(static crystal => crystal.DiameterPx)!;
        Assert.NotEqual(Verdict.Superstructure, crystal.Verdict);

        // The two {110} stand at 90°; {100} lies between them. The scan stretches the image by 1.5 % along y.
        FringeMeasurement[] diagonal = [.. crystal.Fringes.Where(static fringe => Math.Abs(fringe.SpacingNm!.Value - 0.286) < 0.008)];
        Assert.Equal(2, diagonal.Length);
        Assert.Equal(90, Math.Abs(diagonal[0].NormalDeg - diagonal[1].NormalDeg), 1.0);
        FringeMeasurement[] cube = [.. crystal.Fringes.Where(static fringe => Math.Abs(fringe.SpacingNm!.Value - 0.404) < 0.01)];
        Assert.Equal(2, cube.Length);
        Assert.Equal(Math.Sqrt(2), (cube[0].SpacingNm!.Value + cube[1].SpacingNm!.Value) / (diagonal[0].SpacingNm!.Value + diagonal[1].SpacingNm!.Value), 0.01 * Math.Sqrt(2));
    }

    [ReferenceFact]
    public void Silicon_WithoutPixelSize_GivesAnglesAndRatios()
    {
        FringeAnalysis analysis = FringeAnalyser.Analyse(Load("real-data/lattice/Si110_uncalibrated.png"), Options);
        CrystalMeasurement crystal = analysis.Crystals.MaxBy(static crystal => crystal.DiameterPx)!;
        FringeMeasurement[] octahedral = [.. crystal.Fringes.Where(static fringe => Math.Abs(fringe.SpacingPx - 35) < 1.2)];

        Assert.Equal(2, octahedral.Length);
        Assert.Equal(70.53, Apart(octahedral[0].NormalDeg, octahedral[1].NormalDeg), 1.0); // arccos 1/3
        FringeMeasurement across = crystal.Fringes.First(static fringe => Math.Abs(fringe.SpacingPx - 21.4) < 0.8);
        Assert.Equal(Math.Sqrt(8.0 / 3), 0.5 * (octahedral[0].SpacingPx + octahedral[1].SpacingPx) / across.SpacingPx, 0.01 * Math.Sqrt(8.0 / 3)); // {111} against {220}
        Assert.NotEqual(Verdict.Superstructure, crystal.Verdict);
        Assert.Null(crystal.Carrier?.SpacingNm);
    }

    private static Micrograph Load(string relative)
    {
        string path = ReferenceData.PathOf(relative);
        MicrographResult result = MicrographReader.ToMicrograph(FileReader.Read(File.ReadAllBytes(path), path), relative, null);
        return Assert.IsType<MicrographResult.Measurable>(result).Micrograph;
    }

    private static JsonElement[] Truth(string folder)
    {
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllText(ReferenceData.PathOf($"reference/images/hrtem/{folder}/truth.json")));
        return [.. truth.RootElement.GetProperty("images").EnumerateArray().Select(static image => image.Clone())];
    }

    // Boxes with an intersection over union of 0.3, or centres within a quarter of the diameter.
    private static bool Matches(CrystalMeasurement crystal, JsonElement particle, double pixelNm)
    {
        double[] centre = [.. particle.GetProperty("centre_px").EnumerateArray().Select(static value => value.GetDouble())], box = [.. particle.GetProperty("bbox_px").EnumerateArray().Select(static value => value.GetDouble())];
        double across = Math.Max(0, Math.Min(box[2], crystal.X1Px) - Math.Max(box[0], crystal.X0Px)), down = Math.Max(0, Math.Min(box[3], crystal.Y1Px) - Math.Max(box[1], crystal.Y0Px)), common = across * down;
        double both = ((box[2] - box[0]) * (box[3] - box[1])) + ((crystal.X1Px - crystal.X0Px) * (double)(crystal.Y1Px - crystal.Y0Px)) - common;
        double apart = Math.Sqrt(Math.Pow(crystal.XPx - centre[0], 2) + Math.Pow(crystal.YPx - centre[1], 2));
        return common >= 0.3 * both || apart < 0.25 * particle.GetProperty("diameter_nm").GetDouble() / pixelNm;
    }

    private static double Apart(double a, double b)
    {
        double apart = Math.Abs(a - b) % 180;
        return Math.Min(apart, 180 - apart);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
