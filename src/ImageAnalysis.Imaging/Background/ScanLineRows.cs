using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>The arithmetic of <see cref="ScanLineCorrection"/> on whole rows, in double precision.</summary>
internal static class ScanLineRows
{
    private const int Lanes = 8;

    /// <summary>Adds a row to the sums and sums of squares, and takes another one out (none where it is empty).</summary>
    internal static void Exchange(ReadOnlySpan<float> added, ReadOnlySpan<float> removed, Span<double> sums, Span<double> squares)
    {
        ref float plus = ref MemoryMarshal.GetReference(added);
        ref float minus = ref MemoryMarshal.GetReference(removed);
        ref double sum = ref MemoryMarshal.GetReference(sums);
        ref double square = ref MemoryMarshal.GetReference(squares);
        int x = 0;
        for (; x <= added.Length - Lanes; x += Lanes)
        {
            (Vector256<double> a, Vector256<double> b) = Vector256.Widen(Vector256.LoadUnsafe(ref plus, (nuint)x));
            Vector256<double> c = default, d = default;
            if (!removed.IsEmpty)
            {
                (c, d) = Vector256.Widen(Vector256.LoadUnsafe(ref minus, (nuint)x));
            }

            nuint low = (nuint)x;
            nuint high = low + 4;
            (Vector256.LoadUnsafe(ref sum, low) + a - c).StoreUnsafe(ref sum, low);
            (Vector256.LoadUnsafe(ref sum, high) + b - d).StoreUnsafe(ref sum, high);
            (Vector256.LoadUnsafe(ref square, low) + ((a * a) - (c * c))).StoreUnsafe(ref square, low);
            (Vector256.LoadUnsafe(ref square, high) + ((b * b) - (d * d))).StoreUnsafe(ref square, high);
        }

        for (; x < added.Length; x++)
        {
            double a = added[x];
            double c = removed.IsEmpty ? 0 : removed[x];
            sums[x] = sums[x] + a - c;
            squares[x] += (a * a) - (c * c);
        }
    }

    /// <summary>The variance of each column over a number of rows.</summary>
    internal static void Scatter(ReadOnlySpan<double> sums, ReadOnlySpan<double> squares, double rows, Span<float> result)
    {
        ref double sum = ref MemoryMarshal.GetReference(sums);
        ref double square = ref MemoryMarshal.GetReference(squares);
        ref float to = ref MemoryMarshal.GetReference(result);
        Vector256<double> share = Vector256.Create(1 / rows);
        int x = 0;
        for (; x <= result.Length - Lanes; x += Lanes)
        {
            Vector256<double> a = Vector256.LoadUnsafe(ref sum, (nuint)x) * share;
            Vector256<double> b = Vector256.LoadUnsafe(ref sum, (nuint)(x + 4)) * share;
            Vector256<double> c = (Vector256.LoadUnsafe(ref square, (nuint)x) * share) - (a * a);
            Vector256<double> d = (Vector256.LoadUnsafe(ref square, (nuint)(x + 4)) * share) - (b * b);
            Vector256.Narrow(c, d).StoreUnsafe(ref to, (nuint)x);
        }

        for (; x < result.Length; x++)
        {
            double mean = sums[x] * (1 / rows);
            result[x] = (float)((squares[x] * (1 / rows)) - (mean * mean));
        }
    }

    /// <summary>(row − (sums/rows + place·slopes)) / rest: what a row has beyond the straight line through its neighbours.</summary>
    internal static void Residuals(
        ReadOnlySpan<float> row, ReadOnlySpan<double> sums, ReadOnlySpan<double> slopes, double rows, double place, double rest, Span<float> result)
    {
        ref float value = ref MemoryMarshal.GetReference(row);
        ref double sum = ref MemoryMarshal.GetReference(sums);
        ref double slope = ref MemoryMarshal.GetReference(slopes);
        ref float to = ref MemoryMarshal.GetReference(result);
        Vector256<double> share = Vector256.Create(1 / rows);
        Vector256<double> away = Vector256.Create(place);
        Vector256<double> gain = Vector256.Create(1 / rest);
        int x = 0;
        for (; x <= result.Length - Lanes; x += Lanes)
        {
            (Vector256<double> a, Vector256<double> b) = Vector256.Widen(Vector256.LoadUnsafe(ref value, (nuint)x));
            nuint low = (nuint)x;
            nuint high = low + 4;
            a = (a - (Vector256.LoadUnsafe(ref sum, low) * share) - (Vector256.LoadUnsafe(ref slope, low) * away)) * gain;
            b = (b - (Vector256.LoadUnsafe(ref sum, high) * share) - (Vector256.LoadUnsafe(ref slope, high) * away)) * gain;
            Vector256.Narrow(a, b).StoreUnsafe(ref to, low);
        }

        for (; x < result.Length; x++)
        {
            result[x] = (float)((row[x] - (sums[x] * (1 / rows)) - (slopes[x] * place)) * (1 / rest));
        }
    }
}
