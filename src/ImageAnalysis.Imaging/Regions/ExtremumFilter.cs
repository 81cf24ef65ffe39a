using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>The extremum over a structuring element around every pixel; pixels outside the image never win.</summary>
internal static class ExtremumFilter
{
    private const int LargestGatheredRadius = 16;

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
            GatheredExtremum.Apply<T, TOp>(image, element, result);
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
