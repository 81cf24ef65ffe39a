using BenchmarkDotNet.Attributes;
using ImageAnalysis.Core;

namespace ImageAnalysis.Benchmarks;

/// <summary>
/// Powder patterns of Cu₂Se from Bragg reflections and their fits: 1251 points, 2θ 15° to 65° of Cu Kα₁ and Kα₂. The pattern is timed with the structure factors of new occupancies, the
/// geometry of the sites being known; fits are the full protocol without any knowledge but the sites (15 families, 40 starts each), one family from one start with everything that goes before it, and
/// 2 nm spheres. Not measured: reading files, drawing noise.
/// </summary>
[MemoryDiagnoser]
public class PowderFitBenchmarks
{
    private static readonly SymmetryGroup Fm3m = SymmetryGroup.Parse("-y,x,z", "z,x,y", "y,x,z", "-x,-y,-z", "x,y+1/2,z+1/2", "x+1/2,y,z+1/2");
    private static readonly CrystalStructure Sites = CopperSelenide(0.4, 0.2, 0.075, 0.06875);
    private readonly CrystalStructure _six = CopperSelenide(0.37, 0, 0, 0.1575);
    private PowderPattern _pattern = new([1.0], [1.0]), _spheres = new([1.0], [1.0]);
    private BraggSimulation? _simulation;

    internal static IEnumerable<QuickCase> QuickCases { get; } =
    [
        new("powder.bragg.1251", () => Made().BraggPatternOfNewOccupancies),
        new("powder.fit.one-start", () => Made().OneStart),
        new("powder.fit.blind", () => Made().Blind),
        new("powder.fit.blind.own-b", () => Made().BlindWithAnOwnB),
        new("powder.fit.blind.spheres", () => Made().BlindSpheres),
    ];

    [GlobalSetup]
    public void Prepare()
    {
        _pattern = CountingNoise.Poisson(BraggPattern.Simulate(_six, new() { SizeAngstrom = 60, BackgroundCounts = [500] }), 1);
        _spheres = CountingNoise.Poisson(BraggPattern.Simulate(_six, new() { Shape = PeakShape.Spheres, SizeAngstrom = 22, BackgroundCounts = [500] }), 1);
        _simulation = new BraggSimulation(_six, new BraggPatternOptions { SizeAngstrom = 60, BackgroundCounts = [500] });
    }

    [Benchmark]
    public void BraggPatternOfNewOccupancies() => _ = _simulation!.Pattern(_six);

    [Benchmark]
    public void OneStart() => _ = PowderFitter.Fit(_pattern, Sites, new()
    {
        CommonB = true,
        Families = [new("8c+32f", ["8c", "32f"])],
        FreeSites = ["8c", "4b", "24e", "32f"],
        Starts = 1,
        Shape = PeakShape.PseudoVoigt,
        Microstrain = Refine.No,
        Holder = Refine.No,
        Halo = Refine.No,
        MostBackgroundTerms = 1,
        CellSearchPercent = 0,
    });

    [Benchmark]
    public void Blind() => _ = PowderFitter.Fit(_pattern, Sites, new() { CommonB = true });

    [Benchmark]
    public void BlindWithAnOwnB() => _ = PowderFitter.Fit(_pattern, Sites);

    [Benchmark]
    public void BlindSpheres() => _ = PowderFitter.Fit(_spheres, Sites, new() { CommonB = true });

    private static PowderFitBenchmarks Made()
    {
        PowderFitBenchmarks made = new();
        made.Prepare();
        return made;
    }

    private static CrystalStructure CopperSelenide(double c8, double b4, double e24, double f32) => new(
        "Cu2Se", UnitCell.Cubic(5.85), Fm3m,
        [
            new("Se", "Se", 0, 0, 0) { BIsoAngstrom2 = 1 },
            new("8c", "Cu", 0.25, 0.25, 0.25, c8) { BIsoAngstrom2 = 1 },
            new("4b", "Cu", 0.5, 0.5, 0.5, b4) { BIsoAngstrom2 = 1 },
            new("24e", "Cu", 0.25, 0, 0, e24) { BIsoAngstrom2 = 1 },
            new("32f", "Cu", 0.34, 0.34, 0.34, f32) { BIsoAngstrom2 = 1 },
        ]);
}
