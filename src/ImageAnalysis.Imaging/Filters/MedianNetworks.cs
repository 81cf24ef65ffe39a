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
    // the largest smallest, the middle middle and the smallest largest value. Two rows at a time: the two rows that their columns share are sorted once.
    internal static void Filter3(Raster<float> image, Span<float> result)
    {
        int width = image.WidthPx;
        int height = image.HeightPx;
        int stride = Stride(width, 1);
        float[] rented = ArrayPool<float>.Shared.Rent((6 * stride) + Lanes);
        Span<float> tail = rented.AsSpan(6 * stride);
        ref float first = ref rented[0];
        ref float second = ref rented[3 * stride];
        for (int y = 0; y < height; y += 2)
        {
            ReadOnlySpan<float> row0 = image.Row(Math.Max(0, y - 1));
            ReadOnlySpan<float> row1 = image.Row(y);
            ReadOnlySpan<float> row2 = image.Row(Math.Min(height - 1, y + 1));
            ReadOnlySpan<float> row3 = image.Row(Math.Min(height - 1, y + 2));
            int x = 0;
            for (; x <= width - Lanes; x += Lanes)
            {
                SortColumns(
                    Load(row0, x), Load(row1, x), Load(row2, x), Load(row3, x), ref Unsafe.Add(ref first, x + 1), ref Unsafe.Add(ref second, x + 1), stride);
            }

            if (x < width)
            {
                SortColumns(
                    LoadPart(row0, x, tail), LoadPart(row1, x, tail), LoadPart(row2, x, tail), LoadPart(row3, x, tail),
                    ref Unsafe.Add(ref first, x + 1), ref Unsafe.Add(ref second, x + 1), stride);
            }

            for (int k = 0; k < 6; k++)
            {
                RepeatEdges(rented.AsSpan(k * stride, stride), 1, width);
            }

            MiddlesOf9(ref first, stride, result.Slice(y * width, width));
            if (y + 1 < height)
            {
                MiddlesOf9(ref second, stride, result.Slice((y + 1) * width, width));
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

    private static void MiddlesOf9(ref float columns, int stride, Span<float> row)
    {
        ref float to = ref MemoryMarshal.GetReference(row);
        int x = 0;
        for (; x <= row.Length - Lanes; x += Lanes)
        {
            Middle(ref Unsafe.Add(ref columns, x), stride).StoreUnsafe(ref to, (nuint)x);
        }

        if (x < row.Length)
        {
            StorePart(Middle(ref Unsafe.Add(ref columns, x), stride), row[x..]);
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
    private static void SortColumns(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, ref float first, ref float second, int stride)
    {
        (b, c) = (Vector256.MinNative(b, c), Vector256.MaxNative(b, c));
        Insert(a, b, c, ref first, stride);
        Insert(d, b, c, ref second, stride);
    }

    // A value among two sorted ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Insert(Vector256<float> value, Vector256<float> a, Vector256<float> b, ref float to, int stride)
    {
        Vector256.MinNative(a, value).StoreUnsafe(ref to);
        value = Vector256.MaxNative(a, value);
        Vector256.MinNative(b, value).StoreUnsafe(ref to, (nuint)stride);
        Vector256.MaxNative(b, value).StoreUnsafe(ref to, (nuint)(2 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Middle(ref float at, int stride)
    {
        Vector256<float> smallest = Vector256.MaxNative(
            Vector256.MaxNative(Vector256.LoadUnsafe(ref at), Vector256.LoadUnsafe(ref at, 1)), Vector256.LoadUnsafe(ref at, 2));
        Vector256<float> middle = MiddleOfThree(
            Vector256.LoadUnsafe(ref at, (nuint)stride), Vector256.LoadUnsafe(ref at, (nuint)(stride + 1)), Vector256.LoadUnsafe(ref at, (nuint)(stride + 2)));
        nuint last = (nuint)(2 * stride);
        Vector256<float> largest = Vector256.MinNative(
            Vector256.MinNative(Vector256.LoadUnsafe(ref at, last), Vector256.LoadUnsafe(ref at, last + 1)), Vector256.LoadUnsafe(ref at, last + 2));
        return MiddleOfThree(smallest, middle, largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> MiddleOfThree(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.MaxNative(Vector256.MinNative(a, b), Vector256.MinNative(Vector256.MaxNative(a, b), c));
}
