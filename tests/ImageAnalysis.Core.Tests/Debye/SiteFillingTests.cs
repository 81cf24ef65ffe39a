using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

public sealed class SiteFillingTests
{
    private static readonly FractionalPosition _cellCentre = new(0.5, 0.5, 0.5);

    [Fact]
    public void Fill_OfTheLowTemperatureModel_MeetsItWithoutImpossibleContacts()
    {
        // Row 6 nm of table 2: each cage around 8c holds one atom, 0.37 of them in its middle, 4 · 0.1575 = 0.63 on one of its four 32f: the cages are full, and 32f of two
        // cages are 1.87 Å apart. The surface is looser, since cages there have lost places.
        Cluster places = ParticleCutter.Cut(CopperSelenide.Table2("6nm"), ParticleShape.Sphere(30), _cellCentre);
        FilledCluster filled = SiteFilling.Fill(places, 11);
        Assert.True(filled.Cluster.IsExplicit);
        Assert.Empty(filled.Shortfalls);
        Assert.True(filled.ClosestContactAngstrom >= 2.0);
        Assert.Equal(places.CellCountRatio, filled.Cluster.CellCountRatio);
        FilledSite c8 = filled.Sites[1], f32 = filled.Sites[4];
        Assert.Equal(0.37, c8.PlacedFraction!.Value, 1.0 / c8.PlaceCount);
        Assert.Equal(0.1575, f32.PlacedFraction!.Value, 1.0 / f32.PlaceCount);
        Assert.Equal(places.AtomCountOf(0), filled.Cluster.AtomCountOf(0)); // all Se
    }

    [Fact]
    public void Fill_OfSitesNextToFullOnes_LeavesThemEmptyAndSaysSo()
    {
        // Row 2 nm: every 24e (¼00) lies 5.85/4 = 1.46 Å from a Se. At the surface a Se may be missing.
        Cluster places = ParticleCutter.Cut(CopperSelenide.Table2("2nm"), ParticleShape.Sphere(21), default);
        FilledCluster filled = SiteFilling.Fill(places, 3);
        FilledSite e24 = filled.Sites[3];
        Assert.InRange(e24.BlockedCount, 0.7 * e24.PlaceCount, e24.PlaceCount);
        Assert.True(e24.PlacedCount <= e24.PlaceCount - e24.BlockedCount);
        Assert.True(e24.PlacedCount < e24.WantedCount);
        string shortfall = Assert.Single(filled.Shortfalls, line => line.StartsWith("24e", StringComparison.Ordinal));
        Assert.Contains($"{e24.PlacedCount} of {e24.WantedCount}", shortfall, StringComparison.Ordinal);
        Assert.True(filled.ClosestContactAngstrom >= 2.0);
        // 8c (2.53 Å from Se and 4b) and 4b are met: nothing excludes them but the few 24e at the surface.
        Assert.Equal(0.3, filled.Sites[1].PlacedFraction!.Value, 0.02);
        Assert.Equal(0.3, filled.Sites[2].PlacedFraction!.Value, 0.05);
    }

