using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>The extremum over a structuring element around every pixel; pixels outside the image never win.</summary>
internal static class ExtremumFilter
{
    private const int LargestGatheredRadius = 16;
    private const int GatheredBytes = 40 << 10;
    private const int NarrowestBytes = 1 << 10;
    private const int BlockVectors = 4;

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
    // length of run in the element, and a result row is the extremum of such rows. A ring of slots holds the source rows that are within reach, in all its kinds.
    private static unsafe void Gather<T, TOp>(Raster<T> image, StructuringElement element, Span<T> result)
        where T : unmanaged
        where TOp : struct, IExtremum<T>
    {
        int width = image.WidthPx;
        int height = image.HeightPx;
        int radius = element.RadiusPx;
        int slots = (2 * radius) + 1;
        int[] halfWidths = [.. element.HalfWidths.Distinct().Order()];
        int[] kinds = Array.ConvertAll(element.HalfWidths, halfWidth => Array.IndexOf(halfWidths, halfWidth));
        int widest = halfWidths[^1];

        // Strips of the image, narrow enough for the slots to stay in cache, but not too narrow for rows to be read in one go; whole blocks of vectors, and everything but the
        // padding begins with a cache line.
        int line = CacheLines.Bytes / sizeof(T);
        int block = BlockVectors * Vector256<T>.Count;
        int stride = Math.Max(NarrowestBytes / sizeof(T), GatheredBytes / (slots * halfWidths.Length * sizeof(T)) / block * block);
        stride = Math.Min(stride, (width + block - 1) / block * block);
        int padding = (widest + line - 1) / line * line;
        int pitch = Pitch(stride + (2 * padding), sizeof(T));
        int slotLength = pitch * halfWidths.Length;
        bool narrowestIsPoint = halfWidths[0] == 0;
        T[] rented = ArrayPool<T>.Shared.Rent((slots * slotLength) + pitch + block + line);
        T** rows = stackalloc T*[slots];
        fixed (T* start = rented, from = image.Pixels, to = result)
        {
            T* ring = CacheLines.Aligned(start);
            T* single = ring + (slots * slotLength);
            T* tail = single + pitch;
            for (int x0 = 0; x0 < width; x0 += stride)
            {
                int stripWidth = Math.Min(stride, width - x0);
                int sourceStart = Math.Max(0, x0 - widest);
                int sourceEnd = Math.Min(width, x0 + stride + widest);
                new Span<T>(ring, (slots * slotLength) + pitch).Fill(TOp.Neutral);
                for (int y = 0; y < height + radius; y++)
                {
                    if (y + 1 < height)
                    {
                        CacheLines.Fetch(from + ((y + 1) * (nint)width) + x0, stripWidth);
                    }

                    if (y < height)
                    {
                        // A run of one pixel is the padded row itself, which then stays with the slot.
                        T* slot = ring + (y % slots * slotLength);
                        T* padded = narrowestIsPoint ? slot : single;
                        image.Row(y)[sourceStart..sourceEnd].CopyTo(new Span<T>(padded + padding + sourceStart - x0, sourceEnd - sourceStart));
                        T* narrower = padded + padding;
                        int reached = 0;
                        for (int kind = narrowestIsPoint ? 1 : 0; kind < halfWidths.Length; kind++)
                        {
                            T* wider = slot + (pitch * kind);
                            Widen<T, TOp>(padded + padding, narrower, reached, halfWidths[kind], wider, stride);
                            narrower = wider;
                            reached = halfWidths[kind];
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
                        int kind = kinds[dy + radius];
                        rows[count++] = ring + ((centre + dy) % slots * slotLength) + (halfWidths[kind] == 0 ? padding : pitch * kind);
                    }

                    if (centre + 1 < height)
                    {
                        CacheLines.Fetch(to + ((centre + 1) * (nint)width) + x0, stripWidth);
                    }

                    Join<T, TOp>(rows, count, to + ((nint)centre * width) + x0, stripWidth, tail);
                }
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    // From a row of a slot to the next, a little more than a row needs: never nearly a multiple of 4 KiB, since the processor takes a store and a load at such a distance for one place.
    private static int Pitch(int length, int size)
    {
        int bytes = (length * size) + CacheLines.Bytes - 1;
        int beyondPages = bytes % 4096;
        bytes += beyondPages < 1024 && bytes > 4096 - 1024 ? 1024 - beyondPages : 0;
        bytes += beyondPages > 3072 ? 4096 + 1024 - beyondPages : 0;
        return bytes / CacheLines.Bytes * CacheLines.Bytes / size;
    }

    // result[x] = the extremum of all rows at x. Rows may be read up to a whole block.
    private static unsafe void Join<T, TOp>(T** rows, int count, T* result, int length, T* tail)
        where T : unmanaged
        where TOp : struct, IExtremum<T>
    {
        int lanes = Vector256<T>.Count;
        int block = BlockVectors * lanes;
        for (int x = 0; x < length; x += block)
        {
            T* at = rows[0] + x;
            Vector256<T> a = Vector256.Load(at);
            Vector256<T> b = Vector256.Load(at + lanes);
            Vector256<T> c = Vector256.Load(at + (2 * lanes));
            Vector256<T> d = Vector256.Load(at + (3 * lanes));
            for (int i = 1; i < count; i++)
            {
                at = rows[i] + x;
                a = TOp.Of(a, Vector256.Load(at));
                b = TOp.Of(b, Vector256.Load(at + lanes));
                c = TOp.Of(c, Vector256.Load(at + (2 * lanes)));
                d = TOp.Of(d, Vector256.Load(at + (3 * lanes)));
            }

            T* to = length - x >= block ? result + x : tail;
            a.Store(to);
            b.Store(to + lanes);
            c.Store(to + (2 * lanes));
            d.Store(to + (3 * lanes));
            if (to == tail)
            {
                new Span<T>(tail, length - x).CopyTo(new Span<T>(result + x, length - x));
            }
        }
    }

    // wider[x] = the extremum of narrower[x] and the source at distances `from` + 1 … `to` on both sides. Whole blocks.
    private static unsafe void Widen<T, TOp>(T* source, T* narrower, int from, int to, T* wider, int length)
        where T : unmanaged
        where TOp : struct, IExtremum<T>
    {
        int lanes = Vector256<T>.Count;
        for (int x = 0; x < length; x += BlockVectors * lanes)
        {
            T* at = narrower + x;
            Vector256<T> a = Vector256.Load(at);
            Vector256<T> b = Vector256.Load(at + lanes);
            Vector256<T> c = Vector256.Load(at + (2 * lanes));
            Vector256<T> d = Vector256.Load(at + (3 * lanes));
            for (int distance = from + 1; distance <= to; distance++)
            {
                T* left = source + x - distance;
                T* right = source + x + distance;
                a = TOp.Of(a, TOp.Of(Vector256.Load(left), Vector256.Load(right)));
                b = TOp.Of(b, TOp.Of(Vector256.Load(left + lanes), Vector256.Load(right + lanes)));
                c = TOp.Of(c, TOp.Of(Vector256.Load(left + (2 * lanes)), Vector256.Load(right + (2 * lanes))));
                d = TOp.Of(d, TOp.Of(Vector256.Load(left + (3 * lanes)), Vector256.Load(right + (3 * lanes))));
            }

            T* put = wider + x;
            a.Store(put);
            b.Store(put + lanes);
            c.Store(put + (2 * lanes));
            d.Store(put + (3 * lanes));
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
