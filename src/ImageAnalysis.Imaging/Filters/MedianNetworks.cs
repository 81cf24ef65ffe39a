using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>Medians of 3 × 3 and 5 × 5 windows by networks of minima and maxima, eight pixels at a time.</summary>
internal static class MedianNetworks
{
    private const int Lanes = 8;

    // Each column of three is sorted once and serves three windows. Of the three sorted columns, the median of nine is the median of
    // the largest smallest, the middle middle and the smallest largest value. Two rows at a time: the two rows that their columns share are sorted once. Strip by strip,
    // so that the sorted columns stay in the nearest cache.
    internal static unsafe void Filter3(Raster<float> image, Span<float> result)
    {
        const int Strip = 512;
        const int Stride = Strip + (2 * Lanes);
        int width = image.WidthPx;
        int height = image.HeightPx;
        float[] rented = ArrayPool<float>.Shared.Rent((6 * Stride) + 16);
        Span<float> part = stackalloc float[Lanes];
        fixed (float* start = rented, pixels = image.Pixels, to = result)
        {
            // Column x of a strip from x0 on is at 8 + x − x0.
            float* first = CacheLines.Aligned(start);
            float* second = first + (3 * Stride);
            for (int y = 0; y < height; y += 2)
            {
                float* row0 = pixels + ((nint)Math.Max(0, y - 1) * width);
                float* row1 = pixels + ((nint)y * width);
                float* row2 = pixels + ((nint)Math.Min(height - 1, y + 1) * width);
                float* row3 = pixels + ((nint)Math.Min(height - 1, y + 2) * width);

                // On the way the next two rows of the image and of the result are called into cache.
                nint ahead = y + 4 < height ? 2 * (nint)width : 0;
                for (int x0 = 0; x0 < width; x0 += Strip)
                {
                    int end = Math.Min(width, x0 + Strip);
                    int from = Math.Max(0, x0 - Lanes);
                    int shift = Lanes + from - x0;
                    SortColumns(row0 + from, row1 + from, row2 + from, row3 + from, Math.Min(width, end + Lanes) - from, first + shift, second + shift, Stride, ahead, part);
                    RepeatEdges(first + Lanes - x0, Stride, width, x0 == 0, end == width);
                    MiddlesOf9(first + Lanes, Stride, to + ((nint)y * width) + x0, end - x0, ahead);
                    if (y + 1 < height)
                    {
                        MiddlesOf9(second + Lanes, Stride, to + ((nint)(y + 1) * width) + x0, end - x0, ahead);
                    }
                }
            }
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    // Two rows at a time: the four rows that their columns of five share are sorted once, and each column's fifth value is put in its place.
    internal static void Filter5(Raster<float> image, Span<float> result)
    {
        int width = image.WidthPx;
        int height = image.HeightPx;
        int stride = Stride(width, 2);
        float[] rented = ArrayPool<float>.Shared.Rent((10 * stride) + Lanes);
        Span<float> tail = rented.AsSpan(10 * stride);
        ref float first = ref rented[0];
        ref float second = ref rented[5 * stride];
        for (int y = 0; y < height; y += 2)
        {
            ReadOnlySpan<float> row0 = image.Row(Math.Max(0, y - 2));
            ReadOnlySpan<float> row1 = image.Row(Math.Max(0, y - 1));
            ReadOnlySpan<float> row2 = image.Row(y);
            ReadOnlySpan<float> row3 = image.Row(Math.Min(height - 1, y + 1));
            ReadOnlySpan<float> row4 = image.Row(Math.Min(height - 1, y + 2));
            ReadOnlySpan<float> row5 = image.Row(Math.Min(height - 1, y + 3));
            int x = 0;
            for (; x <= width - Lanes; x += Lanes)
            {
                SortColumns(
                    Load(row0, x), Load(row1, x), Load(row2, x), Load(row3, x), Load(row4, x), Load(row5, x),
                    ref Unsafe.Add(ref first, x + 2), ref Unsafe.Add(ref second, x + 2), stride);
            }

            if (x < width)
            {
                SortColumns(
                    LoadPart(row0, x, tail), LoadPart(row1, x, tail), LoadPart(row2, x, tail), LoadPart(row3, x, tail), LoadPart(row4, x, tail), LoadPart(row5, x, tail),
                    ref Unsafe.Add(ref first, x + 2), ref Unsafe.Add(ref second, x + 2), stride);
            }

            for (int k = 0; k < 10; k++)
            {
                RepeatEdges(rented.AsSpan(k * stride, stride), 2, width);
            }

            MiddlesOf25(ref first, stride, result.Slice(y * width, width));
            if (y + 1 < height)
            {
                MiddlesOf25(ref second, stride, result.Slice((y + 1) * width, width));
            }
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    private static int Whole(int width) => (width + Lanes - 1) / Lanes * Lanes;

    // A row of columns: the repeated edges, and whole vectors beyond.
    private static int Stride(int width, int radius) => Whole(width) + (2 * radius) + Lanes;

    private static void RepeatEdges(Span<float> row, int radius, int width)
    {
        row[..radius].Fill(row[radius]);
        row[(radius + width)..].Fill(row[radius + width - 1]);
    }

    private static Vector256<float> Load(ReadOnlySpan<float> row, int x) => Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(row), (nuint)x);

    private static Vector256<float> LoadPart(ReadOnlySpan<float> row, int x, Span<float> scratch)
    {
        scratch[..Lanes].Clear();
        row[x..].CopyTo(scratch);
        return Vector256.LoadUnsafe(ref scratch[0]);
    }

    // Six rows of sorted columns: of both result rows, the smallest, middle and largest values.
    private static unsafe void RepeatEdges(float* columns, int stride, int width, bool left, bool right)
    {
        for (int k = 0; k < 6; k++, columns += stride)
        {
            if (left)
            {
                columns[-1] = columns[0];
            }

            if (right)
            {
                columns[width] = columns[width - 1];
            }
        }
    }

    private static unsafe void SortColumns(
        float* row0, float* row1, float* row2, float* row3, int length, float* first, float* second, int stride, nint ahead, Span<float> part)
    {
        int x = 0;
        for (; x <= length - Lanes; x += Lanes)
        {
            CacheLines.Fetch(row2 + x + ahead);
            CacheLines.Fetch(row3 + x + ahead);
            SortColumns(Vector256.Load(row0 + x), Vector256.Load(row1 + x), Vector256.Load(row2 + x), Vector256.Load(row3 + x), first + x, second + x, stride);
        }

        if (x < length)
        {
            int rest = length - x;
            SortColumns(
                LoadPart(row0 + x, rest, part), LoadPart(row1 + x, rest, part), LoadPart(row2 + x, rest, part), LoadPart(row3 + x, rest, part), first + x, second + x, stride);
        }
    }

    private static unsafe Vector256<float> LoadPart(float* rest, int length, Span<float> part)
    {
        part.Clear();
        new Span<float>(rest, length).CopyTo(part);
        return Vector256.LoadUnsafe(ref part[0]);
    }

    private static unsafe void MiddlesOf9(float* columns, int stride, float* row, int length, nint ahead)
    {
        int x = 0;
        for (; x <= length - Lanes; x += Lanes)
        {
            CacheLines.Fetch(row + x + ahead);
            Middle(columns + x, stride).Store(row + x);
        }

        if (x < length)
        {
            StorePart(Middle(columns + x, stride), new Span<float>(row + x, length - x));
        }
    }

    private static void MiddlesOf25(ref float columns, int stride, Span<float> row)
    {
        ref float to = ref MemoryMarshal.GetReference(row);
        int x = 0;
        for (; x <= row.Length - Lanes; x += Lanes)
        {
            MedianNetwork25.Middle(ref Unsafe.Add(ref columns, x), stride).StoreUnsafe(ref to, (nuint)x);
        }

        if (x < row.Length)
        {
            StorePart(MedianNetwork25.Middle(ref Unsafe.Add(ref columns, x), stride), row[x..]);
        }
    }

    private static void StorePart(Vector256<float> values, Span<float> rest)
    {
        for (int i = 0; i < rest.Length; i++)
        {
            rest[i] = values[i];
        }
    }

    // Rows b … e belong to both columns, a to the first and f to the second alone.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SortColumns(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, Vector256<float> e, Vector256<float> f, ref float first, ref float second, int stride)
    {
        (b, c) = (Vector256.MinNative(b, c), Vector256.MaxNative(b, c));
        (d, e) = (Vector256.MinNative(d, e), Vector256.MaxNative(d, e));
        (b, d) = (Vector256.MinNative(b, d), Vector256.MaxNative(b, d));
        (c, e) = (Vector256.MinNative(c, e), Vector256.MaxNative(c, e));
        (c, d) = (Vector256.MinNative(c, d), Vector256.MaxNative(c, d));
        Insert(a, b, c, d, e, ref first, stride);
        Insert(f, b, c, d, e, ref second, stride);
    }

    // A value among four sorted ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Insert(Vector256<float> value, Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, ref float to, int stride)
    {
        Vector256.MinNative(a, value).StoreUnsafe(ref to);
        value = Vector256.MaxNative(a, value);
        Vector256.MinNative(b, value).StoreUnsafe(ref to, (nuint)stride);
        value = Vector256.MaxNative(b, value);
        Vector256.MinNative(c, value).StoreUnsafe(ref to, (nuint)(2 * stride));
        value = Vector256.MaxNative(c, value);
        Vector256.MinNative(d, value).StoreUnsafe(ref to, (nuint)(3 * stride));
        Vector256.MaxNative(d, value).StoreUnsafe(ref to, (nuint)(4 * stride));
    }

    // Rows b and c belong to both columns, a to the first and d to the second alone.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void SortColumns(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, float* first, float* second, int stride)
    {
        (b, c) = (Vector256.MinNative(b, c), Vector256.MaxNative(b, c));
        Insert(a, b, c, first, stride);
        Insert(d, b, c, second, stride);
    }

    // A value among two sorted ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Insert(Vector256<float> value, Vector256<float> a, Vector256<float> b, float* to, int stride)
    {
        Vector256.MinNative(a, value).Store(to);
        value = Vector256.MaxNative(a, value);
        Vector256.MinNative(b, value).Store(to + stride);
        Vector256.MaxNative(b, value).Store(to + (2 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<float> Middle(float* at, int stride)
    {
        Vector256<float> smallest = Vector256.MaxNative(Vector256.MaxNative(Vector256.Load(at - 1), Vector256.Load(at)), Vector256.Load(at + 1));
        at += stride;
        Vector256<float> middle = MiddleOfThree(Vector256.Load(at - 1), Vector256.Load(at), Vector256.Load(at + 1));
        at += stride;
        Vector256<float> largest = Vector256.MinNative(Vector256.MinNative(Vector256.Load(at - 1), Vector256.Load(at)), Vector256.Load(at + 1));
        return MiddleOfThree(smallest, middle, largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> MiddleOfThree(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.MaxNative(Vector256.MinNative(a, b), Vector256.MinNative(Vector256.MaxNative(a, b), c));
}
