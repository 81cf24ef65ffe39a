using System.Buffers;

namespace ImageAnalysis.Imaging;

/// <summary>Settings of <see cref="ScanLineCorrection"/>.</summary>
public sealed record ScanLineOptions
{
    /// <summary>Rows above and below that a row is compared with; 1 … 100, default 8. More keeps slower variations from row to row in the offsets; fewer leaves them to the background.</summary>
    public int NeighbourRows { get; init; } = 8;

    /// <summary>
    /// How many times larger than chance the jumps of the offsets from row to row must be before anything is removed; 0 or more, default 1.2. Raised, weak offsets stay in; lowered to 0, noise is removed
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
/// <param name="NoiseSigmaCounts">The part of this scatter that noise and particles make by chance, in counts.</param>
public sealed record ScanLineResult(Raster<float> Image, IReadOnlyList<double> OffsetsCounts, double OffsetSigmaCounts, double NoiseSigmaCounts)
{
    /// <summary>True when offsets were removed.</summary>
    public bool Removed => OffsetsCounts.Any(offset => offset != 0);
}

/// <summary>Removes the offset that each line of a scanned image carries.</summary>
public static class ScanLineCorrection
{
    private const int EnoughColumns = 500;

    // More would take up ever slower variations from row to row, and the errors that dense particles make are slow.
    private const int Steps = 2;

    /// <summary>Estimates one offset a row and subtracts it.</summary>
    /// <param name="image">Intensities in counts, rows along the fast scan, any shape.</param>
    /// <param name="options">Settings, or <c>null</c> for the defaults.</param>
    /// <returns>The corrected image, the offsets and their scatter.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <remarks>
    /// <para>For row y, d(y) is the median over x of I(x, y) − the straight line through the 2K neighbouring rows at x (their mean, but for the first and last K rows), over the columns without a particle in these rows: those whose scatter from row to row is at
    /// most twice that of the quietest quarter. An offset moves the whole distribution of a row, so d = o − line through the neighbours' o holds exactly, and o follows from d by two steps of Landweber iteration, which
    /// stop before variations slower than the neighbourhood (background, not scan lines) are taken up.</para>
    /// <para>The scatter that chance alone gives to d is known from the differences themselves: 1.2533·s/√n for a median, more where they keep their sign over long stretches. Where the offsets' jumps from row to row do not stand out from it by
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
        Raster<float> columns = Thinned(image);
        Differences(columns, reach, differences, variances);
        if (!ReferenceEquals(columns, image))
        {
            columns.Recycle();
        }

        for (int step = 0; step < Steps; step++)
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

        // Scan-line offsets jump from row to row; what particles do to neighbouring rows is alike. Half the mean square of the jumps is the variance of the former.
        double jumps = 0;
        for (int y = 1; y < height; y++)
        {
            jumps += (offsets[y] - offsets[y - 1]) * (offsets[y] - offsets[y - 1]) / (2.0 * (height - 1));
        }

        double noise = variances.Average();
        double sigma = Math.Sqrt(variance);
        if (variance == 0 || Math.Sqrt(jumps) < options.MinimumRatio * Math.Sqrt(noise))
        {
            return new ScanLineResult(image, new double[height], sigma, Math.Sqrt(noise));
        }

        double shrink = Math.Max(0, 1 - (noise / variance));
        Raster<float> corrected = Raster<float>.Unfilled(image.WidthPx, height, out Span<float> pixels);
        for (int y = 0; y < height; y++)
        {
            offsets[y] *= shrink;
            VectorMath.Subtract(image.Row(y), (float)offsets[y], pixels.Slice(y * image.WidthPx, image.WidthPx));
        }

        return new ScanLineResult(corrected, offsets, sigma, Math.Sqrt(noise));
    }

    // Every n-th column of a wide image: a median of five hundred values is known to 6 % of the pixels' noise, and the shrinking counts with that.
    private static Raster<float> Thinned(Raster<float> image)
    {
        int step = image.WidthPx / EnoughColumns;
        if (step < 2)
        {
            return image;
        }

        int width = (image.WidthPx + step - 1) / step;
        Raster<float> thinned = Raster<float>.Unfilled(width, image.HeightPx, out Span<float> thin);
        for (int y = 0; y < image.HeightPx; y++)
        {
            ReadOnlySpan<float> row = image.Row(y);
            Span<float> target = thin.Slice(y * width, width);
            for (int x = 0; x < width; x++)
            {
                target[x] = row[x * step];
            }
        }

        return thinned;
    }

    // The first of a row's 2K + 1 rows. Near the top and bottom the neighbourhood slides inwards.
    private static int First(int y, int reach, int height) => Math.Clamp(y - reach, 0, height - 1 - (2 * reach));

