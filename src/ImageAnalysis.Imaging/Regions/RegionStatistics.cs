using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>Measures labelled regions by counting pixels.</summary>
public static class RegionStatistics
{
    /// <summary>Measures every region: size, place, second moments, and intensities where an image is given.</summary>
    /// <param name="labels">The labelled image; each label 1 … Count must occur.</param>
    /// <param name="intensity">Intensities in counts, of the same shape, or <c>null</c>.</param>
    /// <returns>One region a label, in the order of the labels.</returns>
    /// <exception cref="ArgumentException">The shapes differ, a pixel is not finite, a label lies outside 0 … Count, or one does not occur.</exception>
    /// <remarks>A run of n equal labels from x₀ in row y adds n, Σx, Σx² and so on in closed form; sums are exact integers.</remarks>
    public static IReadOnlyList<Region> Measure(LabelImage labels, Raster<float>? intensity = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (intensity is not null)
        {
            Guard.SameShape(labels.Labels, intensity);
            Guard.Finite(intensity);
        }

        Sums[] sums = new Sums[labels.Count + 1];
        Array.Fill(sums, new Sums { X0 = int.MaxValue, X1 = -1, Y0 = -1, Min = float.MaxValue, Max = float.MinValue });
        int width = labels.Labels.WidthPx;
        for (int y = 0; y < labels.Labels.HeightPx; y++)
        {
            ReadOnlySpan<int> row = labels.Labels.Row(y);
            ReadOnlySpan<float> values = intensity is null ? default : intensity.Row(y);
            int x = 0;
            while ((x = NextLabelled(row, x)) < width)
            {
                int label = row[x];
                if ((uint)label > (uint)labels.Count)
                {
                    throw new ArgumentException($"The label at x = {x}, y = {y} is {label}; expected 0…{labels.Count}.", nameof(labels));
                }

                int end = x + 1;
                while (end < width && row[end] == label)
                {
                    end++;
                }

                sums[label].AddRun(x, end, y);
                if (intensity is not null)
                {
                    sums[label].AddIntensities(values[x..end]);
                }

                x = end;
            }
        }

        Region[] regions = new Region[labels.Count];
        for (int label = 1; label <= labels.Count; label++)
        {
            if (sums[label].N == 0)
            {
                throw new ArgumentException($"Label {label} of {labels.Count} does not occur.", nameof(labels));
            }

            regions[label - 1] = sums[label].ToRegion(label, labels.Labels.WidthPx, labels.Labels.HeightPx, intensity is not null);
        }

        return regions;
    }

    private static int NextLabelled(ReadOnlySpan<int> row, int x)
    {
        ref int first = ref MemoryMarshal.GetReference(row);
        for (; x <= row.Length - Vector256<int>.Count; x += Vector256<int>.Count)
        {
            uint zeros = Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)x), Vector256<int>.Zero).ExtractMostSignificantBits();
            if (zeros != 0xFF)
            {
                return x + BitOperations.TrailingZeroCount(~zeros);
            }
        }

        while (x < row.Length && row[x] == 0)
        {
            x++;
        }

        return x;
    }

    private struct Sums
    {
        public long N;
        public long X;
        public long Y;
        public long Xx;
        public long Xy;
        public long Yy;
        public int X0;
        public int X1;
        public int Y0;
        public int Y1;
        public double Sum;
        public float Min;
        public float Max;

        public void AddRun(int start, int end, int y)
        {
            long n = end - start;
            long sumX = n * (start + (long)end - 1) / 2;

            // Σ x² for x = 0 … m − 1 is (m − 1)m(2m − 1)/6.
            long sumXx = SquaresBelow(end) - SquaresBelow(start);
            Y0 = N == 0 ? y : Y0;
            Y1 = y + 1;
            X0 = Math.Min(X0, start);
            X1 = Math.Max(X1, end);
            N += n;
            X += sumX;
            Y += n * y;
            Xx += sumXx;
            Xy += sumX * y;
            Yy += n * y * y;
        }

        public void AddIntensities(ReadOnlySpan<float> values)
        {
            double sum = 0;
            float min = Min;
            float max = Max;
            foreach (float value in values)
            {
                sum += value;
                min = value < min ? value : min;
                max = value > max ? value : max;
            }

            Sum += sum;
            Min = min;
            Max = max;
        }

        public readonly Region ToRegion(int label, int width, int height, bool withIntensity)
        {
            double n = N;

            // n·Σx² − (Σx)² in integers: no cancellation for a small region far from the origin.
            double n2 = n * n;
            return new Region
            {
                Label = label,
                PixelCount = (int)N,
                X0Px = X0,
                Y0Px = Y0,
                X1Px = X1,
                Y1Px = Y1,
                Centroid = new PointPx(X / n, Y / n),
                MomentXxPx2 = (double)(((Int128)Xx * N) - ((Int128)X * X)) / n2,
                MomentXyPx2 = (double)(((Int128)Xy * N) - ((Int128)X * Y)) / n2,
                MomentYyPx2 = (double)(((Int128)Yy * N) - ((Int128)Y * Y)) / n2,
                TouchesBorder = X0 == 0 || Y0 == 0 || X1 == width || Y1 == height,
                Intensity = withIntensity ? new RegionIntensity(Sum, Sum / n, Min, Max) : null,
            };
        }

        private static long SquaresBelow(long m) => (m - 1) * m * ((2 * m) - 1) / 6;
    }
}
