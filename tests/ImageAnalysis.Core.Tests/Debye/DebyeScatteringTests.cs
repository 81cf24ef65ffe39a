using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

public sealed class DebyeScatteringTests
{
    private static readonly ReflectionOptions _plain = new() { Anomalous = null };
    private static readonly DebyeOptions _options = new() { Scattering = _plain };
    private static readonly double[] _q = [0, 1e-6, 0.01, 0.3, 1, 1.5, 2.2, 3.01, 4.4];

    [Fact]
    public void Intensity_OfADimer_IsTheFormula()
    {
        // I = 2f²(1 + sin qr/qr) with r = 2.5 Å. The sums are interpolated to better than 1e-8.
        Cluster dimer = Of([("Cu", 0, 0, 0), ("Cu", 0, 1.5, 2)]);
        double[] intensity = DebyeScattering.IntensityElectrons2(dimer, _q, _options);
        for (int i = 0; i < _q.Length; i++)
        {
            double f = ScatteringFactors.Electrons(ScatteringTable.WaasmaierKirfel1995, "Cu", _q[i] / (4 * Math.PI));
            Assert.Equal(2 * f * f * (1 + Sinc(_q[i] * 2.5)), intensity[i], 1e-7 * f * f);
        }
    }

    [Fact]
    public void Intensity_OfALineOfThree_CountsBothDistances()
    {
        // Cu-Se-Cu with 2.4 Å between neighbours: f_Se² + 2f_Cu² + 4 f_Cu f_Se sinc(2.4q) + 2 f_Cu² sinc(4.8q).
        Cluster line = Of([("Cu", -2.4, 0, 0), ("Se", 0, 0, 0), ("Cu", 2.4, 0, 0)]);
        double[] intensity = DebyeScattering.IntensityElectrons2(line, _q, _options);
        for (int i = 0; i < _q.Length; i++)
        {
            double cu = ScatteringFactors.Electrons(ScatteringTable.WaasmaierKirfel1995, "Cu", _q[i] / (4 * Math.PI));
            double se = ScatteringFactors.Electrons(ScatteringTable.WaasmaierKirfel1995, "Se", _q[i] / (4 * Math.PI));
            double expected = (se * se) + (2 * cu * cu) + (4 * cu * se * Sinc(2.4 * _q[i])) + (2 * cu * cu * Sinc(4.8 * _q[i]));
            Assert.Equal(expected, intensity[i], 1e-7 * expected);
        }
    }

    [Fact]
    public void Intensity_OfATetrahedron_HasSixEqualDistances()
    {
        // Corners of a cube of edge 2: six distances of √8. I = 4f²(1 + 3 sinc(q√8)).
        Cluster tetrahedron = Of([("Se", 1, 1, 1), ("Se", 1, -1, -1), ("Se", -1, 1, -1), ("Se", -1, -1, 1)]);
        double[] intensity = DebyeScattering.IntensityElectrons2(tetrahedron, _q, _options);
        for (int i = 0; i < _q.Length; i++)
        {
            double f = ScatteringFactors.Electrons(ScatteringTable.WaasmaierKirfel1995, "Se", _q[i] / (4 * Math.PI));
            Assert.Equal(4 * f * f * (1 + (3 * Sinc(Math.Sqrt(8) * _q[i]))), intensity[i], 1e-7 * f * f);
        }
    }

    [Fact]
    public void Intensity_OfOneAtom_IsItsScatteringFactorSquared()
    {
        double[] intensity = DebyeScattering.IntensityElectrons2(Of([("Se", 12, -3, 4)]), _q, _options);
        Assert.All(_q.Zip(intensity), pair => Assert.Equal(
            Math.Pow(ScatteringFactors.Electrons(ScatteringTable.WaasmaierKirfel1995, "Se", pair.First / (4 * Math.PI)), 2), pair.Second, 1e-9));
    }

    [Theory]
    [InlineData(1, 200, 8.0, 5)]
    [InlineData(2, 60, 3.0, 20)]
    [InlineData(3, 900, 20.0, 5)]
    public void Intensity_OfRandomAtoms_AgreesWithTheExactDoubleSum(int seed, int count, double radius, double largestQ)
    {
        Cluster cluster = RandomCluster((ulong)seed, count, radius);
        double[] q = [.. Enumerable.Range(0, 41).Select(i => 0.2 + ((largestQ - 0.2) * i / 40))];
        double[] exact = ExactDebye.Intensity(cluster, q, _plain);
        double[] intensity = DebyeScattering.IntensityElectrons2(cluster, q, _options);
        // The bar of the project is 1e-4; the worst of these is near 1e-6.
        Assert.All(exact.Zip(intensity), pair => Assert.Equal(1, pair.Second / pair.First, 2e-5));
    }

