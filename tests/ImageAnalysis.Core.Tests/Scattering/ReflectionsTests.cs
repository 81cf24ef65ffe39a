using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

public sealed class ReflectionsTests
{
    private static readonly ReflectionOptions Plain = new() { Anomalous = null, SmallestSpacingAngstrom = 1 };

    // fcc: F = 4f for unmixed indices. Al, a = 4.05 Å.
    [Fact]
    public void Fcc_StructureFactor_IsFourTimesThatOfTheAtom()
    {
        IReadOnlyList<Reflection> reflections = Of("Al", 4.05, "-F 4 2 3", Plain, new CrystalSite("Al", "Al", 0, 0, 0));
        Assert.Equal(["111", "200", "220", "311", "222", "400"], reflections.Select(Name)); // 4.05/sqrt(16) = 1.01 is the last above 1 Å
        Assert.Equal([8, 6, 12, 24, 8, 6], reflections.Select(reflection => reflection.MultiplicityCount));
        Assert.All(reflections, reflection => Assert.Equal(Math.Pow(4 * F("Al", reflection), 2), reflection.StructureFactorElectrons2, 1e-6));
    }

    // CsCl: F = f(Cs) + f(Cl) for even h + k + l, f(Cs) - f(Cl) for odd.
    [Fact]
    public void CaesiumChloride_StructureFactor_IsSumOrDifference() => Assert.All(
        Of("CsCl", 4.12, "-P 4 2 3", Plain, new CrystalSite("Cs", "Cs1+", 0, 0, 0), new CrystalSite("Cl", "Cl1-", 0.5, 0.5, 0.5)),
        reflection => Assert.Equal(
            Math.Pow(F("Cs1+", reflection) + ((reflection.H + reflection.K + reflection.L) % 2 == 0 ? 1 : -1) * F("Cl1-", reflection), 2),
            reflection.StructureFactorElectrons2, 1e-6));

    // NaCl: F = 4 (f(Na) + f(Cl)) for even indices, 4 (f(Na) - f(Cl)) for odd ones.
    [Fact]
    public void SodiumChloride_StructureFactor_IsSumOrDifference() => Assert.All(
        Of("NaCl", 5.64, "-F 4 2 3", Plain, new CrystalSite("Na", "Na", 0, 0, 0), new CrystalSite("Cl", "Cl", 0.5, 0.5, 0.5)),
        reflection => Assert.Equal(
            Math.Pow(4 * (F("Na", reflection) + ((reflection.H % 2 == 0 ? 1 : -1) * F("Cl", reflection))), 2), reflection.StructureFactorElectrons2, 1e-6));

    // Zinc blende has no centre. F = 4 (f(Zn) + f(S) i^(h+k+l)). For 111, with complex f = r + i q, the mean of (111) and its opposite is
    // 16 ((r1² + q1²) + (r2² + q2²)): the cross terms 2 Im(...) of the two cancel. For 220 F = 4 (f(Zn) + f(S)).
    [Fact]
    public void ZincBlende_WithAnomalousScattering_IsTheMeanOfFriedelMates()
    {
        Dictionary<string, Reflection> reflections = Of("ZnS", 5.41, "F -4 2 3", new() { SmallestSpacingAngstrom = 1.9 }, new CrystalSite("Zn", "Zn", 0, 0, 0), new CrystalSite("S", "S", 0.25, 0.25, 0.25))
            .ToDictionary(Name);
        AnomalousFactor zinc = AnomalousScattering.Of("Zn", 1.540593), sulphur = AnomalousScattering.Of("S", 1.540593);
        Reflection first = reflections["111"];
        double r1 = F("Zn", first) + zinc.RealElectrons, r2 = F("S", first) + sulphur.RealElectrons;
        double expected = 16 * ((r1 * r1) + (zinc.ImaginaryElectrons * zinc.ImaginaryElectrons) + (r2 * r2) + (sulphur.ImaginaryElectrons * sulphur.ImaginaryElectrons));
        Assert.Equal(expected, first.StructureFactorElectrons2, 1e-6);
        Assert.Equal(8, first.MultiplicityCount);
        Reflection second = reflections["220"];
        double real = F("Zn", second) + zinc.RealElectrons + F("S", second) + sulphur.RealElectrons, imaginary = zinc.ImaginaryElectrons + sulphur.ImaginaryElectrons;
        Assert.Equal(16 * ((real * real) + (imaginary * imaginary)), second.StructureFactorElectrons2, 1e-6);
    }

