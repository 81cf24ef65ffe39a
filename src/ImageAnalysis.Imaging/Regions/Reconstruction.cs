using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

        // Where a pixel could still be raised stands its value, elsewhere +∞; for this row and the one below, with a margin of one.
        int stride = width + 2 + 8;
        float[] raisable = ArrayPool<float>.Shared.Rent(2 * stride);
        raisable.AsSpan(0, 2 * stride).Fill(float.PositiveInfinity);
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

            Span<float> own = raisable.AsSpan(y % 2 * stride, stride);
            Raisable(row, limit, own[1..]);
            Enqueue(row, own, raisable.AsSpan((y + 1) % 2 * stride, stride), y * width, corners, waiting);
        }

        ArrayPool<float>.Shared.Return(raisable);
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

    private static void Raisable(ReadOnlySpan<float> row, ReadOnlySpan<float> limit, Span<float> result)
    {
        ref float value = ref MemoryMarshal.GetReference(row);
        ref float top = ref MemoryMarshal.GetReference(limit);
        ref float to = ref MemoryMarshal.GetReference(result);
        Vector256<float> never = Vector256.Create(float.PositiveInfinity);
        int x = 0;
        for (; x <= row.Length - 8; x += 8)
        {
            Vector256<float> v = Vector256.LoadUnsafe(ref value, (nuint)x);
            Vector256.ConditionalSelect(Vector256.LessThan(v, Vector256.LoadUnsafe(ref top, (nuint)x)), v, never).StoreUnsafe(ref to, (nuint)x);
        }

        for (; x < row.Length; x++)
        {
            result[x] = row[x] < limit[x] ? row[x] : float.PositiveInfinity;
        }
    }

    // Pixels that could still raise a neighbour to their right or in the row below, where the upward sweep has passed already.
    private static void Enqueue(ReadOnlySpan<float> row, ReadOnlySpan<float> own, ReadOnlySpan<float> below, int start, bool corners, Queue<int> waiting)
    {
        ref float value = ref MemoryMarshal.GetReference(row);
        ref float beside = ref MemoryMarshal.GetReference(own);
        ref float under = ref MemoryMarshal.GetReference(below);
        int x = 0;
        for (; x <= row.Length - 8; x += 8)
        {
            Vector256<float> lowest = Vector256.MinNative(Vector256.LoadUnsafe(ref beside, (nuint)(x + 2)), Vector256.LoadUnsafe(ref under, (nuint)(x + 1)));
            if (corners)
            {
                lowest = Vector256.MinNative(lowest, Vector256.MinNative(Vector256.LoadUnsafe(ref under, (nuint)x), Vector256.LoadUnsafe(ref under, (nuint)(x + 2))));
            }

            uint raises = Vector256.GreaterThan(Vector256.LoadUnsafe(ref value, (nuint)x), lowest).ExtractMostSignificantBits();
            for (; raises != 0; raises &= raises - 1)
            {
                waiting.Enqueue(start + x + BitOperations.TrailingZeroCount(raises));
            }
        }

        for (; x < row.Length; x++)
        {
            float lowest = Math.Min(own[x + 2], below[x + 1]);
            lowest = corners ? Math.Min(lowest, Math.Min(below[x], below[x + 2])) : lowest;
            if (row[x] > lowest)
            {
                waiting.Enqueue(start + x);
            }
        }
    }
}