    [Fact]
    public void Fill_OverManySeeds_HasTheWantedMeanAndAllPlacesAlike()
    {
        // 8c 0.3 and 32f 0.1: 0.7 of an atom a cage, so that exclusion matters and can be met. Rounding at random makes the mean number right on average.
        Cluster places = ParticleCutter.Cut(CopperSelenide.Of(0.3, 0, 0, 0.1), ParticleShape.Sphere(12), _cellCentre);
        int runs = 300;
        double[] fillings = new double[places.AtomCount];
        Dictionary<ClusterAtom, int> placeOf = places.Atoms.Select((atom, index) => (atom, index)).ToDictionary(pair => pair.atom, pair => pair.index);
        double[] meanCount = new double[5];
        for (int seed = 0; seed < runs; seed++)
        {
            FilledCluster filled = SiteFilling.Fill(places, (ulong)seed);
            Assert.Empty(filled.Shortfalls);
            Assert.True(filled.ClosestContactAngstrom >= 2.0);
            foreach (ClusterAtom atom in filled.Cluster.Atoms)
            {
                fillings[placeOf[atom]] += 1.0 / runs;
                meanCount[atom.SiteIndex] += 1.0 / runs;
            }
        }

        // The rounded number scatters by at most ½, so its mean over 300 seeds by 0.029; five times that.
        Assert.Equal(0.3 * places.AtomCountOf(1), meanCount[1], 0.15);
        Assert.Equal(0.1 * places.AtomCountOf(4), meanCount[4], 0.15);
        // The cage at the centre of the particle has neighbours all around; its four outer places are equivalent (0.1 ± 0.017 each, five standard errors).
        ClusterAtom cage = places.Atoms.Where(atom => atom.SiteIndex == 1).MinBy(atom => atom.Position.LengthAngstrom);
        double[] outer = [.. places.Atoms.Where(atom => atom.SiteIndex == 4 && ExactDebye.Distance(atom.Position, cage.Position) < 1).Select(atom => fillings[placeOf[atom]])];
        Assert.Equal(4, outer.Length);
        Assert.All(outer, value => Assert.Equal(outer.Average(), value, 0.085));
        Assert.InRange(outer.Average(), 0.04, 0.16);
    }

    [Fact]
    public void Fill_WithImpossibleOccupancies_SharesTheShortageAndReportsIt()
    {
        // 8c and 32f both 0.5: 0.5 + 4 · 0.5 = 2.5 atoms a cage, where one has room.
        Cluster places = ParticleCutter.Cut(CopperSelenide.Of(0.5, 0, 0, 0.5), ParticleShape.Sphere(16), _cellCentre);
        FilledCluster filled = SiteFilling.Fill(places, 1);
        Assert.True(filled.ClosestContactAngstrom >= 2.0);
        Assert.NotEmpty(filled.Shortfalls);
        Assert.All(filled.Sites, site => Assert.True(site.PlacedCount <= site.WantedCount));
        int copper = filled.Sites[1].PlacedCount + filled.Sites[4].PlacedCount;
        // Almost every cage holds an atom, and none two.
        int cages = places.AtomCountOf(1);
        Assert.InRange(copper, 0.8 * cages, 1.4 * cages); // 1.4: cages at the surface without their middle
    }

    [Fact]
    public void Fill_WithoutExclusion_FillsEachPlaceByItsOwnChance()
    {
        Cluster places = ParticleCutter.Cut(CopperSelenide.Of(0.37, 0, 0.1, 0.1575), ParticleShape.Sphere(40), default);
        FilledCluster filled = SiteFilling.Fill(places, 4, new() { ShortestDistanceAngstrom = 0 });
        foreach (FilledSite site in filled.Sites.Where(site => site.WantedFraction is > 0 and < 1))
        {
            // Binomial: five standard deviations.
            double deviation = Math.Sqrt(site.WantedFraction * (1 - site.WantedFraction) / site.PlaceCount);
            Assert.Equal(site.WantedFraction, site.PlacedFraction!.Value, 5 * deviation);
            Assert.Equal(0, site.BlockedCount);
        }

        // Impossible contacts are there: 8c and 32f of one cage are 0.09·√3·5.85 = 0.91 Å apart.
        Assert.Equal(0.912, filled.ClosestContactAngstrom!.Value, 0.001);
    }

    [Fact]
    public void Fill_OfAlternativesAtOnePlace_TakesOneAtMost()
    {
        ClusterSite[] sites = [new("Cu", Species.Parse("Cu")) { OccupancyFraction = 0.6 }, new("Ag", Species.Parse("Ag")) { OccupancyFraction = 0.4 }];
        Cluster mixed = new(sites, Enumerable.Range(0, 500).SelectMany(i => (ClusterAtom[])[new(0, new(4 * i, 0, 0)), new(1, new(4 * i, 0, 0))]));
        foreach (double shortest in (double[])[0, 2])
        {
            FilledCluster filled = SiteFilling.Fill(mixed, 2, new() { ShortestDistanceAngstrom = shortest });
            Assert.Equal(500, filled.Cluster.AtomCount); // 0.6 + 0.4: never empty
            Assert.Equal(500, filled.Cluster.Atoms.Select(atom => atom.Position).Distinct().Count());
            Assert.Equal(300, filled.Cluster.AtomCountOf(0), 5 * Math.Sqrt(120)); // binomial without exclusion, exact with it
        }
    }

