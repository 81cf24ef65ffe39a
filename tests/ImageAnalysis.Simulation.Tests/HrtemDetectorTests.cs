using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation.Tests;

public sealed class HrtemDetectorTests
{
    private const double PixelNm = 0.025;

    /// <summary>1600 electrons on a Å² are 100 on a pixel of 0.25 Å × 0.25 Å.</summary>
    private static HrtemDetectorOptions Plain { get; } = new()
    {
        DosePerAngstrom2 = 1600,
        GainCounts = 2,
        OffsetCounts = 50,
        NyquistTransferFraction = 1,
        ReadNoiseSigmaCounts = 0,
        VibrationSigmaNm = 0,
    };

    [Fact]
    public void Record_EvenLight_HasPoissonStatistics()
    {
        double[] counts = Counts(Plain, 1);

        // Mean 50 + 2·100; the variance of 2 n is 4·100. 65,536 pixels: 0.08 on the mean, 0.55 % on the variance.
        double mean = counts.Average(), variance = counts.Average(value => (value - mean) * (value - mean));
        Assert.Equal(250, mean, 0.4);
        Assert.Equal(400, variance, 10.0);
    }

    [Fact]
    public void Record_Dose_IsLinear()
    {
        HrtemDetectorOptions noiseless = Plain with { ShotNoise = false };

        Assert.All(Counts(noiseless, 1), value => Assert.Equal(250, value));
        Assert.All(Counts(noiseless with { DosePerAngstrom2 = 4800 }, 1), value => Assert.Equal(650, value));
        double[] threefold = Counts(Plain with { DosePerAngstrom2 = 4800 }, 1);
        Assert.Equal(650, threefold.Average(), 0.7);
        Assert.Equal(1200, threefold.Average(value => Math.Pow(value - threefold.Average(), 2)), 30.0);
    }

    [Fact]
    public void Record_ModulationTransfer_ColoursTheNoise()
    {
        double[] counts = Counts(Plain with { NyquistTransferFraction = 0.25, GainCounts = 20 }, 2);
        HalfSpectrum spectrum = RealFft2D.Forward(new Raster<float>(256, 256, [.. counts.Select(value => (float)value)]));

        // Power of white noise: 65536 · 400 · 100, times M². M² at ν = 0.5 along an axis is 1/16; at ν = ¼, M = 1/(1 + 12/16) = 4/7, M² = 0.3265. Columns of 256 values: 6 %, plus the ring's width.
        double white = 65536.0 * 400 * 100;
        Assert.Equal(1 / 16.0, Power(128, 0) / white, 0.02);
        Assert.Equal(0.3265, Power(64, 0) / white, 0.06);
        Assert.Equal(1, Power(3, 3) / white, 0.2);
        double Power(int u, int v)
        {
            double sum = 0;
            for (int j = -12; j <= 12; j++)
            {
                for (int i = -2; i <= 0; i++)
                {
                    var value = u > 3 ? spectrum[u + i, v + j] : spectrum[u + i + 2, v + (j / 2)];
                    sum += (value.Real * value.Real) + (value.Imaginary * value.Imaginary);
                }
            }

            return sum / 75;
        }
    }

    [Fact]
    public void Record_Drift_WeakensFringesAcrossItByTheSinc()
    {
        // Fringes of 16 px, 0.4 nm, along x; drift of 0.2 nm: sinc(½) = 2/π along x, 1 along y. 0.2 nm at 60°: sinc(¼) = 0.9003.
        HrtemDetectorOptions noiseless = Plain with { ShotNoise = false, GainCounts = 100, OffsetCounts = 0 };
        Assert.Equal(1, Contrast(noiseless), 1e-3);
        Assert.Equal(0.63662, Contrast(noiseless with { DriftNm = 0.2 }), 1e-3);
        Assert.Equal(1, Contrast(noiseless with { DriftNm = 0.2, DriftDeg = 90 }), 1e-3);
        Assert.Equal(0.90032, Contrast(noiseless with { DriftNm = 0.2, DriftDeg = 60 }), 1e-3);

        // exp(−2π² σ² g²), σ = 0.05 nm, g = 2.5 nm⁻¹: exp(−0.30843).
        Assert.Equal(0.73460, Contrast(noiseless with { VibrationSigmaNm = 0.05 }), 1e-3);
        static double Contrast(HrtemDetectorOptions options)
        {
            Raster<ushort> picture = HrtemDetector.Record(Fringes(0.5), PixelNm, PixelNm, options, 1);
            double sum = 0;
            for (int x = 0; x < 256; x++)
            {
                sum += picture[x, 100] * Math.Cos(2 * Math.PI * x / 16);
            }

            return sum / 128 / (0.5 * 100 * 100);
        }
    }

    [Fact]
    public void Record_HotPixels_AreAsManyAsAskedFor()
    {
        double[] counts = Counts(Plain with { HotPixelFraction = 0.01 }, 3);

        Assert.Equal(655, counts.Count(value => value > 1000), 110.0); // 4 standard deviations of 25.5
    }

    [Fact]
    public void Record_Seed_DecidesAlone()
    {
        Assert.Equal(Counts(Plain, 5), Counts(Plain, 5));
        Assert.NotEqual(Counts(Plain, 5), Counts(Plain, 6));
    }

    [Fact]
    public void Record_BadInput_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => HrtemDetector.Record(new Raster<float>(2, 1, [1, float.NaN]), PixelNm, PixelNm, Plain, 1));
        Assert.Throws<ArgumentException>(() => HrtemDetector.Record(new Raster<float>(2, 1, [1, -0.1f]), PixelNm, PixelNm, Plain, 1));
        Assert.Equal("NyquistTransferFraction", Assert.Throws<ArgumentOutOfRangeException>(() => Counts(Plain with { NyquistTransferFraction = 0 }, 1)).ParamName);
        Assert.Equal("DosePerAngstrom2", Assert.Throws<ArgumentOutOfRangeException>(() => Counts(Plain with { DosePerAngstrom2 = 0 }, 1)).ParamName);
    }

    private static double[] Counts(HrtemDetectorOptions options, ulong seed) => [.. HrtemDetector.Record(Fringes(0), PixelNm, PixelNm, options, seed).ToArray().Select(value => (double)value)];

    private static Raster<float> Fringes(double contrast)
    {
        float[] pixels = new float[256 * 256];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (float)(1 + (contrast * Math.Cos(2 * Math.PI * (i % 256) / 16)));
        }

        return new Raster<float>(256, 256, pixels);
    }
}