    // d(y): the median over the quiet columns of the row minus the straight line through its neighbours, and the variance of this median by noise.
    private static void Differences(Raster<float> image, int reach, Span<double> differences, Span<double> variances)
    {
        int width = image.WidthPx;
        int height = image.HeightPx;
        double[] sums = new double[width];
        double[] squares = new double[width];
        double[] slopes = new double[width];
        float[] buffer = ArrayPool<float>.Shared.Rent(3 * width);
        Span<float> residuals = buffer.AsSpan(0, width);
        Span<float> scatter = buffer.AsSpan(width, width);
        Span<float> quarter = buffer.AsSpan(2 * width, width);
        int first = 0;
        for (int y = 0; y <= 2 * reach; y++)
        {
            ScanLineRows.Exchange(image.Row(y), default, sums, squares);
        }

        Slopes(image, reach, 0, slopes);
        double rows = (2 * reach) + 1;
        for (int y = 0; y < height; y++)
        {
            int wanted = First(y, reach, height);
            if (wanted > first)
            {
                ScanLineRows.Exchange(image.Row(first + (2 * reach) + 1), image.Row(first), sums, squares);
                first = wanted;
                if (first == height - 1 - (2 * reach))
                {
                    Slopes(image, reach, first, slopes);
                }
            }

            // The offsets scatter every column of the neighbourhood alike; a column that scatters more has a particle in it.
            ScanLineRows.Scatter(sums, squares, rows, scatter);

            // A quarter of the columns, evenly spread, is enough to know the limit by.
            int sampled = 0;
            for (int x = 0; x < width; x += 4)
            {
                quarter[sampled++] = scatter[x];
            }

            float limit = 2 * OrderStatistics.Select(quarter[..sampled], sampled / 4);
            double place = y - first - reach;
            ScanLineRows.Residuals(image.Row(y), sums, slopes, rows, place, 1 - Leverage(place, reach), residuals);
            int n = 0;
            for (int x = 0; x < width; x++)
            {
                // Writing never overtakes reading.
                residuals[n] = residuals[x];
                n += scatter[x] <= limit ? 1 : 0;
            }

            Span<float> kept = residuals[..n];
            double median = OrderStatistics.Median(kept);
            differences[y] = median;
            double excess = SignExcess(kept, (float)median);
            VectorMath.Distance(kept, (float)median, kept);

            // s.d. of a median: √(π/2)·s/√n.
            double spread = OrderStatistics.Median(kept) / 0.6744898;
            variances[y] = Math.PI / 2 * spread * spread / n * excess;
        }

        ArrayPool<float>.Shared.Return(buffer);
    }

    // How many times more the signs of the values about their median vary over stretches of 64 than independent signs would: 1 for noise alone, more
    // where particles push whole stretches to one side. A median's variance grows by the same factor.
    private static double SignExcess(ReadOnlySpan<float> values, float median)
    {
        const int Stretch = 64;
        double squares = 0;
        for (int start = 0; start < values.Length; start += Stretch)
        {
            int sum = 0;
            foreach (float value in values.Slice(start, Math.Min(Stretch, values.Length - start)))
            {
                sum += value > median ? 1 : value < median ? -1 : 0;
            }

            squares += (double)sum * sum;
        }

        return Math.Max(1, squares / values.Length);
    }

    // The slope of the straight line through each column of the neighbourhood that begins at a row.
    private static void Slopes(Raster<float> image, int reach, int first, Span<double> slopes)
    {
        slopes.Clear();
        double norm = reach * (reach + 1.0) * ((2 * reach) + 1) / 3;
        for (int k = -reach; k <= reach; k++)
        {
            ReadOnlySpan<float> row = image.Row(first + reach + k);
            for (int x = 0; x < row.Length; x++)
            {
                slopes[x] += k * row[x] / norm;
            }
        }
    }

    // The share that a row has in the straight line through its own neighbourhood, at its own place: 1/n + place²/Σk².
    private static double Leverage(double place, int reach) => (1.0 / ((2 * reach) + 1)) + (place * place * 3 / (reach * (reach + 1.0) * ((2 * reach) + 1)));

    // o ← o + (d − (o − line through the neighbours' o)).
    private static void Step(Span<double> offsets, ReadOnlySpan<double> differences, int reach)
    {
        double[] next = new double[offsets.Length];
        double rows = (2 * reach) + 1;
        double norm = reach * (reach + 1.0) * rows / 3;
        for (int y = 0; y < offsets.Length; y++)
        {
            int first = First(y, reach, offsets.Length);
            double sum = 0;
            double slope = 0;
            for (int k = 0; k <= 2 * reach; k++)
            {
                sum += offsets[first + k];
                slope += (k - reach) * offsets[first + k] / norm;
            }

            double place = y - first - reach;
            double own = Leverage(place, reach);
            double line = (sum / rows) + (place * slope);
            next[y] = differences[y] + ((line - (own * offsets[y])) / (1 - own));
        }

        next.CopyTo(offsets);
    }
}
