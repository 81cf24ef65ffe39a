using BenchmarkDotNet.Attributes;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Benchmarks;

/// <summary>
/// Two-dimensional transforms of float images with the plan made, the spectrum's memory at hand and the image in cache as far as it fits.
/// The inverse leaves its spectrum as it is and scales by 1/N. Not measured: windows, power spectra, making the memory.
/// </summary>
[MemoryDiagnoser]
public class FftBenchmarks
{
    private RealFft2D _real = RealFft2D.Plan(1, 1);
    private float[] _image = [];
    private HalfSpectrum _half = new(1, 1);
    private ComplexFft2D _complex = ComplexFft2D.Plan(1, 1);
    private ComplexRaster _wave = new(1, 1);
    private ComplexRaster _spectrum = new(1, 1);

    internal static IEnumerable<QuickCase> QuickCases { get; } =
    [
        .. Sizes().Select(size => new QuickCase("fft.real.forward." + size, () => Made(size).RealForward)),
        .. Sizes().Select(size => new QuickCase("fft.real.inverse." + size, () => Made(size).RealInverse)),
        .. Sizes().Select(size => new QuickCase("fft.complex.forward." + size, () => Made(size).ComplexForward)),
        .. Sizes().Select(size => new QuickCase("fft.complex.inverse." + size, () => Made(size).ComplexInverse)),
    ];

    /// <summary>Width and height; powers of two, other products of small primes, a prime, and one that is not square.</summary>
    [ParamsSource(nameof(Sizes))]
    public Size Image { get; set; } = new(1, 1);

    public static IEnumerable<Size> Sizes() =>
    [
        new(64, 64), new(128, 128), new(256, 256), new(512, 512), new(1024, 1024), new(2048, 2048),
        new(480, 480), new(1000, 1000), new(1536, 1536), new(509, 509), new(1920, 1200),
    ];

    [GlobalSetup]
    public void Prepare()
    {
        _real = RealFft2D.Plan(Image.WidthPx, Image.HeightPx);
        _image = TestImages.Noise(Image.WidthPx, Image.HeightPx);
        _half = new HalfSpectrum(Image.WidthPx, Image.HeightPx);
        _real.Forward(_image, _half);
        _complex = ComplexFft2D.Plan(Image.WidthPx, Image.HeightPx);
        _wave = new ComplexRaster(Image.WidthPx, Image.HeightPx);
        for (int y = 0; y < Image.HeightPx; y++)
        {
            _image.AsSpan(y * Image.WidthPx, Image.WidthPx).CopyTo(_wave.Re[(y * _wave.Stride)..]);
        }

        _spectrum = new ComplexRaster(Image.WidthPx, Image.HeightPx);
        _complex.Forward(_wave, _spectrum);
    }

    [Benchmark]
    public void RealForward() => _real.Forward(_image, _half);

    [Benchmark]
    public void RealInverse() => _real.Inverse(_half, _image);

    [Benchmark]
    public void ComplexForward() => _complex.Forward(_wave, _spectrum);

    [Benchmark]
    public void ComplexInverse() => _complex.Inverse(_spectrum, _wave);

    private static FftBenchmarks Made(Size size)
    {
        FftBenchmarks made = new() { Image = size };
        made.Prepare();
        return made;
    }

    /// <summary>Width and height in px.</summary>
    public sealed record Size(int WidthPx, int HeightPx)
    {
        public override string ToString() => WidthPx == HeightPx ? $"{WidthPx}" : $"{WidthPx}x{HeightPx}";
    }
}
