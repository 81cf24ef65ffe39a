using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>The extremum over a structuring element around every pixel; pixels outside the image never win.</summary>
internal static class ExtremumFilter
{
    private const int LargestGatheredRadius = 16;
    private const int GatheredBytes = 1 << 17;

    internal static Raster<T> Apply<T, TOp>(Raster<T> image, StructuringElement element)
        where T : unmanaged
        where TOp : struct, IExtremum<T>
    {
        Raster<T> filtered = Raster<T>.Unfilled(image.WidthPx, image.HeightPx, out Span<T> result);
        if (element.RadiusPx == 0)
        {
            image.Pixels.CopyTo(result);
        }
        else if (element.RadiusPx <= LargestGatheredRadius)
        {
            Gather<T, TOp>(image, element, result);
        }
        else if (element.IsSquare)
        {
            Square<T, TOp>(image, element.RadiusPx, result);
        }
        else
        {
            Runs<T, TOp>(image, element, result);
        }

        return filtered;
    }

    /// <summary>target[i] = the extremum of target[i] and source[i].</summary>
    internal static void Into<T, TOp>(ReadOnlySpan<T> source, Span<T> target)
        where T : unmanaged
        where TOp : struct, IExtremum<T> => Combine<T, TOp>(source, target, target);

    // result[i] = extremum of a[i] and b[i]; the result may be one of the two.
    private static void Combine<T, TOp>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> result)
        where T : unmanaged
        where TOp : struct, IExtremum<T>
    {
        int n = result.Length;
        if (a.Length < n || b.Length < n)
        {
            throw new ArgumentException("The rows differ in length.", nameof(result));
        }

        ref T pa = ref MemoryMarshal.GetReference(a);
        ref T pb = ref MemoryMarshal.GetReference(b);
        ref T pr = ref MemoryMarshal.GetReference(result);
        int i = 0;
        for (; i <= n - Vector256<T>.Count; i += Vector256<T>.Count)
        {
            TOp.Of(Vector256.LoadUnsafe(ref pa, (nuint)i), Vector256.LoadUnsafe(ref pb, (nuint)i)).StoreUnsafe(ref pr, (nuint)i);
        }

        for (; i < n; i++)
        {
            result[i] = TOp.Of(a[i], b[i]);
        }
    }

    // Small elements made of centred runs (Urbach & Wilkinson 2008, doi 10.1109/TIP.2007.912582): each source row is widened once for each
    // length of run in the element, and a result row is the extremum of such rows.
    private static void Gather<T, TOp>(Raster<T> image, StructuringElement element, Span<T> result)
        where T : unmanaged
        where TOp : struct, IExtremum<T>
    {
        int lanes = Vector256<T>.Count;
        int width = image.WidthPx;
        int height = image.HeightPx;
        int radius = element.RadiusPx;
        int slots = (2 * radius) + 1;
        int[] halfWidths = [.. element.HalfWidths.Distinct().Order()];
        int[] kinds = Array.ConvertAll(element.HalfWidths, halfWidth => Array.IndexOf(halfWidths, halfWidth));
        int widest = halfWidths[^1];

        // Strips of the image, narrow enough for the widened rows to stay in cache.
        int stride = Math.Max(4 * lanes, GatheredBytes / (slots * halfWidths.Length * Unsafe.SizeOf<T>()) / lanes * lanes);
        stride = Math.Min(stride, (width + lanes - 1) / lanes * lanes);
        T[] padded = ArrayPool<T>.Shared.Rent(stride + (2 * widest));
        T[] widened = ArrayPool<T>.Shared.Rent(slots * halfWidths.Length * stride);
        T[] tail = ArrayPool<T>.Shared.Rent(lanes);
        Span<int> starts = stackalloc int[slots];
        for (int x0 = 0; x0 < width; x0 += stride)
        {
            int stripWidth = Math.Min(stride, width - x0);
            int sourceStart = Math.Max(0, x0 - widest);
            int sourceEnd = Math.Min(width, x0 + stride + widest);
            padded.AsSpan(0, stride + (2 * widest)).Fill(TOp.Neutral);
            for (int y = 0; y < height + radius; y++)
            {
                if (y < height)
                {
                    image.Row(y)[sourceStart..sourceEnd].CopyTo(padded.AsSpan(sourceStart - x0 + widest));
                    int slot = y % slots * halfWidths.Length * stride;
                    int from = 0;
                    for (int kind = 0; kind < halfWidths.Length; kind++)
                    {
                        Span<T> target = widened.AsSpan(slot + (kind * stride), stride);
                        ReadOnlySpan<T> narrower = kind == 0 ? padded.AsSpan(widest, stride) : widened.AsSpan(slot + ((kind - 1) * stride), stride);
                        Widen<T, TOp>(ref padded[widest], narrower, from, halfWidths[kind], target);
                        from = halfWidths[kind];
                    }
                }

                int centre = y - radius;
                if (centre < 0)
                {
                    continue;
                }

                int count = 0;
                for (int dy = Math.Max(-radius, -centre); dy <= Math.Min(radius, height - 1 - centre); dy++)
                {
                    starts[count++] = (((centre + dy) % slots * halfWidths.Length) + kinds[dy + radius]) * stride;
                }

                Join<T, TOp>(ref widened[0], starts[..count], result.Slice((centre * width) + x0, stripWidth), tail);
            }
        }

        ArrayPool<T>.Shared.Return(tail);
        ArrayPool<T>.Shared.Return(widened);
        ArrayPool<T>.Shared.Return(padded);
    }

    // result[x] = the extremum of the values x after each start.
    private static void Join<T, TOp>(ref T rows, ReadOnlySpan<int> starts, Span<T> result, Span<T> tail)
        where T : unmanaged
        where TOp : struct, IExtremum<T>
    {
        int lanes = Vector256<T>.Count;
        ref T to = ref MemoryMarshal.GetReference(result);
        ref int start = ref MemoryMarshal.GetReference(starts);
        int x = 0;
        for (; x <= result.Length - (2 * lanes); x += 2 * lanes)
        {
            ref T at = ref Unsafe.Add(ref rows, start + x);
            Vector256<T> a = Vector256.LoadUnsafe(ref at);
            Vector256<T> b = Vector256.LoadUnsafe(ref at, (nuint)lanes);
            for (int i = 1; i < starts.Length; i++)
            {
                at = ref Unsafe.Add(ref rows, Unsafe.Add(ref start, i) + x);
                a = TOp.Of(a, Vector256.LoadUnsafe(ref at));
                b = TOp.Of(b, Vector256.LoadUnsafe(ref at, (nuint)lanes));
            }

            a.StoreUnsafe(ref to, (nuint)x);
            b.StoreUnsafe(ref to, (nuint)(x + lanes));
        }

        for (; x < result.Length; x += lanes)
        {
            Vector256<T> a = Vector256.LoadUnsafe(ref rows, (nuint)(start + x));
            for (int i = 1; i < starts.Length; i++)
            {
                a = TOp.Of(a, Vector256.LoadUnsafe(ref rows, (nuint)(starts[i] + x)));
            }

            a.StoreUnsafe(ref MemoryMarshal.GetReference(tail));
            tail[..Math.Min(lanes, result.Length - x)].CopyTo(result[x..]);
        }
    }

    // target[x] = the extremum of narrower[x] and the source at distances `from` + 1 … `to` on both sides. Whole vectors.
    private static void Widen<T, TOp>(ref T source, ReadOnlySpan<T> narrower, int from, int to, Span<T> target)
        where T : unmanaged
        where TOp : struct, IExtremum<T>
    {
        ref T a = ref MemoryMarshal.GetReference(narrower);
        ref T r = ref MemoryMarshal.GetReference(target);
        for (int x = 0; x < target.Length; x += Vector256<T>.Count)
        {
            Vector256<T> value = Vector256.LoadUnsafe(ref a, (nuint)x);
            ref T left = ref Unsafe.Add(ref source, x - to);
            ref T right = ref Unsafe.Add(ref source, x + from + 1);
            for (int i = 0; i < to - from; i++)
            {
                value = TOp.Of(value, TOp.Of(Vector256.LoadUnsafe(ref left, (nuint)i), Vector256.LoadUnsafe(ref right, (nuint)i)));
            }

            value.StoreUnsafe(ref r, (nuint)x);
        }
    }

    // Large elements made of centred runs: each source row is widened step by step, and at each width it joins the result rows whose run has that width.
    private static void Runs<T, TOp>(Raster<T> image, StructuringElement element, Span<T> result)
        where T : unmanaged
        where TOp : struct, IExtremum<T>
    {
        int width = image.WidthPx;
        int height = image.HeightPx;
        int radius = element.RadiusPx;
        int[] halfWidths = element.HalfWidths;
        int widest = halfWidths[radius];
        T[] padded = ArrayPool<T>.Shared.Rent(width + (2 * widest));
        T[] widened = ArrayPool<T>.Shared.Rent(width);
        padded.AsSpan(0, width + (2 * widest)).Fill(TOp.Neutral);
        result.Fill(TOp.Neutral);
        for (int y = 0; y < height; y++)
        {
            image.Row(y).CopyTo(padded.AsSpan(widest));
            image.Row(y).CopyTo(widened);
            int halfWidth = 0;

            // Rows of the element from its tips, where the runs are shortest, to its middle.
            for (int dy = radius; dy >= 0; dy--)
            {
                for (; halfWidth < halfWidths[radius + dy]; halfWidth++)
                {
                    Into<T, TOp>(padded.AsSpan(widest - halfWidth - 1, width), widened.AsSpan(0, width));
                    Into<T, TOp>(padded.AsSpan(widest + halfWidth + 1, width), widened.AsSpan(0, width));
                }

                if (y - dy >= 0)
                {
                    Into<T, TOp>(widened.AsSpan(0, width), result.Slice((y - dy) * width, width));
                }

                if (dy > 0 && y + dy < height)
                {
                    Into<T, TOp>(widened.AsSpan(0, width), result.Slice((y + dy) * width, width));
                }
            }
        }

        ArrayPool<T>.Shared.Return(widened);
        ArrayPool<T>.Shared.Return(padded);
    }

    // Along rows by doubling the window; along columns by van Herk's blocks (1992, doi 10.1016/0167-8655(92)90069-C): each row costs
    // three extrema, whatever the radius.
    private static void Square<T, TOp>(Raster<T> image, int radius, Span<T> result)
        where T : unmanaged
        where TOp : struct, IExtremum<T>
    {
        int width = image.WidthPx;
        int height = image.HeightPx;
        int window = (2 * radius) + 1;
        int paddedWidth = width + (2 * radius);
        T[] padded = ArrayPool<T>.Shared.Rent(paddedWidth);
        T[] rows = ArrayPool<T>.Shared.Rent(image.PixelCount);
        for (int y = 0; y < height; y++)
        {
            Span<T> line = padded.AsSpan(0, paddedWidth);
            line.Fill(TOp.Neutral);
            image.Row(y).CopyTo(line[radius..]);
            int covered = 1;
            while (2 * covered <= window)
            {
                // Reading ahead of writing: in place is safe from left to right.
                Into<T, TOp>(line[covered..], line[..^covered]);
                covered *= 2;
            }

            Combine<T, TOp>(line[..width], line.Slice(window - covered, width), rows.AsSpan(y * width, width));
        }

        // suffix[j]: the extremum of source rows block + j … end of the block; prefix: of the next block's rows so far.
        T[] suffix = ArrayPool<T>.Shared.Rent(window * width);
        T[] prefix = ArrayPool<T>.Shared.Rent(width);
        for (int block = -radius; block < height; block += window)
        {
            for (int j = window - 1; j >= 0; j--)
            {
                Span<T> at = suffix.AsSpan(j * width, width);
                if (j == window - 1)
                {
                    at.Fill(TOp.Neutral);
                }
                else
                {
                    suffix.AsSpan((j + 1) * width, width).CopyTo(at);
                }

                if ((uint)(block + j) < (uint)height)
                {
                    Into<T, TOp>(rows.AsSpan((block + j) * width, width), at);
                }
            }

            prefix.AsSpan(0, width).Fill(TOp.Neutral);
            for (int j = 0; j < window; j++)
            {
                // The window of result row `block + j + radius` is rows block + j … block + j + window − 1.
                int y = block + j + radius;
                if (j > 0 && (uint)(block + j + window - 1) < (uint)height)
                {
                    Into<T, TOp>(rows.AsSpan((block + j + window - 1) * width, width), prefix.AsSpan(0, width));
                }

                if (y < height)
                {
                    Combine<T, TOp>(suffix.AsSpan(j * width, width), prefix.AsSpan(0, width), result.Slice(y * width, width));
                }
            }
        }

        ArrayPool<T>.Shared.Return(prefix);
        ArrayPool<T>.Shared.Return(suffix);
        ArrayPool<T>.Shared.Return(rows);
        ArrayPool<T>.Shared.Return(padded);
    }
}
