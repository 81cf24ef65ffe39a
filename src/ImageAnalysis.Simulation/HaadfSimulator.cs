using System.Globalization;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>A simulated image with what is known of it.</summary>
/// <param name="Pixels">Counts as a detector would store them.</param>
/// <param name="Calibration">The pixel size.</param>
/// <param name="Truth">What lies in the image.</param>
public sealed record SimulatedHaadf(Raster<ushort> Pixels, Calibration Calibration, HaadfTruth Truth)
{
    /// <summary>The image as the analysis takes it, marked as simulated.</summary>
    /// <param name="file">The name that the image goes by.</param>
    /// <returns>The image with the same counts as floating-point numbers.</returns>
    public Micrograph ToMicrograph(string file)
    {
        float[] values = new float[Pixels.PixelCount];
        ReadOnlySpan<ushort> pixels = Pixels.Pixels;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = pixels[i];
        }

        var raster = new Raster<float>(Pixels.WidthPx, Pixels.HeightPx, values);
        return new Micrograph(file, 0, raster, Calibration, Acquisition.Unknown with { Simulated = true }, []);
    }
}

/// <summary>Simulates HAADF-STEM images of particles on a thin film, with their truth.</summary>
/// <remarks>
/// Incoherent imaging: the signal is the projected thickness of every body times Σ Z^n over the atoms of a nm³, convolved with the probe and
/// counted with Poisson statistics. An atom's cross-section for an annular detector goes as A·Z^n, with n hanging on the inner angle:
/// M. M. J. Treacy, Microsc. Microanal. 17 (2011) 847, doi 10.1017/S1431927611012074; 1.7 is usual. Not modelled: diffraction and channelling, the atoms of a particle, the
/// depth of focus, multiple scattering in thick places, afterglow of the detector. Same options and seed, same bits, on every platform.
/// </remarks>
public static class HaadfSimulator
{
    private const long LargestGrid = 600_000_000; // 2.4 GB

    /// <summary>Simulates a field of particles.</summary>
    /// <param name="field">What lies on the film.</param>
    /// <param name="options">Image, film, microscope, detector.</param>
    /// <param name="seed">Where all randomness comes from. Particles depend on it and on <paramref name="field"/> and the image's extent only, not on the microscope.</param>
    /// <returns>The image with its truth.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <exception cref="ArgumentException">The particles do not find room, or image and probe together ask for too large a grid.</exception>
    public static SimulatedHaadf Simulate(HaadfFieldOptions field, HaadfOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(options);
        field.Validate();
        options.Validate();
        (List<HaadfParticle> particles, List<HaadfParticle> debris, List<HaadfDebrisTruth> debrisTruth) = FieldPlacement.Place(field, options, seed);
        Raster<float> expected = Expected([.. particles, .. debris], options, seed);
        return new SimulatedHaadf(Detect(expected, options, seed), options.Calibration, Truth(particles, options, field.ContactGapNm) with { Debris = debrisTruth });
    }

    /// <summary>The image of given particles.</summary>
    /// <param name="particles">Particles anywhere, also outside the image; they add up where they overlap.</param>
    /// <param name="options">Image, film, microscope, detector.</param>
    /// <param name="seed">Where film texture, scan distortions and noise come from.</param>
    /// <param name="contactGapNm">Two outlines closer than this are said to touch, nm, 0…10.</param>
    /// <returns>The image with its truth.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static SimulatedHaadf Render(IReadOnlyList<HaadfParticle> particles, HaadfOptions options, ulong seed, double contactGapNm = 0.2) =>
        new(Detect(Expected(particles, options, seed), options, seed), options.Calibration, Truth(particles, options, contactGapNm));

