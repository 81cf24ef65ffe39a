using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>A kernel that is the product of a row kernel and a column kernel; both odd in length, centred, full (not half).</summary>
internal readonly record struct SeparableTerm(float[] KernelX, float[] KernelY);

/// <summary>
/// Sums of separable convolutions. The column kernel runs first, four rows at a time, from the source into a small buffer that stays in
/// cache; the row kernel runs from there into the result.
/// </summary>
internal static class SeparableFilter
{
    private const int Lanes = 8;
    private const int RowsAtOnce = 4;

    /// <summary>Index within 0 … n − 1 of a place outside, mirrored at the centres of the edge pixels: … 2 1 | 0 1 2 … n−1 | n−2 ….</summary>
    internal static int Mirror(int i, int n)
    {
        if ((uint)i < (uint)n)
        {
            return i;
        }

        if (n == 1)
        {
            return 0;
        }

        int period = 2 * (n - 1);
        int m = i % period;
        m = m < 0 ? m + period : m;
        return m < n ? m : period - m;
    }

    /// <summary>result = Σ over the terms of (KernelX ⊗ KernelY) ∗ source, mirrored at the edges; of the source's shape.</summary>
    internal static void Apply(ReadOnlySpan<float> source, int width, int height, ReadOnlySpan<SeparableTerm> terms, Span<float> result) =>
        Run(source, width, height, terms, result, mirrored: true);

    /// <summary>The same where the kernels lie inside the source wholly: narrower by the kernels' length − 1 each way. All terms have kernels of one size.</summary>
    internal static void ApplyInside(ReadOnlySpan<float> source, int width, int height, ReadOnlySpan<SeparableTerm> terms, Span<float> result) =>
        Run(source, width, height, terms, result, mirrored: false);

    private static void Run(ReadOnlySpan<float> source, int width, int height, ReadOnlySpan<SeparableTerm> terms, Span<float> result, bool mirrored)
    {
        int radiusX = 0;
        int radiusY = 0;
        foreach (SeparableTerm term in terms)
        {
            radiusX = Math.Max(radiusX, term.KernelX.Length / 2);
            radiusY = Math.Max(radiusY, term.KernelY.Length / 2);
        }

        int resultWidth = mirrored ? width : width - (2 * radiusX);
        int resultHeight = mirrored ? height : height - (2 * radiusY);

        // Each buffer row: room for radiusX mirrored values on both sides, and for whole vectors.
        int stride = width + (2 * radiusX) + (4 * Lanes);
        float[] buffer = ArrayPool<float>.Shared.Rent(RowsAtOnce * stride);
        float[] paddedKernel = ArrayPool<float>.Shared.Rent((2 * radiusY) + 1 + (2 * (RowsAtOnce - 1)));
        int[] rowStarts = ArrayPool<int>.Shared.Rent((2 * radiusY) + RowsAtOnce);
        for (int y = 0; y < resultHeight; y += RowsAtOnce)
        {
            int rows = Math.Min(RowsAtOnce, resultHeight - y);
            bool first = true;
            foreach (SeparableTerm term in terms)
            {
                int rx = term.KernelX.Length / 2;
                int ry = term.KernelY.Length / 2;
                for (int j = 0; j < (2 * ry) + RowsAtOnce; j++)
                {
                    // Beyond the last row wanted, any row will do.
                    rowStarts[j] = (mirrored ? Mirror(y - ry + j, height) : Math.Min(y + j, height - 1)) * width;
                }

                Columns(source, width, term.KernelY, paddedKernel, rowStarts, buffer.AsSpan(radiusX), stride);
                for (int r = 0; r < rows; r++)
                {
                    Span<float> row = buffer.AsSpan(r * stride, stride);
                    for (int i = 1; mirrored && i <= rx; i++)
                    {
                        row[radiusX - i] = row[radiusX + Mirror(-i, width)];
                        row[radiusX + width - 1 + i] = row[radiusX + Mirror(width - 1 + i, width)];
                    }

                    Row(row[(mirrored ? radiusX - rx : radiusX)..], term.KernelX, result.Slice((y + r) * resultWidth, resultWidth), !first);
                }

                first = false;
            }
        }

        ArrayPool<int>.Shared.Return(rowStarts);
        ArrayPool<float>.Shared.Return(paddedKernel);
        ArrayPool<float>.Shared.Return(buffer);
    }

