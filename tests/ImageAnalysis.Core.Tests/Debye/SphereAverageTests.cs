using ImageAnalysis.Core;

namespace ImageAnalysis.Tests;

public sealed class SphereAverageTests
{
    [Fact]
    public void Sums_OfOneDiameter_AreTheMeanOverAllCentres()
    {
        // Pair sums over 300 spheres of 14 Å with random centres, per cell of the mean volume: within five standard errors, by the spheres' own scatter.
        CrystalStructure crystal = CopperSelenide.Of(0.4, 0.3, 0, 0);
        double[] q = [0, 0.4, 1.2, 1.86, 2.15, 3.04, 4.2];
        PairSums average = SphereAverage.Of(crystal, 14, 4.4).Sums(DiameterDistribution.Single(14), q);
        double cells = Math.PI / 6 * Math.Pow(14, 3) / crystal.Cell.VolumeAngstrom3;
        PairSums[] cut = [.. Enumerable.Range(0, 300).Select(seed =>
            DebyeScattering.PairSums(ParticleCutter.Cut(crystal, ParticleShape.Sphere(14), ParticleCutter.RandomCentre((ulong)seed)), q))];
        foreach ((int a, int b) in ((int, int)[])[(0, 0), (0, 1), (1, 1), (1, 2)])
        {
            double[] expected = [.. average.Of(a, b).ToArray().Select(value => value * cells)];
            DebyeScatteringTests.AssertMean(expected, [.. cut.Select(sums => sums.Of(a, b).ToArray())], 5);
        }

        Assert.Equal([4, 8, 4, 24, 32], average.AtomCounts);
    }

    [Fact]
    public void Sums_OfADistribution_AreTheVolumeWeightedMeanOfItsDiameters()
    {
        CrystalStructure crystal = CopperSelenide.Table2("4nm");
        SphereAverage spheres = SphereAverage.Of(crystal, 30, 4.4);
        double[] q = [0.8, 1.86, 2.5, 3.04, 4];
        double[] mixed = spheres.Sums(DiameterDistribution.OfMeasured([15, 22, 30]), q).IntensityElectrons2();
        double[][] single = [.. new double[] { 15, 22, 30 }.Select(d => spheres.Sums(DiameterDistribution.Single(d), q).IntensityElectrons2())];
        double[] volumes = [15 * 15 * 15, 22 * 22 * 22, 30 * 30 * 30];
        for (int i = 0; i < q.Length; i++)
        {
            double expected = Enumerable.Range(0, 3).Sum(k => volumes[k] * single[k][i]) / volumes.Sum();
            Assert.Equal(1, mixed[i] / expected, 1e-6); // different interpolation grids
        }
    }

    [Fact]
    public void Sums_OfAStrainedCell_AreThoseOfTheStrainedCrystal()
    {
        CrystalStructure crystal = CopperSelenide.Table2("6nm");
        DiameterDistribution sizes = DiameterDistribution.LogNormal(18, 2);
        double[] q = [0.8, 1.86, 2.5, 3.04, 4];
        double[] strained = SphereAverage.Of(crystal, 40, 4.4).Sums(sizes, q, 0.95).IntensityElectrons2();
        double[] own = SphereAverage.Of(crystal.WithCell(UnitCell.Cubic(0.95 * 5.85)), 40, 4.4).Sums(sizes, q).IntensityElectrons2();
        Assert.All(strained.Zip(own), pair => Assert.Equal(1, pair.First / pair.Second, 1e-6));
    }

