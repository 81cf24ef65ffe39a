using System.Buffers;

namespace ImageAnalysis.Imaging;

/// <summary>Grows markers over a landscape until they meet.</summary>
public static class Watershed
{
    private const int Closed = -1;
    private const int Queued = -2;
    private const int Line = -3;

    /// <summary>Floods a landscape from markers: lower ground first, and on level ground the nearest marker first.</summary>
    /// <param name="landscape">Heights in counts (or any unit), any shape.</param>
    /// <param name="markers">0 where nothing is marked, else the marker's label, 1 or more; of the same shape.</param>
    /// <param name="mask">0 where no water may go (markers there are dropped), or <c>null</c> for everywhere; of the same shape.</param>
    /// <param name="lines">True leaves a line of zeros between regions that meet; false gives every reached pixel to a region.</param>
    /// <param name="connectivity">Which pixels count as neighbours.</param>
    /// <returns>The label of each pixel; 0 outside the mask, on the lines, and where no marker reaches.</returns>
    /// <exception cref="ArgumentException">The shapes differ, a height is not finite, or a marker is negative.</exception>
    /// <remarks>
    /// Meyer's flooding (Meyer 1994, doi 10.1016/0165-1684(94)90060-4): a pixel's turn comes at the lowest pass that leads to it from a marker; among equals,
    /// first come, first served, markers starting in reading order. Exact in the heights, whatever their range: they are not rounded to levels.
    /// </remarks>
    public static Raster<int> Flood(
        Raster<float> landscape, Raster<int> markers, Raster<byte>? mask = null, bool lines = false, Connectivity connectivity = Connectivity.Eight)
    {
        Guard.Finite(landscape);
        Guard.SameShape(landscape, markers);
        if (mask is not null)
        {
            Guard.SameShape(landscape, mask);
        }

        int width = landscape.WidthPx;
        int height = landscape.HeightPx;

        // One closed pixel all around spares the test for the edge.
        int stride = width + 2;
        int size = stride * (height + 2);
        int[] state = ArrayPool<int>.Shared.Rent(size);
        float[] heights = ArrayPool<float>.Shared.Rent(size);
        state.AsSpan(0, size).Fill(Closed);
        float lowest = float.MaxValue;
        float highest = float.MinValue;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> row = landscape.Row(y);
            row.CopyTo(heights.AsSpan(((y + 1) * stride) + 1));
            Span<int> states = state.AsSpan(((y + 1) * stride) + 1, width);
            markers.Row(y).CopyTo(states);
            if (mask is not null)
            {
                ReadOnlySpan<byte> open = mask.Row(y);
                for (int x = 0; x < width; x++)
                {
                    states[x] = open[x] == 0 ? Closed : states[x];
                }
            }

            for (int x = 0; x < width; x++)
            {
                if (states[x] < 0 && (mask is null || mask[x, y] != 0))
                {
                    throw new ArgumentException($"The marker at x = {x}, y = {y} is {states[x]}; expected 0 or a label from 1.", nameof(markers));
                }

                lowest = row[x] < lowest ? row[x] : lowest;
                highest = row[x] > highest ? row[x] : highest;
            }
        }

        int[] neighbours = connectivity == Connectivity.Eight
            ? [-stride, -1, 1, stride, -stride - 1, -stride + 1, stride - 1, stride + 1]
            : [-stride, -1, 1, stride];
        using (FloodQueue queue = new(heights, size, lowest, highest))
        {
            if (lines)
            {
                FloodWithLines(state, queue, neighbours, stride, width, height);
            }
            else
            {
                FloodAll(state, queue, neighbours, stride, width, height);
            }
        }

        int[] labels = GC.AllocateUninitializedArray<int>(width * height);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<int> states = state.AsSpan(((y + 1) * stride) + 1, width);
            Span<int> row = labels.AsSpan(y * width, width);
            for (int x = 0; x < width; x++)
            {
                row[x] = Math.Max(states[x], 0);
            }
        }

        ArrayPool<int>.Shared.Return(state);
        ArrayPool<float>.Shared.Return(heights);
        return new Raster<int>(width, height, labels);
    }

    // A pixel takes the label of the first flooded neighbour that reaches it, and then waits for its turn to pass it on.
    private static void FloodAll(int[] state, FloodQueue queue, ReadOnlySpan<int> neighbours, int stride, int width, int height)
    {
        // Pixels labelled from here on must not act as markers themselves: their turn comes from the queue.
        // Reading order with a look back is enough to tell them apart, since markers hold labels before the loop begins.
        List<int> borders = [];
        for (int y = 1; y <= height; y++)
        {
            for (int p = (y * stride) + 1; p <= (y * stride) + width; p++)
            {
                if (state[p] > 0)
                {
                    foreach (int step in neighbours)
                    {
                        if (state[p + step] == 0)
                        {
                            borders.Add(p);
                            break;
                        }
                    }
                }
            }
        }

        foreach (int p in borders)
        {
            Spread(state, queue, neighbours, p);
        }

        while (queue.TryTake(out int p))
        {
            Spread(state, queue, neighbours, p);
        }
    }

    private static void Spread(int[] state, FloodQueue queue, ReadOnlySpan<int> neighbours, int p)
    {
        int label = state[p];
        foreach (int step in neighbours)
        {
            int q = p + step;
            if (state[q] == 0)
            {
                state[q] = label;
                queue.Add(q);
            }
        }
    }

    // A pixel is labelled when its turn comes: with its neighbours' label if they agree, as line if they do not.
    private static void FloodWithLines(int[] state, FloodQueue queue, ReadOnlySpan<int> neighbours, int stride, int width, int height)
    {
        for (int y = 1; y <= height; y++)
        {
            for (int p = (y * stride) + 1; p <= (y * stride) + width; p++)
            {
                if (state[p] > 0)
                {
                    Enqueue(state, queue, neighbours, p);
                }
            }
        }

        while (queue.TryTake(out int p))
        {
            int label = 0;
            foreach (int step in neighbours)
            {
                int other = state[p + step];
                if (other > 0)
                {
                    if (label != 0 && other != label)
                    {
                        label = Line;
                        break;
                    }

                    label = other;
                }
            }

            state[p] = label;
            if (label > 0)
            {
                Enqueue(state, queue, neighbours, p);
            }
        }
    }

    private static void Enqueue(int[] state, FloodQueue queue, ReadOnlySpan<int> neighbours, int p)
    {
        foreach (int step in neighbours)
        {
            int q = p + step;
            if (state[q] == 0)
            {
                state[q] = Queued;
                queue.Add(q);
            }
        }
    }
}
