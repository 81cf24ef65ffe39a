using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>Medians of 3 × 3 windows by networks of minima and maxima, eight pixels at a time.</summary>
internal static class MedianNetworks
{
    private const int Lanes = 8;

    // Each column of three is sorted once and serves three windows. Of the three sorted columns, the median of nine is the median of
    // the largest smallest, the middle middle and the smallest largest value.
    internal static void Filter3(Raster<float> image, Span<float> result)
    {
        int width = image.WidthPx;
        int height = image.HeightPx;
        int stride = width + 2 + Lanes;
        float[] rented = ArrayPool<float>.Shared.Rent(3 * stride);
        ref float columns = ref rented[0];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> above = image.Row(Math.Max(0, y - 1));
            ReadOnlySpan<float> row = image.Row(y);
            ReadOnlySpan<float> below = image.Row(Math.Min(height - 1, y + 1));
            int x = 0;
            for (; x <= width - Lanes; x += Lanes)
            {
                SortColumn(
                    Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(above), (nuint)x),
                    Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(row), (nuint)x),
                    Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(below), (nuint)x),
                    ref Unsafe.Add(ref columns, x + 1),
                    stride);
            }

            for (; x < width; x++)
            {
                float low = Math.Min(above[x], row[x]);
                float high = Math.Max(above[x], row[x]);
                rented[x + 1] = Math.Min(low, below[x]);
                rented[stride + x + 1] = Math.Max(low, Math.Min(high, below[x]));
                rented[(2 * stride) + x + 1] = Math.Max(high, below[x]);
            }

            for (int i = 0; i < 3; i++)
            {
                rented[i * stride] = rented[(i * stride) + 1];
                rented.AsSpan((i * stride) + width + 1, 1 + Lanes).Fill(rented[(i * stride) + width]);
            }

            Span<float> target = result.Slice(y * width, width);
            for (x = 0; x <= width - Lanes; x += Lanes)
            {
                Middle(ref Unsafe.Add(ref columns, x), stride).StoreUnsafe(ref MemoryMarshal.GetReference(target), (nuint)x);
            }

            if (x < width)
            {
                Vector256<float> last = Middle(ref Unsafe.Add(ref columns, x), stride);
                for (int i = 0; x + i < width; i++)
                {
                    target[x + i] = last[i];
                }
            }
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SortColumn(Vector256<float> a, Vector256<float> b, Vector256<float> c, ref float to, int stride)
    {
        Vector256<float> low = Vector256.MinNative(a, b);
        Vector256<float> high = Vector256.MaxNative(a, b);
        Vector256<float> rest = Vector256.MinNative(high, c);
        Vector256.MinNative(low, rest).StoreUnsafe(ref to);
        Vector256.MaxNative(low, rest).StoreUnsafe(ref to, (nuint)stride);
        Vector256.MaxNative(high, c).StoreUnsafe(ref to, (nuint)(2 * stride));
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
