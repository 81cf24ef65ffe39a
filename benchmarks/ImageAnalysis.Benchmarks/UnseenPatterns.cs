using ImageAnalysis.Core;

namespace ImageAnalysis.Benchmarks;

/// <summary>A pattern with known truth for the fit.</summary>
/// <param name="Name">What is difficult about it.</param>
/// <param name="Truth">The crystal that it was made from, with its cell as strained.</param>
/// <param name="Pattern">The pattern with counting noise.</param>
/// <param name="Anomalous">Whether f′ and f″ are in it.</param>
internal sealed record UnseenPattern(string Name, CrystalStructure Truth, PowderPattern Pattern, bool Anomalous = true);

/// <summary>
/// Patterns of the paper's models that differ from the fit's own model in one way or several: other tables, explicit clusters, mixtures of sizes, facets, a displaced sample, a holder's peak, a halo,
/// microstrain. 2000 net counts over some 500, 15° to 65°, 0.04°. The fit is told 8 Cu and nothing else.
/// </summary>
internal static class UnseenPatterns
{
    private static readonly SymmetryGroup Fm3m = SymmetryGroup.Parse("-y,x,z", "z,x,y", "y,x,z", "-x,-y,-z", "x,y+1/2,z+1/2", "x+1/2,y,z+1/2");

    /// <summary>All kinds of patterns, with one seed for noise and draws.</summary>
    public static IEnumerable<UnseenPattern> All(int seed)
    {
        CrystalStructure six = Crystal(0.37, 0, 0, 0.1575), four = Crystal(1, 0, 0, 0), two = Crystal(0.3, 0.3, 0.18333, 0), row2 = Crystal(0.3, 0.15, 0.20833, 0), mixed = Crystal(0.685, 0, 0, 0.07875);
        ReflectionOptions without = new() { Anomalous = null }, cromerMann = new() { Table = ScatteringTable.CromerMann1992, Anomalous = null };
        ReflectionOptions other = new() { Table = ScatteringTable.CromerMann1992, Anomalous = AnomalousTable.CromerLiberman1981 };

        // Bragg lines.
        yield return Bragg("6 nm model, displaced by 0.2 mm", six, new() { SizeAngstrom = 50, DisplacementMm = 0.2 }, seed);
        yield return Bragg("4 nm model, holder peak at 59° and halo", four, new() { SizeAngstrom = 33, Holder = new(500, 58.8, 0.5), Halo = new(300, 21, 9) }, seed);
        yield return Bragg("2 nm model, bent background", two, new() { SizeAngstrom = 18, BackgroundCounts = [600, -200, 80, -30] }, seed);
        yield return Bragg("6 nm model, microstrain 1 %", six, new() { SizeAngstrom = 60, MicrostrainFraction = 0.01 }, seed);
        yield return Bragg("table 4 row 2, pressed by 3 %", Pressed(row2, 0.97), new() { SizeAngstrom = 20 }, seed);
        yield return Bragg("6 nm model, zero shift 0.08°, f′ f″ off", six, new() { SizeAngstrom = 50, ZeroShiftDeg = 0.08, Scattering = without }, seed) with { Anomalous = false };
        yield return Bragg("4 nm model, Cromer-Mann, f′ f″ off", four, new() { SizeAngstrom = 33, Scattering = cromerMann }, seed) with { Anomalous = false };
        yield return Bragg("2 nm model, Cromer-Mann, Cromer-Liberman", two, new() { SizeAngstrom = 18, Scattering = other }, seed);
        yield return Mixture("6 nm model, log-normal sizes 5 ± 1.5 nm", six, seed);

        // The Debye equation, averaged over where particles are cut.
        yield return Spheres("6 nm model, Debye 2.1 ± 0.3 nm", six, DiameterDistribution.Normal(21, 3), new(), seed);
        yield return Spheres("2 nm model, Debye 2.1 ± 0.3 nm, holder and halo", two, DiameterDistribution.Normal(21, 3), new() { Holder = new(400, 59.2, 0.6), Halo = new(250, 22, 10) }, seed);
        yield return Spheres("4 nm model, Debye log-normal 4 ± 0.6 nm", four, DiameterDistribution.LogNormal(40, 6), new(), seed);
        yield return Spheres("4 nm model, Debye 1.8 ± 0.2 nm, pressed by 4 %", Pressed(four, 0.96), DiameterDistribution.Normal(18, 2), new(), seed);
        yield return Spheres("6 nm model, Debye, half 2.5 half 5 nm", six, DiameterDistribution.OfCounts([25, 50], [0.5, 0.5]), new(), seed);
        yield return Spheres("6 nm model, Debye 6 ± 0.5 nm", six, DiameterDistribution.Normal(60, 5), new() { Displacement = 0.1 }, seed);
        yield return Spheres("table 3 row 2, Debye 4 ± 0.4 nm", mixed, DiameterDistribution.Normal(40, 4), new(), seed);

        // Explicit clusters.
        yield return Clusters("6 nm model, 60 random clusters of 2.5 ± 0.3 nm", six, DiameterDistribution.Normal(25, 3), new() { ShortestDistanceAngstrom = 0 }, seed);
        yield return Clusters("6 nm model, 60 clusters without close contacts, 3 ± 0.3 nm", six, DiameterDistribution.Normal(30, 3), new() { ShortestDistanceAngstrom = 1.5 }, seed);
        yield return Octahedra("4 nm model, octahedra of 3 ± 0.3 nm", four, seed);
    }

