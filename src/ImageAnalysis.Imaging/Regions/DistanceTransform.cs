using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>The distance of every pixel inside a mask from the nearest pixel outside it.</summary>
public static class DistanceTransform
{
    /// <summary>The exact Euclidean distance to the nearest zero pixel, in px.</summary>
    /// <param name="mask">0 outside, anything else inside; any shape.</param>
    /// <param name="outsideIsZero">False: only zero pixels of the mask count. True: the first row and column of pixels beyond the image count as zeros too.</param>
    /// <returns>Distances between pixel centres in px, 0 at zero pixels; +∞ everywhere where there is no zero pixel at all.</returns>
    public static Raster<float> Euclidean(Raster<byte> mask, bool outsideIsZero = false) => Euclidean(mask, 1, 1, outsideIsZero);

    /// <summary>The exact Euclidean distance to the nearest zero pixel on a grid of non-square pixels, in nm.</summary>
    /// <param name="mask">0 outside, anything else inside; any shape.</param>
    /// <param name="pixelWidthNm">Distance of horizontal neighbours in nm, above 0.</param>
    /// <param name="pixelHeightNm">Distance of vertical neighbours in nm, above 0.</param>
    /// <param name="outsideIsZero">False: only zero pixels of the mask count. True: the first row and column of pixels beyond the image count as zeros too.</param>
    /// <returns>Distances between pixel centres in nm, 0 at zero pixels; +∞ everywhere where there is no zero pixel at all.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A pixel size is not finite or not above 0.</exception>
    /// <remarks>
    /// Column distances first, then for each row the lower envelope of parabolas: Meijster, Roerdink &amp; Hesselink 2000, doi 10.1007/0-306-47025-X_36;
    /// Felzenszwalb &amp; Huttenlocher 2012, doi 10.4086/toc.2012.v008a019. A zero beyond the ends of a row's run of inside pixels is never nearer than the
    /// run's own ends, so each run is solved by itself.
    /// </remarks>
    public static Raster<float> Euclidean(Raster<byte> mask, double pixelWidthNm, double pixelHeightNm, bool outsideIsZero = false)
    {
        ArgumentNullException.ThrowIfNull(mask);
        Guard.Above(pixelWidthNm, 0);
        Guard.Above(pixelHeightNm, 0);
        int width = mask.WidthPx;
        int height = mask.HeightPx;
        Raster<float> distances = Raster<float>.Unfilled(width, height, out Span<float> result);
        ColumnDistances(mask, outsideIsZero, result);
        double ratio = pixelHeightNm / pixelWidthNm;
        DistanceEnvelope envelope = new(width + 2, ratio * ratio, outsideIsZero);
        for (int y = 0; y < height; y++)
        {
            Span<float> row = result.Slice(y * width, width);
            ReadOnlySpan<byte> inside = mask.Row(y);
            int x = 0;
            while (x < width)
            {
                int run = inside[x..].IndexOfAnyExcept((byte)0);
                if (run < 0)
                {
                    break;
                }

                x += run;
                int length = inside[x..].IndexOf((byte)0);
                int end = length < 0 ? width : x + length;
                envelope.Solve(row, x, end);
                Roots(row[x..end], (float)pixelWidthNm);
                x = end;
            }
        }

        envelope.Release();
        return distances;
    }

    // The number of pixels to the nearest zero in the same column; +∞ where there is none.
    private static void ColumnDistances(Raster<byte> mask, bool outsideIsZero, Span<float> distances)
    {
        int width = mask.WidthPx;
        int height = mask.HeightPx;
        float[] rented = ArrayPool<float>.Shared.Rent(width);
        Span<float> beyond = rented.AsSpan(0, width);
        beyond.Fill(outsideIsZero ? 0 : float.PositiveInfinity);
        Span<float> before = beyond;
        for (int y = 0; y < height; y++)
        {
            Span<float> row = distances.Slice(y * width, width);
            StepDown(mask.Row(y), before, row);
            before = row;
        }

        before = beyond;
        for (int y = height - 1; y >= 0; y--)
        {
            Span<float> row = distances.Slice(y * width, width);
            StepUp(before, row);
            before = row;
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    // row = inside ? before + 1 : 0.
    private static void StepDown(ReadOnlySpan<byte> inside, ReadOnlySpan<float> before, Span<float> row)
    {
        ref byte mask = ref MemoryMarshal.GetReference(inside);
        ref float from = ref MemoryMarshal.GetReference(before);
        ref float to = ref MemoryMarshal.GetReference(row);
        int x = 0;
        for (; x <= row.Length - 16; x += 16)
        {
            // Sixteen bytes to sixteen integers; all ones where the byte is not zero.
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref mask, (nuint)x);
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(bytes);
            (Vector128<uint> a, Vector128<uint> b) = Vector128.Widen(low);
            (Vector128<uint> c, Vector128<uint> d) = Vector128.Widen(high);
            Vector256<float> first = ~Vector256.Equals(Vector256.Create(a, b), Vector256<uint>.Zero).AsSingle();
            Vector256<float> second = ~Vector256.Equals(Vector256.Create(c, d), Vector256<uint>.Zero).AsSingle();
            ((Vector256.LoadUnsafe(ref from, (nuint)x) + Vector256<float>.One) & first).StoreUnsafe(ref to, (nuint)x);
            ((Vector256.LoadUnsafe(ref from, (nuint)(x + 8)) + Vector256<float>.One) & second).StoreUnsafe(ref to, (nuint)(x + 8));
        }

        for (; x < row.Length; x++)
        {
            row[x] = inside[x] == 0 ? 0 : before[x] + 1;
        }
    }

    // row = min(row, before + 1).
    private static void StepUp(ReadOnlySpan<float> before, Span<float> row)
    {
        ref float from = ref MemoryMarshal.GetReference(before);
        ref float to = ref MemoryMarshal.GetReference(row);
        int x = 0;
        for (; x <= row.Length - 8; x += 8)
        {
            Vector256.MinNative(Vector256.LoadUnsafe(ref to, (nuint)x), Vector256.LoadUnsafe(ref from, (nuint)x) + Vector256<float>.One).StoreUnsafe(ref to, (nuint)x);
        }

        for (; x < row.Length; x++)
        {
            row[x] = Math.Min(row[x], before[x] + 1);
        }
    }

    // Squares in units of the pixel width to distances.
    private static void Roots(Span<float> squares, float unit)
    {
        ref float at = ref MemoryMarshal.GetReference(squares);
        Vector256<float> scale = Vector256.Create(unit);
        int x = 0;
        for (; x <= squares.Length - 8; x += 8)
        {
            (Vector256.Sqrt(Vector256.LoadUnsafe(ref at, (nuint)x)) * scale).StoreUnsafe(ref at, (nuint)x);
        }

        for (; x < squares.Length; x++)
        {
            squares[x] = MathF.Sqrt(squares[x]) * unit;
        }
    }
}