    // Four rows of the column convolution: row r of the result is Σ_j kernel[j] · source row (r + j) of the list of row starts.
    private static void Columns(
        ReadOnlySpan<float> source, int width, ReadOnlySpan<float> kernel, float[] paddedKernel, ReadOnlySpan<int> rowStarts, Span<float> result, int stride)
    {
        // Zeros around the kernel let one loop over the rows serve all four results; 0 · finite adds nothing.
        Span<float> padded = paddedKernel.AsSpan(0, kernel.Length + (2 * (RowsAtOnce - 1)));
        padded.Clear();
        kernel.CopyTo(padded[(RowsAtOnce - 1)..]);
        int taps = kernel.Length + RowsAtOnce - 1;
        if (width < 2 * Lanes)
        {
            ColumnsNarrow(source, width, padded, taps, rowStarts, result, stride);
            return;
        }

        ref float from = ref MemoryMarshal.GetReference(source);
        ref float k = ref MemoryMarshal.GetReference(padded);
        ref float to = ref MemoryMarshal.GetReference(result);
        ref int starts = ref MemoryMarshal.GetReference(rowStarts);
        for (int x = 0; x < width; x += 2 * Lanes)
        {
            // The last block overlaps the one before: every value is computed in the same way, so writing it twice is harmless.
            int at = Math.Min(x, width - (2 * Lanes));
            Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
            for (int j = 0; j < taps; j++)
            {
                ref float row = ref Unsafe.Add(ref from, Unsafe.Add(ref starts, j) + at);
                Vector256<float> v0 = Vector256.LoadUnsafe(ref row);
                Vector256<float> v1 = Vector256.LoadUnsafe(ref row, Lanes);
                Vector256<float> ka = Vector256.Create(Unsafe.Add(ref k, j + 3));
                a0 = Vector256.FusedMultiplyAdd(v0, ka, a0);
                a1 = Vector256.FusedMultiplyAdd(v1, ka, a1);
                Vector256<float> kb = Vector256.Create(Unsafe.Add(ref k, j + 2));
                b0 = Vector256.FusedMultiplyAdd(v0, kb, b0);
                b1 = Vector256.FusedMultiplyAdd(v1, kb, b1);
                Vector256<float> kc = Vector256.Create(Unsafe.Add(ref k, j + 1));
                c0 = Vector256.FusedMultiplyAdd(v0, kc, c0);
                c1 = Vector256.FusedMultiplyAdd(v1, kc, c1);
                Vector256<float> kd = Vector256.Create(Unsafe.Add(ref k, j));
                d0 = Vector256.FusedMultiplyAdd(v0, kd, d0);
                d1 = Vector256.FusedMultiplyAdd(v1, kd, d1);
            }

            ref float o = ref Unsafe.Add(ref to, at);
            a0.StoreUnsafe(ref o);
            a1.StoreUnsafe(ref o, Lanes);
            b0.StoreUnsafe(ref o, (nuint)stride);
            b1.StoreUnsafe(ref o, (nuint)(stride + Lanes));
            c0.StoreUnsafe(ref o, (nuint)(2 * stride));
            c1.StoreUnsafe(ref o, (nuint)((2 * stride) + Lanes));
            d0.StoreUnsafe(ref o, (nuint)(3 * stride));
            d1.StoreUnsafe(ref o, (nuint)((3 * stride) + Lanes));
        }
    }

    // result[x] (+)= Σ_i kernel[i] · padded[x + i].
    private static void Row(ReadOnlySpan<float> padded, ReadOnlySpan<float> kernel, Span<float> result, bool add)
    {
        int width = result.Length;
        if (padded.Length < width + kernel.Length - 1)
        {
            throw new ArgumentException("The padded row is too short.", nameof(padded));
        }

        ref float from = ref MemoryMarshal.GetReference(padded);
        ref float k = ref MemoryMarshal.GetReference(kernel);
        ref float to = ref MemoryMarshal.GetReference(result);
        int taps = kernel.Length;
        int x = 0;
        for (; x <= width - (4 * Lanes); x += 4 * Lanes)
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            ref float at = ref Unsafe.Add(ref from, x);
            for (int i = 0; i < taps; i++)
            {
                Vector256<float> w = Vector256.Create(Unsafe.Add(ref k, i));
                ref float v = ref Unsafe.Add(ref at, i);
                a = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref v), a);
                b = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref v, Lanes), b);
                c = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref v, 2 * Lanes), c);
                d = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref v, 3 * Lanes), d);
            }

            ref float o = ref Unsafe.Add(ref to, x);
            if (add)
            {
                a += Vector256.LoadUnsafe(ref o);
                b += Vector256.LoadUnsafe(ref o, Lanes);
                c += Vector256.LoadUnsafe(ref o, 2 * Lanes);
                d += Vector256.LoadUnsafe(ref o, 3 * Lanes);
            }

            a.StoreUnsafe(ref o);
            b.StoreUnsafe(ref o, Lanes);
            c.StoreUnsafe(ref o, 2 * Lanes);
            d.StoreUnsafe(ref o, 3 * Lanes);
        }

        for (; x < width; x++)
        {
            float sum = 0;
            for (int i = 0; i < kernel.Length; i++)
            {
                sum = MathF.FusedMultiplyAdd(kernel[i], padded[x + i], sum);
            }

            result[x] = add ? sum + result[x] : sum;
        }
    }

    private static void ColumnsNarrow(
        ReadOnlySpan<float> source, int width, ReadOnlySpan<float> padded, int taps, ReadOnlySpan<int> rowStarts, Span<float> result, int stride)
    {
        for (int r = 0; r < RowsAtOnce; r++)
        {
            for (int x = 0; x < width; x++)
            {
                float sum = 0;
                for (int j = 0; j < taps; j++)
                {
                    sum = MathF.FusedMultiplyAdd(source[rowStarts[j] + x], padded[j + RowsAtOnce - 1 - r], sum);
                }

                result[(r * stride) + x] = sum;
            }
        }
    }
}