    [Fact]
    public void Intensity_OfAThermallyDisplacedParticle_AgreesWithTheExactDoubleSum()
    {
        // 1,990 atoms, no two distances equal, so that all bins hold several distances. Between the lines the intensity is a tenth of Σf².
        Cluster cluster = ParticleCutter.Cut(CopperSelenide.Table2("4nm", b: 1), ParticleShape.Sphere(40), default).Displaced(5);
        double[] q = [.. Enumerable.Range(0, 13).Select(i => 0.9 + (0.29 * i))];
        double[] exact = ExactDebye.Intensity(cluster, q, _plain);
        double[] self = ExactDebye.SelfPart(cluster, q, _plain);
        double[] intensity = DebyeScattering.IntensityElectrons2(cluster, q, _options);
        PairSums sums = DebyeScattering.PairSums(cluster, q);
        for (int i = 0; i < q.Length; i++)
        {
            Assert.Equal(1, intensity[i] / exact[i], 2e-5);
            // The proven bound, and that it is not empty: the error is above 0 and at least tenfold below it.
            Assert.InRange(Math.Abs(intensity[i] - exact[i]) / self[i], 0, sums.ErrorBoundRatio * 2 / 10);
        }

        Assert.InRange(sums.ErrorBoundRatio, 1e-7, DebyeScattering.LargestErrorBoundRatio / 2);
    }

    [Fact]
    public void Intensity_OfAStatisticalCluster_HasLauesMonotonicTerm()
    {
        // Two places of occupancy n = 0.25: n·2f² + n²·2f² sinc. Without the diffuse term n²·2f²(1 + sinc).
        Cluster places = new([new("8c", Species.Parse("Cu")) { OccupancyFraction = 0.25 }], [new(0, new(0, 0, 0)), new(0, new(3, 0, 0))]);
        double[] with = DebyeScattering.IntensityElectrons2(places, _q, _options);
        double[] without = DebyeScattering.IntensityElectrons2(places, _q, _options with { OccupancyDiffuse = false });
        for (int i = 0; i < _q.Length; i++)
        {
            double f = ScatteringFactors.Electrons(ScatteringTable.WaasmaierKirfel1995, "Cu", _q[i] / (4 * Math.PI));
            Assert.Equal(2 * f * f * (0.25 + (0.0625 * Sinc(3 * _q[i]))), with[i], 1e-7 * f * f);
            Assert.Equal(2 * f * f * 0.0625 * (1 + Sinc(3 * _q[i])), without[i], 1e-7 * f * f);
        }
    }

    [Fact]
    public void Intensity_OfAlternativesAtOnePlace_HasNoPairOfThem()
    {
        // A mixed place, ¼ Cu and ¾ Se: the mean of f² is ¼f_Cu² + ¾f_Se²; of the mean occupancy (¼f_Cu + ¾f_Se)².
        Cluster mixed = new(
            [new("Cu", Species.Parse("Cu")) { OccupancyFraction = 0.25 }, new("Se", Species.Parse("Se")) { OccupancyFraction = 0.75 }],
            [new(0, new(1, 1, 1)), new(1, new(1, 1, 1))]);
        double cu = ScatteringFactors.Electrons(ScatteringTable.WaasmaierKirfel1995, "Cu", 0.2);
        double se = ScatteringFactors.Electrons(ScatteringTable.WaasmaierKirfel1995, "Se", 0.2);
        double[] q = [0.8 * Math.PI];
        Assert.Equal((0.25 * cu * cu) + (0.75 * se * se), DebyeScattering.IntensityElectrons2(mixed, q, _options)[0], 1e-9);
        Assert.Equal(Math.Pow((0.25 * cu) + (0.75 * se), 2), DebyeScattering.IntensityElectrons2(mixed, q, _options with { OccupancyDiffuse = false })[0], 1e-9);
    }

