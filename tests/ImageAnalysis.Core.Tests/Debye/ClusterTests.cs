using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

public sealed class ClusterTests
{
    private static readonly ClusterSite _copper = new("Cu", Species.Parse("Cu")) { BIsoAngstrom2 = 2 };

    [Fact]
    public void Cluster_BadInput_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Cluster([_copper], []));
        Assert.Throws<ArgumentException>(() => new Cluster([], [new(0, default)]));
        Assert.Throws<ArgumentException>(() => new Cluster([_copper], [new(1, default)]));
        Assert.Throws<ArgumentException>(() => new Cluster([_copper], [new(0, new(double.NaN, 0, 0))]));
        Assert.Throws<ArgumentException>(() => new Cluster([_copper], [new(0, new(2e5, 0, 0))]));
        Assert.Throws<ArgumentException>(() => new Cluster([_copper, _copper with { BIsoAngstrom2 = 1 }], [new(0, default)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _copper with { OccupancyFraction = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => _copper with { BIsoAngstrom2 = -1 });
        Cluster one = new([_copper], [new(0, default)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => one.Scaled(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => one.AtomCountOf(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cluster([_copper], [new(0, default)]) { CellCountRatio = 0 });
    }

    [Fact]
    public void Cluster_ScaledAndCentred_MovesItsAtoms()
    {
        Cluster pair = new([_copper], [new(0, new(1, 2, 3)), new(0, new(3, 4, 7))]) { CellCountRatio = 0.5 };
        Cluster changed = pair.Scaled(2).Centred();
        // The mean of (2, 4, 6) and (6, 8, 14) is (4, 6, 10).
        Assert.Equal([new ClusterAtom(0, new(-2, -2, -4)), new ClusterAtom(0, new(2, 2, 4))], changed.Atoms);
        Assert.Equal(0.5, changed.CellCountRatio);
        Assert.Equal(Math.Sqrt(24), changed.RadiusAngstrom(), 1e-12);
    }

    [Fact]
    public void Cluster_Displaced_HasTheVarianceOfB()
    {
        // ⟨u²⟩ along an axis is B/8π² = 0.02533 Å² for B = 2; its standard error over 12,000 numbers is √(2/12000) = 1.3 %.
        Cluster cluster = new([_copper], Enumerable.Range(0, 4000).Select(i => new ClusterAtom(0, new(3 * i, 0, 0))));
        Cluster moved = cluster.Displaced(7);
        double sum = cluster.Atoms.Zip(moved.Atoms).Sum(pair => Math.Pow(ExactDebye.Distance(pair.First.Position, pair.Second.Position), 2));
        Assert.Equal(1, sum / 12000 / (2 / (8 * Math.PI * Math.PI)), 0.05);
        Assert.Equal(0, moved.Sites[0].BIsoAngstrom2);
        Assert.Equal(moved.Atoms, cluster.Displaced(7).Atoms);
        Assert.NotEqual(moved.Atoms, cluster.Displaced(8).Atoms);
    }

    [Theory]
    [InlineData(0, 0, 0, 10.0)]
    [InlineData(0.5, 0.5, 0.5, 10.0)]
    [InlineData(0.1, 0.73, 0.4, 13.7)]
    public void Cut_OfASphere_HoldsThePlacesWithinIt(double x, double y, double z, double radius)
    {
        CrystalStructure crystal = CopperSelenide.Of(0.4, 0.3, 0.1, 0.1);
        Cluster cluster = ParticleCutter.Cut(crystal, ParticleShape.Sphere(2 * radius), new(x, y, z));
        // By hand: all atoms of 7 × 7 × 7 cells, in Å from the centre.
        int expected = 0;
        foreach (CrystalAtom atom in crystal.Atoms())
        {
            for (int cell = 0; cell < 343; cell++)
            {
                double dx = (atom.Position.XFraction + (cell % 7) - 3 - x) * 5.85;
                double dy = (atom.Position.YFraction + (cell / 7 % 7) - 3 - y) * 5.85;
                double dz = (atom.Position.ZFraction + (cell / 49) - 3 - z) * 5.85;
                expected += (dx * dx) + (dy * dy) + (dz * dz) <= (radius * radius) + 1e-5 ? 1 : 0;
            }
        }

        Assert.Equal(expected, cluster.AtomCount);
        Assert.True(cluster.RadiusAngstrom() <= radius + 1e-5);
        Assert.Equal(["Se", "8c", "4b", "24e", "32f"], cluster.Sites.Select(site => site.Label));
        Assert.Equal(0.3, cluster.Sites[2].OccupancyFraction);
        Assert.Equal(expected / 72.0, cluster.CellCountRatio!.Value, 1e-12); // 4 + 8 + 4 + 24 + 32 places a cell
        Assert.False(cluster.IsExplicit);
    }

    [Fact]
    public void Cut_OfAnObliqueCell_FindsAllRepeats()
    {
        // One atom a cell: a sphere of volume V holds V/v atoms, within the scatter of its surface (some 5 % at 30 Å in a cell of 5 Å).
        CrystalStructure crystal = new("oblique", new(5, 6, 7, 70, 100, 115), SymmetryGroup.P1, [new("Cu", "Cu", 0.2, 0.3, 0.4)]);
        Cluster cluster = ParticleCutter.Cut(crystal, ParticleShape.Sphere(60), default);
        Assert.Equal(1, cluster.AtomCount * crystal.Cell.VolumeAngstrom3 / (Math.PI / 6 * Math.Pow(60, 3)), 0.05);
        Assert.All(cluster.Atoms, atom => Assert.InRange(atom.Position.LengthAngstrom, 0, 30.001));
    }

    [Fact]
    public void Cut_WhereNoAtomIs_IsRefused()
    {
        CrystalStructure crystal = CopperSelenide.Table2("4nm");
        Assert.Throws<ArgumentException>(() => ParticleCutter.Cut(crystal, ParticleShape.Sphere(1), new(0.5, 0.5, 0.5)));
        Assert.Throws<ArgumentException>(() => ParticleCutter.Cut(crystal, ParticleShape.Sphere(10), new(double.NaN, 0, 0)));
        Assert.Throws<ArgumentException>(() => ParticleCutter.Cut(crystal, ParticleShape.Sphere(9000), default));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParticleShape.Sphere(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParticleShape.Octahedron(double.NaN));
        Assert.Throws<ArgumentException>(() => ParticleShape.Polyhedron([new(default, 5)], 20));
        // A single atom is a particle too.
        Assert.Equal(1, ParticleCutter.Cut(crystal, ParticleShape.Sphere(1), default).AtomCount);
    }

    [Fact]
    public void Cut_OfFacetedShapes_HasTheVolumeOfTheSphere()
    {
        CrystalStructure crystal = CopperSelenide.Table2("4nm");
        foreach (ParticleShape shape in (ParticleShape[])[ParticleShape.Octahedron(60), ParticleShape.Cuboctahedron(60), ParticleShape.TruncatedOctahedron(60)])
        {
            // Off any symmetry, so that no plane of atoms lies on a face: the number of atoms follows the volume within the scatter of the surface, about 2 %.
            Cluster cluster = ParticleCutter.Cut(crystal, shape, new(0.13, 0.07, 0.21));
            Assert.Equal(1, cluster.AtomCount / 12.0 * crystal.Cell.VolumeAngstrom3 / (Math.PI / 6 * Math.Pow(60, 3)), 0.03);
        }
    }

    [Fact]
    public void Cut_OfASmallOctahedron_IsTheMagicCluster()
    {
        // Copper (fcc): octahedra around an atom with edges of 2 and 4 steps hold 19 and 85 atoms. The faces lie at one and two plane distances a/√3.
        CrystalStructure copper = new("Cu", UnitCell.Cubic(3.6), CopperSelenide.Fm3m, [new("Cu", "Cu", 0, 0, 0)]);
        foreach ((int planes, int atoms) in ((int, int)[])[(1, 19), (2, 85)])
        {
            ParticleFacet[] faces = [.. from x in (int[])[-1, 1] from y in (int[])[-1, 1] from z in (int[])[-1, 1]
                                     select ParticleFacet.OfPlane(copper.Cell, x, y, z, planes * 3.6 / Math.Sqrt(3))];
            Assert.Equal(atoms, ParticleCutter.Cut(copper, ParticleShape.Polyhedron(faces, 60), default).AtomCount);
        }
    }

    [Fact]
    public void Facet_OfAHexagonalPlane_StandsOnItsRealNormal()
    {
        // (100) of a hexagonal cell is perpendicular to a*, which is 30° off a.
        ParticleFacet facet = ParticleFacet.OfPlane(UnitCell.Hexagonal(4, 6), 1, 0, 0, 10);
        Assert.Equal(30, Math.Atan2(facet.Normal.YAngstrom, facet.Normal.XAngstrom) * 180 / Math.PI, 1e-9);
        Assert.Equal(0, facet.Normal.ZAngstrom, 1e-12);
    }

    [Fact]
    public void RandomCentre_OfASeed_IsInsideTheCellAndRepeats()
    {
        FractionalPosition[] centres = [.. Enumerable.Range(0, 2000).Select(seed => ParticleCutter.RandomCentre((ulong)seed))];
        Assert.Equal(centres[5], ParticleCutter.RandomCentre(5));
        Assert.All(centres, centre => Assert.True(centre is { XFraction: >= 0 and < 1, YFraction: >= 0 and < 1, ZFraction: >= 0 and < 1 }));
        // The mean of 2000 uniform numbers is ½ ± 0.0065.
        Assert.Equal(0.5, centres.Average(centre => centre.XFraction), 0.03);
        Assert.Equal(0.5, centres.Average(centre => centre.ZFraction), 0.03);
    }
}
