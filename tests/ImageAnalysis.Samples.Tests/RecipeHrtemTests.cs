using ImageAnalysis.Formats;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples.Tests;

/// <summary>HRTEM images and powder patterns of recipes.</summary>
public class RecipeHrtemTests
{
    private const string Least = """
        { "version": 1, "samples": [ { "name": "4nm", "seed": 1,
          "hrtem": { "particles": { "model": "models/cu2se-table2-4nm.cif", "fringe_count": 2, "diameter_mean_nm": 4, "diameter_sd_nm": 0.4 }, "images": [ { "pixel_nm": 0.025 } ] },
          "pxrd": [ { "model": "models/cu2se-table2-4nm.cif", "size_nm": 4 } ] } ] }
        """;

    private const string Small = """
        { "version": 1, "samples": [ { "name": "s", "seed": 3, "models": ["models/cu2se-sites.cif"], "phonon_per_cm": 260,
          "hrtem": {
            "particles": { "model": "models/cu2se-table2-4nm.cif", "b_angstrom2": { "Se": 0.8, "Cu": 1.6 }, "fringe_count": 6, "ordered_count": 2, "hidden_order_count": 1, "twinned_count": 1, "no_fringe_count": 2,
              "others": [ { "model": "models/cu2se-hexagonal.cif", "count": 1, "zones": [[1, 0, 0]], "planes": [[0, 0, 2], [1, 0, 0]] } ],
              "statistical_fraction": 1, "statistical": { "model": "models/cu2se-2nm-whole-atoms.cif" },
              "diameter_mean_nm": 1.8, "diameter_sd_nm": 0.1, "touching_fraction": 0 },
            "images": [
              { "width_px": 288, "height_px": 288, "pixel_nm": 0.03, "phonon_count": 1, "margin_nm": 0.5, "film": { "thickness_nm": 2 }, "lens": { "focal_sample_count": 3 } },
              { "format": "dm3", "width_px": 256, "height_px": 288, "pixel_width_nm": 0.03, "pixel_height_nm": 0.032, "phonon_count": 0, "margin_nm": 0.5, "film": { "thickness_nm": 0 } } ] },
          "pxrd": [
            { "model": "models/cu2se-table2-2nm.cif", "size_nm": 2, "holder": { "height_counts": 200, "two_theta_deg": 59, "fwhm_deg": 0.3 }, "strain_fraction": -0.01 },
            { "format": "xy", "method": "debye", "model": "models/cu2se-table2-4nm.cif", "size_nm": 2, "size_sd_nm": 0.2, "displacement_mm": 0.1 } ] } ] }
        """;

    [Fact]
    public void Load_LeastRecipe_TakesTheDefaults()
    {
        RecipeSample sample = Assert.Single(Load(Least).Samples);

        Assert.Empty(sample.Haadf);
        RecipeHrtem hrtem = sample.Hrtem!;
        Assert.Equal(new HrtemPopulation { FringeCount = 2, OrderedCount = 0, NoFringeCount = 0 }, hrtem.Population with { OtherCounts = new HrtemPopulation().OtherCounts });
        Assert.Equal((4, 0.4, 0.5, 3.0), (hrtem.Field.DiameterMeanNm, hrtem.Field.DiameterSigmaNm, hrtem.Field.FacettedFraction, hrtem.Field.LargestTiltDeg));
        Assert.Equal(new HrtemOptions(), Assert.Single(hrtem.Images).Image);
        RecipePxrd pxrd = Assert.Single(sample.Pxrd);
        PowderSampleOptions defaults = new() { SizeNm = 4 };
        Assert.Equal(defaults, pxrd.Options with { BackgroundCounts = defaults.BackgroundCounts });
        Assert.Equal((1, RecipePatternFormat.Ras, "models/cu2se-table2-4nm.cif"), (pxrd.Count, pxrd.Format, pxrd.Model));
    }

