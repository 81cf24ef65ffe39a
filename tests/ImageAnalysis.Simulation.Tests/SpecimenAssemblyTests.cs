using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation.Tests;

public sealed class SpecimenAssemblyTests
{
    [Fact]
    public void Pose_ZoneAxis_LiesAlongTheBeamAndTiltsAndTurnsAsSaid()
    {
        CrystalPose straight = CrystalPose.Along(CopperSelenide.Cell, 1, 1, 0, inPlaneDeg: 33);
        CartesianPosition along = straight.ToImage(new(1, 1, 0));
        Assert.Equal(0, along.XAngstrom, 1e-12);
        Assert.Equal(0, along.YAngstrom, 1e-12);
        Assert.Equal(Math.Sqrt(2), along.ZAngstrom, 1e-12);

        // A tilt of 10° towards 90° (up, that is −y) takes the zone axis to (0, −sin 10°, cos 10°).
        CartesianPosition tilted = CrystalPose.Along(CopperSelenide.Cell, 0, 0, 1, 10, 90).ToImage(new(0, 0, 1));
        Assert.Equal(0, tilted.XAngstrom, 1e-12);
        Assert.Equal(-Math.Sin(10 * Math.PI / 180), tilted.YAngstrom, 1e-12);
        Assert.Equal(Math.Cos(10 * Math.PI / 180), tilted.ZAngstrom, 1e-12);

        // 20° more in the plane: a vector's angle as seen grows by 20°.
        double before = Seen(CrystalPose.Along(CopperSelenide.Cell, 0, 0, 1).ToImage(new(1, 0, 0))), after = Seen(CrystalPose.Along(CopperSelenide.Cell, 0, 0, 1, inPlaneDeg: 20).ToImage(new(1, 0, 0)));
        Assert.Equal(20, (after - before + 360) % 360, 1e-9);
        static double Seen(CartesianPosition v) => Math.Atan2(-v.YAngstrom, v.XAngstrom) * 180 / Math.PI;
    }

    [Theory]
    [InlineData(1, 1, 0, 0, 0, 0)]
    [InlineData(1, 1, 2, 7, 130, 77)]
    [InlineData(-3, 2, 5, 40, -20, 200)]
    public void Pose_AnyAngles_IsAProperRotation(int u, int v, int w, double tilt, double direction, double inPlane)
    {
        CrystalPose pose = CrystalPose.Along(CopperSelenide.Cell, u, v, w, tilt, direction, inPlane);
        CartesianPosition x = pose.ToImage(new(1, 0, 0)), y = pose.ToImage(new(0, 1, 0)), z = pose.ToImage(new(0, 0, 1));

        // Lengths and right angles are kept, and x × y = z: no mirror image.
        Assert.Equal(0, LayerVacancies.Dot(x, y), 1e-12);
        Assert.Equal(1, x.LengthAngstrom, 1e-12);
        Assert.Equal(1, y.LengthAngstrom, 1e-12);
        Assert.Equal(z.XAngstrom, (x.YAngstrom * y.ZAngstrom) - (x.ZAngstrom * y.YAngstrom), 1e-12);
        Assert.Equal(z.YAngstrom, (x.ZAngstrom * y.XAngstrom) - (x.XAngstrom * y.ZAngstrom), 1e-12);
        Assert.Equal(z.ZAngstrom, (x.XAngstrom * y.YAngstrom) - (x.YAngstrom * y.XAngstrom), 1e-12);
    }

    [Fact]
    public void Assemble_ParticlesOnAFilm_TouchAndKeepTheirDistance()
    {
        IReadOnlyList<SpecimenAtom> film = CarbonFilm.Build(5, 5, 0, new CarbonFilmOptions { ThicknessNm = 1.5 }, 4);
        Cluster cluster = CopperSelenide.Sphere(18);
        CrystalPose pose = CrystalPose.Along(CopperSelenide.Cell, 1, 1, 0, 3, 40, 10);
        ParticlePlacement[] particles = [
            new(cluster, pose, 2.5, 2.4, FilmSide.Entrance), new(cluster, pose, 3.4, 2.9, FilmSide.Entrance), new(cluster, pose, 0.2, 4.8, FilmSide.Exit)];

        AssembledSpecimen assembled = SpecimenAssembly.Assemble(5, 5, film, particles);

        Assert.Equal(film.Count + (3 * cluster.AtomCount), assembled.Specimen.Atoms.Count);
        SpecimenAtom[][] bodies = [[.. film], .. Enumerable.Range(0, 3).Select(i => assembled.Specimen.Atoms.Skip(film.Count + (i * cluster.AtomCount)).Take(cluster.AtomCount).ToArray())];
        Assert.InRange(Closest(bodies[0], bodies[1]), SpecimenAssembly.ContactGapNm, 0.5); // it touches: 0.25 nm above an atom at most 0.43 nm aside
        Assert.True(Closest(bodies[0], bodies[2]) >= SpecimenAssembly.ContactGapNm);
        Assert.InRange(Closest(bodies[1], bodies[2]), SpecimenAssembly.ContactGapNm, 0.5); // they overlap: the second lies on the first
        Assert.InRange(Closest(bodies[0], bodies[3]), SpecimenAssembly.ContactGapNm, 0.5);
        Assert.All(bodies[1], atom => Assert.True(atom.ZNm < 0));
        Assert.All(bodies[3], atom => Assert.True(atom.ZNm > 1.2));
        Assert.True(assembled.ParticleDepthsNm[1] < assembled.ParticleDepthsNm[0]);

        // u = √(B/8π²): 0.8 Å² is 0.1007 Å, 1.5 Å² 0.1378 Å.
        Assert.Equal(0.010066, bodies[1].First(atom => atom.AtomicNumber == 34).DisplacementSigmaNm, 1e-6);
        Assert.Equal(0.013783, bodies[1].First(atom => atom.AtomicNumber == 29).DisplacementSigmaNm, 1e-6);
    }

    [Fact]
    public void Assemble_NoFilm_LeavesTheParticleAtDepthZero()
    {
        AssembledSpecimen assembled = SpecimenAssembly.Assemble(3, 3, [], [new(CopperSelenide.Sphere(12), CrystalPose.Along(CopperSelenide.Cell, 0, 0, 1), 1.5, 1.5, FilmSide.Entrance)]);

        Assert.Equal(0, assembled.ParticleDepthsNm.Single());
        Cluster statistical = new([new("Cu", new Species(29, 0)) { OccupancyFraction = 0.5 }], [new(0, default)]);
        Assert.Throws<ArgumentException>(() => SpecimenAssembly.Assemble(3, 3, [], [new(statistical, CrystalPose.Along(CopperSelenide.Cell, 0, 0, 1), 1, 1, FilmSide.Exit)]));
        Assert.Throws<ArgumentException>(() => CrystalPose.Along(CopperSelenide.Cell, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrystalPose.Along(CopperSelenide.Cell, 0, 0, 1, tiltDeg: 91));
    }

    private static double Closest(SpecimenAtom[] a, SpecimenAtom[] b)
    {
        double closest = double.PositiveInfinity;
        foreach (SpecimenAtom p in a)
        {
            foreach (SpecimenAtom q in b)
            {
                double dx = p.XNm - q.XNm, dy = p.YNm - q.YNm, dz = p.ZNm - q.ZNm;
                dx -= 5 * Math.Round(dx / 5);
                dy -= 5 * Math.Round(dy / 5);
                closest = Math.Min(closest, (dx * dx) + (dy * dy) + (dz * dz));
            }
        }

        return Math.Sqrt(closest);
    }
}
