using ImageAnalysis.Core;
using ImageAnalysis.Formats;
using ImageAnalysis.Tests;

namespace ImageAnalysis.Samples.Tests;

public class PatternFilesTests
{
    private static CrystalModel Model(string name = "cu2se-table2-6nm") => CrystalModels.Read(RepositoryFolder.Root, $"models/{name}.cif");

    [Fact]
    public void ReadModel_FileOfThatName_IsTakenBeforeTheOneOfTheProgram()
    {
        using TempFolder folder = new();
        string own = File.ReadAllText(RepositoryFolder.PathOf(CrystalModels.DefaultName)).Replace(" 5.85\n", " 5.9\n", StringComparison.Ordinal);
        folder.Write("a/" + CrystalModels.DefaultName, own);

        Assert.Equal(5.9, CrystalModels.Read(folder["a"], CrystalModels.DefaultName).Structure.Cell.AAngstrom, 9);
        CrystalModel built = CrystalModels.Read(folder["b"], CrystalModels.DefaultName);
        Assert.Equal(5.85, built.Structure.Cell.AAngstrom, 9);
        Assert.Equal(8, built.Structure.AtomsPerCellRatio("Cu"), 9);
        Assert.Equal(CrystalModels.DefaultName, built.Name);
    }

    [Fact]
    public void ReadModel_NoneOfThatName_NamesThePlaceAndWhatThereIs()
    {
        using TempFolder folder = new();

        InputException e = Assert.Throws<InputException>(() => CrystalModels.Read(folder["a"], "models/no.cif"));

        Assert.StartsWith("models/no.cif: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(folder["a"], e.Message, StringComparison.Ordinal);
        Assert.Contains(CrystalModels.DefaultName, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadModel_NoCif_IsABadFileWithItsLine()
    {
        using TempFolder folder = new();
        folder.Write("a.cif", "data_x\n_cell_length_a 1e\n");

        BadFileException e = Assert.Throws<BadFileException>(() => CrystalModels.Read(folder.Path, "a.cif"));

        Assert.StartsWith("a.cif: CIF: line ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadPattern_SeveralRanges_AdvisesTheOptionAndTakesIt()
    {
        using TempFolder folder = new();
        string steps = string.Join(' ', Enumerable.Range(0, 20).Select(i => (100 + i).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        string range = $"_DRIVE='COUPLED'\n_STEPTIME=1\n_STEPSIZE=0.1\n_STEPMODE='C'\n_START=FIRST\n_2THETA=FIRST\n_COUNTS\n{steps}\n";
        string path = folder.Write("a.uxd", "_FILEVERSION=2\n_WL1=1.54056\n" + range.Replace("FIRST", "10", StringComparison.Ordinal) + range.Replace("FIRST", "30", StringComparison.Ordinal));

        BadFileException e = Assert.Throws<BadFileException>(() => PatternFile.Read(path));

        Assert.Contains("--range 0…1", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("samples.json", e.Message, StringComparison.Ordinal);
        Assert.Equal(30, PatternFile.Read(path, 1).Pattern.TwoThetaDeg[0], 6);
    }

    [Fact]
    public void RefuseOverwriting_SameFileUnderAnotherName_IsSeen()
    {
        using TempFolder folder = new();
        string path = folder.Write("a.xy", "1 1\n");

        Assert.Throws<InputException>(() => NamedFile.RefuseOverwriting(Path.Combine(folder.Path, "sub", "..", "a.xy"), [path]));
        NamedFile.RefuseOverwriting(folder["b.xy"], [path]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Simulate_Pattern_IsReadBackAsSimulatedWithItsRadiation(bool debye)
    {
        PatternSimulation simulation = new() { Model = Model(), SizeNm = 3, Debye = debye, FirstTwoThetaDeg = 20, LastTwoThetaDeg = 50, StepDeg = 0.1, PeakCounts = 1000, BackgroundCounts = 50 };
        PowderPattern pattern = simulation.Run();

        PowderPattern read = Assert.IsType<PowderPatternResult.Measurable>(PowderPatternReader.Read(PatternWriter.Xy(pattern, simulation.Head()), "a.xy")).Pattern;

        Assert.True(read.IsSimulated);
        Assert.Equal(PowderWavelengths.CuKAlpha.Alpha1Angstrom, read.Wavelengths!.Alpha1Angstrom);
        Assert.Equal(PowderWavelengths.CuKAlpha.Alpha2Angstrom, read.Wavelengths.Alpha2Angstrom);
        Assert.Equal((301, pattern.Title), (read.PointCount, read.Title));

        // The highest point lies 1000 above a background of 50; twelve digits are written.
        Assert.Equal(1050, read.IntensityCounts.Max(), 1e-6);
    }

    [Fact]
    public void Simulate_Strain_MovesTheLines()
    {
        PatternSimulation plain = new() { Model = Model(), FirstTwoThetaDeg = 40, LastTwoThetaDeg = 48, StepDeg = 0.002 };
        double Peak(PatternSimulation simulation)
        {
            PowderPattern pattern = simulation.Run();
            return pattern.TwoThetaDeg[pattern.IntensityCounts.ToList().IndexOf(pattern.IntensityCounts.Max())];
        }

        // (220) of a = 5.85 Å: d = 5.85/√8 = 2.06829 Å, 2θ = 2·asin(1.540593/(2·2.06829)) = 43.735°; 2 % smaller: d = 2.02692 Å, 44.675°.
        // Kα₂ pulls the maximum of a line of a crystal of 100 nm by less than a step or two.
        Assert.Equal(43.735, Peak(plain), 0.01);
        Assert.Equal(44.675, Peak(plain with { StrainPercent = -2 }), 0.01);
    }

    [Fact]
    public void Simulate_NoiseSeed_RepeatsTheNoise()
    {
        PatternSimulation simulation = new() { Model = Model(), BackgroundCounts = 100, StepDeg = 0.5, Seed = 3 };

        Assert.Equal(simulation.Run().IntensityCounts, simulation.Run().IntensityCounts);
        Assert.NotEqual(simulation.Run().IntensityCounts, (simulation with { Seed = 4 }).Run().IntensityCounts);
        Assert.All(simulation.Run().IntensityCounts, value => Assert.Equal(Math.Round(value), value));
    }

    [Fact]
    public void Fit_SynchrotronPattern_IsRefusedByItsWavelength()
    {
        PowderPattern pattern = new PatternSimulation { Model = Model(), StepDeg = 0.2 }.Run() with { Wavelengths = new PowderWavelengths(0.4146) };

        BadFileException e = Assert.Throws<BadFileException>(() => PatternFit.Of(new PatternFile("s.xy", "00", pattern), [Model()], new PowderFitOptions()));

        Assert.StartsWith("s.xy: The pattern was measured with 0.4146 Å", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_TotalThatNoSiteHolds_IsWrongUsage()
    {
        PatternFile pattern = new("s.xy", "00", new PatternSimulation { Model = Model(), StepDeg = 0.2 }.Run());

        Assert.Throws<InputException>(() => PatternFit.Of(pattern, [Model()], new PowderFitOptions { Totals = [new ElementTotal("Au", 4)] }));
    }
}