    [Fact]
    public void Intensity_OfTwoAtomsAtOnePlace_IsRefused()
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() => DebyeScattering.IntensityElectrons2(Of([("Cu", 1, 0, 0), ("Se", 1, 0, 0.0001)]), _q, _options));
        Assert.Contains("one place", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Intensity_AtZero_IsTheSquareOfAllElectrons()
    {
        Cluster cluster = RandomCluster(9, 300, 12);
        double electrons = Enumerable.Range(0, 2).Sum(site => cluster.AtomCountOf(site)
            * ScatteringFactors.Of(ScatteringTable.WaasmaierKirfel1995, cluster.Sites[site].Species).ElectronsAt(0));
        double[] intensity = DebyeScattering.IntensityElectrons2(cluster, [0, 1e-5], _options);
        // Exact at 0. At 1e-5, qr ≤ 2.4e-4: 1 − (qr)²/6 is 1 to 1e-8.
        Assert.Equal(1, intensity[0] / (electrons * electrons), 1e-9);
        Assert.Equal(1, intensity[1] / (electrons * electrons), 1e-7);
    }

    [Fact]
    public void Intensity_WithAnomalousScattering_TakesTheRealPartOfFAFBConjugate()
    {
        // f = f0 + f′ + if″, so Re(f_a f_b*) = (f0+f′)_a(f0+f′)_b + f″_a f″_b.
        ReflectionOptions anomalous = new()
        {
            OwnAnomalous = new Dictionary<string, AnomalousFactor> { ["Cu"] = new(-2, 0.5), ["Se"] = new(-1, 1.25) },
        };
        double cu = ScatteringFactors.Electrons(ScatteringTable.WaasmaierKirfel1995, "Cu", 0.25) - 2;
        double se = ScatteringFactors.Electrons(ScatteringTable.WaasmaierKirfel1995, "Se", 0.25) - 1;
        double expected = (cu * cu) + 0.25 + (se * se) + 1.5625 + (2 * ((cu * se) + (0.5 * 1.25)) * Sinc(Math.PI * 2.5));
        Assert.Equal(expected, DebyeScattering.IntensityElectrons2(Of([("Cu", 0, 0, 0), ("Se", 2.5, 0, 0)]), [Math.PI], new() { Scattering = anomalous })[0], 1e-6 * expected);
    }

    [Fact]
    public void Intensity_WithDisplacements_DampsPairsAndKeepsTheSelfPart()
    {
        // q = 2π gives s = 1/2; B = 2 and 4: exp(−(2 + 4)/4) on the pair, exp(−2·2/4) and exp(−2·4/4) on the self parts without thermal diffuse scattering.
        Cluster dimer = new(
            [new("a", Species.Parse("Cu")) { BIsoAngstrom2 = 2 }, new("b", Species.Parse("Cu")) { BIsoAngstrom2 = 4 }],
            [new(0, default), new(1, new(2.6, 0, 0))]);
        double f = ScatteringFactors.Electrons(ScatteringTable.WaasmaierKirfel1995, "Cu", 0.5);
        double pair = 2 * f * f * Math.Exp(-1.5) * Sinc(2 * Math.PI * 2.6);
        double[] q = [2 * Math.PI];
        Assert.Equal((2 * f * f) + pair, DebyeScattering.IntensityElectrons2(dimer, q, _options)[0], 1e-6 * f * f);
        Assert.Equal((f * f * (Math.Exp(-1) + Math.Exp(-2))) + pair, DebyeScattering.IntensityElectrons2(dimer, q, _options with { ThermalDiffuse = false })[0], 1e-6 * f * f);
    }

    [Fact]
    public void Intensity_MeanOfThermalConfigurations_IsThatWithDebyeWallerFactors()
    {
        // 100 frozen configurations of 13 atoms with B = 1.5: the mean agrees within five standard errors at each q, by the configurations' own scatter.
        Cluster cluster = ParticleCutter.Cut(CopperSelenide.Table2("4nm", b: 1.5), ParticleShape.Sphere(6), default);
        double[] q = [1, 2, 3, 4, 5];
        double[] expected = DebyeScattering.IntensityElectrons2(cluster, q, _options);
        double[][] frozen = [.. Enumerable.Range(0, 100).Select(seed => DebyeScattering.IntensityElectrons2(cluster.Displaced((ulong)seed), q, _options))];
        AssertMean(expected, frozen, 5);
        // And they do differ from the particle at rest.
        Assert.True(DebyeScattering.IntensityElectrons2(cluster, q, _options with { Scattering = _plain with { BIsoByElement = new Dictionary<string, double> { ["Cu"] = 0, ["Se"] = 0 } } })[4] > 1.02 * expected[4]);
    }

    [Fact]
    public void Intensity_OfAScaledCluster_IsThatAtScaledScatteringVectors()
    {
        Cluster cluster = ParticleCutter.Cut(CopperSelenide.Table2("4nm"), ParticleShape.Sphere(16), new(0.5, 0.5, 0.5));
        double[] q = [0.7, 1.9, 2.4, 3.3, 4.1];
        PairSums sums = DebyeScattering.PairSums(cluster, q);
        PairSums scaled = DebyeScattering.PairSums(cluster.Scaled(0.97), [.. q.Select(value => value / 0.97)]);
        for (int pair = 0; pair < 3; pair++)
        {
            (int a, int b) = pair switch { 0 => (0, 0), 1 => (0, 1), _ => (1, 1) };
            // Interpolation from other grids: 1e-7 of the number of atoms.
            Assert.All(sums.Of(a, b).ToArray().Zip(scaled.Of(b, a).ToArray()), values => Assert.Equal(values.First, values.Second, 1e-5));
        }
    }

    [Fact]
    public void Sums_OfTheSameAtomsInAnyOrder_AreTheSameBits()
    {
        Cluster cluster = ParticleCutter.Cut(CopperSelenide.Table2("4nm", b: 1), ParticleShape.Sphere(18), default).Displaced(3);
        Cluster reversed = new(cluster.Sites, cluster.Atoms.Reverse());
        Assert.Equal(DebyeScattering.PairSums(cluster, _q).Of(1, 1).ToArray(), DebyeScattering.PairSums(cluster, _q).Of(1, 1).ToArray());
        Assert.Equal(DebyeScattering.PairSums(cluster, _q).Of(1, 1).ToArray(), DebyeScattering.PairSums(reversed, _q).Of(1, 1).ToArray());
    }

    [Fact]
    public void Intensity_ByOccupancy_IsTheDifferenceQuotient()
    {
        // I is quadratic in the occupancies, so central differences are exact but for rounding.
        Cluster cluster = ParticleCutter.Cut(CopperSelenide.Of(0.4, 0.3, 0, 0.1), ParticleShape.Sphere(14), default);
        double[] q = [1.8, 3.0];
        PairSums sums = DebyeScattering.PairSums(cluster, q);
        double[] n = [1, 0.4, 0.3, 0.2, 0.1];
        double[] intensity = new double[2], slopes = new double[10], above = new double[2], below = new double[2];
        foreach (bool diffuse in (bool[])[true, false])
        {
            DebyeOptions options = new() { OccupancyDiffuse = diffuse };
            sums.Intensity(n, options, intensity, slopes);
            for (int site = 1; site < 5; site++)
            {
                double[] up = [.. n], down = [.. n];
                up[site] += 0.01;
                down[site] -= 0.01;
                sums.Intensity(up, options, above, []);
                sums.Intensity(down, options, below, []);
                Assert.All(Enumerable.Range(0, 2), i => Assert.Equal((above[i] - below[i]) / 0.02, slopes[(2 * site) + i], 1e-7 * intensity[i]));
            }
        }
    }

    [Fact]
    public void Sums_BadArguments_AreRefused()
    {
        Cluster atom = Of([("Cu", 0, 0, 0)]);
        Assert.Throws<ArgumentException>(() => DebyeScattering.PairSums(atom, []));
        foreach (double q in (double[])[double.NaN, -0.1, 61, double.PositiveInfinity])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => DebyeScattering.PairSums(atom, [1, q]));
        }

        Assert.Throws<ArgumentNullException>(() => DebyeScattering.IntensityElectrons2(null!, [1]));
        // Bins of t = r² up to (50,000 Å)² would fill the memory.
        Assert.Throws<ArgumentException>(() => DebyeScattering.PairSums(Of([("Cu", 0, 0, 0), ("Cu", 50_000, 0, 0)]), [4]));
        PairSums sums = DebyeScattering.PairSums(atom, [1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => sums.Of(0, 1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => sums.Intensity([1.1], new(), new double[1], []));
        Assert.Throws<ArgumentException>(() => sums.Intensity([1], new(), new double[2], []));
    }

    internal static void AssertMean(double[] expected, double[][] samples, double standardErrors)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double mean = samples.Average(sample => sample[i]);
            double variance = samples.Sum(sample => Math.Pow(sample[i] - mean, 2)) / (samples.Length - 1);
            Assert.Equal(expected[i], mean, standardErrors * Math.Sqrt(variance / samples.Length));
        }
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x) / x;

    private static Cluster Of((string Element, double X, double Y, double Z)[] atoms)
    {
        string[] elements = [.. atoms.Select(atom => atom.Element).Distinct()];
        return new(
            elements.Select(element => new ClusterSite(element, Species.Parse(element))),
            atoms.Select(atom => new ClusterAtom(Array.IndexOf(elements, atom.Element), new(atom.X, atom.Y, atom.Z))));
    }

    // Cu and Se at random in a sphere, no two closer than 1.8 Å.
    private static Cluster RandomCluster(ulong seed, int count, double radius)
    {
        Random random = new((int)seed);
        List<ClusterAtom> atoms = [];
        while (atoms.Count < count)
        {
            CartesianPosition at = new((random.NextDouble() - 0.5) * 2 * radius, (random.NextDouble() - 0.5) * 2 * radius, (random.NextDouble() - 0.5) * 2 * radius);
            double closest = count < 100 ? 0.4 : 1.8;
            if (at.LengthAngstrom <= radius && atoms.TrueForAll(other => ExactDebye.Distance(other.Position, at) > closest))
            {
                atoms.Add(new(atoms.Count % 3 == 0 ? 0 : 1, at));
            }
        }

        return new([new ClusterSite("Se", Species.Parse("Se")), new ClusterSite("Cu", Species.Parse("Cu"))], atoms);
    }
}