    // Diamond: 200 is extinguished by the glide planes; 222 is not, but the atoms' own positions make it vanish.
    [Fact]
    public void Diamond_AbsentAndVanishingReflections_AreToldApart()
    {
        CrystalSite carbon = new("C", "C", 0.125, 0.125, 0.125);
        Dictionary<string, Reflection> reflections = Of("C", 3.567, "-F 4vw 2vw 3", Plain, carbon).ToDictionary(Name);
        Assert.DoesNotContain("200", reflections.Keys);
        Assert.Equal(0, reflections["222"].StructureFactorElectrons2, 1e-9);
        Assert.Equal(32 * Math.Pow(F("C", reflections["111"]), 2), reflections["111"].StructureFactorElectrons2, 1e-6); // |4 (1 + i)|² = 32
        Dictionary<string, Reflection> kept = Of("C", 3.567, "-F 4vw 2vw 3", Plain with { KeepAbsent = true }, carbon).ToDictionary(Name);
        Assert.Equal(0, kept["200"].StructureFactorElectrons2, 1e-9);
        Assert.Equal(6, kept["200"].MultiplicityCount);
        Assert.Contains("100", kept.Keys);
    }

    // 333 and 511 have one d (27 = 25 + 1 + 1) and are two families.
    [Fact]
    public void Families_WithOneSpacing_StaySeparate()
    {
        Reflection[] pair = [.. Reflections.Of(CopperSelenide.Table2("6nm"), new() { SmallestSpacingAngstrom = 1.1 }).Where(reflection => Math.Abs(reflection.SpacingAngstrom - (5.85 / Math.Sqrt(27))) < 1e-9)];
        Assert.Equal(["511", "333"], pair.Select(Name));
        Assert.Equal([24, 8], pair.Select(reflection => reflection.MultiplicityCount));
        Assert.NotEqual(pair[0].StructureFactorElectrons2, pair[1].StructureFactorElectrons2, 1.0);
    }

    // Wurtzite, P 63 m c, Laue class 6/mmm. By International Tables A: 00l has 2 members, h00 and hh0 6, h0l and hhl 12, hk0 12, hkl 24; 00l and hhl need even l.
    [Fact]
    public void Wurtzite_Families_HaveTheirMultiplicities()
    {
        IReadOnlyList<ReflectionFamily> families = Reflections.Families(UnitCell.Hexagonal(4.2985, 7.0152), HallSymbol.Parse("P 6c -2c"), 1.3);
        Dictionary<string, int> counts = families.ToDictionary(family => $"{family.H}{family.K}{family.L}", family => family.MultiplicityCount);
        Assert.Equal(
            [("100", 6), ("002", 2), ("101", 12), ("102", 12), ("110", 6), ("103", 12), ("200", 6), ("112", 12), ("201", 12), ("004", 2), ("202", 12), ("104", 12), ("203", 12), ("210", 12), ("211", 24), ("114", 12), ("105", 12), ("212", 24)],
            counts.Select(pair => (pair.Key, pair.Value)));
    }

    // Laue class m-3: (210) and (201), that is (120) with its axes cycled, are different families of 12; in m-3m they are one of 24.
    [Fact]
    public void Families_OfPyriteClass_AreHalfOfThoseOfTheFullCubicOne()
    {
        Assert.Equal(
            [(2, 1, 0, 12), (2, 0, 1, 12)],
            Reflections.Families(UnitCell.Cubic(5), HallSymbol.Parse("-P 2 2 3"), 2.2).Where(family => Math.Abs(family.SpacingAngstrom - (5 / Math.Sqrt(5))) < 1e-9)
                .Select(family => (family.H, family.K, family.L, family.MultiplicityCount)));
        Assert.Contains(Reflections.Families(UnitCell.Cubic(5), HallSymbol.Parse("-P 4 2 3"), 2.2), family => family is { H: 2, K: 1, L: 0, MultiplicityCount: 24 });
    }

