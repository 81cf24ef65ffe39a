using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

public sealed class CrystalStructureTests
{
    [Theory]
    [InlineData("Cu", 29, 0, "Cu")]
    [InlineData("cu", 29, 0, "Cu")]
    [InlineData("CU", 29, 0, "Cu")]
    [InlineData("Cu1+", 29, 1, "Cu1+")]
    [InlineData("Cu+", 29, 1, "Cu1+")]
    [InlineData("Cu+1", 29, 1, "Cu1+")]
    [InlineData("Se2-", 34, -2, "Se2-")]
    [InlineData("Se-2", 34, -2, "Se2-")]
    [InlineData("Mn0+", 25, 0, "Mn")]
    [InlineData("D", 1, 0, "H")]
    [InlineData("Cf", 98, 0, "Cf")]
    public void Species_Text_IsRead(string text, int number, int charge, string symbol)
    {
        Species species = Species.Parse(text);
        Assert.Equal(new Species(number, charge), species);
        Assert.Equal(symbol, species.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Xx")]
    [InlineData("Copper")]
    [InlineData("Cu1")]
    [InlineData("Cu10+")]
    [InlineData("Cu+-")]
    [InlineData("H2+")] // hydrogen has one electron to lose
    public void Species_OtherText_IsRefused(string text) => Assert.Throws<FormatException>(() => Species.Parse(text));

    // The multiplicities are in the names of the Wyckoff positions.
    [Fact]
    public void Orbit_OfSpecialPositions_HasTheirMultiplicities()
    {
        CrystalStructure structure = CopperSelenide.Of(0.3, 0.3, 0.182, 0.1);
        Assert.Equal([4, 8, 4, 24, 32], Enumerable.Range(0, 5).Select(structure.MultiplicityCount));
        Assert.Equal(72, structure.Atoms().Count);
        Assert.All(structure.Atoms(), atom => Assert.True(
            atom.Position is { XFraction: >= 0 and < 1, YFraction: >= 0 and < 1, ZFraction: >= 0 and < 1 }, atom.ToString()));
        // 24e at x and at 1 - x are one orbit.
        Assert.Equal(
            Sorted(structure.Orbit(3)), Sorted(structure.WithSites(site => site.Label == "24e" ? site with { Position = new(0.75, 0, 0) } : site).Orbit(3)));
    }

    [Theory]
    [InlineData(0.3333)]
    [InlineData(0.333)]
    [InlineData(0.33333333)]
    public void Orbit_OfRoundedThird_IsTheSpecialPosition(double third)
    {
        CrystalStructure wurtzite = new(
            "wurtzite", UnitCell.Hexagonal(4.3, 7.02), HallSymbol.Parse("P 6c -2c"), [new("Cd", "Cd", third, Math.Round(1 - third, 4), 0), new("Se", "Se", third, Math.Round(1 - third, 4), 0.375)]);
        Assert.Equal(2, wurtzite.MultiplicityCount(0));
        Assert.Equal(1 / 3.0, wurtzite.Orbit(0)[0].XFraction, 1e-4);
        Assert.Equal(wurtzite.Orbit(0)[0].XFraction, 1 - wurtzite.Orbit(0)[0].YFraction, 1e-9); // exactly on the axis, for any rounding
    }

    [Fact]
    public void Orbit_NearASpecialPosition_IsSplit()
    {
        // 0.2 Å from (¼ ¼ ¼) along a body diagonal: a fourfold split site, 32 positions.
        double x = 0.25 + (0.2 / Math.Sqrt(3) / 5.85);
        Assert.Equal(32, new CrystalStructure("split", UnitCell.Cubic(5.85), CopperSelenide.Fm3m, [new("Cu", "Cu", x, x, x)]).MultiplicityCount(0));
        // 0.01 Å from it: a rounded coordinate, 8 positions.
        x = 0.25 + (0.01 / Math.Sqrt(3) / 5.85);
        Assert.Equal(8, new CrystalStructure("rounded", UnitCell.Cubic(5.85), CopperSelenide.Fm3m, [new("Cu", "Cu", x, x, x)]).MultiplicityCount(0));
    }

    // 8·0.3 = 2.4, 4·0.3 = 1.2, 24·0.182 = 4.368; together 7.968.
    [Fact]
    public void AtomsPerCell_OfPartlyFilledSites_CountsOccupancies()
    {
        CrystalStructure structure = CopperSelenide.Table2("2nm");
        Assert.Equal(7.968, structure.AtomsPerCellRatio("Cu"), 1e-12);
        Assert.Equal(4, structure.AtomsPerCellRatio("Se"), 1e-12);
        Assert.Equal(0, structure.AtomsPerCellRatio("S"));
        Assert.Equal(4.368, structure.AtomsPerCellByGroup("Cu")["24e"], 1e-12);
        CrystalStructure grouped = structure.WithSites(site => site with { Group = site.Label is "4b" or "24e" ? "bridge" : site.Group });
        Assert.Equal(5.568, grouped.AtomsPerCellByGroup("Cu")["bridge"], 1e-12);
    }

    [Fact]
    public void With_ChangesACopy()
    {
        CrystalStructure structure = CopperSelenide.Table2("4nm");
        CrystalStructure changed = structure.WithOccupancy("8c", 0.5).WithCell(UnitCell.Cubic(5.7)).WithName("other").WithComments(["fitted"]);
        Assert.Equal(1, structure.Sites[1].OccupancyFraction);
        Assert.Equal(0.5, changed.Sites[1].OccupancyFraction);
        Assert.Equal(5.7, changed.Cell.AAngstrom);
        Assert.Equal("other", changed.Name);
        Assert.Equal(["fitted"], changed.Comments);
        Assert.Equal(8, changed.Orbit(changed.Sites[1]).Count);
        Assert.Throws<ArgumentException>(() => structure.WithOccupancy("9z", 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => structure.WithOccupancy("8c", 1.1));
    }

    [Fact]
    public void Structure_ThatCanNotBe_IsRefused()
    {
        CrystalSite site = new("Cu", "Cu", 0, 0, 0);
        Assert.Throws<ArgumentException>(() => new CrystalStructure(" ", UnitCell.Cubic(5), SymmetryGroup.P1, [site]));
        Assert.Throws<ArgumentException>(() => new CrystalStructure("none", UnitCell.Cubic(5), SymmetryGroup.P1, []));
        Assert.Throws<ArgumentException>(() => new CrystalStructure("twice", UnitCell.Cubic(5), SymmetryGroup.P1, [site, site]));
        Assert.Throws<ArgumentException>(() => new CrystalSite("Cu", "Cu", double.NaN, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CrystalSite("Cu", "Cu", 0, 0, 0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => site with { BIsoAngstrom2 = double.NaN });
        Assert.Throws<ArgumentException>(() => site with { Label = "" });
    }

    private static string[] Sorted(IEnumerable<FractionalPosition> positions) =>
        [.. positions.Select(position => FormattableString.Invariant($"{position.XFraction:0.0000} {position.YFraction:0.0000} {position.ZFraction:0.0000}")).Order()];
}
