using System.Buffers;

namespace ImageAnalysis.Imaging;

/// <summary>Settings of <see cref="ScanLineCorrection"/>.</summary>
public sealed record ScanLineOptions
{
    /// <summary>Rows above and below that a row is compared with; 1 … 100, default 8. More keeps slower variations from row to row in the offsets; fewer leaves them to the background.</summary>
    public int NeighbourRows { get; init; } = 8;

    /// <summary>
    /// How many times larger than chance the scatter of the offsets must be before anything is removed; 0 or more, default 1.2. Raised, weak offsets stay in; lowered to 0, noise is removed
    /// as if it were offsets.
    /// </summary>
    public double MinimumRatio { get; init; } = 1.2;

    /// <summary>Checks every value against its limits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(NeighbourRows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(NeighbourRows, 100);
        Guard.Within(MinimumRatio, 0, 1e6);
    }
}

/// <summary>An image without its scan-line offsets.</summary>
/// <param name="Image">The corrected image in counts; the input itself where nothing was removed.</param>
/// <param name="OffsetsCounts">What was subtracted from each row, in counts; zeros where nothing was removed. Their mean is 0.</param>
/// <param name="OffsetSigmaCounts">Standard deviation of the offsets found, in counts, removed or not.</param>
/// <param name="NoiseSigmaCounts">The part of this scatter that the pixels' own noise makes, in counts.</param>
public sealed record ScanLineResult(Raster<float> Image, IReadOnlyList<double> OffsetsCounts, double OffsetSigmaCounts, double NoiseSigmaCounts)
{
    /// <summary>True when offsets were removed.</summary>
    public bool Removed => OffsetsCounts.Any(offset => offset != 0);
}

/// <summary>Removes the offset that each line of a scanned image carries.</summary>
public static class ScanLineCorrection
{
    /// <summary>Estimates one offset a row and subtracts it.</summary>
    /// <param name="image">Intensities in counts, rows along the fast scan, any shape.</param>
    /// <param name="options">Settings, or <c>null</c> for the defaults.</param>
    /// <returns>The corrected image, the offsets and their scatter.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <remarks>
    /// <para>For row y, d(y) is the median over x of I(x, y) − mean of the 2K neighbouring rows at x: particles cover a minority of a row and curve the image only inside it, so the median
    /// passes them by. An offset moves the whole distribution of a row, so d = o − mean of the neighbours' o holds exactly, and o follows from d by a few steps of Landweber iteration, which
    /// stop before variations slower than the neighbourhood (background, not scan lines) are taken up.</para>
    /// <para>The scatter that noise alone gives to d is known from the spread of the differences themselves: 1.2533·s/√n for a median. Where the offsets do not stand out from it by
    /// <see cref="ScanLineOptions.MinimumRatio"/>, none are removed; where they do, they are shrunk by the fraction of their variance that is noise.</para>
    /// </remarks>
    public static ScanLineResult Remove(Raster<float> image, ScanLineOptions? options = null)
    {
        options ??= new ScanLineOptions();
        options.Validate();
        Guard.Finite(image);
        int height = image.HeightPx;
        double[] offsets = new double[height];
        if (height < 3)
        {
            return new ScanLineResult(image, offsets, 0, 0);
        }

        int reach = Math.Min(options.NeighbourRows, (height - 1) / 2);
        double[] differences = new double[height];
        double[] variances = new double[height];
        Differences(image, reach, differences, variances);
        for (int step = 0; step < 4; step++)
        {
            Step(offsets, differences, reach);
        }

        double mean = offsets.Average();
        double variance = 0;
        for (int y = 0; y < height; y++)
        {
            offsets[y] -= mean;
            variance += offsets[y] * offsets[y] / height;
        }

        // Offsets of pure noise are differences passed through the same steps; they are nearly white, so the gain is near 1.
        double noise = variances.Average();
        double sigma = Math.Sqrt(variance);
        if (variance == 0 || sigma < options.MinimumRatio * Math.Sqrt(noise))
        {
            return new ScanLineResult(image, new double[height], sigma, Math.Sqrt(noise));
        }

        double shrink = Math.Max(0, 1 - (noise / variance));
        float[] corrected = GC.AllocateUninitializedArray<float>(image.PixelCount);
        for (int y = 0; y < height; y++)
        {
            offsets[y] *= shrink;
            float offset = (float)offsets[y];
            ReadOnlySpan<float> row = image.Row(y);
            Span<float> target = corrected.AsSpan(y * image.WidthPx, image.WidthPx);
            for (int x = 0; x < target.Length; x++)
            {
                target[x] = row[x] - offset;
            }
        }

        return new ScanLineResult(new Raster<float>(image.WidthPx, height, corrected), offsets, sigma, Math.Sqrt(noise));
    }

    // Rows near the top and bottom keep the number of neighbours: the neighbourhood slides inwards there.
    private static (int First, int Last) Neighbourhood(int y, int reach, int height)
    {
        int first = Math.Clamp(y - reach, 0, height - 1 - (2 * reach));
        return (first, first + (2 * reach));
    }

    private static void Differences(Raster<float> image, int reach, Span<double> differences, Span<double> variances)
    {
        int width = image.WidthPx;
        double[] sums = new double[width];
        float[] residuals = ArrayPool<float>.Shared.Rent(width);
        int first = 0;
        for (int y = 0; y <= 2 * reach; y++)
        {
            Add(image.Row(y), 1, sums);
        }

        for (int y = 0; y < image.HeightPx; y++)
        {
            int wanted = Neighbourhood(y, reach, image.HeightPx).First;
            if (wanted > first)
            {
                Add(image.Row(first), -1, sums);
                Add(image.Row(first + (2 * reach) + 1), 1, sums);
                first = wanted;
            }

            // I − (S − I)/(2K), S the sum of all 2K + 1 rows, the row itself included.
            ReadOnlySpan<float> row = image.Row(y);
            Span<float> residual = residuals.AsSpan(0, width);
            double scale = 1.0 / (2 * reach);
            for (int x = 0; x < width; x++)
            {
                residual[x] = (float)(row[x] - ((sums[x] - row[x]) * scale));
            }

            double median = OrderStatistics.Median(residual);
            differences[y] = median;
            for (int x = 0; x < width; x++)
            {
                residual[x] = Math.Abs(residual[x] - (float)median);
            }

            // s.d. of a median: √(π/2)·s/√n.
            double spread = OrderStatistics.Median(residual) / 0.6744898;
            variances[y] = Math.PI / 2 * spread * spread / width;
        }

        ArrayPool<float>.Shared.Return(residuals);
    }

    private static void Add(ReadOnlySpan<float> row, int sign, Span<double> sums)
    {
        for (int x = 0; x < row.Length; x++)
        {
            sums[x] += sign * row[x];
        }
    }

    // o ← o + (d − (o − mean of the neighbours' o)).
    private static void Step(Span<double> offsets, ReadOnlySpan<double> differences, int reach)
    {
        double[] next = new double[offsets.Length];
        for (int y = 0; y < offsets.Length; y++)
        {
            (int first, int last) = Neighbourhood(y, reach, offsets.Length);
            double sum = 0;
            for (int i = first; i <= last; i++)
            {
                sum += i == y ? 0 : offsets[i];
            }

            next[y] = differences[y] + (sum / (2 * reach));
        }

        next.CopyTo(offsets);
    }
}
