using ImageAnalysis.Core;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>From the intensity in the image plane to the counts of a camera.</summary>
public static class HrtemDetector
{
    /// <summary>Takes a picture.</summary>
    /// <param name="intensity">Electrons per electron that came in on a pixel's area, as <see cref="LensImaging"/> gives it; finite and not negative.</param>
    /// <param name="pixelWidthNm">Width of a pixel on the specimen, nm, 0.001…10.</param>
    /// <param name="pixelHeightNm">Height of a pixel on the specimen, nm, 0.001…10.</param>
    /// <param name="options">Dose, camera, drift.</param>
    /// <param name="seed">Where noise and hot pixels come from; same seed, same picture.</param>
    /// <returns>Counts, cut to 0…65535; shape of the intensity.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its limits.</exception>
    /// <exception cref="ArgumentException">The intensity holds a NaN or a negative number.</exception>
    /// <remarks>
    /// Drift by d multiplies the Fourier transform with sinc(g·d), vibration with exp(−2π²σ²g²). Then each pixel gets a Poisson number of electrons, and what they make is spread with
    /// the modulation transfer function: the noise is as coloured as the signal (a detective quantum efficiency of 1 but for the noise of reading out; real scintillators, in
    /// which electrons leave unequal amounts of light, have less). The picture repeats itself, as the specimen does: blur from one side reaches the other.
    /// </remarks>
    public static Raster<ushort> Record(Raster<float> intensity, double pixelWidthNm, double pixelHeightNm, HrtemDetectorOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(intensity);
        ArgumentNullException.ThrowIfNull(options);
        Limits.Check(nameof(pixelWidthNm), pixelWidthNm, 0.001, 10);
        Limits.Check(nameof(pixelHeightNm), pixelHeightNm, 0.001, 10);
        options.Validate();
        foreach (float value in intensity.Pixels)
        {
            if (!(value >= 0) || float.IsInfinity(value))
            {
                throw new ArgumentException($"The intensity holds {value}; expected finite numbers from 0.", nameof(intensity));
            }
        }

        float[] electrons = Arriving(intensity, pixelWidthNm, pixelHeightNm, options, seed);
        if (options.NyquistTransferFraction < 1)
        {
            // 1/(1 + (½/ν_c)²) = M(½).
            double perNyquist2 = ((1 / options.NyquistTransferFraction) - 1) / 0.25;
            electrons = Filtered(electrons, intensity.WidthPx, intensity.HeightPx, (u, v) => 1 / (1 + (perNyquist2 * ((u * u) + (v * v)))));
        }

        var read = new RandomStream(seed, "read noise");
        var hot = new RandomStream(seed, "hot pixels");
        ushort[] counts = new ushort[electrons.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            double value = options.OffsetCounts + (options.GainCounts * electrons[i]);
            if (options.ReadNoiseSigmaCounts > 0)
            {
                value += options.ReadNoiseSigmaCounts * read.NextGaussian();
            }

            if (options.HotPixelFraction > 0 && hot.NextUniform() < options.HotPixelFraction)
            {
                value += 65535 * hot.NextUniform(0.05, 1);
            }

            counts[i] = (ushort)Math.Clamp(Math.Round(value), 0, 65535);
        }

        return new Raster<ushort>(intensity.WidthPx, intensity.HeightPx, counts);
    }

    /// <summary>Electrons that fall on each pixel.</summary>
    private static float[] Arriving(Raster<float> intensity, double pixelWidthNm, double pixelHeightNm, HrtemDetectorOptions options, ulong seed)
    {
        float[] electrons = intensity.ToArray();
        if (options.DriftNm > 0 || options.VibrationSigmaNm > 0)
        {
            // y points down.
            (double sin, double cos) = Math.SinCos(options.DriftDeg * Math.PI / 180);
            double dx = options.DriftNm * cos / pixelWidthNm, dy = -options.DriftNm * sin / pixelHeightNm;
            double vx = options.VibrationSigmaNm / pixelWidthNm, vy = options.VibrationSigmaNm / pixelHeightNm;
            electrons = Filtered(electrons, intensity.WidthPx, intensity.HeightPx, (u, v) =>
                Sinc((u * dx) + (v * dy)) * Math.Exp(-2 * Math.PI * Math.PI * ((vx * vx * u * u) + (vy * vy * v * v))));
        }

        double mean = options.DosePerAngstrom2 * Units.NmToAngstrom(pixelWidthNm) * Units.NmToAngstrom(pixelHeightNm);
        for (int row = 0; row < intensity.HeightPx; row++)
        {
            // Each row draws from numbers of its own: where the last digits of sines differ between systems, a draw may need one number more, and the rows below are none the worse.
            var shot = new RandomStream(seed, FormattableString.Invariant($"shot noise {row}"));
            foreach (ref float value in electrons.AsSpan(row * intensity.WidthPx, intensity.WidthPx))
            {
                double expected = Math.Clamp(mean * value, 0, 1e9);
                value = options.ShotNoise ? shot.NextPoisson(expected) : (float)expected;
            }
        }

        return electrons;
    }

    private static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    /// <summary>Multiplies the Fourier transform with a function of the frequency in cycles a pixel, even in both.</summary>
    private static float[] Filtered(float[] values, int width, int height, Func<double, double, double> transfer)
    {
        HalfSpectrum spectrum = new(width, height);
        RealFft2D plan = RealFft2D.Plan(width, height);
        plan.Forward(values, spectrum);
        for (int row = 0; row < height; row++)
        {
            double v = (double)(row <= height / 2 ? row : row - height) / height;
            for (int column = 0; column < spectrum.ColumnCount; column++)
            {
                float factor = (float)transfer((double)column / width, v);
                spectrum.Re[(row * spectrum.Stride) + column] *= factor;
                spectrum.Im[(row * spectrum.Stride) + column] *= factor;
            }
        }

        float[] filtered = new float[values.Length];
        plan.Inverse(spectrum, filtered);
        return filtered;
    }
}
