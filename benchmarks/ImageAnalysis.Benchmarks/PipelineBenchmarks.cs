using BenchmarkDotNet.Attributes;
using ImageAnalysis.Formats;
using ImageAnalysis.Formats.Tiff;
using ImageAnalysis.Imaging;
using ImageAnalysis.Particles;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Benchmarks;

/// <summary>The way of one HAADF-STEM image from bytes to sizes: a simulated field of 2048² with about 1,400 particles of 30 px.</summary>
[MemoryDiagnoser]
public class PipelineBenchmarks
{
    private byte[] _file = [];
    private Micrograph? _image;
    private Segmentation? _segmentation;

    /// <summary>Cases of <c>--quick</c>; all of them but the last come before the profile fit.</summary>
    internal static IReadOnlyList<QuickCase> QuickCases { get; } =
    [
        new("pipeline.read.2048", static () => Prepared(b => b.Read())),
        new("pipeline.segment.2048", static () => Prepared(b => b.Segment())),
        new("pipeline.measure.2048", static () => Prepared(b => b.Measure())),
    ];

    /// <summary>Simulates the field and finds its particles once.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        HaadfFieldOptions field = new() { ParticleCount = 1400, LongAxisMeanNm = 3.0, LongAxisSigmaNm = 0.3 };
        SimulatedHaadf simulated = HaadfSimulator.Simulate(field, new HaadfOptions { WidthPx = 2048, HeightPx = 2048, GainCounts = 20 }, 1);
        _file = TiffWriter.Write(simulated.Pixels, new TiffWriteOptions { Calibration = simulated.Calibration });
        _image = Read();
        _segmentation = Segment();
    }

    /// <summary>From the bytes of an uncompressed TIFF to pixels.</summary>
    [Benchmark]
    public Micrograph Read() => MicrographReader.ToMicrograph(FileReader.Read(_file, "field.tif"), "field.tif", null) is MicrographResult.Measurable read
        ? read.Micrograph
        : throw new InvalidOperationException("The simulated file was not measurable.");

    /// <summary>From pixels to particles found.</summary>
    [Benchmark]
    public Segmentation Segment() => ParticleSegmenter.Segment(_image!, new SegmentationOptions());

    /// <summary>From particles found to sizes, with the profile fit of each.</summary>
    [Benchmark]
    public IReadOnlyList<SizeMeasurement> Measure() => ParticleSizer.Measure(_image!, _segmentation!, new SizeOptions());

    private static Action Prepared<T>(Func<PipelineBenchmarks, T> call)
    {
        PipelineBenchmarks benchmark = new();
        benchmark.SetUp();
        return () => call(benchmark);
    }
}
