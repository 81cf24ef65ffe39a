using ImageAnalysis.Core;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>Draws HRTEM images cheaply, in milliseconds: for the calibration of tests on many thousands of images.</summary>
/// <remarks>
/// Linear imaging of a weak phase object, c = 2 FT⁻¹(sin χ E_t E_s · FT φ): the film is a Gaussian random field, the particles are bodies with plane waves in them. No dynamic diffraction,
/// no interference of scattered beams, no atoms: docs/methods/hrtem-drawn.md. The camera is that of <see cref="HrtemDetector"/>.
/// </remarks>
public static class DrawnHrtemSimulator
{
    /// <summary>Draws an image.</summary>
    /// <param name="particles">The particles; they may overlap (their potentials add) and reach beyond the image.</param>
    /// <param name="options">Image, film, microscope, camera.</param>
    /// <param name="seed">Where film, texture and noise come from; each draws from numbers of its own.</param>
    /// <returns>The image with its truth.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits.</exception>
    public static DrawnHrtem Draw(IReadOnlyList<DrawnParticle> particles, DrawnHrtemOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(particles);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        foreach (DrawnParticle particle in particles)
        {
            particle.Validate();
        }

        LensTransfer lens = LensTransfer.Of(options.Lens, options.VoltageKv);
        Raster<float> intensity = Intensity(particles, options, lens, seed);
        Raster<ushort> picture = HrtemDetector.Record(intensity, options.PixelWidthNm, options.PixelHeightNm, options.Detector, RandomStream.Derive(seed, "camera"));
        int left = (intensity.WidthPx - options.WidthPx) / 2, top = (intensity.HeightPx - options.HeightPx) / 2;
        return new DrawnHrtem(
            picture.Crop(left, top, options.WidthPx, options.HeightPx), options, [.. particles.Select(particle => DrawnBodies.Truth(particle, options, lens))]);
    }

    /// <summary>The power of the film over that of the counted electrons (the shot floor), as expected in the mean over many images.</summary>
    /// <param name="options">Image, film, microscope, camera.</param>
    /// <param name="gxPerNm">Frequency along x, nm⁻¹.</param>
    /// <param name="gyPerNm">Frequency along y (downwards), nm⁻¹.</param>
    /// <returns>0 or more. The camera's transfer weakens both alike; drift and vibration weaken the film alone. Noise of reading out is not in it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits.</exception>
    public static double FilmOverShotRatio(DrawnHrtemOptions options, double gxPerNm, double gyPerNm)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        double g2 = (gxPerNm * gxPerNm) + (gyPerNm * gyPerNm);
        double transfer = 2 * Transfer(LensTransfer.Of(options.Lens, options.VoltageKv), gxPerNm, gyPerNm);
        double contrast = options.Film.PhasePower(g2, ElectronBeam.InteractionPerVoltNm(options.VoltageKv)) * transfer * transfer;
        (double sin, double cos) = Math.SinCos(options.Detector.DriftDeg * Math.PI / 180);
        double drift = Math.PI * options.Detector.DriftNm * ((gxPerNm * cos) - (gyPerNm * sin));
        double blur = (Math.Abs(drift) < 1e-9 ? 1 : Math.Sin(drift) / drift) * Math.Exp(-2 * Math.PI * Math.PI * Math.Pow(options.Detector.VibrationSigmaNm, 2) * g2);
        double brightness = Math.Exp(-options.Film.ThicknessNm / options.AttenuationNm);

