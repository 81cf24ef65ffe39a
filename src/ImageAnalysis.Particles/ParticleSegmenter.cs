using ImageAnalysis.Imaging;

namespace ImageAnalysis.Particles;

/// <summary>Finds particles in HAADF-STEM images without being told their size.</summary>
/// <remarks>
/// Bright blobs are sought over place and scale (Lindeberg 1998, doi 10.1023/A:1008045108935); the strongest claim to a place wins, which also
/// splits touching particles, since each answers most strongly at its own centre. Edges are not placed here but by the profile fit of
/// <see cref="ParticleSizer"/>, which also decides what is a particle. Does not find particles darker than their support.
/// </remarks>
public static class ParticleSegmenter
{
    /// <summary>Cleans an image and finds its particles.</summary>
    /// <param name="micrograph">The image; finite pixels, bright particles.</param>
    /// <param name="options">How to find them.</param>
    /// <returns>The cleaned image, its noise and the particles found.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static Segmentation Segment(Micrograph micrograph, SegmentationOptions options)
    {
        ArgumentNullException.ThrowIfNull(micrograph);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Guard.Finite(micrograph.Pixels);
        Raster<float> pixels = micrograph.Pixels;
        int outliers = 0;
        double lines = 0;
        if (options.OutlierSnr > 0)
        {
            OutlierResult cleaned = OutlierFilter.Replace(pixels, options.OutlierSnr);
            (pixels, outliers) = (cleaned.Image, cleaned.ReplacedPixelCount);
        }

        if (options.CorrectScanLines)
        {
            ScanLineResult corrected = ScanLineCorrection.Remove(pixels);
            pixels = corrected.Image;
            lines = corrected.Removed ? corrected.OffsetSigmaCounts : 0;
        }

        double noise = NoiseFloor(pixels, NoiseEstimator.SigmaCounts(pixels) ?? 0);
        double aspect = AspectOf(micrograph);
        List<Blob> blobs = BlobFinder.Distinct(BlobFinder.Find(pixels, aspect, options.MaxDiameterPx / 2, noise, options.MinBlobSnr), aspect);
        double gate = options.MinHeightFraction * TypicalHeight(blobs);
        List<Particle> particles = [];
        foreach (Blob blob in blobs)
        {
            if (blob.HeightCounts >= gate)
            {
                particles.Add(new Particle(blob.XPx, blob.YPx, blob.RadiusPx, blob.HeightCounts));
            }
        }

        return new Segmentation(pixels, noise, outliers, lines, particles);
    }

    /// <summary>Height of a row over width of a column; 1 where the pixel size is not known.</summary>
    internal static double AspectOf(Micrograph micrograph) => micrograph.Calibration is { } c ? c.PixelHeightNm / c.PixelWidthNm : 1;

    /// <summary>The noise, or a millionth of the range of an image that has none, so that ratios to it stay finite.</summary>
    private static double NoiseFloor(Raster<float> pixels, double noiseCounts)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (float value in pixels.Pixels)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return Math.Max(noiseCounts, Math.Max(1e-6 * ((double)high - low), 1e-9));
    }

    /// <summary>The height below which half of the blobs' volume lies: noise and bumps weigh little in it, one bright lump too.</summary>
    private static double TypicalHeight(List<Blob> blobs)
    {
        double total = 0, sum = 0;
        foreach (Blob blob in blobs)
        {
            total += blob.HeightCounts * blob.RadiusPx * blob.RadiusPx;
        }

        foreach (Blob blob in blobs)
        {
            sum += blob.HeightCounts * blob.RadiusPx * blob.RadiusPx;
            if (sum >= total / 2)
            {
                return blob.HeightCounts;
            }
        }

        return 0;
    }
}
