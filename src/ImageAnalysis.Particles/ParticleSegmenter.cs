using System.Numerics;
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

        return new Segmentation(pixels, noise, outliers, lines, Saturation(micrograph.Pixels), particles);
    }

    /// <summary>Height of a row over width of a column; 1 where the pixel size is not known.</summary>
    internal static double AspectOf(Micrograph micrograph) => micrograph.Calibration is { } c ? c.PixelHeightNm / c.PixelWidthNm : 1;

    /// <summary>
    /// Pixels at the highest value of the image, where far more have it than chance would give: more than one in ten thousand, and most of them side by side.
    /// </summary>
    private static Raster<byte>? Saturation(Raster<float> pixels)
    {
        float high = Range(pixels.Pixels).High;
        int count = 0, pairs = 0;
        for (int y = 0; y < pixels.HeightPx; y++)
        {
            ReadOnlySpan<float> row = pixels.Row(y);
            for (int at = row.IndexOf(high); at >= 0;)
            {
                count++;
                pairs += at + 1 < row.Length && row[at + 1] == high ? 1 : 0;
                int next = row[(at + 1)..].IndexOf(high);
                at = next < 0 ? -1 : at + 1 + next;
            }
        }

        if (count < Math.Max(16, pixels.PixelCount / 10_000) || pairs < count / 2 || count > pixels.PixelCount / 2)
        {
            return null;
        }

        return Thresholds.Above(pixels, MathF.BitDecrement(high));
    }

    /// <summary>The noise, or a millionth of the range of an image that has none, so that ratios to it stay finite.</summary>
    private static double NoiseFloor(Raster<float> pixels, double noiseCounts)
    {
        (float low, float high) = Range(pixels.Pixels);
        double range = (double)high - low;
        return range > 0 ? Math.Max(noiseCounts, 1e-6 * range) : 1;
    }

    private static (float Low, float High) Range(ReadOnlySpan<float> values)
    {
        Vector<float> lows = new(float.PositiveInfinity), highs = new(float.NegativeInfinity);
        int i = 0;
        for (; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
        {
            Vector<float> v = new(values[i..]);
            lows = Vector.Min(lows, v);
            highs = Vector.Max(highs, v);
        }

        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        for (int k = 0; k < Vector<float>.Count; k++)
        {
            low = Math.Min(low, lows[k]);
            high = Math.Max(high, highs[k]);
        }

        for (; i < values.Length; i++)
        {
            low = Math.Min(low, values[i]);
            high = Math.Max(high, values[i]);
        }

        return (low, high);
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