    private static CrystalStructure Crystal(double c8, double b4, double e24, double f32) => new(
        "Cu2Se", UnitCell.Cubic(5.85), Fm3m,
        new CrystalSite[]
        {
            new("Se", "Se", 0, 0, 0), new("8c", "Cu", 0.25, 0.25, 0.25, c8), new("4b", "Cu", 0.5, 0.5, 0.5, b4), new("24e", "Cu", 0.25, 0, 0, e24), new("32f", "Cu", 0.34, 0.34, 0.34, f32),
        }.Where(site => site.OccupancyFraction > 0).Select(site => site with { BIsoAngstrom2 = 1.2 }));

    private static CrystalStructure Pressed(CrystalStructure crystal, double ratio) => crystal.WithCell(UnitCell.Cubic(5.85 * ratio));

    private static UnseenPattern Bragg(string name, CrystalStructure truth, BraggPatternOptions options, int seed) => new(
        name, truth, CountingNoise.Poisson(BraggPattern.Simulate(truth, options.BackgroundCounts is [0] ? options with { BackgroundCounts = [500] } : options), seed));

    /// <summary>Pseudo-Voigt lines of Scherrer sizes that follow a log-normal law, by volume.</summary>
    private static UnseenPattern Mixture(string name, CrystalStructure truth, int seed)
    {
        DiameterDistribution sizes = DiameterDistribution.LogNormal(50, 15);
        double[]? sum = null;
        PowderPattern? last = null;
        for (int i = 0; i < 25; i++)
        {
            // Of crystals of size D the share of the volume goes as D³; a pattern of 2000 counts at its peak has an area that falls as its width, so the height goes as D³·D.
            double size = sizes.QuantileAngstrom((i + 0.5) / 25);
            last = BraggPattern.Simulate(truth, new() { SizeAngstrom = size, EtaFraction = 0.3, PeakCounts = Math.Pow(size / 50, 4) });
            sum = sum is null ? [.. last.IntensityCounts] : [.. sum.Zip(last.IntensityCounts, (a, b) => a + b)];
        }

        return new(name, truth, Counted(last!, sum!, new(), seed));
    }

    private static UnseenPattern Spheres(string name, CrystalStructure truth, DiameterDistribution sizes, Surroundings around, int seed)
    {
        PowderPattern pattern = DebyePattern.OfSpheres(truth, sizes, new() { StepDeg = 0.04 });
        return new(name, truth, Counted(pattern, pattern.IntensityCounts, around, seed));
    }

    private static UnseenPattern Clusters(string name, CrystalStructure truth, DiameterDistribution sizes, SiteFillingOptions filling, int seed)
    {
        PowderPattern pattern = DebyePattern.OfClusters(truth, ParticleEnsemble.DrawSpheres(truth, sizes, 60, (ulong)seed, filling).Select(particle => particle.Cluster));
        return new(name, truth, Counted(pattern, pattern.IntensityCounts, new(), seed));
    }

    private static UnseenPattern Octahedra(string name, CrystalStructure truth, int seed)
    {
        DiameterDistribution sizes = DiameterDistribution.Normal(30, 3);
        Cluster[] particles = [.. Enumerable.Range(0, 40).Select(i => ParticleCutter.Cut(truth, ParticleShape.Octahedron(sizes.QuantileAngstrom((i + 0.5) / 40)), ParticleCutter.RandomCentre((ulong)((100 * seed) + i))))];
        PowderPattern pattern = DebyePattern.OfClusters(truth, particles);
        return new(name, truth, Counted(pattern, pattern.IntensityCounts, new(), seed));
    }

    /// <summary>2000 net counts at the highest point of the crystal's part, over a background of 500, with what else there is, and noise.</summary>
    private static PowderPattern Counted(PowderPattern pattern, IReadOnlyList<double> values, Surroundings around, int seed)
    {
        double factor = 2000 / values.Max();
        double[] angles = [.. pattern.TwoThetaDeg.Select(angle => angle - (360 / Math.PI * around.Displacement / 240 * Math.Cos(angle * Math.PI / 360)))];
        PatternBump?[] bumps = [around.Holder, around.Halo];
        double[] counts = [.. values.Select((value, i) => 500 + (factor * value) + bumps.Sum(bump => bump is null ? 0 : bump.HeightCounts * Math.Exp(-4 * Math.Log(2) * Math.Pow((angles[i] - bump.TwoThetaDeg) / bump.FwhmDeg, 2))))];
        return CountingNoise.Poisson(new PowderPattern(angles, counts) { Wavelengths = PowderWavelengths.CuKAlpha }, seed);
    }

    /// <summary>What surrounds the crystals: Gaussian bumps, and a sample out of place (mm).</summary>
    private sealed record Surroundings(PatternBump? Holder = null, PatternBump? Halo = null, double Displacement = 0);
}
