using BenchmarkDotNet.Attributes;

namespace ImageAnalysis.Benchmarks;

/// <summary>
/// Copying an image of 2048² floats: no work of this library, but the measure of the machine's memory and of its noise, done alike by the
/// yardsticks (a ratio far from 1 here says that the other ratios of the run are worth little).
/// </summary>
public class MachineBenchmarks
{
    private const int SizePx = 2048;
    private readonly float[] _from = TestImages.Noise(SizePx, SizePx);
    private readonly float[] _to = new float[SizePx * SizePx];

    internal static IEnumerable<QuickCase> QuickCases { get; } =
    [
        new("machine.copy.2048", () => new MachineBenchmarks().Copy),
    ];

    [Benchmark]
    public void Copy() => _from.AsSpan().CopyTo(_to);
}
