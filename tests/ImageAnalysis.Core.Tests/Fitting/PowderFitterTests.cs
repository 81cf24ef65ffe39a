using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

/// <summary>Fits of simulated patterns whose truth is known, and of patterns that must be refused.</summary>
public sealed class PowderFitterTests
{
    /// <summary>Nothing but the sites: none of these occupancies is a start near the truth.</summary>
    private static readonly CrystalStructure Sites = CopperSelenide.Of(0.4, 0.2, 0.075, 0.06875);

    private static readonly PowderFitOptions CommonB = new() { CommonB = true };

    // Rows of the paper's tables 2 to 4 with 8 Cu; at 2000 counts over 500 theory allows 0.01 to 0.07 Cu a site with one B: 0.2 is three of the largest.
    [Theory]
    [InlineData(0.37, 0, 0, 0.1575, 60, "8c+32f")]
    [InlineData(1, 0, 0, 0, 40, "8c")]
    [InlineData(0.685, 0, 0, 0.07875, 40, "8c+32f")]
    [InlineData(0.3, 0.3, 0.18333, 0, 20, "8c+4b+24e")]
    [InlineData(0.3, 0, 0.23333, 0, 20, "8c+24e")]
    public void Fit_ModelsOfThePaper_FindsTheirSites(double c8, double b4, double e24, double f32, double size, string family)
    {
        PowderFit fit = PowderFitter.Fit(Noisy(CopperSelenide.Of(c8, b4, e24, f32, b: 1), new() { SizeAngstrom = size, BackgroundCounts = [500] }, 11), Sites, CommonB);
        AssertSites(fit.Best, c8, b4, e24, f32, 0.2);
        Assert.Equal(family, fit.Best.Name);
        Assert.Equal(PeakShape.PseudoVoigt, fit.Best.Shape);
        Assert.Equal(5.85, fit.Best.AAngstrom, 4 * fit.Best.ASigmaAngstrom!.Value);
        Assert.Equal(size, fit.Best.SizeAngstrom, 4 * fit.Best.SizeSigmaAngstrom!.Value);

        // χ² of 1251 points scatters by √2500 = 50 about 1251.
        Assert.InRange(fit.Best.Chi2, 1050, 1450);
        Assert.Equal(1, fit.ErrorFactorRatio, 0.08);
        Assert.Contains("Sasaki", fit.Scattering, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OneBForEachElement_HasLargerErrorsThatHold()
    {
        CrystalStructure truth = CopperSelenide.Of(0.37, 0, 0, 0.1575).WithSites(site => site with { BIsoAngstrom2 = site.Species.Element == "Se" ? 0.9 : 1.2 });
        PowderPattern pattern = Noisy(truth, new() { SizeAngstrom = 60, BackgroundCounts = [500] }, 5);
        PowderFit own = PowderFitter.Fit(pattern, Sites), common = PowderFitter.Fit(pattern, Sites, CommonB);
        foreach (SiteOccupancy site in own.Best.Sites.Where(site => site.Element == "Cu"))
        {
            double atoms = truth.AtomsPerCellByGroup("Cu").GetValueOrDefault(site.Group);
            Assert.Equal(atoms, site.AtomsPerCell, 3 * site.AtomsSigmaPerCell!.Value);

            // Theory: 0.11-0.17 on 8c for equal B near 1, less on the others.
            Assert.InRange(site.AtomsSigmaPerCell.Value, 0.001, 0.25);
        }

        Assert.Equal(["B Se", "B Cu"], own.Best.Parameters.Where(parameter => parameter.Name.StartsWith("B ", StringComparison.Ordinal)).Select(parameter => parameter.Name));
        Assert.True(own.Best.Sites[1].AtomsSigmaPerCell > common.Best.Sites[1].AtomsSigmaPerCell);
    }

    [Fact]
    public void Fit_DisplacedStrainedSampleOnAHolder_FindsAllOfIt()
    {
        // Compressed by 3 %, on a holder with its peak at 59°, with a halo, 0.15 mm off the axis: nothing of that is told to the fit.
        CrystalStructure truth = CopperSelenide.Of(0.37, 0, 0, 0.1575, b: 1).WithCell(UnitCell.Cubic(5.675));
        PowderPattern pattern = Noisy(truth, new()
        {
            SizeAngstrom = 40,
            BackgroundCounts = [500, -60, 20],
            DisplacementMm = 0.15,
            Holder = new(400, 59.1, 0.4),
            Halo = new(300, 23, 9),
        }, 3);
        PowderFit fit = PowderFitter.Fit(pattern, Sites, CommonB);
        AssertSites(fit.Best, 0.37, 0, 0, 0.1575, 0.2);
        Assert.Equal(5.675, fit.Best.AAngstrom, 0.001 * 5.675);
        Dictionary<string, FitParameter> found = fit.Best.Parameters.ToDictionary(parameter => parameter.Name);

        // Heights to four of their own standard deviations, places to some hundredths and tenths of a degree.
        Assert.Equal(400, found["holder height"].Value, 4 * found["holder height"].Sigma!.Value);
        Assert.Equal(59.1, found["holder 2θ"].Value, 0.05);
        Assert.Equal(300, found["halo height"].Value, 4 * found["halo height"].Sigma!.Value);
        Assert.Equal(23, found["halo 2θ"].Value, 1.0);
        Assert.Equal(0.15, found["sample displacement"].Value, 0.06);
    }

    [Fact]
    public void Fit_CleanPattern_AddsNothingToIt()
    {
        // Parts that the pattern does not need would take up what belongs to the lines.
        PowderFit fit = PowderFitter.Fit(Noisy(CopperSelenide.Of(1, 0, 0, 0, b: 1), new() { SizeAngstrom = 40, BackgroundCounts = [500] }, 21), Sites, CommonB);
        Assert.DoesNotContain(fit.Best.Parameters, parameter => parameter.Name.StartsWith("holder", StringComparison.Ordinal) || parameter.Name.StartsWith("halo", StringComparison.Ordinal));
        Assert.True(fit.Best.Parameters.Single(parameter => parameter.Name == "microstrain").IsFixed);
        Assert.True(fit.Best.Parameters.Count(parameter => parameter.Name.StartsWith("background", StringComparison.Ordinal)) <= 2);
    }

    [Fact]
    public void Fit_Antifluorite_NamesTheRivalWithTheOtherSign()
    {
        // Copper on 8c scatters (200) out of phase with selenium; another arrangement of 8 Cu gives the same |F(200)| with the other sign and nearly the same pattern.
        PowderFit fit = PowderFitter.Fit(Noisy(CopperSelenide.Of(1, 0, 0, 0, b: 1), new() { SizeAngstrom = 40, BackgroundCounts = [500] }, 2), Sites, CommonB);
        AssertSites(fit.Best, 1, 0, 0, 0, 0.2);
        Assert.InRange(fit.Rivals.Count, 1, 5);
        RivalSolution rival = fit.Rivals[0];
        Assert.InRange(rival.DeltaChi2, 20, 200);
        Assert.True(rival.Solution.Sites[1].AtomsPerCell < 5);
        double first = AmplitudeOf200(fit.Best.Structure), second = AmplitudeOf200(rival.Solution.Structure);
        Assert.True(first * second < 0, $"F(200) is {first} and {second}");
    }

    [Fact]
    public void Fit_ManySolutionsInOneValley_NamesEachOnce()
    {
        PowderFit fit = PowderFitter.Fit(Noisy(CopperSelenide.Of(0.685, 0, 0, 0.07875, b: 1), new() { SizeAngstrom = 30, BackgroundCounts = [500] }, 4), Sites);
        PowderSolution[] all = [fit.Best, .. fit.Rivals.Select(rival => rival.Solution)];
        Assert.True(all.Length <= 6);
        for (int a = 0; a < all.Length; a++)
        {
            for (int b = 0; b < a; b++)
            {
                Assert.True(all[a].Sites.Zip(all[b].Sites).Max(pair => Math.Abs(pair.First.AtomsPerCell - pair.Second.AtomsPerCell)) > 0.3);
            }
        }
    }

    [Fact]
    public void Fit_TwoNanometreSpheres_ChoosesTheirShape()
    {
        CrystalStructure truth = CopperSelenide.Of(0.37, 0, 0, 0.1575, b: 1);
        PowderFit fit = PowderFitter.Fit(Noisy(truth, new() { Shape = PeakShape.Spheres, SizeAngstrom = 22, SizeSpreadFraction = 0.12, BackgroundCounts = [800, -300, 40] }, 8), Sites, CommonB);
        Assert.Equal(PeakShape.Spheres, fit.Best.Shape);
        AssertSites(fit.Best, 0.37, 0, 0, 0.1575, 0.2);
        Assert.Equal(22, fit.Best.SizeAngstrom, 4 * fit.Best.SizeSigmaAngstrom!.Value);
    }

    [Fact]
    public void Fit_TooLittleCopper_SaysThatTheTotalIsWrong()
    {
        // 7.2 Cu on 8c alone, forced to be 8; with the total free the fit finds 7.2 within its error.
        PowderPattern pattern = Noisy(CopperSelenide.Of(0.9, 0, 0, 0, b: 1), new() { SizeAngstrom = 60, BackgroundCounts = [500] }, 6);
        PowderFit forced = PowderFitter.Fit(pattern, Sites, CommonB), free = PowderFitter.Fit(pattern, Sites, CommonB with { Totals = [] });
        Assert.Contains(forced.Warnings, words => words.Contains("total", StringComparison.Ordinal));
        SiteOccupancy site = free.Best.Sites.Single(one => one.Group == "8c");
        Assert.Equal(7.2, site.AtomsPerCell, 0.25);
        PowderFit measured = PowderFitter.Fit(pattern, Sites, CommonB with { Totals = [new("Cu", 7.2, 0.05)] });
        Assert.Equal(7.2, measured.Best.Sites.Where(one => one.Element == "Cu").Sum(one => one.AtomsPerCell), 0.15);
    }

    [Fact]
    public void Fit_PatternWithoutTheCrystal_SaysSo()
    {
        PowderPattern flat = CountingNoise.Poisson(new PowderPattern([.. Enumerable.Range(0, 1251).Select(i => 15 + (0.04 * i))], [.. Enumerable.Repeat(500.0, 1251)]), 9);
        PowderFit fit = PowderFitter.Fit(flat, Sites, CommonB);
        Assert.Contains(fit.Warnings, words => words.Contains("no sign of the crystal", StringComparison.Ordinal));
        PowderFit real = PowderFitter.Fit(Noisy(CopperSelenide.Of(1, 0, 0, 0, b: 1), new() { SizeAngstrom = 40, BackgroundCounts = [500] }, 21), Sites, CommonB);
        Assert.DoesNotContain(real.Warnings, words => words.Contains("no sign of the crystal", StringComparison.Ordinal));
        Assert.Equal(fit.Warnings[0], fit.Failure);
        Assert.Null(real.Failure);
    }

    [Fact]
    public void Fit_PatternOfVeryManyPoints_FitsMeansWithTheSameErrors()
    {
        // 50,001 points of 50 counts at the peak are means of 3 of 150: the same information as 1251 points of 2000.
        CrystalStructure truth = CopperSelenide.Of(0.37, 0, 0, 0.1575, b: 1);
        PowderPattern dense = Noisy(truth, new() { SizeAngstrom = 60, StepDeg = 0.001, PeakCounts = 50, BackgroundCounts = [12.5] }, 4);
        PowderFitOptions options = CommonB with { Families = [new("8c+32f", ["8c", "32f"])], Shape = PeakShape.PseudoVoigt };
        PowderFit many = PowderFitter.Fit(dense, Sites, options), few = PowderFitter.Fit(Noisy(truth, new() { SizeAngstrom = 60, BackgroundCounts = [500] }, 4), Sites, options);
        Assert.Equal(16_667, many.Curve.TwoThetaDeg.Count);
        Assert.Contains(many.Warnings, words => words.Contains("means of 3 neighbours", StringComparison.Ordinal));
        AssertSites(many.Best, 0.37, 0, 0, 0.1575, 0.3);
        Assert.Equal(1, many.Best.ReducedChi2, 0.05);
        Assert.Equal(1, many.Best.Sites[1].OccupancySigmaFraction!.Value / few.Best.Sites[1].OccupancySigmaFraction!.Value, 0.25);
    }

    [Fact]
    public void Fit_PatternOfAnotherCrystal_FailsInWords()
    {
        // Copper metal with 20,000 counts, whose lines at 43.3 and 50.4° no cell of the model within 6 % has both.
        CrystalStructure copper = new("Cu", UnitCell.Cubic(3.615), CopperSelenide.Fm3m, [new("Cu", "Cu", 0, 0, 0) { BIsoAngstrom2 = 0.5 }]);
        PowderFit fit = PowderFitter.Fit(Noisy(copper, new() { SizeAngstrom = 400, BackgroundCounts = [500], PeakCounts = 20_000 }, 3), Sites, CommonB);
        Assert.NotNull(fit.Failure);
        Assert.Equal(fit.Failure, fit.Warnings[0]);
        Assert.Contains("The numbers mean nothing.", fit.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_AlloyOfSharedPlaces_KeepsThemFullAndFindsItsOrder()
    {
        // Cu₃Au with S = 0.6: gold on 0.7 of the corners, 0.1 of the faces. Nothing is said but the two shared places of the structure, each of which stays full.
        CrystalStructure Alloy(double corner) => new("Cu3Au", UnitCell.Cubic(3.75), SymmetryGroup.Parse("-y,x,z", "z,x,y", "y,x,z", "-x,-y,-z"),
        [
            new("Au1", "Au", 0, 0, 0, corner), new("Cu1", "Cu", 0, 0, 0, 1 - corner), new("Cu3", "Cu", 0, 0.5, 0.5, 1 - ((1 - corner) / 3)), new("Au3", "Au", 0, 0.5, 0.5, (1 - corner) / 3),
        ]);
        PowderPattern pattern = Noisy(Alloy(0.7).WithSites(site => site with { BIsoAngstrom2 = 0.5 }), new() { FirstTwoThetaDeg = 20, LastTwoThetaDeg = 95, SizeAngstrom = 200, BackgroundCounts = [100] }, 7);
        PowderFit fit = PowderFitter.Fit(pattern, Alloy(0.4), CommonB);

        // The structure factor of superlattice lines goes as S, their strength as S²: S = −0.6 is out of reach, with corners of −0.2.
        Dictionary<string, SiteOccupancy> sites = fit.Best.Sites.ToDictionary(site => site.Label);
        Assert.Equal(0.7, sites["Au1"].OccupancyFraction, 4 * sites["Au1"].OccupancySigmaFraction!.Value);
        Assert.InRange(sites["Au1"].OccupancySigmaFraction!.Value, 0.0005, 0.05);
        Assert.Equal(1, sites["Au1"].OccupancyFraction + sites["Cu1"].OccupancyFraction, 1e-6);
        Assert.Equal(1, sites["Cu3"].OccupancyFraction + sites["Au3"].OccupancyFraction, 1e-6);
        Assert.Equal(1, sites["Au1"].AtomsPerCell + sites["Au3"].AtomsPerCell, 1e-6);
    }

    [Fact]
    public void Fit_FaceCentredCrystalWithoutItsSymmetry_HasNoTicksOfExtinguishedLines()
    {
        CrystalStructure copper = new("Cu", UnitCell.Cubic(3.615), CopperSelenide.Fm3m, [new("Cu", "Cu", 0, 0, 0) { BIsoAngstrom2 = 0.5 }]);
        CrystalStructure plain = new("Cu", UnitCell.Cubic(3.615), SymmetryGroup.Parse("x,y,z"), [new("Cu1", "Cu", 0, 0, 0), new("Cu2", "Cu", 0, 0.5, 0.5), new("Cu3", "Cu", 0.5, 0, 0.5), new("Cu4", "Cu", 0.5, 0.5, 0)]);
        PowderFit fit = PowderFitter.Fit(Noisy(copper, new() { LastTwoThetaDeg = 80, SizeAngstrom = 400, BackgroundCounts = [100] }, 3), plain, CommonB);
        Assert.Equal(["111", "200", "220"], fit.Ticks.Select(tick => $"{tick.H}{tick.K}{tick.L}"));
        Assert.Null(fit.Failure);
    }

    [Theory]
    [InlineData(15, 20, "reaches from 15° to 20°, and no line of 'Cu2Se' lies in it; expected at least one of 26.4° (111), 30.5° (200), 43.7° (220), 51.8° (311)")]
    [InlineData(32, 42, "no line of 'Cu2Se' lies in it; expected at least one of 26.4° (111)")]
    [InlineData(70, 71.52, "has 39 points; expected 50 or more")]
    public void Fit_PatternThatCannotTell_IsRefusedWithTheReason(double first, double last, string expected)
    {
        PowderPattern pattern = Noisy(CopperSelenide.Of(1, 0, 0, 0, b: 1), new() { FirstTwoThetaDeg = first, LastTwoThetaDeg = last, BackgroundCounts = [500] }, 1);
        ArgumentException refused = Assert.Throws<ArgumentException>(() => PowderFitter.Fit(pattern, Sites, CommonB));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Equal("pattern", refused.ParamName);
    }

    [Fact]
    public void Fit_EverythingExcluded_IsRefusedWithTheReason()
    {
        PowderPattern pattern = Noisy(CopperSelenide.Of(1, 0, 0, 0, b: 1), new() { BackgroundCounts = [500] }, 1);
        Assert.Contains("has 0 points outside the excluded ranges", Assert.Throws<ArgumentException>(() => PowderFitter.Fit(pattern, Sites, new() { Excluded = [new(10, 70)] })).Message, StringComparison.Ordinal);
        Assert.Contains("no line of 'Cu2Se' lies in it outside the excluded ranges", Assert.Throws<ArgumentException>(() => PowderFitter.Fit(pattern, Sites, new() { Excluded = [new(20, 66)] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OtherRadiation_IsRefusedByName()
    {
        PowderPattern pattern = Noisy(CopperSelenide.Of(1, 0, 0, 0, b: 1), new() { BackgroundCounts = [500] }, 1);
        PowderPattern synchrotron = new(pattern.TwoThetaDeg, pattern.IntensityCounts) { Scale = IntensityScale.Counts, Wavelengths = new(0.4137) };
        Assert.Contains("0.4137 Å", Assert.Throws<ArgumentException>(() => PowderFitter.Fit(synchrotron, Sites)).Message, StringComparison.Ordinal);
        PowderPattern cobalt = new(pattern.TwoThetaDeg, pattern.IntensityCounts) { Scale = IntensityScale.Counts, Wavelengths = new(1.788996) };
        Assert.Contains("Co Kα", Assert.Throws<ArgumentException>(() => PowderFitter.Fit(cobalt, Sites, new() { Wavelengths = PowderWavelengths.CuKAlpha })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_ImpossibleOrders_AreNamed()
    {
        PowderPattern pattern = Noisy(CopperSelenide.Of(1, 0, 0, 0, b: 1), new() { BackgroundCounts = [500] }, 1);
        Assert.Throws<ArgumentException>(() => PowderFitter.Fit(pattern, Sites, new() { Totals = [new("Cu", 80)] }));
        Assert.Throws<ArgumentException>(() => PowderFitter.Fit(pattern, Sites, new() { Totals = [new("Au", 8)] }));
        Assert.Contains("no site '9z'", Assert.Throws<ArgumentException>(() => PowderFitter.Fit(pattern, Sites, new() { FreeSites = ["9z"] })).Message, StringComparison.Ordinal);
        Assert.Contains("RivalFraction is 2; expected 0…1", Assert.Throws<ArgumentOutOfRangeException>(() => PowderFitter.Fit(pattern, Sites, new() { RivalFraction = 2 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_SamePattern_GivesTheSameBits()
    {
        PowderPattern pattern = Noisy(CopperSelenide.Of(0.3, 0.3, 0.18333, 0, b: 1), new() { SizeAngstrom = 20, BackgroundCounts = [500] }, 12);
        PowderFit first = PowderFitter.Fit(pattern, Sites), second = PowderFitter.Fit(pattern, Sites);
        Assert.Equal(first.Best.Parameters, second.Best.Parameters);
        Assert.Equal(first.Curve.CalculatedCounts, second.Curve.CalculatedCounts);
        Assert.Equal(first.Rivals.Select(rival => rival.DeltaChi2), second.Rivals.Select(rival => rival.DeltaChi2));
    }

    [Theory]
    [InlineData(IntervalKind.Profile)]
    [InlineData(IntervalKind.Bootstrap)]
    public void Fit_IntervalsOnRequest_HoldTheTruthAndAgreeWithTheErrors(IntervalKind kind)
    {
        PowderPattern pattern = Noisy(CopperSelenide.Of(0.4, 0.2, 0.075, 0.06875, b: 1), new() { SizeAngstrom = 60, BackgroundCounts = [500] }, 13);
        PowderFit fit = PowderFitter.Fit(pattern, Sites, CommonB with { Intervals = kind, BootstrapDraws = 100 });
        Assert.Equal(["8c", "4b", "24e", "32f"], fit.Intervals.Select(interval => interval.Label));
        foreach ((OccupancyInterval interval, double truth) in fit.Intervals.Zip([3.2, 0.8, 1.8, 2.2]))
        {
            // A 95 % interval is about 3.92 standard deviations long; 100 draws know its ends to a fifth.
            double sigma = fit.Best.Sites.Single(site => site.Label == interval.Label).AtomsSigmaPerCell!.Value;
            Assert.Equal(kind, interval.Kind);
            Assert.InRange(truth, interval.LowPerCell - sigma, interval.HighPerCell + sigma);
            Assert.InRange((interval.HighPerCell - interval.LowPerCell) / (3.92 * sigma), 0.6, 1.5);
        }
    }

    private static void AssertSites(PowderSolution solution, double c8, double b4, double e24, double f32, double tolerance)
    {
        IReadOnlyDictionary<string, (double AtomsPerCell, double? SigmaPerCell)> atoms = solution.AtomsByGroup("Cu");
        Assert.Equal(8 * c8, atoms["8c"].AtomsPerCell, tolerance);
        Assert.Equal(4 * b4, atoms["4b"].AtomsPerCell, tolerance);
        Assert.Equal(24 * e24, atoms["24e"].AtomsPerCell, tolerance);
        Assert.Equal(32 * f32, atoms["32f"].AtomsPerCell, tolerance);
    }

    /// <summary>Real part of F(200): Se, 8c and the others with their signs, by hand.</summary>
    private static double AmplitudeOf200(CrystalStructure structure)
    {
        double s = 1 / structure.Cell.AAngstrom, amplitude = 0;
        foreach (CrystalAtom atom in structure.Atoms())
        {
            double f = ScatteringFactors.Of(ScatteringTable.WaasmaierKirfel1995, atom.Site.Species).ElectronsAt(s) + AnomalousScattering.Of(atom.Site.Species.Element, 1.540593).RealElectrons;
            amplitude += atom.Site.OccupancyFraction * f * Math.Cos(4 * Math.PI * atom.Position.XFraction);
        }

        return amplitude;
    }

    private static PowderPattern Noisy(CrystalStructure truth, BraggPatternOptions options, int seed) => CountingNoise.Poisson(BraggPattern.Simulate(truth, options), seed);
}
