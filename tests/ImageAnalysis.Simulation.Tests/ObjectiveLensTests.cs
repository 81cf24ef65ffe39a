using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation.Tests;

public sealed class ObjectiveLensTests
{
    private const double Wavelength = 0.00250793; // nm, 200 kV

    private static ObjectiveLens Coherent { get; } = new() { FocalSpreadNm = 0, ConvergenceMrad = 0 };

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.2)]
    public void Transfer_ScherzerDefocus_IsFirstZeroAtThePointResolution(double sphericalMm)
    {
        double spherical = sphericalMm * 1e6;
        ObjectiveLens lens = Coherent with { SphericalAberrationMm = sphericalMm, DefocusNm = -Math.Sqrt(4.0 / 3.0 * spherical * Wavelength) };
        double resolutionNm = 0.66 * Math.Pow(spherical, 0.25) * Math.Pow(Wavelength, 0.75);

        // Textbook: 0.66 Cs^¼ λ^¾ (exactly: g² = 2·1.1547/√(Csλ³), 0.6580). There the transfer changes its sign, and before it atoms are dark.
        Assert.Equal(0, lens.ContrastTransferRatio(0.66 / 0.65804 / resolutionNm, 0, 200), 1e-4);
        Assert.True(lens.ContrastTransferRatio(0.98 / resolutionNm, 0, 200) < -0.1);
        Assert.True(lens.ContrastTransferRatio(1.03 / resolutionNm, 0, 200) > 0.1);

        // χ is least, −2π/3, where πλΔf g² = −Csπλ³g⁴, g² = 1.1547/√(Csλ³).
        Assert.Equal(-120, lens.PhaseShiftDeg(Math.Sqrt(Math.Sqrt(4.0 / 3.0) / Math.Sqrt(spherical * Math.Pow(Wavelength, 3))), 0, 200), 0.01);
    }

    // {111} of copper selenide, 0.338 nm, vanishes at ordinary settings: πλΔf g² + π/2 Csλ³g⁴ is −π at −60 nm and 0.5 mm: g² = 8.753, −4.138 + 0.949 = −3.189 rad. The others are within 0.22 rad of 0 or −π.
    [Theory]
    [InlineData(-60, 0.5)]
    [InlineData(-30, 1.0)]
    [InlineData(-70, 1.0)]
    public void Transfer_KnownZeros_AreSmall(double defocusNm, double sphericalMm)
    {
        ObjectiveLens lens = Coherent with { DefocusNm = defocusNm, SphericalAberrationMm = sphericalMm };

        Assert.InRange(Math.Abs(lens.ContrastTransferRatio(1 / 0.338, 0, 200)), 0, 0.22);
        Assert.True(Math.Abs(lens.ContrastTransferRatio(0.5 / 0.338, 0, 200)) > 0.3);
    }

    [Fact]
    public void Transfer_Envelopes_AreTheirFormulas()
    {
        ObjectiveLens lens = Coherent with { DefocusNm = -50, SphericalAberrationMm = 1, FocalSpreadNm = 8, ConvergenceMrad = 0.4 };
        const double g = 5;
        double full = lens.ContrastTransferRatio(g, 0, 200), bare = (Coherent with { DefocusNm = -50 }).ContrastTransferRatio(g, 0, 200);

        // E_t = exp(−½ (πλΔ g²)²); E_s = exp(−(πα/λ)² (λΔf g + Csλ³g³)²).
        double temporal = Math.Exp(-0.5 * Math.Pow(Math.PI * Wavelength * 8 * g * g, 2));
        double spatial = Math.Exp(-Math.Pow(Math.PI * 0.4e-3 / Wavelength * ((Wavelength * -50 * g) + (1e6 * Math.Pow(Wavelength * g, 3))), 2));
        Assert.Equal(bare * temporal * spatial, full, 1e-4);
        Assert.InRange(temporal * spatial, 0.01, 0.5);
    }

    [Fact]
    public void ConvergenceEnvelope_Astigmatism_FollowsTheGradientOfThePhase()
    {
        ObjectiveLens lens = Coherent with
        {
            DefocusNm = -70,
            TwofoldAstigmatismNm = 40,
            TwofoldAstigmatismDeg = 25,
            ThreefoldAstigmatismNm = 3000,
            ThreefoldAstigmatismDeg = 50,
            ConvergenceMrad = 0.5,
        };
        LensTransfer optics = LensTransfer.Of(lens, 200);
        const double x = 2.3, y = -1.7, step = 1e-5;

        double dx = (optics.Phase(x + step, y) - optics.Phase(x - step, y)) / (2 * step), dy = (optics.Phase(x, y + step) - optics.Phase(x, y - step)) / (2 * step);

        Assert.Equal(Math.Exp(-Math.Pow(0.5e-3 / (2 * Wavelength), 2) * ((dx * dx) + (dy * dy))), optics.ConvergenceEnvelope(x, y), 1e-6);
    }

    [Fact]
    public void Phase_Astigmatism_AddsInItsDirections()
    {
        ObjectiveLens lens = Coherent with { DefocusNm = -60, SphericalAberrationMm = 1, TwofoldAstigmatismNm = 20, TwofoldAstigmatismDeg = 30 };
        double At(ObjectiveLens of, double direction) => of.PhaseShiftDeg(3, direction, 200);

        Assert.Equal(At(Coherent with { DefocusNm = -40 }, 0), At(lens, 30), 1e-6);
        Assert.Equal(At(Coherent with { DefocusNm = -80 }, 0), At(lens, 120), 1e-6);
        Assert.Equal(At(Coherent with { DefocusNm = -60 }, 0), At(lens, 75), 1e-6);

        // (2π/3) λ² A₃ g³ = (2π/3) · 6.2897e-6 · 1000 · 27 = 0.35567 rad = 20.378°; the same again 120° on, the opposite 60° on.
        ObjectiveLens threefold = Coherent with { DefocusNm = -60, ThreefoldAstigmatismNm = 1000, ThreefoldAstigmatismDeg = 10 };
        double plain = At(Coherent with { DefocusNm = -60 }, 0);
        Assert.Equal(20.378, At(threefold, 10) - plain, 0.002);
        Assert.Equal(20.378, At(threefold, 130) - plain, 0.002);
        Assert.Equal(-20.378, At(threefold, 70) - plain, 0.002);
    }

    [Theory]
    [InlineData(6, 0, 1)]
    [InlineData(6, 0, 9)]
    [InlineData(4, 3, 9)]
    [InlineData(4, -3, 9)]
    [InlineData(9, 5, 9)]
    public void Intensity_WeakPhaseGrating_HasTheContrastOfTheTransferFunction(int u, int v, int focalSamples)
    {
        const double epsilon = 0.002, pixelNm = 0.05;
        ObjectiveLens lens = new()
        {
            DefocusNm = -55,
            SphericalAberrationMm = 0.8,
            TwofoldAstigmatismNm = 25,
            TwofoldAstigmatismDeg = 20,
            ThreefoldAstigmatismNm = 500,
            FocalSpreadNm = 7,
            ConvergenceMrad = 0.4,
            FocalSampleCount = focalSamples,
        };
        ExitWave wave = Grating(u, v, epsilon, pixelNm);

        Raster<float> image = LensImaging.Intensity(wave, lens);

        double gx = u / (64 * pixelNm), gy = v / (64 * pixelNm);
        double direction = Math.Atan2(-gy, gx) * 180 / Math.PI, g = Math.Sqrt((gx * gx) + (gy * gy));

        // Odd aberrations shift a fringe and leave its contrast: the mean of both senses enters.
        double cos = 0;
        for (int y = 0; y < 64; y++)
        {
            for (int x = 0; x < 64; x++)
            {
                cos += image[x, y] * Math.Cos(2 * Math.PI * ((u * x) + (v * y)) / 64.0) / 2048;
            }
        }

        ObjectiveLens even = lens with { ThreefoldAstigmatismNm = 0 };
        double odd = 2 * Math.PI / 3 * Wavelength * Wavelength * 500 * Math.Pow(g, 3) * Math.Cos(3 * direction * Math.PI / 180);
        double expected = Math.Sin(even.PhaseShiftDeg(g, direction, 200) * Math.PI / 180) * Math.Cos(odd);
        LensTransfer optics = LensTransfer.Of(lens, 200);
        double envelope = optics.FocalEnvelope(gx, gy) * 0.5 * (optics.ConvergenceEnvelope(gx, gy) + optics.ConvergenceEnvelope(-gx, -gy));

        // ψ = 1 + iε cos: I = 1 + 2ε sin χ cos(odd) E cos. The unequal envelopes of both senses leave 1 %, the focal samples cut off at 3Δ another.
        Assert.Equal(expected * envelope, cos / (2 * epsilon), 0.02);
    }

    [Fact]
    public void Intensity_Vacuum_IsOne()
    {
        Raster<float> image = LensImaging.Intensity(Grating(1, 0, 0, 0.05), new ObjectiveLens());

        Assert.All(image.ToArray(), value => Assert.Equal(1, value, 1e-5));
    }

    [Fact]
    public void Intensity_Aperture_KeepsOutWhatLiesBeyond()
    {
        // u = 9: g = 2.81 nm⁻¹, 7.05 mrad.
        ExitWave wave = Grating(9, 0, 0.1, 0.05);
        double Spread(double? mrad)
        {
            float[] pixels = LensImaging.Intensity(wave, Coherent with { DefocusNm = -40, ApertureMrad = mrad }).ToArray();
            return pixels.Max() - pixels.Min();
        }

        Assert.True(Spread(7.2) > 0.1);
        Assert.InRange(Spread(6.9), 0, 1e-5);
    }

    [Fact]
    public void MeanIntensity_FrozenPhonons_ApproachTheDebyeWallerImage()
    {
        AtomicSpecimen specimen = new(1, 1, [new(29, 0.5, 0.5, 0, 0.012), new(34, 0.2, 0.3, 0.2, 0.01)]);
        MultisliceOptions options = new() { WidthPx = 48, HeightPx = 48 };
        ObjectiveLens lens = new() { DefocusNm = -50 };

        double[] mean = Deviation(LensImaging.MeanIntensity(specimen, options, lens, 0, 1));
        double[] phonons = Deviation(LensImaging.MeanIntensity(specimen, options, lens, 60, 1));

        // Averages of intensity agree to first order in the potential; 60 configurations leave some percent of noise.
        double scale = Math.Sqrt(mean.Sum(value => value * value));
        Assert.InRange(Math.Sqrt(mean.Zip(phonons, (a, b) => (a - b) * (a - b)).Sum()) / scale, 0, 0.1);
        static double[] Deviation(Raster<float> image) => [.. image.ToArray().Select(value => value - 1.0)];
    }

    [Fact]
    public void Options_OutsideLimits_AreRefusedByName()
    {
        foreach ((ObjectiveLens lens, string name) in ((ObjectiveLens, string)[])[
            (new() { DefocusNm = double.NaN }, "DefocusNm"), (new() { SphericalAberrationMm = 11 }, "SphericalAberrationMm"), (new() { FocalSampleCount = 4 }, "FocalSampleCount"),
            (new() { FocalSpreadNm = -1 }, "FocalSpreadNm"), (new() { ApertureMrad = 0 }, "ApertureMrad"), (new() { ConvergenceMrad = 11 }, "ConvergenceMrad")])
        {
            Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(lens.Validate).ParamName);
        }
    }

    /// <summary>ψ = 1 + iε cos(2π(ux + vy)/64).</summary>
    private static ExitWave Grating(int u, int v, double epsilon, double pixelNm)
    {
        ComplexRaster spectrum = new(64, 64);
        spectrum.Re[0] = 64 * 64;
        int y = (v + 64) % 64, opposite = (64 - v) % 64;
        spectrum.Im[(y * spectrum.Stride) + u] = (float)(0.5 * epsilon * 64 * 64);
        spectrum.Im[(opposite * spectrum.Stride) + ((64 - u) % 64)] = (float)(0.5 * epsilon * 64 * 64);
        return new ExitWave(spectrum, pixelNm, pixelNm, 200, 2.0 / 3.0 * 0.5 / pixelNm);
    }
}
