using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Cli.Tests;

/// <summary>A simulated pattern of known structure and its fit by the program, made once.</summary>
public sealed class FittedPattern : IDisposable
{
    public FittedPattern()
    {
        Folder = Directory.CreateTempSubdirectory("ima-pxrd-").FullName;
        Simulated = CapturedTerminal.Run("pxrd", "simulate", "--model", Model("cu2se-table2-6nm"), "--size-nm", "6", "--b", "1", "--background", "500", "--seed", "1", "--out", this["p.xy"]);
        Fitted = CapturedTerminal.Run("pxrd", "fit", this["p.xy"], "--common-b", "--out", this["fit.json"]);
    }

    public string Folder { get; }

    internal CapturedTerminal Simulated { get; }

    internal CapturedTerminal Fitted { get; }

    public string this[string name] => Path.Combine(Folder, name);

    public static string Model(string name) => RepositoryFolder.PathOf($"models/{name}.cif");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

public class PxrdCommandTests(FittedPattern done) : IClassFixture<FittedPattern>
{
    private static readonly string[] _ends = [".json", ".svg", ".cif"];

    [Fact]
    public void Simulate_Model_WritesAPatternThatSaysWhatItIs()
    {
        Assert.Equal((0, ""), (done.Simulated.Code, done.Simulated.Err));
        Assert.StartsWith("Simulated pattern, not measured by an instrument: 1251 points", done.Simulated.Out, StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(done["p.xy"]);
        Assert.Equal("# simulated powder diffraction pattern", lines[0]);
        Assert.Contains("# wavelength_angstrom: 1.540593", lines);
        Assert.Contains(lines, line => line.StartsWith("# model: cu2se-table2-6nm.cif", StringComparison.Ordinal));
        Assert.Contains("# scattering: Waasmaier & Kirfel (1995); anomalous terms of Sasaki (1989)", lines);
        Assert.Contains("# noise: counting noise, seed 1", lines);
        Assert.Equal(1251, lines.Count(line => !line.StartsWith('#')));
    }

    [Fact]
    public void Fit_SimulatedPattern_FindsTheSitesItWasMadeFrom()
    {
        Assert.Equal((0, ""), (done.Fitted.Code, done.Fitted.Err));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(done["fit.json"]));
        JsonElement best = json.RootElement.GetProperty("best"), copper = best.GetProperty("cu_per_cell");

        // 8 · 0.37 = 2.96 and 32 · 0.1575 = 5.04 Cu, a = 5.85 Å; with one B the errors are 0.02 to 0.07 Cu, and 0.2 is three of the largest.
        Assert.Equal(2.96, copper.GetProperty("8c").GetDouble(), 0.2);
        Assert.Equal(5.04, copper.GetProperty("32f").GetDouble(), 0.2);
        Assert.Equal(0, copper.GetProperty("4b").GetDouble(), 0.2);
        Assert.Equal(0, copper.GetProperty("24e").GetDouble(), 0.2);
        Assert.Equal(5.85, best.GetProperty("a_angstrom").GetDouble(), 0.00585);
        Assert.True(json.RootElement.GetProperty("simulated").GetBoolean());
        Assert.InRange(json.RootElement.GetProperty("rivals").GetArrayLength(), 0, 5);
        Assert.Matches("^[0-9a-f]{64}$", json.RootElement.GetProperty("pattern_sha256").GetString()!);
    }

