using ImageAnalysis.Core;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples.Tests;

/// <summary>The join of fringes with the rest: strain against the unmodulated spacing, energies with their bounds, and disagreements.</summary>
public class SampleJoinerTests
{
    private static readonly PipelineOptions Options = new();

    [Fact]
    public void Join_FractionsOfThreeSizes_GiveEnergiesAgainstTheLargest()
    {
        IReadOnlyList<SampleSummary> joined = SampleJoiner.Join([Sample("2nm", 2.1, Fringes(0, 30, null, null)), Sample("4nm", 4, Fringes(3, 25, null, null) with { UndeterminedCount = 2 }), Sample("6nm", 6, Fringes(24, 6, null, null))], Options);

        // 24 and 3 of 30: RT ln 8 = 5.15 and RT ln(4/(1/9)) = RT ln 36 = 8.88 kJ/mol at 298.15 K (RT = 2.4790).
        SampleJoin four = joined[1].Join!, two = joined[0].Join!;
        Assert.Equal("6nm", four.EnergyReference);
        Assert.Equal(2.478957 * Math.Log(8), four.Energy!.ValueKjPerMol!.Value, 1e-4);
        Assert.Equal(2.478957 * Math.Log(36), four.TwoStateEnergy!.ValueKjPerMol!.Value, 1e-4);

        // None of 30: at most 11.57 % (Clopper-Pearson), so at least RT ln(0.8/0.1157) = 4.79 kJ/mol.
        Assert.Null(two.Energy!.ValueKjPerMol);
        Assert.Equal(4.79, two.Energy.LowKjPerMol!.Value, 0.01);
        Assert.Null(joined[2].Join!.EnergyReference);

        Dictionary<string, string>[] rows = Rows(joined);
        Assert.Equal(("6nm", "5.155", ""), (rows[1]["energy_reference"], rows[1]["energy_kj_per_mol"], rows[1]["energy_low_kj_per_mol"]));
        Assert.Equal("8.883", rows[1]["two_state_energy_kj_per_mol"]);
        Assert.Equal(("", "4.793"), (rows[0]["energy_kj_per_mol"], rows[0]["energy_low_kj_per_mol"]));
        Assert.Equal(("", ""), (rows[2]["energy_reference"], rows[2]["energy_kj_per_mol"]));
    }

    [Fact]
    public void Join_FringeSpacings_AreComparedWithoutOrderAndWithTheErrorOfThePixelSize()
    {
        // Ordered crystals of the large sample are elongated: only its directions without order are the reference.
        FringeSummary large = Fringes(24, 6, new SpacingMean(0.342, 0.001, 0, 30), new SpacingMean(0.3378, 0.001, 0, 30));
        FringeSummary small = Fringes(0, 30, new SpacingMean(0.3260, 0.002, 0, 30), new SpacingMean(0.3260, 0.002, 0, 30));
        IReadOnlyList<SampleSummary> joined = SampleJoiner.Join([Sample("small", 2.1, small), Sample("large", 6, large)], Options);

        // 0.3260/0.3378 − 1 = −3.49 %; σ: √((0.002² + (0.03·0.326)²) + (0.326/0.3378)²·(0.001² + (0.03·0.3378)²))/0.3378 = 4.15 %.
        LatticeStrain strain = joined[0].Join!.FringeStrain!;
        Assert.Equal(-0.03493, strain.LinearRatio, 1e-5);
        Assert.Equal(0.04147, strain.LinearSigmaRatio!.Value, 1e-4);
        Assert.True(joined[0].Join!.IsFringeStrainRegular);
        Assert.Null(joined[1].Join!.FringeStrain);
        Dictionary<string, string>[] rows = Rows(joined);
        Assert.Equal(("0.32600", "0.00200", "large", "-3.4932"), (rows[0]["d111_mean_nm"], rows[0]["d111_sigma_nm"], rows[0]["fringe_strain_reference"], rows[0]["fringe_strain_percent"]));
        Assert.Equal("0.34200", rows[1]["d111_mean_nm"]);
    }