    // All families together hold every lattice point of the sphere once, in any symmetry: their multiplicities add up to the number of indices within the limit.
    [Theory]
    [InlineData("P 1")]
    [InlineData("-P 1")]
    [InlineData("P 2y")]
    [InlineData("-P 2 2")]
    public void Families_Members_AreAllPlanesOnce(string hall)
    {
        UnitCell cell = hall.EndsWith('1') ? new(5, 6, 7, 80, 95, 105) : new(5, 6, 7, 90, hall.Contains('y', StringComparison.Ordinal) ? 95 : 90, 90);
        int all = 0;
        for (int h = -9; h <= 9; h++)
        {
            for (int k = -9; k <= 9; k++)
            {
                for (int l = -9; l <= 9; l++)
                {
                    all += (h, k, l) != (0, 0, 0) && cell.SpacingAngstrom(h, k, l) >= 1.1 ? 1 : 0;
                }
            }
        }

        IReadOnlyList<ReflectionFamily> families = Reflections.Families(cell, HallSymbol.Parse(hall), 1.1);
        Assert.Equal(all, families.Sum(family => family.MultiplicityCount));
        Assert.Equal(families.OrderByDescending(family => family.SpacingAngstrom), families);
    }

    // One structure in its space group, and the same atoms with no symmetry given, have the same intensities line by line.
    [Fact]
    public void Intensities_WithAndWithoutSymmetry_AreTheSame()
    {
        CrystalStructure structure = CopperSelenide.Of(0.3, 0.2, 0.1, 0.05, b: 1);
        CrystalStructure expanded = new(
            "P1", structure.Cell, SymmetryGroup.P1,
            structure.Atoms().Select((atom, i) => atom.Site with { Label = $"{atom.Site.Label}-{i}", Position = atom.Position }));
        Dictionary<double, double> first = Lines(structure), second = Lines(expanded);
        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first, line => Assert.Equal(line.Value, second[line.Key], 1e-6 * (1 + line.Value)));

