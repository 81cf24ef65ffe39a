using BenchmarkDotNet.Attributes;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Benchmarks;

/// <summary>Drawn HRTEM images with one particle of 4 nm, six waves, film, texture and camera. Not measured: choosing the waves of a crystal.</summary>
[MemoryDiagnoser]
public class DrawnHrtemBenchmarks
{
    private ulong _seed;

    internal static IEnumerable<QuickCase> QuickCases { get; } =
        [.. Sizes().Select(size => new QuickCase($"hrtem.drawn.{size}", () => new DrawnHrtemBenchmarks { SizePx = size }.Draw))];

    /// <summary>Width and height in px.</summary>
    [ParamsSource(nameof(Sizes))]
    public int SizePx { get; set; } = 256;

    public static IEnumerable<int> Sizes() => [256, 512, 1024];

    [Benchmark]
    public void Draw()
    {
        DrawnParticle particle = new()
        {
            CentreXPx = 0.5 * SizePx,
            CentreYPx = 0.5 * SizePx,
            Waves = [.. Enumerable.Range(0, 6).Select(i => new DrawnWave { NormalDeg = 30 * i, SpacingNm = i % 2 == 0 ? 0.3378 : 0.6755 })],
        };
        _ = DrawnHrtemSimulator.Draw([particle], new DrawnHrtemOptions { WidthPx = SizePx, HeightPx = SizePx }, _seed++);
    }
}