    [Fact]
    public void Join_FringesThatContradictThePowderPattern_AreFlagged()
    {
        // The pattern is that of a = 5.85 Å from 8° on, without any line ½½½. Fringes of 0.300 nm are 11 % too narrow; 28 of 30 crystals are ordered.
        PowderPattern pattern = new PatternSimulation { Model = CrystalModels.Read(Path.GetTempPath(), "models/cu2se-table2-6nm.cif"), SizeNm = 5, BIsoAngstrom2 = 1, FirstTwoThetaDeg = 8, StepDeg = 0.08, BackgroundCounts = 500, Seed = 3 }.Run();
        PowderFit fit = PowderFitter.Fit(pattern, CrystalModels.Read(Path.GetTempPath(), CrystalModels.DefaultName).Structure, TestPatterns.Quick.Pxrd.ToFitOptions(hasCopper: true));
        SampleFit found = new() { File = "s/pxrd/a.xy", Sample = "s", Name = "s", Sha256 = "00", Simulated = true, Model = CrystalModels.DefaultName, Fit = fit };
        SampleSummary Joined(int ordered, double spacing) => SampleJoiner.Join(
            [Sample("s", 6.2, Fringes(ordered, 30 - ordered, null, new SpacingMean(spacing, 0.001, 0, 30)), found)], Options)[0];

        SampleSummary wrong = Joined(28, 0.300), right = Joined(0, 0.3378);

        Assert.Equal(["spacing-disagrees", "no-superlattice-line"], wrong.Join!.Flags.Select(flag => flag.Name).Where(name => name is "spacing-disagrees" or "no-superlattice-line"));
        Assert.Contains("pixel size", wrong.Join.Flags.Single(flag => flag.Name == "spacing-disagrees").Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(right.Join!.Flags, flag => flag.Name is "spacing-disagrees" or "no-superlattice-line");
        Dictionary<string, string> row = Rows([wrong])[0];
        Assert.Equal(("false", ""), (row["half_order_found"], row["half_order_two_theta_deg"]));
        Assert.Equal(13.097, double.Parse(row["half_order_expected_two_theta_deg"], System.Globalization.CultureInfo.InvariantCulture), 0.03);
        Assert.NotEqual("", row["half_order_limit_ratio"]);
    }

    private static FringeSummary Fringes(int superstructure, int regular, SpacingMean? spacing, SpacingMean? unmodulated) => new()
    {
        ImageCount = 6,
        SuperstructureCount = superstructure,
        RegularCount = regular,
        UndeterminedCount = 0,
        NoFringeCount = 3,
        ReviewCount = 1,
        ExpectedFalseCallsRatio = 0.06,
        Spacing = spacing,
        UnmodulatedSpacing = unmodulated,
    };

    private static JoinInput Sample(string name, double diameterNm, FringeSummary? fringes, SampleFit? pattern = null)
    {
        CountedSize[] sizes = [.. Enumerable.Range(0, 40).Select(i => new CountedSize(diameterNm * (1 + (0.001 * (i - 19.5))), 1))];
        return new(
            new SampleSummary
            {
                Sample = name,
                FileCount = 0,
                BadFileCount = 0,
                ParticleCount = 0,
                FlaggedCount = 0,
                SizedCount = sizes.Length,
                UncalibratedCount = 0,
                Diameter = SizeStatistics.Summarise(sizes, Options.Distribution),
                Fringes = fringes,
                Pattern = pattern,
            },
            sizes,
            null);
    }

    private static Dictionary<string, string>[] Rows(IReadOnlyList<SampleSummary> samples)
    {
        using TempFolder folder = new();
        using (FileStream stream = File.Create(folder["samples.csv"]))
        {
            SamplesCsv.Write(stream, samples);
        }

        List<string[]> rows = Csv.Read(folder["samples.csv"]);
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