        static Dictionary<double, double> Lines(CrystalStructure crystal) => Reflections.Of(crystal, new() { SmallestSpacingAngstrom = 1 })
            .GroupBy(reflection => Math.Round(reflection.SpacingAngstrom, 6))
            .Select(line => (line.Key, Sum: line.Sum(reflection => reflection.MultiplicityCount * reflection.StructureFactorElectrons2)))
            .Where(line => line.Sum > 1e-6).ToDictionary(line => line.Key, line => line.Sum);
    }

    // One B for all atoms multiplies |F|² by exp(-2 B s²), s = 1/(2d).
    [Fact]
    public void Displacement_CommonToAllAtoms_IsAFactor()
    {
        CrystalStructure structure = CopperSelenide.Table2("2nm");
        IReadOnlyList<Reflection> still = Reflections.Of(structure), moving = Reflections.Of(structure, new() { DefaultBIsoAngstrom2 = 1.5 });
        IReadOnlyList<Reflection> own = Reflections.Of(CopperSelenide.Table2("2nm", b: 1.5));
        IReadOnlyList<Reflection> byElement = Reflections.Of(CopperSelenide.Table2("2nm", b: 7), new() { BIsoByElement = new Dictionary<string, double> { ["Cu"] = 1.5, ["Se"] = 1.5 } });
        for (int j = 0; j < still.Count; j++)
        {
            double s = still[j].Family.SinThetaOverLambdaPerAngstrom;
            double expected = still[j].StructureFactorElectrons2 * Math.Exp(-3 * s * s);
            Assert.Equal(expected, moving[j].StructureFactorElectrons2, 1e-6);
            Assert.Equal(expected, own[j].StructureFactorElectrons2, 1e-6);
            Assert.Equal(expected, byElement[j].StructureFactorElectrons2, 1e-6);
        }
    }

    // The remarks of SiteSums give derivatives; here they meet differences of |F|².
    [Fact]
    public void SiteSums_DerivativesOfTheRemarks_AreThoseOfDifferences()
    {
        CrystalStructure structure = CopperSelenide.Of(0.3, 0.2, 0.1, 0.05, b: 1);
        ReflectionOptions options = new();
        SiteSums sums = SiteSums.Of(structure, Reflections.Families(structure.Cell, structure.Symmetry, 1.2));
        Assert.True(sums.IsReal);
        const int Site = 3;
        const double Step = 1e-5;
        IReadOnlyList<Reflection> occupied = sums.Reflections(structure.WithOccupancy("24e", 0.1 + Step), options), emptied = sums.Reflections(structure.WithOccupancy("24e", 0.1 - Step), options);
        IReadOnlyList<Reflection> hot = sums.Reflections(WithB(1 + Step), options), cold = sums.Reflections(WithB(1 - Step), options);
        SiteScattering[] scattering = [.. structure.Sites.Select(site => SiteScattering.Of(site, options))];
        for (int j = 0; j < sums.Families.Count; j++)
        {
            double s = sums.Families[j].SinThetaOverLambdaPerAngstrom;
            double sumG = 0, sumQ = 0;
            for (int i = 0; i < sums.SiteCount; i++)
            {
                (double gi, double qi) = scattering[i].At(s);
                sumG += gi * sums.Real[(j * sums.SiteCount) + i];
                sumQ += qi * sums.Real[(j * sums.SiteCount) + i];
            }

            (double g, double q) = scattering[Site].At(s);
            double own = sums.Real[(j * sums.SiteCount) + Site];
            double byOccupancy = 2 * ((sumG * own * g) + (sumQ * own * q)) / 0.1, byB = -s * s * 2 * ((sumG * own * g) + (sumQ * own * q));
            Assert.Equal((occupied[j].StructureFactorElectrons2 - emptied[j].StructureFactorElectrons2) / (2 * Step), byOccupancy, 1e-3 * (1 + Math.Abs(byOccupancy)));
            Assert.Equal((hot[j].StructureFactorElectrons2 - cold[j].StructureFactorElectrons2) / (2 * Step), byB, 1e-3 * (1 + Math.Abs(byB)));
        }

        CrystalStructure WithB(double b) => structure.WithSites(site => site.Label == "24e" ? site with { BIsoAngstrom2 = b } : site);
    }

    [Fact]
    public void SiteSums_WithAnotherCell_FollowIt()
    {
        CrystalStructure structure = CopperSelenide.Table2("6nm");
        SiteSums sums = SiteSums.Of(structure, Reflections.Families(structure.Cell, structure.Symmetry, 1.2));
        CrystalStructure smaller = structure.WithCell(UnitCell.Cubic(5.6));
        IReadOnlyList<Reflection> moved = sums.Reflections(smaller, new()), direct = Reflections.Of(smaller, new() { SmallestSpacingAngstrom = 1.2 * 5.6 / 5.85 });
        Assert.Equal(direct, moved);
        Assert.Throws<ArgumentException>(() => sums.Reflections(new("Cu", UnitCell.Cubic(3.6), CopperSelenide.Fm3m, [new("Cu", "Cu", 0, 0, 0)]), new()));
    }

    [Fact]
    public void Options_OutsideTheirRanges_AreRefused()
    {
        CrystalStructure structure = CopperSelenide.Table2("6nm");
        Assert.Throws<ArgumentOutOfRangeException>(() => Reflections.Of(structure, new() { SmallestSpacingAngstrom = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reflections.Of(structure, new() { DefaultBIsoAngstrom2 = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reflections.Of(structure, new() { WavelengthAngstrom = 0 }));
        Assert.Throws<ArgumentException>(() => Reflections.Of(structure, new() { WavelengthAngstrom = 1.2 })); // no f' there
        Assert.NotEmpty(Reflections.Of(structure, new() { WavelengthAngstrom = 1.2, OwnAnomalous = new Dictionary<string, AnomalousFactor> { ["Cu"] = new(-3, 3), ["Se"] = new(-1, 0.7) } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reflections.Families(UnitCell.Cubic(500), SymmetryGroup.P1, 0.5)); // 8 thousand million planes
    }

    private static IReadOnlyList<Reflection> Of(string name, double a, string hall, ReflectionOptions options, params CrystalSite[] sites) =>
        Reflections.Of(new(name, UnitCell.Cubic(a), HallSymbol.Parse(hall), sites), options);

    private static double F(string ion, Reflection reflection) => ScatteringFactors.Electrons(ScatteringTable.WaasmaierKirfel1995, ion, reflection.Family.SinThetaOverLambdaPerAngstrom);

    private static string Name(Reflection reflection) => $"{reflection.H}{reflection.K}{reflection.L}";
}
