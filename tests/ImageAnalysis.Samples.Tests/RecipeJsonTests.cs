namespace ImageAnalysis.Samples.Tests;

public class RecipeJsonTests
{
    private const string Least = """
        { "version": 1, "samples": [ { "name": "4nm", "seed": 1, "haadf": [ {
          "pixel_nm": 0.1, "particles": { "count": 10, "long_axis_mean_nm": 4, "long_axis_sd_nm": 0.4 } } ] } ] }
        """;

    [Fact]
    public void Load_LeastRecipe_TakesTheDefaults()
    {
        Recipe recipe = Load(Least);

        RecipeSample sample = Assert.Single(recipe.Samples);
        RecipeHaadf group = Assert.Single(sample.Haadf);
        Assert.Equal(("4nm", 1, 1), (sample.Name, sample.Seed, group.Count));
        Assert.Equal(new Simulation.HaadfFieldOptions { ParticleCount = 10, LongAxisMeanNm = 4, LongAxisSigmaNm = 0.4 }, group.Field);
        Assert.Equal(new Simulation.HaadfOptions { PixelWidthNm = 0.1, PixelHeightNm = 0.1 }, group.Image);
    }

    [Fact]
    public void Load_EveryKey_SetsItsOption()
    {
        // Each value differs from the default, and no two are alike, so that a swapped or forgotten key shows.
        Recipe recipe = Load("""
            { "version": 1, "about": "x", "samples": [ { "name": "a", "seed": 2, "haadf": [ {
              "about": "y", "count": 3, "width_px": 301, "height_px": 302, "pixel_width_nm": 0.11, "pixel_height_nm": 0.12, "z_exponent": 1.81,
              "particles": { "count": 14, "long_axis_mean_nm": 3.1, "long_axis_sd_nm": 0.31, "cube_face_ratio": 1.21, "face_scatter_fraction": 0.061,
                "elongation_fraction": 0.33, "edge_exponent": 12, "touching_fraction": 0.34, "overlap_fraction": 0.13, "contact_gap_nm": 0.23, "free_gap_nm": 0.63,
                "debris_count": 2, "material": { "name": "Au", "cell_edge_angstrom": 4.08, "atoms": [ { "z": 79, "per_cell": 4 } ] } },
              "support": { "thickness_nm": 6.1, "ramp_fraction": 0.41, "ramp_deg": 42, "waviness_fraction": 0.043, "waviness_nm": 14.4, "grain_fraction": 0.45,
                "contamination_nm": 1.46, "scattering_per_nm": 0.00047, "material": { "name": "Si", "cell_edge_angstrom": 5.43, "atoms": [ { "z": 14, "per_cell": 8 } ] } },
              "probe": { "sigma_nm": 0.151, "source_sigma_nm": 0.052, "tail_fraction": 0.153, "tail_sigma_nm": 0.54 },
              "detector": { "dose_per_angstrom2": 7001, "gain_counts": 17.2, "offset_counts": 703, "dark_noise_counts": 17.4, "hot_pixel_fraction": 0.0007, "shot_noise": false },
              "scan": { "row_offset_counts": 18.1, "row_flicker_fraction": 0.0082, "row_jitter_px": 0.183, "drift_x_nm": 0.84, "drift_y_nm": -0.85 } } ] } ] }
            """);

        RecipeHaadf group = recipe.Samples[0].Haadf[0];
        Simulation.HaadfFieldOptions f = group.Field;
        Simulation.HaadfOptions i = group.Image;
        Assert.Equal(3, group.Count);
        Assert.Equal((14, 3.1, 0.31, 1.21, 0.061, 0.33, 12), (f.ParticleCount, f.LongAxisMeanNm, f.LongAxisSigmaNm, f.CubeFaceRatio, f.FaceScatterFraction, f.ElongationFraction, f.EdgeExponent));
        Assert.Equal((0.34, 0.13, 0.23, 0.63, 2), (f.TouchingFraction, f.OverlapFraction, f.ContactGapNm, f.FreeGapNm, f.DebrisCount));
        Assert.Equal((301, 302, 0.11, 0.12, 1.81), (i.WidthPx, i.HeightPx, i.PixelWidthNm, i.PixelHeightNm, i.ZExponentRatio));
        Assert.Equal(("Au", 4.08, 79, 4.0), (i.Particle.Name, i.Particle.CellEdgeAngstrom, i.Particle.Atoms[0].AtomicNumber, i.Particle.Atoms[0].PerCellRatio));
        Assert.Equal(("Si", 5.43, 14, 8.0), (i.Support.Name, i.Support.CellEdgeAngstrom, i.Support.Atoms[0].AtomicNumber, i.Support.Atoms[0].PerCellRatio));
        Assert.Equal((6.1, 0.41, 42, 0.043, 14.4), (i.SupportThicknessNm, i.SupportRampFraction, i.SupportRampDeg, i.SupportWavinessFraction, i.SupportWavinessNm));
        Assert.Equal((0.45, 1.46, 0.00047), (i.SupportGrainFraction, i.ContaminationNm, i.SupportScatteringPerNm));
        Assert.Equal((0.151, 0.052, 0.153, 0.54), (i.ProbeSigmaNm, i.SourceSigmaNm, i.TailFraction, i.TailSigmaNm));
        Assert.Equal((7001, 17.2, 703, 17.4, 0.0007, false), (i.DosePerAngstrom2, i.GainCounts, i.OffsetCounts, i.DarkNoiseSigmaCounts, i.HotPixelFraction, i.ShotNoise));
        Assert.Equal((18.1, 0.0082, 0.183, 0.84, -0.85), (i.RowOffsetSigmaCounts, i.RowFlickerFraction, i.RowJitterSigmaPx, i.DriftXNm, i.DriftYNm));
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "$.version: found 2; expected 1")]
    [InlineData("\"version\": 1, ", "", "$: \"version\" is missing; expected 1")]
    [InlineData("\"seed\": 1", "\"seed\": -1", "$.samples[0].seed: found -1; expected a whole number, 0…2147483647")]
    [InlineData("\"seed\": 1, ", "", "$.samples[0]: \"seed\" is missing")]
    [InlineData("\"name\": \"4nm\"", "\"name\": \"a/b\"", "$.samples[0].name: found \"a/b\"; expected up to 60 letters")]
    [InlineData("\"name\": \"4nm\"", "\"name\": \"Truth\"", "$.samples[0].name: found \"Truth\"; expected a name that no other sample has, and not \"truth\"")]
    [InlineData("\"name\": \"4nm\"", "\"name\": \"..\"", "$.samples[0].name: found \"..\"")]
    [InlineData("\"pixel_nm\": 0.1", "\"pixel_nm\": \"0.1\"", "$.samples[0].haadf[0].pixel_nm: found \"0.1\"; expected a number")]
    [InlineData("\"pixel_nm\": 0.1, ", "", "$.samples[0].haadf[0]: no pixel size; expected pixel_nm, or pixel_width_nm and pixel_height_nm")]
    [InlineData("\"pixel_nm\": 0.1", "\"pixel_width_nm\": 0.1", "\"pixel_height_nm\" is missing")]
    [InlineData("\"pixel_nm\": 0.1", "\"pixel_nm\": 0.1, \"pixel_height_nm\": 0.1", "pixel_height_nm: found 0.1; expected either pixel_nm, or")]
    [InlineData("\"pixel_nm\": 0.1", "\"pixel_nm\": 0", "$.samples[0].haadf[0].pixel_nm: found 0; expected 0.005…20")]
    [InlineData("\"pixel_nm\": 0.1", "\"pixel_nm\": 0.1, \"count\": 0", "$.samples[0].haadf[0].count: found 0; expected a whole number, 1…1000")]
    [InlineData("\"pixel_nm\": 0.1", "\"pixel_nm\": 0.1, \"dose\": 5", "$.samples[0].haadf[0].dose: found the unknown key \"dose\"; known here: about, count, width_px")]
    [InlineData("\"pixel_nm\": 0.1", "\"pixel_nm\": 0.1, \"detector\": { \"dose_per_angstrom2\": 0.2 }", "$.samples[0].haadf[0].detector.dose_per_angstrom2: found 0.2; expected 1…100000000")]
    [InlineData("\"pixel_nm\": 0.1", "\"pixel_nm\": 0.1, \"probe\": { \"sigma\": 0.2 }", "$.samples[0].haadf[0].probe.sigma: found the unknown key \"sigma\"; known here: sigma_nm")]
    [InlineData("\"pixel_nm\": 0.1", "\"pixel_nm\": 1", "ProbeSigmaNm is 0.1; expected 0.33…10")]
    [InlineData("\"pixel_nm\": 0.1", "\"pixel_nm\": 1, \"probe\": { }", "$.samples[0].haadf[0].probe: \"sigma_nm\" is not given and would be 0.1; expected 0.33…10")]
    [InlineData("\"count\": 10", "\"count\": 1.5", "$.samples[0].haadf[0].particles.count: found 1.5; expected a whole number")]
    [InlineData("\"count\": 10", "\"count\": -3", "$.samples[0].haadf[0].particles.count: found -3; expected 0…20000")]
    [InlineData("\"count\": 10, ", "", "$.samples[0].haadf[0].particles: \"count\" is missing")]
    [InlineData("\"count\": 10", "\"count\": 10, \"edge_exponent\": 5", "particles.edge_exponent: found 5; expected even numbers, 2…32")]
    [InlineData("\"long_axis_sd_nm\": 0.4", "\"long_axis_sd_nm\": 2", "$.samples[0].haadf[0].particles.long_axis_sd_nm: found 2; expected 0…1.333333")]
    [InlineData("\"count\": 10", "\"count\": 10, \"material\": { \"name\": \"Au\", \"cell_edge_angstrom\": 0.4, \"atoms\": [ { \"z\": 79, \"per_cell\": 4 } ] }", "particles.material.cell_edge_angstrom: found 0.4; expected 1…100")]
    [InlineData("\"count\": 10", "\"count\": 10, \"material\": { \"name\": \"Au\", \"cell_edge_angstrom\": 4, \"atoms\": [ { \"z\": 0, \"per_cell\": 4 } ] }", "atoms[0].z: found 0; expected an atomic number, 1…118")]
    [InlineData("\"samples\": [", "\"hrtem\": [], \"samples\": [", "$.hrtem: found the unknown key \"hrtem\"; known here: version, about, samples")]
    public void Load_BadRecipe_NamesPlaceValueAndWhatIsAllowed(string right, string wrong, string message)
    {
        Assert.Contains(right, Least, StringComparison.Ordinal);

        InputException error = Assert.Throws<InputException>(() => Load(Least.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("recipe.json: line ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TwoSamplesOfOneName_Throws()
    {
        string sample = Least[Least.IndexOf("{ \"name\"", StringComparison.Ordinal)..Least.LastIndexOf(" ] }", StringComparison.Ordinal)];
        string twice = Least.Replace(sample, sample + ", " + sample.Replace("4nm", "4NM", StringComparison.Ordinal), StringComparison.Ordinal);

        InputException error = Assert.Throws<InputException>(() => Load(twice));

        Assert.Contains("$.samples[1].name: found \"4NM\"; expected a name that no other sample has", error.Message, StringComparison.Ordinal);
    }

    private static Recipe Load(string text)
    {
        using TempFolder folder = new();
        return Recipe.Load(folder.Write("recipe.json", text));
    }
}
