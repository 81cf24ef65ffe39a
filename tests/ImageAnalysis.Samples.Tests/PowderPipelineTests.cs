using System.Globalization;
using System.Text.Json;
using ImageAnalysis.Core;
using ImageAnalysis.Imaging;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples.Tests;

public class PowderPipelineTests
{
    [Fact]
    public void Run_SampleWithPattern_GetsItsFitInTablesStoreAndFile()
    {
        using TempFolder root = PipelineTests.Images(1), results = new();
        root.Write("s/pxrd/a.xy", TestPatterns.Xy());
        root.Write("t/haadf/b.png", TestImages.Png(50));

        RunResult result = PipelineTests.Run(root, results, options: TestPatterns.Quick);

        Assert.All(result.Files, file => Assert.Equal("measured", file.Outcome!.Word));
        Assert.True(result.Files.Single(file => file.Role == FileRole.Pxrd).Simulated);
        Dictionary<string, string> row = Row(results, "s");

        // The model's truth: a = 5.85 Å, Cu 2.96 on 8c and 5.04 on 32f. 0.2 Cu and 0.1 % of a are the bars of the fit.
        Assert.Equal(5.85, Number(row, "a_angstrom"), 0.00585);
        Assert.InRange(Number(row, "a_sigma_angstrom"), 1e-5, 0.01);
        Assert.Equal(2.96, Number(row, "cu_8c"), 0.2);
        Assert.Equal(0, Number(row, "cu_4b"), 0.2);
        Assert.Equal(0, Number(row, "cu_24e"), 0.2);
        Assert.Equal(5.04, Number(row, "cu_32f"), 0.2);
        Assert.Equal(8, Number(row, "cu_8c") + Number(row, "cu_4b") + Number(row, "cu_24e") + Number(row, "cu_32f"), 0.001);
        Assert.Equal(("1", "s/pxrd/a.xy", "models/cu2se-sites.cif"), (row["n_patterns"], row["pattern"], row["model"]));
        Assert.Equal(1L, PipelineTests.Scalar(results, "SELECT count(*) FROM fits"));
        Assert.True((long)PipelineTests.Scalar(results, "SELECT count(*) FROM fit_sites WHERE solution = 0") >= 5);

        using JsonDocument fit = JsonDocument.Parse(File.ReadAllBytes(results["fits/s.json"]));
        JsonElement best = fit.RootElement.GetProperty("best");
        Assert.Equal(Number(row, "cu_8c"), best.GetProperty("cu_per_cell").GetProperty("8c").GetDouble(), 0.0001);
        Assert.Equal(result.Files.Single(file => file.Role == FileRole.Pxrd).Sha256, fit.RootElement.GetProperty("pattern_sha256").GetString());

        // The sample without a pattern has no value in any of these columns.
        Dictionary<string, string> other = Row(results, "t");
        Assert.All(["a_angstrom", "a_sigma_angstrom", "cu_8c", "cu_4b", "cu_24e", "cu_32f", "cu_8c_sigma", "crystallite_angstrom", "strain_percent", "pressure_linear_gpa", "join_flags"], name => Assert.Equal("", other[name]));
        Assert.Equal("0", other["n_patterns"]);
        Assert.False(File.Exists(results["fits/t.json"]));
    }

    [Fact]
    public void Run_Again_TakesTheFitFromTheStoreAndWritesTheSame()
    {
        using TempFolder root = new(), results = new();
        root.Write("s/pxrd/a.xy", TestPatterns.Xy());
        PipelineTests.Run(root, results, options: TestPatterns.Quick);
        byte[][] before = [.. Outputs(results, "s")];
        double seconds = (double)PipelineTests.Scalar(results, "SELECT seconds FROM measurements");

        PipelineTests.Run(root, results, options: TestPatterns.Quick with { Join = new JoinOptions { BulkModulusGpa = 100 } });

        // One more fit would have its own time; options of the join fit nothing again.
        Assert.Equal(seconds, (double)PipelineTests.Scalar(results, "SELECT seconds FROM measurements"));
        Assert.Equal(before, [.. Outputs(results, "s")]);

        PipelineTests.Run(root, results, options: TestPatterns.Quick with { Pxrd = TestPatterns.Quick.Pxrd with { CommonB = false } });
        Assert.NotEqual(seconds, (double)PipelineTests.Scalar(results, "SELECT seconds FROM measurements"));
    }

    [Fact]
    public void Run_OneAndSeveralJobs_WriteTheSameBytes()
    {
        using TempFolder root = new(), one = new(), three = new();
        for (int i = 0; i < 3; i++)
        {
            root.Write($"s{i}/pxrd/a.xy", TestPatterns.Xy(seed: i));
        }

        PipelineTests.Run(root, one, jobs: 1, options: TestPatterns.Quick);
        PipelineTests.Run(root, three, jobs: 3, options: TestPatterns.Quick);

        foreach (string sample in new[] { "s0", "s1", "s2" })
        {
            Assert.Equal([.. Outputs(one, sample)], (byte[][])[.. Outputs(three, sample)]);
        }
    }

