using System.Buffers;

namespace ImageAnalysis.Imaging;

/// <summary>Grey-scale reconstruction by dilation in place.</summary>
internal static class Reconstruction
{
    /// <summary>Grows an image under a ceiling until nothing changes; it must start nowhere above the ceiling.</summary>
    internal static void Grow(Span<float> image, ReadOnlySpan<float> ceiling, int width, int height, Connectivity connectivity)
    {
        bool corners = connectivity == Connectivity.Eight;
        float[] reachable = ArrayPool<float>.Shared.Rent(width);
        for (int y = 0; y < height; y++)
        {
            Span<float> row = image.Slice(y * width, width);
            ReadOnlySpan<float> limit = ceiling.Slice(y * width, width);
            FromNeighbourRow(row, y > 0 ? image.Slice((y - 1) * width, width) : default, corners, reachable);
            float left = float.NegativeInfinity;
            for (int x = 0; x < width; x++)
            {
                float value = reachable[x] > left ? reachable[x] : left;
                left = value < limit[x] ? value : limit[x];
                row[x] = left;
            }
        }

        Queue<int> waiting = new();
        for (int y = height - 1; y >= 0; y--)
        {
            Span<float> row = image.Slice(y * width, width);
            ReadOnlySpan<float> limit = ceiling.Slice(y * width, width);
            FromNeighbourRow(row, y < height - 1 ? image.Slice((y + 1) * width, width) : default, corners, reachable);
            float right = float.NegativeInfinity;
            for (int x = width - 1; x >= 0; x--)
            {
                float value = reachable[x] > right ? reachable[x] : right;
                right = value < limit[x] ? value : limit[x];
                row[x] = right;
            }

            for (int x = 0; x < width; x++)
            {
                if (CanRaise(image, ceiling, width, height, x, y, corners))
                {
                    waiting.Enqueue((y * width) + x);
                }
            }
        }

        ArrayPool<float>.Shared.Return(reachable);
        while (waiting.TryDequeue(out int p))
        {
            int px = p % width;
            int py = p / width;
            float level = image[p];
            for (int y = Math.Max(0, py - 1); y <= Math.Min(height - 1, py + 1); y++)
            {
                for (int x = Math.Max(0, px - 1); x <= Math.Min(width - 1, px + 1); x++)
                {
                    int q = (y * width) + x;
                    if ((corners || x == px || y == py) && image[q] < level && image[q] < ceiling[q])
                    {
                        image[q] = level < ceiling[q] ? level : ceiling[q];
                        waiting.Enqueue(q);
                    }
                }
            }
        }
    }

    // reachable[x] = max(row[x], the neighbours of x in the row above or below).
    private static void FromNeighbourRow(ReadOnlySpan<float> row, ReadOnlySpan<float> other, bool corners, Span<float> reachable)
    {
        int n = row.Length;
        row.CopyTo(reachable);
        if (other.IsEmpty)
        {
            return;
        }

        ExtremumFilter.Into<float, LargerFloat>(other, reachable[..n]);
        if (corners)
        {
            ExtremumFilter.Into<float, LargerFloat>(other[..(n - 1)], reachable[1..n]);
            ExtremumFilter.Into<float, LargerFloat>(other[1..], reachable[..(n - 1)]);
        }
    }

    // Whether the pixel could still raise a neighbour to its right or in the row below, where the upward sweep has passed already.
    private static bool CanRaise(ReadOnlySpan<float> image, ReadOnlySpan<float> ceiling, int width, int height, int x, int y, bool corners)
    {
        int p = (y * width) + x;
        float level = image[p];
        if (x + 1 < width && image[p + 1] < level && image[p + 1] < ceiling[p + 1])
        {
            return true;
        }

        if (y + 1 == height)
        {
            return false;
        }

        int first = corners && x > 0 ? p + width - 1 : p + width;
        int last = corners && x + 1 < width ? p + width + 1 : p + width;
        for (int q = first; q <= last; q++)
        {
            if (image[q] < level && image[q] < ceiling[q])
            {
                return true;
            }
        }

        return false;
    }
}
