using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation.Tests;

public sealed class CrystalTwinTests
{
    private static CartesianPosition Normal { get; } = new(1, 1, 1);

    [Fact]
    public void Make_Antifluorite_KeepsTheFrameworkAndPutsNoTwoAtomsTooClose()
    {
        Cluster whole = CopperSelenide.Sphere(40), twin = CrystalTwin.Make(whole, Normal, 34, 2.0, 3);

        Assert.Equal(whole.AtomCountOf(0), twin.AtomCountOf(0));

        // Cu–Se in a tetrahedron: a√3/4 = 2.533 Å; Cu–Cu of neighbouring tetrahedra a/2 = 2.925 Å; those that share a face at the plane, 1.69 Å apart, are not both there.
        Assert.Equal(2.533, Closest(twin), 0.001);

        // One layer of Cu is missing: as many as a plane of the sphere has, π(20² − h²)/(a²√3/4) = 80 to 85 for |h| up to 5 Å, but for those at the rim.
        Assert.InRange(whole.AtomCountOf(1) - twin.AtomCountOf(1), 65, 90);
    }

    [Fact]
    public void Make_Halves_MirrorEachOther()
    {
        // Amplitudes of the framework: on the twin normal all atoms scatter in phase; off it only one half does, at (−1 1 1) and at the place that it is turned to.
        Cluster twin = CrystalTwin.Make(CopperSelenide.Sphere(60), Normal, 34, 2.0, 4);
        double all = twin.AtomCountOf(0);
        double common = Amplitude(twin, 1, 1, 1) / all, lower = Amplitude(twin, -1, 1, 1) / all, upper = Amplitude(twin, 5.0 / 3, -1.0 / 3, -1.0 / 3) / all;

        Assert.Equal(1, common, 1e-6);
        Assert.Equal(1, lower + upper, 0.08); // a half's share, and what the other half leaves at a place between its own spots
        Assert.InRange(lower, 0.25, 0.75);
    }

    [Fact]
    public void Make_Seed_DecidesAlone_AndBadInputIsRefused()
    {
        Cluster whole = CopperSelenide.Sphere(30);
        Assert.Equal(CrystalTwin.Make(whole, Normal, 34, 2, 1).Atoms, CrystalTwin.Make(whole, Normal, 34, 2, 1).Atoms);
        Assert.NotEqual(CrystalTwin.Make(whole, Normal, 34, 2, 1).Atoms, CrystalTwin.Make(whole, Normal, 34, 2, 2).Atoms);
        Assert.Throws<ArgumentException>(() => CrystalTwin.Make(whole, new(0, 0, 0), 34, 2, 1));
        Assert.Throws<ArgumentException>(() => CrystalTwin.Make(whole, Normal, 79, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrystalTwin.Make(whole, Normal, 34, 5, 1));
    }

    internal static double Closest(Cluster cluster)
    {
        CartesianPosition[] at = [.. cluster.Atoms.Select(atom => atom.Position)];
        double closest = double.PositiveInfinity;
        for (int i = 0; i < at.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                closest = Math.Min(closest, new CartesianPosition(at[i].XAngstrom - at[j].XAngstrom, at[i].YAngstrom - at[j].YAngstrom, at[i].ZAngstrom - at[j].ZAngstrom).LengthAngstrom);
            }
        }

        return closest;
    }

    private static double Amplitude(Cluster cluster, double h, double k, double l)
    {
        double re = 0, im = 0;
        foreach (ClusterAtom atom in cluster.Atoms.Where(atom => atom.SiteIndex == 0))
        {
            double phase = 2 * Math.PI / CopperSelenide.EdgeAngstrom * ((h * atom.Position.XAngstrom) + (k * atom.Position.YAngstrom) + (l * atom.Position.ZAngstrom));
            (re, im) = (re + Math.Cos(phase), im + Math.Sin(phase));
        }

        return Math.Sqrt((re * re) + (im * im));
    }
}