    [Fact]
    public void Fit_Text_FitsInto80ColumnsAndNamesWhatMatters()
    {
        string[] lines = done.Fitted.Out.Split('\n');

        // The paths at the end are as long as they are.
        Assert.All(lines.Where(line => !line.Contains(done.Folder, StringComparison.Ordinal)), line => Assert.True(line.Length <= 80, line));
        Assert.All(lines, line => Assert.DoesNotContain('\e', line));
        Assert.Equal("Simulated pattern, not measured by an instrument.", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("scattering  Waasmaier & Kirfel (1995)", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("8c ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("total ", StringComparison.Ordinal) && line.Contains("8.000", StringComparison.Ordinal) && line.EndsWith("held", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("a  ", StringComparison.Ordinal) && line.Contains(" Å ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Rivals", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_Out_WritesPlotAndStructureBesideTheJson()
    {
        Assert.All(_ends, end => Assert.Contains(Path.ChangeExtension(done["fit.json"], end), done.Fitted.Out, StringComparison.Ordinal));
        Assert.Equal("svg", XDocument.Load(done["fit.svg"]).Root!.Name.LocalName);
        Samples.CrystalModel refined = Samples.CrystalModels.Read(done.Folder, "fit.cif");
        Assert.Equal(8, refined.Structure.AtomsPerCellRatio("Cu"), 0.01);
        Assert.Contains(refined.Structure.Comments, comment => comment.StartsWith("Refined by ima ", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_SamePatternAlone_IsWrittenAsARunWritesIt()
    {
        string data = done["data"], results = done["run"];
        Directory.CreateDirectory(Path.Combine(data, "s", "pxrd"));
        File.Copy(done["p.xy"], Path.Combine(data, "s", "pxrd", "p.xy"), overwrite: true);
        Assert.Equal(0, CapturedTerminal.Run("run", data, "--out", results, "--quiet").Code);
        Assert.Equal(0, CapturedTerminal.Run("pxrd", "fit", done["p.xy"], "--out", done["alone.json"]).Code);

        // All but the path of the pattern, which is below the root in the one and the file's name in the other.
        string ofRun = File.ReadAllText(Path.Combine(results, "fits", "s.json"));
        Assert.Contains("\"pattern\": \"s/pxrd/p.xy\"", ofRun, StringComparison.Ordinal);
        Assert.Contains("\"model\": \"models/cu2se-sites.cif\"", ofRun, StringComparison.Ordinal);
        Assert.Equal(ofRun.Replace("s/pxrd/p.xy", "p.xy", StringComparison.Ordinal), File.ReadAllText(done["alone.json"]));
    }

    [Fact]
    public void Fit_SizeDistribution_ComparesWithTheMicroscope()
    {
        using TempSamples samples = new(2);
        Assert.Equal(0, CapturedTerminal.Run("run", samples.Root, "--out", samples.Results, "--quiet").Code);

        CapturedTerminal shown = CapturedTerminal.Run("pxrd", "fit", done["p.xy"], "--common-b", "--size-distribution", samples.Results);

        // Two images of four discs of 14 to 17 px of 0.1 nm.
        Assert.Equal((0, ""), (shown.Code, shown.Err));
        string line = Assert.Single(shown.Out.Split('\n'), line => line.StartsWith("microscope ", StringComparison.Ordinal));
        Assert.Contains("n = 8", line, StringComparison.Ordinal);
        double mean = double.Parse(line.Split("diameter ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.InRange(mean, 1.35, 1.85);
        Assert.Contains("Å", Assert.Single(shown.Out.Split('\n'), text => text.StartsWith("expected ", StringComparison.Ordinal)), StringComparison.Ordinal);
        CapturedTerminal wrong = CapturedTerminal.Run("pxrd", "fit", done["p.xy"], "--size-distribution", samples.Results, "--sample", "none");
        Assert.Equal(64, wrong.Code);
        Assert.Contains("found no sizes in nm of a sample \"none\"; it has s.", wrong.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_SeveralModels_AreComparedBestFirst()
    {
        CapturedTerminal shown = CapturedTerminal.Run(
            "pxrd", "fit", done["p.xy"], "--common-b", "--sites", FittedPattern.Model("cu2se-table2-4nm"), "--sites", FittedPattern.Model("cu2se-table2-6nm"), "--fix-total", "free", "--out", done["two.json"]);

        Assert.Equal((0, ""), (shown.Code, shown.Err));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(done["two.json"]));
        JsonElement other = Assert.Single(json.RootElement.GetProperty("other_models").EnumerateArray());

        // The pattern has copper on 32f, which the 4 nm model lacks.
        Assert.EndsWith("table2-6nm.cif", json.RootElement.GetProperty("model").GetString(), StringComparison.Ordinal);
        Assert.True(other.GetProperty("delta_bic").GetDouble() > 10, shown.Out);
        Assert.Contains("Models, best first:", shown.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PATTERN", "pxrd", "fit")]
    [InlineData("there is no such file; expected a powder pattern", "pxrd", "fit", "not-there.xy")]
    [InlineData("--fix-total: found \"Cu=eight\"; expected Cu=8", "pxrd", "fit", "p.xy", "--fix-total", "Cu=eight")]
    [InlineData("--fix-total: found \"Cu=0\"; expected", "pxrd", "fit", "p.xy", "--fix-total", "Cu=0")]
    [InlineData("--fix-total: found \"Cu=8±0\"; expected", "pxrd", "fit", "p.xy", "--fix-total", "Cu=8±0")]
    [InlineData("--sample: found without --size-distribution", "pxrd", "fit", "p.xy", "--sample", "2nm")]
    [InlineData("--intervals: found \"much\"; expected none", "pxrd", "fit", "p.xy", "--intervals", "much")]
    [InlineData("--exclude: found \"30\"; expected two angles", "pxrd", "fit", "p.xy", "--exclude", "30")]
    [InlineData("--wavelength: found \"15\"; expected", "pxrd", "fit", "p.xy", "--wavelength", "15")]
    [InlineData("--out: found \"fit.svg\"; expected a name such as fit.json", "pxrd", "fit", "p.xy", "--out", "fit.svg")]
    [InlineData("--model", "pxrd", "simulate", "--out", "x.xy")]
    [InlineData("--out", "pxrd", "simulate", "--model", "x.cif")]
    [InlineData("--size-nm D is missing", "pxrd", "simulate", "--model", "x.cif", "--out", "x.xy", "--debye")]
    [InlineData("--size-nm: found 60 and --debye; expected at most 40", "pxrd", "simulate", "--model", "x.cif", "--out", "x.xy", "--debye", "--size-nm", "60")]
    [InlineData("--size-sd-nm: found 3 with a mean diameter of 2; expected at most the mean", "pxrd", "simulate", "--model", "x.cif", "--out", "x.xy", "--debye", "--size-nm", "2", "--size-sd-nm", "3")]
    [InlineData("--size-nm: found 30 with --size-sd-nm 3 and --debye; expected at most 40, six standard deviations included", "pxrd", "simulate", "--model", "x.cif", "--out", "x.xy", "--debye", "--size-nm", "30", "--size-sd-nm", "3")]
    [InlineData("--size-nm: found \"big\"; expected a number", "pxrd", "simulate", "--model", "x.cif", "--out", "x.xy", "--debye", "--size-nm", "big")]
    [InlineData("--size-sd-nm: found without --debye", "pxrd", "simulate", "--model", "x.cif", "--out", "x.xy", "--size-sd-nm", "1")]
    [InlineData("--two-theta: found \"65,15\"; expected two angles", "pxrd", "simulate", "--model", "x.cif", "--out", "x.xy", "--two-theta", "65,15")]
    [InlineData("x.cif: this file is read", "pxrd", "simulate", "--model", "x.cif", "--out", "./x.cif")]
    [InlineData("there is no such file in ", "pxrd", "simulate", "--model", "x.cif", "--out", "x.xy")]
    public void Pxrd_WrongUsage_Is64WithAMessageAndNothingOnStdout(string message, params string[] args)
    {
        CapturedTerminal shown = CapturedTerminal.Run(args);

        Assert.Equal(64, shown.Code);
        Assert.Equal("", shown.Out);
        Assert.Contains(message, shown.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.gr", "", "a pair distribution function G(r), as its name ends in .gr")]
    [InlineData("r.xy", "#### start data\n#S 1\n#L r($\\AA$)  G($\\AA^{-2}$)\n", "expected 2θ in degrees")]
    [InlineData("s.xy", "# wavelength_angstrom: 0.4146\n", "0.4146 Å")]
    [InlineData("q.xy", "# q_per_angstrom intensity\n", "scattering vector")]
    [InlineData("n.xy", "no numbers at all\n", "")]
    public void Fit_FileThatIsNoLaboratoryPattern_Is3WithTheReason(string name, string head, string reason)
    {
        string rows = name == "n.xy" ? string.Empty : string.Concat(Enumerable.Range(1, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"{10 + (0.1 * i):0.0} {100 + (i % 7)}\n")));
        File.WriteAllText(done[name], head + rows);

        CapturedTerminal shown = CapturedTerminal.Run("pxrd", "fit", done[name]);

        Assert.Equal((3, ""), (shown.Code, shown.Out));
        Assert.StartsWith("ima: " + done[name], shown.Err, StringComparison.Ordinal);
        Assert.Contains(reason, shown.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_BadCif_Is3WithItsLine()
    {
        File.WriteAllText(done["bad.cif"], "data_a\n_cell_length_a five\n");

        CapturedTerminal shown = CapturedTerminal.Run("pxrd", "fit", done["p.xy"], "--sites", done["bad.cif"]);

        Assert.Equal((3, ""), (shown.Code, shown.Out));
        Assert.Contains("bad.cif: CIF: line ", shown.Err, StringComparison.Ordinal);
    }

    [ReferenceFact]
    public void Fit_ReferencePattern_OfTheLargestSample()
    {
        CapturedTerminal shown = CapturedTerminal.Run(
            "pxrd", "fit", ReferenceData.PathOf("reference/pxrd/T2_6nm_noisy.xy"), "--common-b", "--no-anomalous", "--out", done["reference.json"]);

        Assert.Equal((0, ""), (shown.Code, shown.Err));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(done["reference.json"]));
        JsonElement best = json.RootElement.GetProperty("best"), copper = best.GetProperty("cu_per_cell");

        // Truth of the file: 8c 2.96, 32f 5.04, nothing else, a = 5.85 Å. The bars are 0.2 Cu on every site, 0.1 % of a, and at most three rivals.
        Assert.Equal(2.96, copper.GetProperty("8c").GetDouble(), 0.2);
        Assert.Equal(0, copper.GetProperty("4b").GetDouble(), 0.2);
        Assert.Equal(0, copper.GetProperty("24e").GetDouble(), 0.2);
        Assert.Equal(5.04, copper.GetProperty("32f").GetDouble(), 0.2);
        Assert.Equal(5.85, best.GetProperty("a_angstrom").GetDouble(), 0.00585);
        Assert.InRange(json.RootElement.GetProperty("rivals").GetArrayLength(), 0, 3);
        Assert.Contains("f′ and f″ are left out", shown.Out, StringComparison.Ordinal);
    }

    [ReferenceFact]
    public void Fit_PairDistributionFunction_IsRefusedByName()
    {
        CapturedTerminal shown = CapturedTerminal.Run("pxrd", "fit", ReferenceData.PathOf("real-data/pxrd/CdSe-3nm.gr"));

        Assert.Equal(3, shown.Code);
        Assert.Contains("pair distribution function", shown.Err, StringComparison.Ordinal);
    }
}
