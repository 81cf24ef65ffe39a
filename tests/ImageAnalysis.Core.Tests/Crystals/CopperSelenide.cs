using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

/// <summary>The copper selenide of the tests: fcc Se with copper on up to four kinds of sites.</summary>
internal static class CopperSelenide
{
    /// <summary>The generators of the space group Fm-3m: four-fold axis, three-fold axis, mirror, inversion and two centrings.</summary>
    public static SymmetryGroup Fm3m { get; } = SymmetryGroup.Parse("-y,x,z", "z,x,y", "y,x,z", "-x,-y,-z", "x,y+1/2,z+1/2", "x+1/2,y,z+1/2");

    public static CrystalStructure Of(double c8, double b4, double e24, double f32, string copper = "Cu", double? b = null) => new(
        "Cu2Se", UnitCell.Cubic(5.85), Fm3m,
        [
            new("Se", "Se", 0, 0, 0) { BIsoAngstrom2 = b },
            new("8c", copper, 0.25, 0.25, 0.25, c8) { BIsoAngstrom2 = b },
            new("4b", copper, 0.5, 0.5, 0.5, b4) { BIsoAngstrom2 = b },
            new("24e", copper, 0.25, 0, 0, e24) { BIsoAngstrom2 = b },
            new("32f", copper, 0.34, 0.34, 0.34, f32) { BIsoAngstrom2 = b },
        ]);

    /// <summary>A row of table 2 of White, Banerjee and Jain (2017).</summary>
    public static CrystalStructure Table2(string sample, string copper = "Cu", double? b = null) => sample switch
    {
        "6nm" => Of(0.37, 0, 0, 0.1575, copper, b),
        "4nm" => Of(1, 0, 0, 0, copper, b),
        "2nm" => Of(0.3, 0.3, 0.182, 0, copper, b),
        _ => throw new ArgumentException(sample),
    };
}
