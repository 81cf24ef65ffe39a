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
        Vacancies = particle.Vacancies,
        PixelWidthNm = 0.025,
        PixelHeightNm = 0.025,
        Lens = new ObjectiveLens(),
        DosePerAngstrom2 = 1500,
    });
}