        // Contrast power b²P per nm² of area against 1/(b · electrons per nm²).
        return brightness * contrast * blur * blur * options.Detector.DosePerAngstrom2 * Math.Pow(Units.NmToAngstrom(1), 2);
    }

    /// <summary>sin χ with both envelopes; 0 beyond the aperture.</summary>
    internal static double Transfer(LensTransfer lens, double gx, double gy) =>
        lens.Passes(gx, gy) ? Math.Sin(lens.Phase(gx, gy)) * lens.FocalEnvelope(gx, gy) * lens.ConvergenceEnvelope(gx, gy) : 0;

    /// <summary>Electrons per electron that came in, on the field with its border.</summary>
    private static Raster<float> Intensity(IReadOnlyList<DrawnParticle> particles, DrawnHrtemOptions options, LensTransfer lens, ulong seed)
    {
        int width = FieldSize(options.WidthPx, options.PixelWidthNm), height = FieldSize(options.HeightPx, options.PixelHeightNm);
        double dx = options.PixelWidthNm, dy = options.PixelHeightNm;
        int left = (width - options.WidthPx) / 2, top = (height - options.HeightPx) / 2;
        double interaction = ElectronBeam.InteractionPerVoltNm(options.VoltageKv);
        float[] phase = new float[width * height], thickness = new float[width * height], noise = new float[width * height];
        foreach (DrawnParticle particle in particles)
        {
            DrawnBodies.Add(particle, options, interaction, phase, thickness, width, left, top);
        }

        if (options.Film.ThicknessNm > 0)
        {
            FillFilm(options, width, height, noise, thickness, seed);
        }

        HalfSpectrum film = new(width, height), bodies = new(width, height);
        RealFft2D plan = RealFft2D.Plan(width, height);
        plan.Forward(noise, film);
        plan.Forward(phase, bodies);

        // White noise of variance 1 has the power spectral density of a pixel's area.
        double perPixel = 1 / (dx * dy);
        for (int row = 0; row < height; row++)
        {
            double gy = (row <= height / 2 ? row : row - height) / (height * dy);
            for (int column = 0; column < film.ColumnCount; column++)
            {
                double gx = column / (width * dx);
                double transfer = 2 * Transfer(lens, gx, gy);
                double root = Math.Sqrt(options.Film.PhasePower((gx * gx) + (gy * gy), interaction) * perPixel);
                int at = (row * film.Stride) + column;
                film.Re[at] = (float)(transfer * ((root * film.Re[at]) + bodies.Re[at]));
                film.Im[at] = (float)(transfer * ((root * film.Im[at]) + bodies.Im[at]));
            }
        }

        float[] intensity = new float[width * height];
        plan.Inverse(film, intensity);
        (double sin, double cos) = Math.SinCos(options.RampDeg * Math.PI / 180);
        double across = options.RampFraction * 2 * cos / options.WidthPx, down = -options.RampFraction * 2 * sin / options.HeightPx;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = (y * width) + x;
                double light = 1 + (across * (x - left - (0.5 * (options.WidthPx - 1)))) + (down * (y - top - (0.5 * (options.HeightPx - 1))));
                intensity[at] = (float)Math.Max(0, light * (1 + intensity[at]) * Math.Exp(-thickness[at] / options.AttenuationNm));
            }
        }

        return new Raster<float>(width, height, intensity);

        int FieldSize(int size, double pixelNm) => HrtemOptions.FastSize(size + (2 * (int)Math.Ceiling((options.MarginNm / pixelNm) - 1e-9)));
    }

    /// <summary>White noise as strong as the root of the film's thickness, and the thickness itself.</summary>
    private static void FillFilm(DrawnHrtemOptions options, int width, int height, float[] noise, float[] thickness, ulong seed)
    {
        RandomStream random = new(seed, "film");
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = (float)random.NextGaussian();
        }

        double dx = options.PixelWidthNm, dy = options.PixelHeightNm;
        PeriodicTexture? texture = options.Film.TextureFraction > 0
            ? new(width * dx, height * dy, Math.Min(options.Film.TextureNm, Math.Min(width * dx, height * dy) / 4), new RandomStream(seed, "texture"))
            : null;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                // Thickness is nowhere below zero: 1 + 0.35·2.8 deviations.
                double relative = texture is null ? 1 : Math.Max(0, 1 + (options.Film.TextureFraction * texture.At(x * dx, y * dy)));
                int at = (y * width) + x;
                noise[at] *= (float)Math.Sqrt(relative);
                thickness[at] += (float)(options.Film.ThicknessNm * relative);
            }
        }
    }
}