    /// <summary>The image of given particles before the detector: the mean counts, with the film's texture and the scan's distortions, without any noise.</summary>
    /// <param name="particles">Particles anywhere, also outside the image.</param>
    /// <param name="options">Image, film, microscope, detector.</param>
    /// <param name="seed">Where film texture and scan distortions come from.</param>
    /// <returns>Mean counts (offset + gain × electrons); shape height × width.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static Raster<float> Expected(IReadOnlyList<HaadfParticle> particles, HaadfOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(particles);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        double core = options.BlurSigmaNm(options.ProbeSigmaNm);
        double tail = options.BlurSigmaNm(options.TailSigmaNm);
        (double X, double Y)[] shifts = Shifts(options, seed);
        double widest = options.TailFraction > 0.0 ? Math.Max(core, tail) : core;
        double farthest = shifts.Max(s => Math.Max(Math.Abs(s.X), Math.Abs(s.Y)));
        double smallestPixelNm = Math.Min(options.PixelWidthNm, options.PixelHeightNm);
        double largestPixelNm = Math.Max(options.PixelWidthNm, options.PixelHeightNm);

        // At least two fine points a pixel and 1.6 a standard deviation of the probe: the edge of a body (thickness ~ √distance)
        // then lies within 0.01 of a fine point's distance of where it should.
        int oversampling = Math.Clamp((int)Math.Ceiling(1.6 * largestPixelNm / core), 2, 6);
        int margin = ProbeScan.MarginPx(widest / smallestPixelNm) + (int)Math.Ceiling(farthest);
        long finePoints = (options.WidthPx + (2L * margin)) * (options.HeightPx + (2L * margin)) * oversampling * oversampling;
        if (finePoints > LargestGrid)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{options.WidthPx} × {options.HeightPx} px with this probe need a grid of {finePoints} points; allowed: up to {LargestGrid}. Make the image smaller, or the probe wider than a pixel."),
                nameof(options));
        }

        var specimen = new SpecimenRaster(options, oversampling, margin);
        specimen.AddGrain(new RandomStream(seed, "grain"));
        foreach (HaadfParticle particle in particles)
        {
            specimen.Add(particle);
        }

        float[] image = new float[options.WidthPx * options.HeightPx];
        ProbeScan.Add(specimen, core / options.PixelWidthNm, core / options.PixelHeightNm, shifts, 1.0 - options.TailFraction, image, options.WidthPx);
        if (options.TailFraction > 0.0)
        {
            ProbeScan.Add(specimen, tail / options.PixelWidthNm, tail / options.PixelHeightNm, shifts, options.TailFraction, image, options.WidthPx);
        }

        SupportFilm.Add(options, seed, image);
        double gain = options.ElectronsPerPixel * options.GainCounts;
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (float)(options.OffsetCounts + (gain * Math.Max(0.0, image[i])));
        }

        return new Raster<float>(options.WidthPx, options.HeightPx, image);
    }

    /// <summary>What is known of given particles.</summary>
    private static HaadfTruth Truth(IReadOnlyList<HaadfParticle> particles, HaadfOptions options, double contactGapNm)
    {
        Limits.Check(nameof(contactGapNm), contactGapNm, 0, 10);
        List<HaadfParticleTruth> rows = [];
        List<int>[] touches = Contacts(particles, options, contactGapNm);
        for (int i = 0; i < particles.Count; i++)
        {
            ConvexOutline outline = particles[i].Outline;
            PointPx origin = Displaced(particles[i].OriginPx, options);
            PointPx[] points = outline.ToPixels(origin, options.PixelWidthNm, options.PixelHeightNm);
            rows.Add(new HaadfParticleTruth
            {
                Number = i + 1,
                CentrePx = new PointPx(origin.XPx + (outline.CentroidXNm / options.PixelWidthNm), origin.YPx + (outline.CentroidYNm / options.PixelHeightNm)),
                LongAxisNm = outline.FeretMaxNm,
                ShortAxisNm = outline.FeretMinNm,
                LongAxisAngleDeg = outline.LongAxisDeg,
                AreaNm2 = outline.AreaNm2,
                OnEdge = points.Any(p => p.XPx < -0.5 || p.YPx < -0.5 || p.XPx > options.WidthPx - 0.5 || p.YPx > options.HeightPx - 0.5),
                Touches = touches[i],
                OutlinePx = points,
            });
        }

        return new HaadfTruth(rows, []);
    }

    private static List<int>[] Contacts(IReadOnlyList<HaadfParticle> particles, HaadfOptions options, double contactGapNm)
    {
        List<int>[] touches = new List<int>[particles.Count];
        for (int i = 0; i < touches.Length; i++)
        {
            touches[i] = [];
        }

        for (int i = 0; i < particles.Count; i++)
        {
            for (int j = i + 1; j < particles.Count; j++)
            {
                double dx = (particles[j].OriginPx.XPx - particles[i].OriginPx.XPx) * options.PixelWidthNm;
                double dy = (particles[j].OriginPx.YPx - particles[i].OriginPx.YPx) * options.PixelHeightNm;
                double far = particles[i].Outline.RadiusNm + particles[j].Outline.RadiusNm + contactGapNm;
                if ((dx * dx) + (dy * dy) < far * far && ConvexOutline.Gap(particles[i].Outline, particles[j].Outline, dx, dy) <= contactGapNm)
                {
                    touches[i].Add(j + 1);
                    touches[j].Add(i + 1);
                }
            }
        }

        return touches;
    }

    /// <summary>Where a place of the specimen appears under drift: the line y in which it is met has the drift of y.</summary>
    private static PointPx Displaced(PointPx place, HaadfOptions options)
    {
        double perLineX = options.DriftXNm / options.PixelWidthNm / (options.HeightPx - 1);
        double perLineY = options.DriftYNm / options.PixelHeightNm / (options.HeightPx - 1);
        double middle = 0.5 * (options.HeightPx - 1);

        // y' = y + (y' − middle)·perLineY
        double y = (place.YPx - (middle * perLineY)) / (1.0 - perLineY);
        return new PointPx(place.XPx + ((y - middle) * perLineX), y);
    }

    /// <summary>Displacement of the specimen in each line: drift, counted from the middle of the scan, and sideways jitter.</summary>
    private static (double X, double Y)[] Shifts(HaadfOptions options, ulong seed)
    {
        var random = new RandomStream(seed, "jitter");
        var shifts = new (double X, double Y)[options.HeightPx];
        for (int y = 0; y < shifts.Length; y++)
        {
            double time = (y / (options.HeightPx - 1.0)) - 0.5;
            shifts[y] = (
                (time * options.DriftXNm / options.PixelWidthNm) + (options.RowJitterSigmaPx * random.NextGaussian()),
                time * options.DriftYNm / options.PixelHeightNm);
        }

        return shifts;
    }

    private static Raster<ushort> Detect(Raster<float> expected, HaadfOptions options, ulong seed)
    {
        var shot = new RandomStream(seed, "shot");
        var dark = new RandomStream(seed, "dark");
        var rows = new RandomStream(seed, "rows");
        var hot = new RandomStream(seed, "hot");
        ushort[] pixels = new ushort[expected.PixelCount];
        for (int y = 0; y < expected.HeightPx; y++)
        {
            double rowOffset = options.RowOffsetSigmaCounts * rows.NextGaussian();
            double beam = Math.Max(0.0, 1.0 + (options.RowFlickerFraction * rows.NextGaussian()));
            ReadOnlySpan<float> line = expected.Row(y);
            for (int x = 0; x < line.Length; x++)
            {
                double electrons = beam * Math.Max(0.0, line[x] - options.OffsetCounts) / options.GainCounts;
                double detected = options.ShotNoise ? shot.NextPoisson(electrons) : electrons;
                double counts = options.OffsetCounts + (options.GainCounts * detected) + rowOffset;
                if (options.DarkNoiseSigmaCounts > 0.0)
                {
                    counts += options.DarkNoiseSigmaCounts * dark.NextGaussian();
                }

                if (options.HotPixelFraction > 0.0 && hot.NextUniform() < options.HotPixelFraction)
                {
                    counts += 65535.0 * hot.NextUniform(0.2, 1.0);
                }

                pixels[(y * line.Length) + x] = (ushort)Math.Clamp(Math.Round(counts), 0.0, 65535.0);
            }
        }

        return new Raster<ushort>(expected.WidthPx, expected.HeightPx, pixels);
    }
}
