using BenchmarkDotNet.Attributes;
using ImageAnalysis.Core;
using ImageAnalysis.Imaging;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Benchmarks;

/// <summary>
/// Simulated HRTEM images of six spheres of antifluorite Cu₂Se, 4 nm, on 5 nm of carbon, pixels of 0.025 nm, slices of 0.5 nm (about 18): the film alone; the mean intensity of three frozen phonon
/// configurations with nine focal samples; the camera; the whole image with a border of 1.6 nm, film, assembly, truth and camera included. Not measured: cutting particles, writing files.
/// </summary>
[MemoryDiagnoser]
public class HrtemBenchmarks
{
    private IReadOnlyList<HrtemParticle> _particles = [];
    private AtomicSpecimen _specimen = new(1, 1, []);
    private Raster<float> _intensity = new(1, 1, [1]);

    internal static IEnumerable<QuickCase> QuickCases { get; } =
    [
        .. Sizes().Select(size => new QuickCase($"hrtem.film.{size}", () => Made(size).Film)),
        .. Sizes().Select(size => new QuickCase($"hrtem.intensity.{size}", () => Made(size).Intensity)),
        .. Sizes().Select(size => new QuickCase($"hrtem.camera.{size}", () => Made(size).Camera)),
        .. Sizes().Select(size => new QuickCase($"hrtem.image.{size}", () => Made(size).Image)),
    ];

    /// <summary>Width and height in px.</summary>
    [ParamsSource(nameof(Sizes))]
    public int SizePx { get; set; } = 512;

    private double SideNm => SizePx * 0.025;

    public static IEnumerable<int> Sizes() => [512, 1024];

    [GlobalSetup]
    public void Prepare()
    {
        Cluster cluster = Sphere(40);
        ParticlePlacement[] particles = [.. Enumerable.Range(0, 6).Select(i => new ParticlePlacement(
            cluster, CrystalPose.Along(UnitCell.Cubic(5.85), 1, 1, 0, i, 60 * i, 25 * i), SideNm * (0.2 + (0.3 * (i % 3))), SideNm * (0.3 + (0.4 * (i / 3))), FilmSide.Entrance))];
        _particles = [.. particles.Select(particle => new HrtemParticle(particle, UnitCell.Cubic(5.85), null))];
        _specimen = SpecimenAssembly.Assemble(SideNm, SideNm, Carbon(), particles).Specimen;
        _intensity = LensImaging.MeanIntensity(_specimen, new MultisliceOptions { WidthPx = SizePx, HeightPx = SizePx }, new ObjectiveLens(), 1, 1);
    }

    [Benchmark]
    public void Film() => _ = Carbon();

    [Benchmark]
    public void Intensity() => _ = LensImaging.MeanIntensity(_specimen, new MultisliceOptions { WidthPx = SizePx, HeightPx = SizePx }, new ObjectiveLens(), 3, 1);

    [Benchmark]
    public void Image() => _ = HrtemSimulator.Render(_particles, new HrtemOptions { WidthPx = SizePx, HeightPx = SizePx }, 1);

    [Benchmark]
    public void Camera() => _ = HrtemDetector.Record(_intensity, 0.025, 0.025, new HrtemDetectorOptions(), 1);

    private static HrtemBenchmarks Made(int sizePx)
    {
        HrtemBenchmarks made = new() { SizePx = sizePx };
        made.Prepare();
        return made;
    }

    private static Cluster Sphere(double diameterAngstrom)
    {
        SymmetryGroup symmetry = SymmetryGroup.Parse("-y,x,z", "z,x,y", "y,x,z", "-x,-y,-z", "x,y+1/2,z+1/2", "x+1/2,y,z+1/2");
        CrystalStructure crystal = new("Cu2Se", UnitCell.Cubic(5.85), symmetry, [new("Se", "Se", 0, 0, 0) { BIsoAngstrom2 = 1 }, new("8c", "Cu", 0.25, 0.25, 0.25, 1) { BIsoAngstrom2 = 1 }]);
        return ParticleCutter.Cut(crystal, ParticleShape.Sphere(diameterAngstrom), default);
    }

    private IReadOnlyList<SpecimenAtom> Carbon() => CarbonFilm.Build(SideNm, SideNm, 0, new CarbonFilmOptions(), 1);
}
