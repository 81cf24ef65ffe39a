using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation.Tests;

public sealed class HrtemFieldTests
{
    private static HrtemFieldOptions Field { get; } = new()
    {
        Crystal = new("Cu2Se", CopperSelenide.Cell, SymmetryGroup.Parse("-y,x,z", "z,x,y", "y,x,z", "-x,-y,-z", "x,y+1/2,z+1/2", "x+1/2,y,z+1/2"),
            [new("Se", "Se", 0, 0, 0) { BIsoAngstrom2 = 0.8 }, new("8c", "Cu", 0.25, 0.25, 0.25, 1) { BIsoAngstrom2 = 1.5 }]),
        ParticleCount = 10,
        OrderedCount = 4,
        DiameterMeanNm = 2.5,
        DiameterSigmaNm = 0.3,
    };

    private static HrtemOptions Image { get; } = new() { WidthPx = 800, HeightPx = 800 };

    [Fact]
    public void Draw_OrderedParticles_AreAsManyAsAskedForAndInView()
    {
        IReadOnlyList<HrtemParticle> particles = HrtemField.Draw(Field, Image, 1);
        ParticleTruth[] truth = [.. particles.Select(Truth)];

        Assert.Equal(10, particles.Count);
        Assert.Equal(4, truth.Count(particle => particle.Label == LatticeLabel.Ordered));
        Assert.All(truth[..4], particle => Assert.Equal(LatticeLabel.Ordered, particle.Label));
        Assert.All(truth[4..], particle => Assert.Null(particle.ObservableSuperlattice));

        // Ordered ones are stretched by 1 to 2 % along the normal, the others are not.
        double d = 0.585 / Math.Sqrt(3);
        Assert.All(truth[..4], particle => Assert.InRange(particle.Fringes.Single(fringe => fringe.SuperlatticeAxis).SpacingNm / d, 1.01, 1.02));
        Assert.All(truth[4..].SelectMany(particle => particle.Fringes), fringe => Assert.Equal(d, fringe.SpacingNm, 1e-9));
        Assert.All(truth, particle => Assert.InRange(particle.TiltDeg, 0, 3));

        // Both kinds lack 12 to 25 % of the copper: half to all of a quarter, and what rounding and layers of unequal size do to 2 nm particles.
        Assert.All(particles, particle => Assert.InRange(particle.Placement.Cluster.AtomCountOf(1) / (2.0 * particle.Placement.Cluster.AtomCountOf(0)), 0.6, 1.05));
    }

    [Fact]
    public void Draw_Particles_LieWithinTheImageAndKeepTheirDistance()
    {
        HrtemParticle[] particles = [.. HrtemField.Draw(Field with { TouchingFraction = 0 }, Image, 2)];

        Assert.All(particles, particle => Assert.InRange(particle.Placement.XNm, 0.8, 19.2));
        for (int i = 0; i < particles.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double dx = particles[i].Placement.XNm - particles[j].Placement.XNm, dy = particles[i].Placement.YNm - particles[j].Placement.YNm;
                Assert.True(Math.Sqrt((dx * dx) + (dy * dy)) > 1.7 + 0.8); // two radii of at least 0.875 nm, and the gap
            }
        }