    [Fact]
    public void Load_EveryHrtemKey_SetsItsOption()
    {
        // Each value differs from the default, and no two are alike, so that a swapped or forgotten key shows.
        RecipeHrtem hrtem = Load("""
            { "version": 1, "samples": [ { "name": "a", "about": "x", "seed": 2, "hrtem": { "about": "y",
              "particles": { "model": "models/cu2se-table2-4nm.cif", "b_angstrom2": { "Cu": 1.7, "Se": 0.9 }, "fringe_count": 21, "ordered_probability": 0.31, "hidden_order_count": 2, "twinned_count": 3,
                "no_fringe_count": 4, "statistical_fraction": 0.41, "statistical": { "model": "models/cu2se-table2-2nm.cif", "zones": [[1, 1, 2]], "planes": [[2, 0, 0]], "shortest_distance_angstrom": 2.1 },
                "others": [ { "model": "models/cu2se-hexagonal.cif", "count": 5, "zones": [[0, 1, 0]], "planes": [[0, 0, 2]], "b_angstrom2": { "Cu": 2.2 } } ],
                "diameter_mean_nm": 3.3, "diameter_sd_nm": 0.33, "facetted_fraction": 0.61, "zones": [[1, 0, 1], [1, 1, -2]], "planes": [[1, 1, 1], [2, 2, 0]], "largest_tilt_deg": 4.1,
                "least_depletion_fraction": 0.42, "largest_depletion_fraction": 0.93, "largest_elongation_fraction": 0.025, "half_ordered_fraction": 0.12, "strain_mean_fraction": -0.013,
                "strain_sd_fraction": 0.004, "touching_fraction": 0.22, "free_gap_nm": 0.7,
                "layers": { "element": "Se", "neighbour": "Cu", "period_count": 3, "per_spacing_count": 1, "displaced": "beyond-face", "displacement_angstrom": 2.533, "shortest_distance_angstrom": 1.9 } },
              "images": [ { "about": "z", "count": 2, "format": "dm3", "width_px": 301, "height_px": 302, "pixel_width_nm": 0.021, "pixel_height_nm": 0.022, "margin_nm": 1.1, "voltage_kv": 300, "slice_nm": 0.35,
                "phonon_count": 7, "unknown_b_angstrom2": 1.3,
                "film": { "thickness_nm": 4.4, "density_gram_per_cm3": 1.9, "shortest_distance_nm": 0.13, "texture_fraction": 0.07, "texture_nm": 1.5, "displacement_sigma_nm": 0.006 },
                "lens": { "defocus_nm": -41, "spherical_aberration_mm": 0.6, "twofold_astigmatism_nm": 3.1, "twofold_astigmatism_deg": 32, "threefold_astigmatism_nm": 33, "threefold_astigmatism_deg": 34,
                  "focal_spread_nm": 5.5, "focal_sample_count": 7, "convergence_mrad": 0.45, "aperture_mrad": 20 },
                "detector": { "dose_per_angstrom2": 801, "gain_counts": 9, "offset_counts": 110, "nyquist_transfer_fraction": 0.35, "read_noise_counts": 5, "shot_noise": false, "drift_nm": 0.04, "drift_deg": 71,
                  "vibration_sigma_nm": 0.012, "hot_pixel_fraction": 0.0003 } } ] } } ] }
            """).Samples[0].Hrtem!;

        HrtemPopulation p = hrtem.Population;
        Assert.Equal((21, 0.31, 2, 3, 4, 0.41, 5), (p.FringeCount, p.OrderedProbability, p.HiddenOrderCount, p.TwinnedCount, p.NoFringeCount, p.StatisticalFraction, p.OtherCounts[0]));
        HrtemFieldOptions f = hrtem.Field;
        Assert.Equal((1.7, 0.9), (f.Crystal.Sites.First(site => site.Ion == "Cu").BIsoAngstrom2, f.Crystal.Sites.First(site => site.Ion == "Se").BIsoAngstrom2));
        Assert.Equal((3.3, 0.33, 0.61, 4.1), (f.DiameterMeanNm, f.DiameterSigmaNm, f.FacettedFraction, f.LargestTiltDeg));
        Assert.Equal([(1, 0, 1), (1, 1, -2)], f.Zones);
        Assert.Equal([(1, 1, 1), (2, 2, 0)], f.Planes);
        Assert.Equal((0.42, 0.93, 0.025, 0.12, -0.013, 0.004, 0.22, 0.7), (
            f.LeastDepletionFraction, f.LargestDepletionFraction, f.LargestElongationFraction, f.HalfOrderedFraction, f.StrainMeanFraction, f.StrainSigmaFraction, f.TouchingFraction, f.FreeGapNm));
        LayerVacancyOptions v = f.Vacancies;
        Assert.Equal((34, 29, 3, 1, DisplacedAtoms.BeyondFace, 2.533, 1.9), (v.AtomicNumber, v.NeighbourAtomicNumber, v.PeriodCount, f.LayersPerSpacingCount, v.Displaced, v.DisplacementAngstrom, v.ShortestDistanceAngstrom));
        Assert.Equal(((1, 1, 2), (2, 0, 0), 2.1), (f.Statistical!.Zones[0], f.Statistical.Planes[0], f.Statistical.ShortestDistanceAngstrom));
        Assert.Equal(((0, 1, 0), (0, 0, 2), 2.2), (f.Others[0].Zones[0], f.Others[0].Planes[0], f.Others[0].Crystal.Sites.First(site => site.Ion == "Cu").BIsoAngstrom2));
        RecipeHrtemImages group = Assert.Single(hrtem.Images);
        HrtemOptions i = group.Image;
        Assert.Equal((2, RecipeImageFormat.Dm3), (group.Count, group.Format));
        Assert.Equal((301, 302, 0.021, 0.022, 1.1, 300, 0.35, 7), (i.WidthPx, i.HeightPx, i.PixelWidthNm, i.PixelHeightNm, i.MarginNm, i.VoltageKv, i.SliceNm, i.ConfigurationCount));
        Assert.Equal(1.3, i.UnknownBAngstrom2);
        Assert.Equal(new CarbonFilmOptions { ThicknessNm = 4.4, DensityGramPerCm3 = 1.9, ShortestDistanceNm = 0.13, TextureFraction = 0.07, TextureNm = 1.5, DisplacementSigmaNm = 0.006 }, i.Film);
        Assert.Equal(
            new ObjectiveLens
            {
                DefocusNm = -41,
                SphericalAberrationMm = 0.6,
                TwofoldAstigmatismNm = 3.1,
                TwofoldAstigmatismDeg = 32,
                ThreefoldAstigmatismNm = 33,
                ThreefoldAstigmatismDeg = 34,
                FocalSpreadNm = 5.5,
                FocalSampleCount = 7,
                ConvergenceMrad = 0.45,
                ApertureMrad = 20,
            },
            i.Lens);
        Assert.Equal(
            new HrtemDetectorOptions
            {
                DosePerAngstrom2 = 801,
                GainCounts = 9,
                OffsetCounts = 110,
                NyquistTransferFraction = 0.35,
                ReadNoiseSigmaCounts = 5,
                ShotNoise = false,
                DriftNm = 0.04,
                DriftDeg = 71,
                VibrationSigmaNm = 0.012,
                HotPixelFraction = 0.0003,
            },
            i.Detector);
    }

