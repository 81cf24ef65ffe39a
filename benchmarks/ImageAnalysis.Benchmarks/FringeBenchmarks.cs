using BenchmarkDotNet.Attributes;
using ImageAnalysis.Core;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Benchmarks;

/// <summary>
/// The analysis of fringes in drawn HRTEM images (simulated; pixels of 0.025 nm) with particles of 4 nm, six on 1024² px and 24 on 2048² px: the whole from pixels to verdicts, and of it the transfer function alone. Not
/// measured: drawing and reading images.
/// </summary>
[MemoryDiagnoser]
public class FringeBenchmarks
{
    private Micrograph _image = new("none", 0, new Raster<float>(1, 1, [1]), null, Acquisition.Unknown, []);

    internal static IEnumerable<QuickCase> QuickCases { get; } =
    [
        .. Sizes().Select(size => new QuickCase($"lattice.analyse.{size}", () => Made(size).Analyse)),
        .. Sizes().Select(size => new QuickCase($"lattice.transfer.{size}", () => Made(size).Transfer)),
    ];

    /// <summary>Width and height in px.</summary>
    [ParamsSource(nameof(Sizes))]
    public int SizePx { get; set; } = 1024;

    public static IEnumerable<int> Sizes() => [1024, 2048];

    [GlobalSetup]
    public void Prepare()
    {
        UnitCell cell = UnitCell.Cubic(5.85);
        CrystalStructure crystal = new("Cu2Se", cell, SpaceGroups.OfName("F m -3 m", cell), [new("Se", "Se", 0, 0, 0), new("Cu", "Cu", 0.25, 0.25, 0.25)], []);
        List<DrawnParticle> particles = [];
        for (int y = 0; y < SizePx / 512; y++)
        {
            for (int x = 0; x < SizePx / 1024 * 3; x++)
            {
                int number = particles.Count;
                CrystalPose pose = CrystalPose.Along(cell, 1, -1, 0, number % 3, 60 * number % 360, 37 * number % 360);
                IReadOnlyList<DrawnWave> waves = DrawnCrystal.Waves(crystal, pose, new DrawnCrystalOptions { SuperlatticeRatio = number % 2 == 0 ? 0.25 : 0 });
                particles.Add(new DrawnParticle { CentreXPx = (x + 0.5) * 341, CentreYPx = (y + 0.5) * 512, DiameterNm = 4, Waves = waves });
            }
        }

        _image = DrawnHrtemSimulator.Draw(particles, new DrawnHrtemOptions { WidthPx = SizePx, HeightPx = SizePx }, 1).ToMicrograph("drawn");
    }

    [Benchmark]
    public void Analyse() => _ = FringeAnalyser.Analyse(_image, new FringeOptions());

    [Benchmark]
    public void Transfer() => _ = TransferEstimator.Estimate(_image, new TransferOptions());

    private static FringeBenchmarks Made(int sizePx)
    {
        FringeBenchmarks made = new() { SizePx = sizePx };
        made.Prepare();
        return made;
    }
}