    [Fact]
    public void Fill_OfOneSeed_RepeatsAndOfAnotherDiffers()
    {
        Cluster places = ParticleCutter.Cut(CopperSelenide.Table2("6nm"), ParticleShape.Sphere(16), default);
        Assert.Equal(SiteFilling.Fill(places, 5).Cluster.Atoms, SiteFilling.Fill(places, 5).Cluster.Atoms);
        Assert.NotEqual(SiteFilling.Fill(places, 5).Cluster.Atoms, SiteFilling.Fill(places, 6).Cluster.Atoms);
    }

    [Fact]
    public void Fill_BadOptionsOrNothingLeft_IsRefused()
    {
        Cluster places = ParticleCutter.Cut(CopperSelenide.Table2("6nm"), ParticleShape.Sphere(16), default);
        Assert.Throws<ArgumentOutOfRangeException>(() => SiteFilling.Fill(places, 1, new() { ShortestDistanceAngstrom = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SiteFilling.Fill(places, 1, new() { SweepCount = 0 }));
        Cluster empty = new([new("Cu", Species.Parse("Cu")) { OccupancyFraction = 0 }], [new(0, default)]);
        Assert.Throws<ArgumentException>(() => SiteFilling.Fill(empty, 1));
    }

    [Fact]
    public void StatisticalCluster_Intensity_IsTheMeanOfIndependentConfigurations()
    {
        // 150 configurations of 12 Å particles of four partly filled sites; five standard errors at each of eight scattering vectors.
        Cluster places = ParticleCutter.Cut(CopperSelenide.Of(0.4, 0.3, 0.2, 0.1, b: 1), ParticleShape.Sphere(12), _cellCentre);
        double[] q = [0.5, 1.2, 1.86, 2.15, 2.6, 3.04, 3.56, 4.2];
        double[][] drawn = [.. Enumerable.Range(0, 150).Select(seed =>
            DebyeScattering.IntensityElectrons2(SiteFilling.Fill(places, (ulong)seed, new() { ShortestDistanceAngstrom = 0 }).Cluster, q))];
        DebyeScatteringTests.AssertMean(DebyeScattering.IntensityElectrons2(places, q), drawn, 5);
    }

    [Fact]
    public void Ensemble_OfADistribution_FollowsIt()
    {
        DiameterDistribution sizes = DiameterDistribution.Normal(20, 3);
        IReadOnlyList<FilledCluster> particles = ParticleEnsemble.DrawSpheres(CopperSelenide.Table2("4nm"), sizes, 40, 1);
        Assert.Equal(40, particles.Count);
        // The number of cells of a sphere of diameter D is π/6 D³/v on average; the mean of D³ over a normal law is m³ + 3ms² = 8540.
        Assert.Equal(1, particles.Average(particle => particle.Cluster.CellCountRatio!.Value) / (Math.PI / 6 * 8540 / Math.Pow(5.85, 3)), 0.03);
        Assert.True(particles[0].Cluster.AtomCount < particles[^1].Cluster.AtomCount);
        Assert.Equal(particles[7].Cluster.Atoms, ParticleEnsemble.DrawSpheres(CopperSelenide.Table2("4nm"), sizes, 40, 1)[7].Cluster.Atoms);
        Assert.Throws<ArgumentOutOfRangeException>(() => ParticleEnsemble.DrawSpheres(CopperSelenide.Table2("4nm"), sizes, 0, 1));
    }
}
