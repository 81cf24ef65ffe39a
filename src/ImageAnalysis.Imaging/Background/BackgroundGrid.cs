using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>Background levels of the cells of a coarse grid.</summary>
internal sealed class BackgroundGrid
{
    private const int SamplesPerCell = 1024;

    private BackgroundGrid(int columns, int rows, double[] levels)
    {
        Columns = columns;
        Rows = rows;
        Levels = levels;
    }

    internal int Columns { get; }

    internal int Rows { get; }

    /// <summary>Level of each cell in counts, row by row.</summary>
    internal double[] Levels { get; }

    internal static BackgroundGrid Measure(Raster<float> image, BackgroundOptions options, Raster<byte>? exclude)
    {
        int columns = Math.Max(1, (int)Math.Round((double)image.WidthPx / options.GridStepPx));
        int rows = Math.Max(1, (int)Math.Round((double)image.HeightPx / options.GridStepPx));
        double[] levels = new double[columns * rows];
        double[] spreads = new double[columns * rows];
        bool[] known = new bool[columns * rows];
        int cellWidth = (image.WidthPx / columns) + 1;
        int cellHeight = (image.HeightPx / rows) + 1;
        float[] samples = ArrayPool<float>.Shared.Rent(cellWidth * cellHeight);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int x0 = (int)((long)column * image.WidthPx / columns);
                int x1 = (int)((long)(column + 1) * image.WidthPx / columns);
                int y0 = (int)((long)row * image.HeightPx / rows);
                int y1 = (int)((long)(row + 1) * image.HeightPx / rows);
                int n = Sample(image, exclude, x0, y0, x1, y1, samples, out int looked);

                // A cell of which little is left says little.
                if (n > 0 && n >= looked / 20)
                {
                    int cell = (row * columns) + column;
                    (levels[cell], spreads[cell]) = Level(samples.AsSpan(0, n), options);
                    known[cell] = true;
                }
            }
        }

        ArrayPool<float>.Shared.Return(samples);
        if (!known.Contains(true))
        {
            int n = 0;
            float[] all = new float[image.PixelCount];
            for (int i = 0; i < image.PixelCount; i++)
            {
                all[n] = image.Pixels[i];
                n += exclude is null || exclude.Pixels[i] == 0 ? 1 : 0;
            }

            Array.Fill(levels, Level(all.AsSpan(0, n), options).Level);
            return new BackgroundGrid(columns, rows, levels);
        }

        // A cell that differs by less than the scatter of its own pixels is no particle, however even the other cells are.
        double[] sorted = [.. spreads.Where((_, i) => known[i]).Order()];
        BackgroundRepair.Repair(levels, known, columns, rows, leastSpread: 0.25 * sorted[sorted.Length / 2]);
        return new BackgroundGrid(columns, rows, levels);
    }

    internal Raster<float> Interpolate(int width, int height)
    {
        Raster<float> background = Raster<float>.Unfilled(width, height, out Span<float> result);
        double stepX = (double)width / Columns;
        double stepY = (double)height / Rows;

        // Places of the pixels in the row of cell centres: 0 at the first centre. The part within a cell is the cubic's variable.
        float[] parts = new float[width];
        int[] firstPixels = new int[Columns + 2]; // of each gap between centres, from the one before the first centre
        int gap = 0;
        for (int x = 0; x < width; x++)
        {
            double place = ((x + 0.5) / stepX) - 0.5;
            int cell = Math.Min((int)Math.Floor(place), Columns - 1);
            parts[x] = (float)(place - cell);
            while (gap <= cell + 1)
            {
                firstPixels[gap++] = x;
            }
        }

        firstPixels.AsSpan(gap).Fill(width);
        double[] line = new double[Columns + 4]; // two cells beyond each end, straight on
        Span<double> weights = stackalloc double[4];
        for (int y = 0; y < height; y++)
        {
            double place = ((y + 0.5) / stepY) - 0.5;
            int cell = (int)Math.Floor(place);
            Resample.CubicWeights(place - cell, weights);
            for (int column = 0; column < Columns; column++)
            {
                double level = 0;
                for (int j = 0; j < 4; j++)
                {
                    level += weights[j] * Extended(cell - 1 + j, column);
                }

                line[column + 2] = level;
            }

            double slopeLeft = Columns > 1 ? line[3] - line[2] : 0;
            double slopeRight = Columns > 1 ? line[Columns + 1] - line[Columns] : 0;
            line[1] = line[2] - slopeLeft;
            line[0] = line[1] - slopeLeft;
            line[Columns + 2] = line[Columns + 1] + slopeRight;
            line[Columns + 3] = line[Columns + 2] + slopeRight;
            Span<float> row = result.Slice(y * width, width);
            for (int g = 0; g <= Columns; g++)
            {
                int end = g < Columns ? firstPixels[g + 1] : width;
                Cubic(line.AsSpan(g, 4), parts.AsSpan(firstPixels[g], end - firstPixels[g]), row.Slice(firstPixels[g], end - firstPixels[g]));
            }
        }

        return background;
    }

    // The level of a cell, continued straight on beyond the first and last row.
    private double Extended(int row, int column)
    {
        if (Rows == 1)
        {
            return Levels[column];
        }

        int inside = Math.Clamp(row, 0, Rows - 1);
        double level = Levels[(inside * Columns) + column];
        if (row == inside)
        {
            return level;
        }

        int next = row < 0 ? 1 : Rows - 2;
        return level + (Math.Abs(row - inside) * (level - Levels[(next * Columns) + column]));
    }

    // The cubic of Keys through four equidistant levels, as a polynomial in the place between the middle two.
    private static void Cubic(ReadOnlySpan<double> levels, ReadOnlySpan<float> parts, Span<float> result)
    {
        double a = levels[0], b = levels[1], c = levels[2], d = levels[3];
        float c0 = (float)b;
        float c1 = (float)(0.5 * (c - a));
        float c2 = (float)(0.5 * ((2 * a) - (5 * b) + (4 * c) - d));
        float c3 = (float)(0.5 * (d - a + (3 * (b - c))));
        ref float from = ref MemoryMarshal.GetReference(parts);
        ref float to = ref MemoryMarshal.GetReference(result);
        int i = 0;
        for (; i <= result.Length - 8; i += 8)
        {
            Vector256<float> t = Vector256.LoadUnsafe(ref from, (nuint)i);
            Vector256<float> value = Vector256.FusedMultiplyAdd(Vector256.Create(c3), t, Vector256.Create(c2));
            value = Vector256.FusedMultiplyAdd(value, t, Vector256.Create(c1));
            Vector256.FusedMultiplyAdd(value, t, Vector256.Create(c0)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < result.Length; i++)
        {
            float t = parts[i];
            float value = MathF.FusedMultiplyAdd(c3, t, c2);
            value = MathF.FusedMultiplyAdd(value, t, c1);
            result[i] = MathF.FusedMultiplyAdd(value, t, c0);
        }
    }

    private static int Sample(Raster<float> image, Raster<byte>? exclude, int x0, int y0, int x1, int y1, Span<float> samples, out int looked)
    {
        // Every second or third pixel of a large cell is enough; odd steps keep clear of structure of two pixels.
        int step = 1;
        while ((x1 - x0) * (y1 - y0) / (step * step) > 2 * SamplesPerCell)
        {
            step++;
        }

        // The sampled pixels lie about the cell's centre.
        y0 += (y1 - y0 - 1) % step / 2;
        x0 += (x1 - x0 - 1) % step / 2;
        int n = 0;
        looked = 0;
        for (int y = y0; y < y1; y += step)
        {
            ReadOnlySpan<float> row = image.Row(y);
            ReadOnlySpan<byte> left = exclude is null ? default : exclude.Row(y);
            for (int x = x0; x < x1; x += step)
            {
                looked++;
                if (left.IsEmpty || left[x] == 0)
                {
                    samples[n++] = row[x];
                }
            }
        }

        return n;
    }

    // The background level among samples of which a part is brighter, and the scatter about it.
    private static (double Level, double Spread) Level(ReadOnlySpan<float> samples, BackgroundOptions options)
    {
        double level = OrderStatistics.Quantile(samples, options.QuantileFraction);

        // Of a normal law, the quantiles q and q/4 of its darker half lie about 0.9 … 1.2 s.d. apart, wherever in that half q is.
        double spread = level - OrderStatistics.Quantile(samples, options.QuantileFraction / 4);
        for (int i = 0; i < 30; i++)
        {
            (double sum, int n, double squares, int lower) = Core(samples, (float)level, (float)(options.ClipRatio * spread));
            if (n == 0)
            {
                break;
            }

            double move = sum / n;
            level += move;
            if (lower > 0)
            {
                spread = Math.Sqrt(squares / lower);
            }

            if (Math.Abs(move) <= 1e-3 * spread)
            {
                break;
            }
        }

        return (level, spread);
    }

    // Sum and number of the differences from the level that are within a limit, and the sum of squares and number of the negative ones among them.
    private static (double Sum, int Count, double LowerSquares, int LowerCount) Core(ReadOnlySpan<float> samples, float level, float limit)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        Vector256<float> centre = Vector256.Create(level);
        Vector256<float> reach = Vector256.Create(limit);
        Vector256<float> sums = Vector256<float>.Zero;
        Vector256<float> squares = Vector256<float>.Zero;
        int count = 0;
        int lowerCount = 0;
        int i = 0;
        for (; i <= samples.Length - 8; i += 8)
        {
            Vector256<float> difference = Vector256.LoadUnsafe(ref first, (nuint)i) - centre;
            Vector256<float> inside = Vector256.LessThanOrEqual(Vector256.Abs(difference), reach);
            Vector256<float> lower = inside & Vector256.LessThan(difference, Vector256<float>.Zero);
            sums += difference & inside;
            squares = Vector256.FusedMultiplyAdd(difference & lower, difference, squares);
            count += BitOperations.PopCount(inside.ExtractMostSignificantBits());
            lowerCount += BitOperations.PopCount(lower.ExtractMostSignificantBits());
        }

        double sum = Vector256.Sum(sums);
        double square = Vector256.Sum(squares);
        for (; i < samples.Length; i++)
        {
            float difference = samples[i] - level;
            if (Math.Abs(difference) <= limit)
            {
                sum += difference;
                count++;
                if (difference < 0)
                {
                    square += (double)difference * difference;
                    lowerCount++;
                }
            }
        }

        return (sum, count, square, lowerCount);
    }
}
