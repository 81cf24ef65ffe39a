namespace ImageAnalysis.Core.Tests;

/// <summary>Structures that the tests of patterns and fits use.</summary>
internal static class TestCrystals
{
    /// <summary>The group Fm-3m made from its generators.</summary>
    private static readonly string[] Fm3m =
        ["x,y,z", "x,y+1/2,z+1/2", "x+1/2,y,z+1/2", "x+1/2,y+1/2,z", "-x,-y,z", "-x,y,-z", "z,x,y", "y,x,-z", "-x,-y,-z"];

    /// <summary>Cu₂Se with all four copper sites of the paper; occupancies in the order 8c, 4b, 24e, 32f.</summary>
    public static CrystalStructure CopperSelenide(double c8, double b4, double e24, double f32, double aAngstrom = 5.85) => new(
        "Cu2Se", UnitCell.Cubic(aAngstrom), SymmetryGroup.Parse(Fm3m),
        [
            new CrystalSite("Se", "Se", 0, 0, 0) { Group = "4a" },
            new CrystalSite("Cu8c", "Cu", 0.25, 0.25, 0.25, c8) { Group = "8c" },
            new CrystalSite("Cu4b", "Cu", 0.5, 0.5, 0.5, b4) { Group = "4b" },
            new CrystalSite("Cu24e", "Cu", 0.25, 0, 0, e24) { Group = "24e" },
            new CrystalSite("Cu32f", "Cu", 0.34, 0.34, 0.34, f32) { Group = "32f" },
        ]);
}
