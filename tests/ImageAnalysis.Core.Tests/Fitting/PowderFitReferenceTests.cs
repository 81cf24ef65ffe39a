using System.Globalization;
using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

/// <summary>Patterns that other programs made, and measured ones.</summary>
public sealed class PowderFitReferenceTests
{
    private static readonly CrystalStructure Sites = CifReader.Read(File.ReadAllText(RepositoryFolder.PathOf("models/cu2se-sites.cif")));

    // Truth by the patterns' own file; Σ Cu of the 2 nm model is 7.968, its fit is told 8.
    [ReferenceTheory]
    [InlineData("2nm", 2.4, 1.2, 4.368, 0)]
    [InlineData("4nm", 8, 0, 0, 0)]
    [InlineData("6nm", 2.96, 0, 0, 5.04)]
    public void Fit_Table2FromAnotherProgram_MeetsTheBars(string sample, double c8, double b4, double e24, double f32)
    {
        PowderPattern pattern = Read($"reference/pxrd/T2_{sample}_noisy.xy", IntensityScale.Counts);
        double[] truth = [c8, b4, e24, f32];
        PowderFit common = PowderFitter.Fit(pattern, Sites, new() { CommonB = true, Anomalous = null });
        Assert.All(Copper(common.Best).Zip(truth), pair => Assert.Equal(pair.Second, pair.First.AtomsPerCell, 0.2));
        PowderFit own = PowderFitter.Fit(pattern, Sites, new() { Anomalous = null });
        Assert.All(Copper(own.Best).Zip(truth), pair =>
        {
            Assert.InRange(pair.First.AtomsSigmaPerCell!.Value, 0, 0.25);
            Assert.Equal(pair.Second, pair.First.AtomsPerCell, 3 * pair.First.AtomsSigmaPerCell.Value);
        });
        foreach (PowderFit fit in new[] { common, own })
        {
            Assert.Equal(5.85, fit.Best.AAngstrom, 0.001 * 5.85);
            Assert.InRange(fit.Rivals.Count, 0, 3);
            Assert.Contains(fit.Warnings, words => words.Contains("f′ and f″ are left out", StringComparison.Ordinal));
        }
    }

    [ReferenceFact]
    public void Fit_AntifluoriteWithFPrimesByMistake_LooksFineAndIsWrong()
    {
        // The pattern was made without f′ and f″. Fitted with them it prefers the solution with the other sign of F(200), half of the copper away from 8c, and hardly shows any misfit.
        PowderPattern pattern = Read("reference/pxrd/T2_4nm_noisy.xy", IntensityScale.Counts);
        PowderFit wrong = PowderFitter.Fit(pattern, Sites, new() { CommonB = true });
        Assert.True(Copper(wrong.Best)[0].AtomsPerCell < 6);
        Assert.InRange(wrong.Best.ReducedChi2, 0.9, 1.15);

        // The truth is named as its rival.
        Assert.Contains(wrong.Rivals, rival => Copper(rival.Solution)[0].AtomsPerCell > 7.8);
    }

    [ReferenceFact]
    public void Fit_ManganeseOxide_FindsItsCell()
    {
        CrystalStructure oxide = CifReader.Read(File.ReadAllText(ReferenceData.PathOf("real-data/pxrd/autoxrd_MnO_225.cif")));
        PowderFit fit = PowderFitter.Fit(Read("real-data/pxrd/autoxrd_MnO.xy", IntensityScale.Unknown), oxide, new() { CommonB = true });

        // Literature 4.444-4.446 Å, lines read off this pattern 4.442 Å.
        Assert.InRange(fit.Best.AAngstrom, 4.442, 4.446);
        Assert.Equal(PeakShape.PseudoVoigt, fit.Best.Shape);
        Assert.Contains(fit.Warnings, words => words.Contains("reduced χ²", StringComparison.Ordinal));
    }

    [ReferenceFact]
    public void Fit_CopperGold_PrefersTheOrderedStructureAndGivesItsOrder()
    {
        // Cu₃Au: gold on the corners and copper on the faces of a cube where it is ordered; the occupancies obey three equations, and one number is free.
        CrystalStructure alloy = new("Cu3Au", UnitCell.Cubic(3.7476), SpaceGroups.OfName("P m -3 m", UnitCell.Cubic(3.7476)),
        [
            new("Au1", "Au", 0, 0, 0, 1), new("Cu1", "Cu", 0, 0, 0, 0), new("Cu3", "Cu", 0, 0.5, 0.5, 1), new("Au3", "Au", 0, 0.5, 0.5, 0),
        ]);
        string[] sites = ["Au1", "Cu1", "Cu3", "Au3"];
        PowderFit fit = PowderFitter.Fit(Bruker("real-data/pxrd/Cu3Au-1.raw"), alloy, new()
        {
            CommonB = true,
            Totals = [],
            FreeSites = sites,
            Constraints = [Equation(1, ("Au1", 1), ("Cu1", 1)), Equation(1, ("Cu3", 1), ("Au3", 1)), Equation(1, ("Au1", 1), ("Au3", 3))],
            Families = [new("disordered", sites) { Constraints = [Equation(0.25, ("Au1", 1))] }, new("ordered", sites) { Bounds = new Dictionary<string, OccupancyBounds> { ["Au1"] = new(0.25, 1) } }],

            // The corner is by definition the site with more gold than chance gives; superlattice lines go as S² and would not tell. S = (r − x)/(1 − x) with r gold on the corners and x = ¼.
            Derived = [new("S", new Dictionary<string, double> { ["Au1"] = 4.0 / 3 }, -1.0 / 3)],

            // Lines at 27.1, 38.0 and 53.9° are of another substance.
            Excluded = [new(26.3, 28.2), new(36.9, 39), new(53, 54.9)],
        });
        Assert.Equal("ordered", fit.Best.Name);
        Assert.True(fit.Families.Single(family => family.Name == "disordered").DeltaBic > 10);
        DerivedValue order = Assert.Single(fit.Best.Derived);
        Assert.InRange(order.ValueRatio / order.SigmaRatio!.Value, 4, 100);
        Assert.InRange(order.ValueRatio, 0.2, 1);
        Assert.Equal(3.7476, fit.Best.AAngstrom, 0.01);
    }

    private static SiteOccupancy[] Copper(PowderSolution solution) => [.. solution.Sites.Where(site => site.Element == "Cu")];

    private static OccupancyConstraint Equation(double value, params (string Label, double Coefficient)[] terms) =>
        new(terms.ToDictionary(term => term.Label, term => term.Coefficient), value);

    private static PowderPattern Read(string path, IntensityScale scale)
    {
        double[][] rows = [.. File.ReadLines(ReferenceData.PathOf(path)).Where(line => line.Length > 0).Select(line =>
            line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray())];
        return new PowderPattern([.. rows.Select(row => row[0])], [.. rows.Select(row => row[1])]) { Scale = scale };
    }

    /// <summary>The counts at the end of the file, from 22° in steps of 0.02°, as its manifest says.</summary>
    private static PowderPattern Bruker(string path)
    {
        byte[] bytes = File.ReadAllBytes(ReferenceData.PathOf(path));
        const int points = 3901;
        double[] counts = [.. Enumerable.Range(0, points).Select(i => (double)BitConverter.ToSingle(bytes, bytes.Length - (4 * (points - i))))];
        return new PowderPattern([.. Enumerable.Range(0, points).Select(i => 22 + (0.02 * i))], counts) { Scale = IntensityScale.Counts };
    }
}