    [Fact]
    public void Load_EveryPxrdKey_SetsItsOption()
    {
        RecipePxrd group = Load("""
            { "version": 1, "samples": [ { "name": "a", "seed": 2, "pxrd": [ { "about": "x", "count": 2, "format": "xy", "method": "bragg", "model": "models/cu2se-table2-6nm.cif", "b_angstrom2": { "Se": 1.2 },
              "size_nm": 6.1, "strain_fraction": 0.011, "microstrain_fraction": 0.002, "first_two_theta_deg": 16, "last_two_theta_deg": 70, "step_deg": 0.03, "anomalous": false, "unknown_b_angstrom2": 1.4,
              "instrument_fwhm_deg": 0.08, "zero_shift_deg": 0.05, "displacement_mm": 0.06, "goniometer_radius_mm": 185, "peak_counts": 1900, "background_counts": [400, -30], "counting_noise": false,
              "holder": { "height_counts": 210, "two_theta_deg": 59.1, "fwhm_deg": 0.31 }, "halo": { "height_counts": 220, "two_theta_deg": 23, "fwhm_deg": 9 } } ] } ] }
            """).Samples[0].Pxrd[0];

        PowderSampleOptions o = group.Options;
        Assert.Equal((2, RecipePatternFormat.Xy, PowderMethod.Bragg, 1.2), (group.Count, group.Format, o.Method, group.Crystal.Sites.First(site => site.Ion == "Se").BIsoAngstrom2));
        Assert.Equal((6.1, 0.011, 0.002, 16, 70, 0.03, false), (o.SizeNm, o.StrainFraction, o.MicrostrainFraction, o.FirstTwoThetaDeg, o.LastTwoThetaDeg, o.StepDeg, o.Anomalous));
        Assert.Equal((1.4, 0.08, 0.05, 0.06, 185, 1900, false), (o.UnknownBAngstrom2, o.InstrumentFwhmDeg, o.ZeroShiftDeg, o.DisplacementMm, o.GoniometerRadiusMm, o.PeakCounts, o.CountingNoise));
        Assert.Equal([400, -30], o.BackgroundCounts);
        Assert.Equal((new Core.PatternBump(210, 59.1, 0.31), new Core.PatternBump(220, 23, 9)), (o.Holder!, o.Halo!));
    }

