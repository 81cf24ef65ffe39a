using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

public sealed class CifWriterTests
{
    [Fact]
    public void Write_ReadBack_IsTheSameStructure()
    {
        CrystalStructure structure = new(
            "Cu₂Se 'fit', 2 nm", new UnitCell(5, 6.25, 7.125, 90, 101.5, 90), HallSymbol.Parse("-P 2ybc"),
            [
                new("Se 1", "Se", 1 / 3.0, 0.123456789, -0.25) { Group = "4e", BIsoAngstrom2 = 1.25 },
                new("Cu1", "Cu1+", 0.5, 0.5, 0, 0.37) { Group = "2c" },
                new("_odd", "Cu", 0.1, 0.2, 0.3, 0.0625) { Group = "bridge of sites", BIsoAngstrom2 = -0.5 },
            ],
            ["Sum of Cu fixed at 8", "a = 5.85 ± 0.02 Å"]);
        string text = CifWriter.Write(structure);
        CrystalStructure back = CifReader.Read(text, out IReadOnlyList<string> notes);
        Assert.Empty(notes);
        Assert.Equal("Cu?Se 'fit', 2 nm", back.Name); // the format has no subscript two
        Assert.Equal(structure.Cell, back.Cell);
        Assert.Equal(structure.Operations, back.Operations);
        Assert.Equal(["Sum of Cu fixed at 8", "a = 5.85 +/- 0.02 A"], back.Comments);
        for (int i = 0; i < 3; i++)
        {
            CrystalSite expected = structure.Sites[i], found = back.Sites[i];
            Assert.Equal((expected.Label, expected.Ion, expected.Group, expected.OccupancyFraction, expected.BIsoAngstrom2), (found.Label, found.Ion, found.Group, found.OccupancyFraction, found.BIsoAngstrom2));
            Assert.Equal(0, structure.Cell.DistanceAngstrom(expected.Position, found.Position), 1e-6);
        }

        Assert.All(text, c => Assert.True(c is '\n' or (>= ' ' and <= '~')));
        Assert.Contains("'P 1 21/c 1'", text, StringComparison.Ordinal);
    }

    // The rule of 19: a deviation is given with two digits from 10 to 19, else with one.
    [Theory]
    [InlineData(0.37, 0.014, "0.370(14)")]
    [InlineData(0.37, 0.026, "0.37(3)")]
    [InlineData(0.37, 0.0194, "0.370(19)")]
    [InlineData(0.37, 0.0196, "0.37(2)")]
    [InlineData(0.37, 0.096, "0.37(10)")]
    [InlineData(0.37, 0.3, "0.4(3)")]
    [InlineData(0.37, 1.26, "0.4(13)")]
    [InlineData(0.37, 3.4, "0(3)")]
    [InlineData(0.37, 0, "0.37")]
    public void Write_WithUncertainties_FollowsTheRuleOfNineteen(double value, double sigma, string expected)
    {
        CrystalStructure structure = new("Cu", UnitCell.Cubic(3.615), SymmetryGroup.P1, [new("Cu1", "Cu", 0, 0, 0, value)]);
        string text = CifWriter.Write(structure, new() { OccupancySigmaFraction = new Dictionary<string, double> { ["Cu1"] = sigma }, AEdgeSigmaAngstrom = 0.002 });
        Assert.Contains($"Cu1 Cu 1 0 0 0 {expected}\n", text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split('\n').Count(line => line.EndsWith("3.615(2)", StringComparison.Ordinal)));
        Assert.Equal(value, CifReader.Read(text).Sites[0].OccupancyFraction, sigma == 0 ? 1e-12 : sigma);
    }
}
