using BenchmarkDotNet.Attributes;
using ImageAnalysis.Core;

namespace ImageAnalysis.Benchmarks;

/// <summary>
/// Powder patterns of small particles by the Debye equation: 1251 points, 2θ 15° to 65° of Cu Kα₁, scattering factors included. Antifluorite Cu₂Se:
/// 255 atoms at 2 nm, about 6,800 at 6 nm; as cut from the lattice, and with every atom displaced at random so that no two distances are equal. The average spheres have all four
/// copper sites and a log-normal distribution. Not measured: cutting, drawing configurations.
/// </summary>
[MemoryDiagnoser]
public class DebyeBenchmarks
{
    private readonly double[] _q = [.. Enumerable.Range(0, 1251).Select(i => 4 * Math.PI * Math.Sin((15 + (0.04 * i)) * Math.PI / 360) / 1.540593)];
    private Cluster _cluster = new([new ClusterSite("Se", new Species(34, 0))], [default]);
    private Cluster _displaced = new([new ClusterSite("Se", new Species(34, 0))], [default]);
    private SphereAverage? _average;

    internal static IEnumerable<QuickCase> QuickCases { get; } =
    [
        .. Sizes().Select(size => new QuickCase($"debye.lattice.{size}nm", () => Made(size).OfLattice)),
        .. Sizes().Select(size => new QuickCase($"debye.displaced.{size}nm", () => Made(size).OfDisplaced)),
        .. Sizes().Select(size => new QuickCase($"debye.average.prepare.{size}nm", () => Made(size).PrepareAverage)),
        .. Sizes().Select(size => new QuickCase($"debye.average.{size}nm", () => Made(size).OfAverage)),
    ];

    /// <summary>Diameter in nm.</summary>
    [ParamsSource(nameof(Sizes))]
    public int SizeNm { get; set; } = 2;

    public static IEnumerable<int> Sizes() => [2, 6];

    [GlobalSetup]
    public void Prepare()
    {
        _cluster = ParticleCutter.Cut(CopperSelenide(1, 0, 0, 0), ParticleShape.Sphere(10 * SizeNm), default);
        _displaced = _cluster.Displaced(1);
        _average = Average();
    }

    [Benchmark]
    public void OfLattice() => _ = DebyeScattering.IntensityElectrons2(_cluster, _q);

    [Benchmark]
    public void OfDisplaced() => _ = DebyeScattering.IntensityElectrons2(_displaced, _q);

    [Benchmark]
    public void PrepareAverage() => _ = Average();

    [Benchmark]
    public void OfAverage() => _ = _average!.Sums(DiameterDistribution.LogNormal(10 * SizeNm, SizeNm), _q).IntensityElectrons2();

    private static DebyeBenchmarks Made(int sizeNm)
    {
        DebyeBenchmarks made = new() { SizeNm = sizeNm };
        made.Prepare();
        return made;
    }

    private static CrystalStructure CopperSelenide(double c8, double b4, double e24, double f32)
    {
        SymmetryGroup symmetry = SymmetryGroup.Parse("-y,x,z", "z,x,y", "y,x,z", "-x,-y,-z", "x,y+1/2,z+1/2", "x+1/2,y,z+1/2");
        CrystalSite[] sites =
        [
            new("Se", "Se", 0, 0, 0) { BIsoAngstrom2 = 1 },
            new("8c", "Cu", 0.25, 0.25, 0.25, c8) { BIsoAngstrom2 = 1 },
            new("4b", "Cu", 0.5, 0.5, 0.5, b4) { BIsoAngstrom2 = 1 },
            new("24e", "Cu", 0.25, 0, 0, e24) { BIsoAngstrom2 = 1 },
            new("32f", "Cu", 0.34, 0.34, 0.34, f32) { BIsoAngstrom2 = 1 },
        ];
        return new("Cu2Se", UnitCell.Cubic(5.85), symmetry, sites.Where(site => site.OccupancyFraction > 0));
    }

    private SphereAverage Average() => SphereAverage.Of(CopperSelenide(0.3, 0.2, 0.1, 0.05), 20 * SizeNm, 4.4);
}