        HrtemParticle[] touching = [.. HrtemField.Draw(Field with { TouchingFraction = 1 }, Image, 2)];
        Assert.All(touching.Skip(1), particle => Assert.Contains(touching, other => other != particle
            && Math.Sqrt(Math.Pow(other.Placement.XNm - particle.Placement.XNm, 2) + Math.Pow(other.Placement.YNm - particle.Placement.YNm, 2)) < 3.3 * 1.02));
    }

    [Fact]
    public void Draw_Seed_DecidesAloneAndOneMoreChangesNone()
    {
        IReadOnlyList<HrtemParticle> few = HrtemField.Draw(Field with { ParticleCount = 5 }, Image, 3), many = HrtemField.Draw(Field, Image, 3), other = HrtemField.Draw(Field, Image, 4);

        for (int i = 0; i < few.Count; i++)
        {
            Assert.Equal(few[i].Placement.Cluster.Atoms, many[i].Placement.Cluster.Atoms);
            Assert.Equal((few[i].Placement.XNm, few[i].Placement.YNm), (many[i].Placement.XNm, many[i].Placement.YNm));
        }

        Assert.NotEqual(many[0].Placement.XNm, other[0].Placement.XNm);
    }

    private static CrystalStructure Statistical { get; } = new("2 nm", CopperSelenide.Cell, Field.Crystal.Symmetry,
        [new("Se", "Se", 0, 0, 0) { BIsoAngstrom2 = 0.8 }, new("8c", "Cu", 0.25, 0.25, 0.25, 0.846), new("4b", "Cu", 0.5, 0.5, 0.5, 0.3)]);

    private static IReadOnlyList<HrtemParticle> Kinds(HrtemParticleKind kind, HrtemFieldOptions field, ulong seed = 1) =>
        HrtemField.DrawKinds(field, [.. Enumerable.Repeat(new HrtemParticleChoice(kind), 8)], Image, seed);

    [Theory]
    [InlineData(HrtemParticleKind.Ordered, LatticeLabel.Ordered)]
    [InlineData(HrtemParticleKind.HiddenOrder, LatticeLabel.Regular)]
    [InlineData(HrtemParticleKind.Disordered, LatticeLabel.Regular)]
    [InlineData(HrtemParticleKind.Twinned, LatticeLabel.Regular)]
    [InlineData(HrtemParticleKind.Statistical, LatticeLabel.Regular)]
    [InlineData(HrtemParticleKind.NoFringe, LatticeLabel.NoFringe)]
    public void DrawKinds_EachKind_ShowsWhatItsNameSays(HrtemParticleKind kind, LatticeLabel label)
    {
        HrtemFieldOptions field = Field with { Statistical = new HrtemCrystal(Statistical), LargestTiltDeg = 5 };
        foreach (HrtemParticle particle in Kinds(kind, field))
        {
            Assert.Equal(kind, particle.Kind);
            Assert.Equal(label, Truth(particle).Label);

            // Bonds: Cu–Se a√3/4 = 2.53 Å; ordered crystals are stretched, not pressed.
            Assert.InRange(CrystalTwinTests.Closest(particle.Placement.Cluster), 2.53, 2.6);
        }
    }

    [Fact]
    public void DrawKinds_HiddenOrder_HasItsOrderOutOfView()
    {
        // Along a plane well out of the image plane the half order is there in the crystal and not in the image.
        foreach (HrtemParticle particle in Kinds(HrtemParticleKind.HiddenOrder, Field))
        {
            CartesianPosition normal = particle.Placement.Pose.ToImage(LayerVacancies.Unit(particle.Vacancies!.Normal));
            Assert.Equal(4, particle.Vacancies.PeriodCount);
            Assert.True(Math.Abs(normal.ZAngstrom) > Math.Sin(11 * Math.PI / 180));
        }
    }

    [Fact]
    public void DrawKinds_Twins_ShowThePlanesOfBothHalves()
    {
        foreach (HrtemParticle particle in Kinds(HrtemParticleKind.Twinned, Field with { Zones = [(1, -1, 0)], LargestTiltDeg = 0 }))
        {
            // Along ⟨110⟩: the common plane, and one more of each half.
            ParticleTruth truth = Truth(particle);
            Assert.Equal(3, truth.Fringes.Count);
            Assert.Single(truth.Fringes, fringe => fringe.Hkl.EndsWith(ParticleVisibility.TwinMark, StringComparison.Ordinal));
            Assert.Equal(1, truth.Fringes[0].AmplitudeRatio, 0.05);
            Assert.All(truth.Fringes.Skip(1), fringe => Assert.InRange(fringe.AmplitudeRatio, 0.15, 0.85));
        }
    }

    [Fact]
    public void DrawKinds_Statistical_HasTheOccupanciesOfItsCrystal()
    {
        Cluster[] clusters = [.. Kinds(HrtemParticleKind.Statistical, Field with { Statistical = new HrtemCrystal(Statistical) }).Select(particle => particle.Placement.Cluster)];
        double selenium = clusters.Sum(cluster => cluster.AtomCountOf(0)), tetrahedral = clusters.Sum(cluster => cluster.AtomCountOf(1)), octahedral = clusters.Sum(cluster => cluster.AtomCountOf(2));

        // Per Se: 2·0.846 and 0.3 in the bulk; 2.5 nm spheres cut at random hold up to some 10 % more or fewer of a site.
        Assert.Equal(1.692, tetrahedral / selenium, 0.15);
        Assert.Equal(0.3, octahedral / selenium, 0.05);
    }

    [Fact]
    public void DrawKinds_StrainAndHalves_AreDrawn()
    {
        HrtemFieldOptions field = Field with { StrainMeanFraction = -0.03, StrainSigmaFraction = 0.004, HalfOrderedFraction = 0.5, LargestElongationFraction = 0 };
        HrtemParticle[] particles = [.. Enumerable.Range(1, 4).SelectMany(seed => Kinds(HrtemParticleKind.Ordered, field, (ulong)seed))];

        // 32 particles: standard error of the mean 0.0007, three of them; cut at 2.5 s.d.
        Assert.Equal(0.97 * 5.85, particles.Average(particle => particle.Cell.AAngstrom), 0.0021 * 5.85);
        Assert.All(particles, particle => Assert.InRange(particle.Cell.AAngstrom / 5.85, 0.96, 0.98));
        Assert.True(particles.Select(particle => particle.Cell.AAngstrom).Distinct().Count() == 32);

        // Half of 32 in the mean, s.d. 2.8.
        Assert.InRange(particles.Count(particle => particle.Vacancies!.OrderedFraction < 1), 5, 27);
        Assert.All(particles, particle => Assert.True(particle.Vacancies!.OrderedFraction is 1 or (>= 0.4 and <= 0.6)));
        Assert.All(particles, particle => Assert.Equal(particle.Cell.AAngstrom / Math.Sqrt(3) / 10, Truth(particle).Fringes[0].SpacingNm, 1e-9));
    }

    [Fact]
    public void DrawKinds_OtherCrystal_ShowsItsOwnPlanes_AndMissingOnesAreRefused()
    {
        HrtemCrystal simple = new(new("Po", UnitCell.Cubic(3.35), SymmetryGroup.Parse("x,y,z"), [new("Po", "Po", 0, 0, 0)])) { Zones = [(0, 0, 1)], Planes = [(1, 0, 0), (0, 1, 0)] };
        HrtemFieldOptions field = Field with { Others = [simple] };

        Assert.All(Kinds(HrtemParticleKind.Other, field), particle =>
        {
            Assert.Equal(["0 1 0", "1 0 0"], Truth(particle).Fringes.Select(fringe => fringe.Hkl).Order());
            Assert.Equal("Po", particle.CrystalName);
        });
        Assert.Throws<ArgumentException>(() => Kinds(HrtemParticleKind.Other, Field));
        Assert.Throws<ArgumentException>(() => Kinds(HrtemParticleKind.Statistical, Field));
    }

    [Fact]
    public void Draw_ImpossibleFields_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => HrtemField.Draw(Field with { ParticleCount = 150 }, Image, 1));
        Assert.Equal("OrderedCount", Assert.Throws<ArgumentOutOfRangeException>(() => HrtemField.Draw(Field with { OrderedCount = 11 }, Image, 1)).ParamName);
        Assert.Equal("DiameterSigmaNm", Assert.Throws<ArgumentOutOfRangeException>(() => HrtemField.Draw(Field with { DiameterSigmaNm = 2 }, Image, 1)).ParamName);
        Assert.Equal("LargestDepletionFraction", Assert.Throws<ArgumentOutOfRangeException>(() => HrtemField.Draw(Field with { LargestDepletionFraction = 0.2 }, Image, 1)).ParamName);
    }

    private static ParticleTruth Truth(HrtemParticle particle) => ParticleVisibility.Of(particle.Placement, new ParticleTruthOptions
    {
        Cell = particle.Cell,
        Planes = particle.Planes,
        TwinNormal = particle.TwinNormal,
        FrameworkAtomicNumber = particle.FrameworkAtomicNumber,
        Vacancies = particle.Vacancies,
        PixelWidthNm = 0.025,
        PixelHeightNm = 0.025,
        Lens = new ObjectiveLens(),
        DosePerAngstrom2 = 1500,
    });
}