    [Fact]
    public void Run_PatternsThatCannotBeFitted_AreOutcomesOfTheirOwn()
    {
        using TempFolder root = PipelineTests.Images(1), results = new();
        root.Write("s/pxrd/a.gr", "# r G(r)\n" + string.Join('\n', Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"{0.05 * i:0.00} {Math.Sin(i):0.000}"))));
        root.Write("s/pxrd/b.xy", "nothing of use");

        RunResult result = PipelineTests.Run(root, results, options: TestPatterns.Quick);

        FileResult gr = result.Files.Single(file => file.File.EndsWith(".gr", StringComparison.Ordinal)), text = result.Files.Single(file => file.File.EndsWith(".xy", StringComparison.Ordinal));
        Assert.NotEqual(OutcomeKind.Measured, gr.Outcome!.Kind);
        Assert.NotEqual(OutcomeKind.Crashed, gr.Outcome.Kind);
        Assert.Contains("pair distribution", gr.Outcome.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(OutcomeKind.BadFile, text.Outcome!.Kind);
        Assert.Equal(("3", ""), (Row(results, "s")["n_files"], Row(results, "s")["a_angstrom"]));
        Assert.Equal("2", Row(results, "s")["n_sized"]);
    }

    [Fact]
    public void Run_SeveralPatterns_TheFirstIsTheSamplesRow()
    {
        using TempFolder root = new(), results = new();
        root.Write("s/pxrd/a.xy", TestPatterns.Xy(strainPercent: 0));
        root.Write("s/pxrd/b.xy", TestPatterns.Xy(strainPercent: -1));

        RunResult result = PipelineTests.Run(root, results, options: TestPatterns.Quick);

        Assert.Equal(2, result.Fits.Count);
        Assert.Equal(("2", "s/pxrd/a.xy"), (Row(results, "s")["n_patterns"], Row(results, "s")["pattern"]));
        Assert.True(File.Exists(results["fits/patterns/s/pxrd/b.xy.json"]));
        File.Delete(root["s/pxrd/b.xy"]);

        PipelineTests.Run(root, results, options: TestPatterns.Quick);

        Assert.True(File.Exists(results["fits/s.json"]));
        Assert.False(File.Exists(results["fits/patterns/s/pxrd/b.xy.json"]));
    }

    [Fact]
    public void Run_StrainedAndLargeSample_AreJoinedWithStrainPressureAndPhonon()
    {
        using TempFolder root = new(), results = new();
        root.Write("large/haadf/a.png", TestImages.Png(0));
        root.Write("large/pxrd/a.xy", TestPatterns.Xy(seed: 2));
        root.Write("small/haadf/b.png", TestImages.Png(1));
        root.Write("small/pxrd/a.xy", TestPatterns.Xy(sizeNm: 2.5, strainPercent: -2, seed: 3));
        root.Write("samples.json", """
            { "version": 1, "samples": [
                { "name": "large", "phonon_per_cm": 260, "files": [ { "path": "large/haadf/*", "role": "haadf" }, { "path": "large/pxrd/*", "role": "pxrd" } ] },
                { "name": "small", "models": ["models/cu2se-sites.cif"], "phonon_per_cm": 270, "files": [ { "path": "small/haadf/*", "role": "haadf" }, { "path": "small/pxrd/*", "role": "pxrd" } ] } ] }
            """);

        // The stand-in measures 2.1 and 2.2 nm or so; here the particles of the large sample have 6.3 nm, whose lines read 5.1 nm, and those of the small one 6.2 nm.
        RunResult result = PipelineTests.Run(root, results, options: TestPatterns.Quick, measure: Sized);

        Dictionary<string, string> large = Row(results, "large"), small = Row(results, "small");
        Assert.Equal(("", ""), (large["strain_percent"], large["strain_reference"]));
        Assert.Equal("large", small["strain_reference"]);

        // −2 % of a by construction, to three standard deviations; pressures B·2 % = 1.7 GPa and B·(1 − 0.98³) = 5.0 GPa.
        double strain = Number(small, "strain_percent"), sigma = Number(small, "strain_sigma_percent");
        Assert.Equal(-2, strain, 3 * sigma);
        Assert.InRange(sigma, 0.001, 0.3);
        Assert.Equal(-85 * strain / 100, Number(small, "pressure_linear_gpa"), 0.001);
        Assert.Equal(85 * (1 - Math.Pow(1 + (strain / 100), 3)), Number(small, "pressure_volume_gpa"), 0.002);

        // (270/260)^(−1/1.1) = 0.96627, less 1, over 3: −1.12 %.
        Assert.Equal(-1.1242, Number(small, "phonon_strain_percent"), 0.001);
        Assert.Equal("", large["phonon_strain_percent"]);

        // 0.8132 · 63 Å = 51.2 Å for one diameter; the fit of the large sample agrees, that of the small one (25 Å for 6.2 nm) does not.
        Assert.Equal(51.2, Number(large, "expected_crystallite_angstrom"), 0.1);
        Assert.DoesNotContain("crystals-", large["join_flags"], StringComparison.Ordinal);
        Assert.Contains("crystals-smaller-than-particles", small["join_flags"], StringComparison.Ordinal);
        Assert.Contains("would give 5.0", result.Samples[1].Join!.Flags.Single(flag => flag.Name.StartsWith("crystals", StringComparison.Ordinal)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ModelThatIsNotThere_IsRefusedBeforeAnythingIsWritten()
    {
        using TempFolder root = new(), results = new();
        root.Write("a.xy", TestPatterns.Xy());
        root.Write("samples.json", """{ "version": 1, "samples": [ { "name": "s", "models": ["no/such.cif"], "files": [ { "path": "a.xy", "role": "pxrd" } ] } ] }""");

        InputException refused = Assert.Throws<InputException>(() => PipelineTests.Run(root, results));

        Assert.Contains("no/such.cif", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(results["results.sqlite"]));
    }

    [Fact]
    public void FitName_OfNamesAsLongAsFileSystemsTake_LeavesRoomForItsEnding()
    {
        // 255 bytes at most: "fits/patterns/…/" is of its own, ".json" and, while it is written, ".new" come behind the last name.
        string longest = "s/pxrd/" + new string('é', 120) + ".xy", first = longest + "1234567890ab", second = longest + "1234567890ac";

        Assert.Equal("patterns/" + longest, ResultsFolder.FitName("patterns/" + longest));
        Assert.NotEqual(ResultsFolder.FitName(first), ResultsFolder.FitName(second));
        Assert.All([first, second], name => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(ResultsFolder.FitName(name)["s/pxrd/".Length..] + ".json.new"), 200, 255));
    }

    [Fact]
    public void StoredFit_ReadBack_IsTheSameToTheLastBit()
    {
        CrystalModel model = CrystalModels.Read(Path.GetTempPath(), CrystalModels.DefaultName);
        PowderPattern pattern = ((Formats.PowderPatternResult.Measurable)Formats.PowderPatternReader.Read(TestPatterns.Xy(), "a.xy")).Pattern;
        PowderFit fit = PowderFitter.Fit(pattern, model.Structure, TestPatterns.Quick.Pxrd.ToFitOptions(hasCopper: true));

        PowderFit back = JsonSerializer.Deserialize(JsonSerializer.Serialize(fit, StoredFitJson.Default.PowderFit), StoredFitJson.Default.PowderFit)!;

        Assert.Equal(FitJson.Write(fit, new FitInput("0")), FitJson.Write(back, new FitInput("0")));
        Assert.Equal(fit.Curve.CalculatedCounts, back.Curve.CalculatedCounts);
        Assert.Equal(fit.Ticks, back.Ticks);
        Assert.Equal(fit.Best.Structure.Sites.Count, back.Best.Structure.Sites.Count);
    }

    [Theory]
    [InlineData("UPDATE fits SET fit_json = 'no JSON'")]
    [InlineData("UPDATE fits SET fit_json = replace(fit_json, '_cell_length_a', '_cell_length_x')")]
    public void Rewrite_DamagedFit_IsRefusedWithTheWayOut(string damage)
    {
        using TempFolder root = new(), results = new();
        root.Write("s/pxrd/a.xy", TestPatterns.Xy());
        PipelineTests.Run(root, results, options: TestPatterns.Quick);
        PipelineTests.Scalar(results, damage + " RETURNING position");

        InputException refused = Assert.Throws<InputException>(() => StoredResults.Rewrite(results.Path, jobs: 1));

        Assert.Contains("the store is damaged", refused.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<SizeMeasurement> Sized(Micrograph image, PipelineOptions options) =>
        [.. TestImages.Measure(image, options).Select(p => p with { DiameterNm = image.Pixels[0, 0] == 0 ? 6.3 : 6.2, FeretMaxNm = 6.4 })];

    private static IEnumerable<byte[]> Outputs(TempFolder results, string sample) =>
        [File.ReadAllBytes(results["samples.csv"]), File.ReadAllBytes(results[$"fits/{sample}.json"])];

    private static Dictionary<string, string> Row(TempFolder results, string sample)
    {
        List<string[]> rows = Csv.Read(results["samples.csv"]);
        string[] row = rows.Single(cells => cells[0] == sample);
        return rows[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static double Number(Dictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);
}