    [Theory]
    [InlineData("4nm", 20.0)]
    [InlineData("2nm", 21.0)]
    [InlineData("6nm", 60.0)]
    public void Intensity_OfSpheres_IsTheSumOverBraggLines(string sample, double diameter)
    {
        // The same thing in reciprocal space (Poisson's summation): without diffuse scattering, per cell of volume v,
        // I(q) = Σ_G |F_G(q)|²·(2π²/(vGq))·[p(q − G) − p(q + G)] + |F_0(q)|²·V/v·(3(sin x − x cos x)/x³)², x = qD/2, p(s) = D·ψ(sD) the line of a sphere. The sum has
        // to reach far, since lines have tails 3/(2πs²D): what lies beyond |G| = 25 Å⁻¹ is Σ N_a n_a² f_a²·(6/πD)·∫dG/G², with Σ N_a n_a² f_a² the mean |F|².
        CrystalStructure crystal = CopperSelenide.Table2(sample);
        double[] q = [1.3, 1.86, 2.15, 2.6, 3.04, 3.3, 3.56, 4.1];
        ReflectionOptions tables = new() { Anomalous = null };
        double[] intensity = SphereAverage.Of(crystal, diameter, 4.4).Sums(DiameterDistribution.Single(diameter), q)
            .IntensityElectrons2(new() { Scattering = tables, OccupancyDiffuse = false });
        SiteSums sums = SiteSums.Of(crystal, Reflections.Families(crystal.Cell, crystal.Symmetry, 2 * Math.PI / 25));
        double v = crystal.Cell.VolumeAngstrom3;
        for (int i = 0; i < q.Length; i++)
        {
            double[] f = [.. crystal.Sites.Select(site => site.OccupancyFraction * ScatteringFactors.Electrons(ScatteringTable.WaasmaierKirfel1995, site.Ion, q[i] / (4 * Math.PI)))];
            double forward = crystal.Sites.Select((_, site) => f[site] * crystal.MultiplicityCount(site)).Sum();
            double x = q[i] * diameter / 2;
            double expected = forward * forward * Math.PI / 6 * Math.Pow(diameter, 3) / v * Math.Pow(3 * (Math.Sin(x) - (x * Math.Cos(x))) / (x * x * x), 2);
            expected += Enumerable.Range(0, f.Length).Sum(site => crystal.MultiplicityCount(site) * f[site] * f[site]) * 6 / (Math.PI * diameter * 25);
            for (int line = 0; line < sums.Families.Count; line++)
            {
                double amplitude = Enumerable.Range(0, f.Length).Sum(site => f[site] * sums.Real[(line * f.Length) + site]);
                double g = 2 * Math.PI / sums.Families[line].SpacingAngstrom;
                expected += sums.Families[line].MultiplicityCount * amplitude * amplitude * 2 * Math.PI * Math.PI / (v * g * q[i]) * (Line(q[i] - g) - Line(q[i] + g));
            }

            Assert.Equal(1, intensity[i] / expected, 3e-3);
        }

        // (1/π)∫₀ᴰ (1 − 3t/2D + t³/2D³) cos(st) dt.
        double Line(double s)
        {
            double y = Math.Abs(s) * diameter;
            return y < 0.05 ? diameter / Math.PI * ((3.0 / 8) - (y * y / 48)) : 3 * diameter / Math.PI * ((1 / (2 * y * y)) - (Math.Sin(y) / (y * y * y)) + ((1 - Math.Cos(y)) / Math.Pow(y, 4)));
        }
    }

    [Fact]
    public void Sums_OutOfReach_AreRefused()
    {
        SphereAverage spheres = SphereAverage.Of(CopperSelenide.Table2("4nm"), 20, 4.4);
        Assert.Throws<ArgumentOutOfRangeException>(() => spheres.Sums(DiameterDistribution.Single(21), [2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => spheres.Sums(DiameterDistribution.Single(20), [4.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => spheres.Sums(DiameterDistribution.Single(20), [2], 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => spheres.Sums(DiameterDistribution.Single(20), [2], double.NaN));
        Assert.Throws<ArgumentException>(() => spheres.Sums(DiameterDistribution.Single(20), []));
        Assert.Throws<ArgumentOutOfRangeException>(() => SphereAverage.Of(CopperSelenide.Table2("4nm"), 500, 4.4));
        Assert.Throws<ArgumentOutOfRangeException>(() => SphereAverage.Of(CopperSelenide.Table2("4nm"), 20, 0));
    }
}
