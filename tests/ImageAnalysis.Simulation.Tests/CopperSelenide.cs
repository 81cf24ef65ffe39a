using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation.Tests;

/// <summary>Antifluorite Cu₂Se for tests: a = 5.85 Å, Se on the corners and faces, Cu in all tetrahedra.</summary>
internal static class CopperSelenide
{
    public const double EdgeAngstrom = 5.85;

    /// <summary>Distance of Cu layers along ⟨111⟩: a/(2√3).</summary>
    public const double LayerSpacingAngstrom = 1.688750;

    public static UnitCell Cell { get; } = UnitCell.Cubic(EdgeAngstrom);

    public static Cluster Sphere(double diameterAngstrom)
    {
        List<ClusterAtom> atoms = [];
        int reach = (int)Math.Ceiling(diameterAngstrom / EdgeAngstrom / 2) + 1;
        for (int cell = 0; cell < Math.Pow((2 * reach) + 1, 3); cell++)
        {
            int side = (2 * reach) + 1;
            double i = (cell % side) - reach, j = (cell / side % side) - reach, k = (cell / side / side) - reach;
            foreach ((double x, double y, double z) in ((double, double, double)[])[(0, 0, 0), (0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0)])
            {
                Add(0, i + x, j + y, k + z);
                Add(1, i + x + 0.25, j + y + 0.25, k + z + 0.25);
                Add(1, i + x - 0.25, j + y - 0.25, k + z - 0.25);
            }
        }

        return new([new("Se", new Species(34, 0)) { BIsoAngstrom2 = 0.8 }, new("Cu", new Species(29, 0)) { BIsoAngstrom2 = 1.5 }], atoms);

        void Add(int site, double x, double y, double z)
        {
            CartesianPosition at = new(x * EdgeAngstrom, y * EdgeAngstrom, z * EdgeAngstrom);
            if (at.LengthAngstrom <= diameterAngstrom / 2)
            {
                atoms.Add(new(site, at));
            }
        }
    }
}