    [Theory]
    [InlineData("\"fringe_count\": 2", "\"fringe_count\": 2, \"ordered_count\": 3", "$.samples[0].hrtem.particles.ordered_count: found 3; expected 0…2")]
    [InlineData("\"fringe_count\": 2", "\"fringe_count\": 2, \"ordered_count\": 1, \"ordered_probability\": 0.3", "ordered_probability: found 0.3; expected either ordered_count or ordered_probability")]
    [InlineData("\"fringe_count\": 2", "\"fringe_count\": 2, \"statistical_fraction\": 0.5", "$.samples[0].hrtem.particles: \"statistical\" is missing")]
    [InlineData("\"fringe_count\": 2", "\"fringe_count\": 2, \"zones\": [[1, 1]]", "particles.zones[0]: found a list […]; expected three whole numbers")]
    [InlineData("\"fringe_count\": 2", "\"fringe_count\": 2, \"zones\": []", "$.samples[0].hrtem.particles.zones: found a list […]; expected 1…100")]
    [InlineData("\"fringe_count\": 2", "\"fringe_count\": 2, \"layers\": { \"element\": \"Xy\" }", "layers.element: found \"Xy\"; expected the symbol of an element")]
    [InlineData("\"fringe_count\": 2", "\"fringe_count\": 2, \"layers\": { \"displaced\": \"away\" }", "layers.displaced: found \"away\"; expected \"gone\" or \"beyond-face\"")]
    [InlineData("\"fringe_count\": 2", "\"fringe_count\": 2, \"b_angstrom2\": { \"Au\": 1 }", "particles.b_angstrom2.Au: found the unknown key \"Au\"; known here: Se, Cu")]
    [InlineData("\"fringe_count\": 2", "\"fringe_count\": 2, \"b_angstrom2\": { \"Cu\": 11 }", "particles.b_angstrom2.Cu: found 11; expected 0…10")]
    [InlineData("\"fringe_count\": 2", "\"fringe_count\": 2, \"strain_mean_fraction\": -0.3", "particles.strain_mean_fraction: found -0.3; expected -0.2…0.2")]
    [InlineData("\"model\": \"models/cu2se-table2-4nm.cif\", \"fringe", "\"model\": \"models/no.cif\", \"fringe", "$.samples[0].hrtem.particles.model: models/no.cif: ")]
    [InlineData("\"model\": \"models/cu2se-table2-4nm.cif\", \"fringe", "\"model\": \"models/cu2se-table2-2nm.cif\", \"fringe", "expected a structure whose sites are filled or empty (Cu1 has an occupancy of 0.3)")]
    [InlineData("\"pixel_nm\": 0.025", "\"pixel_nm\": 0.2", "$.samples[0].hrtem.images[0].pixel_nm: found 0.2; expected 0.005…0.05")]
    [InlineData("\"pixel_nm\": 0.025", "\"pixel_nm\": 0.025, \"format\": \"mrc\"", "images[0].format: found \"mrc\"; expected \"tiff\" or \"dm3\"")]
    [InlineData("\"pixel_nm\": 0.025", "\"pixel_nm\": 0.025, \"lens\": { \"focal_sample_count\": 4 }", "lens.focal_sample_count: found 4; expected odd numbers, 1…41")]
    [InlineData("\"pixel_nm\": 0.025", "\"pixel_nm\": 0.025, \"lens\": { \"defocus\": 4 }", "lens.defocus: found the unknown key \"defocus\"; known here: defocus_nm")]
    [InlineData("\"pixel_nm\": 0.025", "\"pixel_nm\": 0.025, \"film\": { \"density_gram_per_cm3\": 3 }", "film.density_gram_per_cm3: found 3; expected 0.1…2.4")]
    [InlineData("\"size_nm\": 4", "\"size_nm\": 4, \"size_sd_nm\": 1", "$.samples[0].pxrd[0].size_sd_nm: found 1; expected 0…0")]
    [InlineData("\"size_nm\": 4", "\"size_nm\": 4, \"method\": \"rietveld\"", "pxrd[0].method: found \"rietveld\"; expected \"bragg\" or \"debye\"")]
    [InlineData("\"size_nm\": 4", "\"size_nm\": 4, \"holder\": { \"height_counts\": 1, \"two_theta_deg\": 59, \"fwhm_deg\": 0 }", "pxrd[0].holder.fwhm_deg: found 0; expected 0.01…180")]
    [InlineData("\"size_nm\": 4", "\"size_nm\": 4, \"background_counts\": 500", "pxrd[0].background_counts: found 500; expected a list of numbers")]
    public void Load_BadRecipe_NamesThePlaceAndWhatIsAllowed(string good, string bad, string expected)
    {
        Assert.Contains(good, Least, StringComparison.Ordinal);
        InputException error = Assert.Throws<InputException>(() => Load(Least.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SampleWithoutAnything_IsRefused()
    {
        InputException error = Assert.Throws<InputException>(() => Load("""{ "version": 1, "samples": [ { "name": "a", "seed": 2 } ] }"""));
        Assert.Contains("expected \"haadf\", \"hrtem\" or \"pxrd\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HrtemAndPxrd_MakesImagesPatternsTruthAndSheet_TheSameForAnyJobs()
    {
        using TempFolder folder = new();
        string recipe = folder.Write("recipe.json", Small);
        List<RecipeProgress> seen = [];
        RecipeResult result = RecipeRun.Write(recipe, folder["one"], 1, seen.Add, default);
        RecipeRun.Write(recipe, folder["three"], 3, null, default);

        string[] data = ["s/hrtem/s_hrtem_01.tif", "s/hrtem/s_hrtem_02.dm3", "s/pxrd/s_pxrd_01.ras", "s/pxrd/s_pxrd_02.xy"];
        Assert.Equal(data, seen.Select(step => step.File));
        string[] all = [.. data, "recipe.json", "samples.json", "truth/s/hrtem/truth.json", "truth/s/pxrd/truth.json"];
        Assert.Equal(all.Order(StringComparer.Ordinal), FilesBelow(folder["one"]));
        Assert.All(all, file => Assert.Equal(File.ReadAllBytes(folder["one/" + file]), File.ReadAllBytes(folder["three/" + file])));

        SampleSheet sheet = SheetJson.Read(folder["one/samples.json"], "samples.json", results: null);
        Assert.True(sheet.Simulated);
        Assert.Equal(data, sheet.Files.Select(file => file.File));
        Assert.Equal([FileRole.Hrtem, FileRole.Hrtem, FileRole.Pxrd, FileRole.Pxrd], sheet.Files.Select(file => file.Role));
        Assert.Equal(["models/cu2se-sites.cif"], sheet.Samples[0].Models);

        Signal tiff = Assert.Single(FileReader.Read(File.ReadAllBytes(folder["one/" + data[0]]), data[0]).Signals), dm3 = Assert.Single(FileReader.Read(File.ReadAllBytes(folder["one/" + data[1]]), data[1]).Signals);
        Assert.True(tiff.Acquisition.Simulated);
        Assert.True(dm3.Acquisition.Simulated);
        Assert.Equal((200.0, 1.0), (tiff.Acquisition.VoltageKv, tiff.Acquisition.SphericalAberrationMm));
        Assert.Equal((288, 288, 0.03), (tiff.WidthPx, tiff.HeightPx, tiff.Calibration!.PixelWidthNm));
        Assert.Equal((256, 288, 200.0, 1.0), (dm3.WidthPx, dm3.HeightPx, dm3.Acquisition.VoltageKv, dm3.Acquisition.SphericalAberrationMm));
        Assert.Equal(0.032, dm3.Calibration!.PixelHeightNm, 1e-8);

        HrtemTruthFile truth = HrtemTruthFile.Load(folder["one/truth/s/hrtem/truth.json"]);
        Assert.Equal((2, 4, 2), (truth.Count(LatticeLabel.Ordered), truth.Count(LatticeLabel.Regular), truth.Count(LatticeLabel.NoFringe)));
        Assert.Equal((2, 4), (result.Hrtem[0].Count(LatticeLabel.Ordered), result.Hrtem[0].Count(LatticeLabel.Regular)));
        Assert.Equal(["Cu2Se, hexagonal", "ordered", "ordered", "ordered", "stat", "twin", "vac", "vac"], truth.Particles.Select(p => p.Model).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_OtherFileFormat_ChangesNoPixel()
    {
        using TempFolder folder = new();
        RecipeRun.Write(folder.Write("recipe.json", Small), folder["one"], null, default);
        RecipeRun.Write(folder.Write("other.json", Small.Replace("\"format\": \"dm3\", ", "", StringComparison.Ordinal)), folder["two"], null, default);

        byte[] dm3 = File.ReadAllBytes(folder["one/s/hrtem/s_hrtem_02.dm3"]), tiff = File.ReadAllBytes(folder["two/s/hrtem/s_hrtem_02.tif"]);
        Assert.Equal(
            FileReader.Read(dm3, "a.dm3").Signals[0].Decode(0).LittleEndianBytes.ToArray(),
            FileReader.Read(tiff, "a.tif").Signals[0].Decode(0).LittleEndianBytes.ToArray());
    }

    [Fact]
    public void Write_TooManyParticles_NamesTheImage()
    {
        using TempFolder folder = new();
        string crowded = Small.Replace("\"fringe_count\": 6", "\"fringe_count\": 600", StringComparison.Ordinal);

        InputException error = Assert.Throws<InputException>(() => RecipeRun.Write(folder.Write("recipe.json", crowded), folder["out"], null, default));

        Assert.StartsWith("sample s, image s_hrtem_01.tif: A particle of ", error.Message, StringComparison.Ordinal);
    }

    private static Recipe Load(string json)
    {
        using TempFolder folder = new();
        return Recipe.Load(folder.Write("recipe.json", json));
    }

    private static string[] FilesBelow(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
