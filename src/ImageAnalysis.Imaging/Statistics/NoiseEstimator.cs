using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>The noise of an image, estimated from the image itself.</summary>
public static class NoiseEstimator
{
    private const int MostSamples = 250_000;

    /// <summary>Standard deviation of white noise, from what is left of the image where everything smooth is taken away.</summary>
    /// <param name="image">Intensities in counts, any shape.</param>
    /// <param name="within">Only pixels whose whole 3 × 3 neighbourhood is not 0 here count; <c>null</c> counts all; of the image's shape.</param>
    /// <returns>σ in counts per pixel, 0 or more; <c>null</c> where fewer than 16 pixels can be used (an image below 6 × 6, say).</returns>
    /// <exception cref="ArgumentException">A pixel is not finite, or the shapes differ.</exception>
    /// <remarks>
    /// Immerkær 1996, doi 10.1006/cviu.1996.0060: the mask (1 −2 1; −2 4 −2; 1 −2 1) removes every surface that is quadratic in x and y and turns white noise of σ into 6σ. Made robust
    /// here: from the median of |response| / 0.6745 as a start, the variance of the responses within 3 of their own s.d., corrected for the cut, until it stands still. Noise that
    /// is correlated from pixel to pixel is underestimated. In large images every n-th row is used, about a quarter of a million responses in all (the s.d. is then known to 0.2 %).
    /// </remarks>
    public static double? SigmaCounts(Raster<float> image, Raster<byte>? within = null)
    {
        Guard.Finite(image);
        if (within is not null)
        {
            Guard.SameShape(image, within);
        }

        int width = image.WidthPx;
        int height = image.HeightPx;
        if (width < 3 || height < 3)
        {
            return null;
        }

        int step = Math.Max(1, (int)Math.Ceiling((width - 2) * (height - 2.0) / MostSamples));
        float[] responses = ArrayPool<float>.Shared.Rent((width - 2) * (((height - 3) / step) + 1));
        int n = 0;
        for (int y = 1; y < height - 1; y += step)
        {
            Span<float> target = responses.AsSpan(n, width - 2);
            Respond(image.Row(y - 1), image.Row(y), image.Row(y + 1), target);
            if (within is null)
            {
                n += target.Length;
                continue;
            }

            for (int x = 1; x < width - 1; x++)
            {
                // Writing never overtakes reading.
                responses[n] = target[x - 1];
                n += WholeNeighbourhood(within, x, y) ? 1 : 0;
            }
        }

        double? sigma = n < 16 ? null : RobustSigma(responses.AsSpan(0, n)) / 6;
        ArrayPool<float>.Shared.Return(responses);
        return sigma;
    }

    /// <summary>Standard deviation of a normal core around 0, from absolute values some of which may be outliers.</summary>
    internal static double RobustSigma(ReadOnlySpan<float> magnitudes)
    {
        // Of a normal law cut at ±3σ, the variance is 1 − 6φ(3)/(2Φ(3) − 1) = 0.973337 of σ².
        const double KeptVariance = 0.973337;
        double sigma = OrderStatistics.Median(magnitudes) / 0.6744898;
        if (sigma == 0)
        {
            // More than half are exactly 0, as in images of few levels: start from the mean, √(π/2)·⟨|v|⟩.
            double sum = 0;
            foreach (float value in magnitudes)
            {
                sum += value;
            }

            sigma = Math.Sqrt(Math.PI / 2) * sum / magnitudes.Length;
        }

        // In images of few levels the cut must not fall below the smallest step there is: it would leave zeros only.
        float step = float.MaxValue;
        foreach (float value in magnitudes)
        {
            step = value > 0 && value < step ? value : step;
        }

        for (int i = 0; i < 20 && sigma > 0; i++)
        {
            float limit = Math.Max((float)(3 * sigma), step);
            (double squares, int n) = VectorMath.SquaresUpTo(magnitudes, limit);
            double next = Math.Sqrt(squares / Math.Max(n, 1) / KeptVariance);
            bool still = Math.Abs(next - sigma) <= 1e-4 * sigma;
            sigma = next;
            if (still)
            {
                break;
            }
        }

        return sigma;
    }

    // |corners − 2·sides + 4·middle| of the pixels 1 … width − 2 of a row.
    private static void Respond(ReadOnlySpan<float> above, ReadOnlySpan<float> row, ReadOnlySpan<float> below, Span<float> result)
    {
        ref float a = ref MemoryMarshal.GetReference(above);
        ref float m = ref MemoryMarshal.GetReference(row);
        ref float b = ref MemoryMarshal.GetReference(below);
        ref float to = ref MemoryMarshal.GetReference(result);
        int x = 0;
        for (; x <= result.Length - 8; x += 8)
        {
            nuint i = (nuint)x;
            Vector256<float> left = Vector256.LoadUnsafe(ref a, i) - (2 * Vector256.LoadUnsafe(ref m, i)) + Vector256.LoadUnsafe(ref b, i);
            Vector256<float> middle = Vector256.LoadUnsafe(ref a, i + 1) - (2 * Vector256.LoadUnsafe(ref m, i + 1)) + Vector256.LoadUnsafe(ref b, i + 1);
            Vector256<float> right = Vector256.LoadUnsafe(ref a, i + 2) - (2 * Vector256.LoadUnsafe(ref m, i + 2)) + Vector256.LoadUnsafe(ref b, i + 2);
            Vector256.Abs(left - (2 * middle) + right).StoreUnsafe(ref to, i);
        }

        for (; x < result.Length; x++)
        {
            float left = above[x] - (2 * row[x]) + below[x];
            float middle = above[x + 1] - (2 * row[x + 1]) + below[x + 1];
            float right = above[x + 2] - (2 * row[x + 2]) + below[x + 2];
            result[x] = Math.Abs(left - (2 * middle) + right);
        }
    }

    private static bool WholeNeighbourhood(Raster<byte> within, int x, int y) =>
        !within.Row(y - 1).Slice(x - 1, 3).Contains((byte)0)
        && !within.Row(y).Slice(x - 1, 3).Contains((byte)0)
        && !within.Row(y + 1).Slice(x - 1, 3).Contains((byte)0);
}
