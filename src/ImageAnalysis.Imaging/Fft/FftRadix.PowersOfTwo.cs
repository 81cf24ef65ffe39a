using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <content>Butterflies of radix 2, 4 and 8. The symbols are those of <see cref="LineFft"/>: m groups, s elements at a distance.</content>
internal static unsafe partial class FftRadix
{
    private const float HalfRoot = (float)0.70710678118654752; // √½

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix2<TRoots>(int m, int s, float* roots, Lines from, Lines to)
        where TRoots : struct, IRoots
    {
        nint a = from.Stride * m * s;
        nint b = to.Stride * s;
        nint im = from.Im;
        nint toIm = to.Im;
        float* x = from.Re;
        float* y = to.Re;
        for (int p = 0; p < m; p++, roots += 2, y += b)
        {
            for (int q = 0; q < s; q++, x += from.Stride, y += to.Stride)
            {
                float* x1 = x + a;
                Vector256<float> r0 = Vector256.Load(x), i0 = Vector256.Load(x + im);
                Vector256<float> r1 = Vector256.Load(x1), i1 = Vector256.Load(x1 + im);
                (r0 + r1).Store(y);
                (i0 + i1).Store(y + toIm);
                TRoots.Store(y + b, toIm, r0 - r1, i0 - i1, roots);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix4<TRoots>(int m, int s, float* roots, Lines from, Lines to)
        where TRoots : struct, IRoots
    {
        nint a = from.Stride * m * s;
        nint b = to.Stride * s;
        nint im = from.Im;
        nint toIm = to.Im;
        float* x = from.Re;
        float* y = to.Re;
        for (int p = 0; p < m; p++, roots += 6, y += 3 * b)
        {
            for (int q = 0; q < s; q++, x += from.Stride, y += to.Stride)
            {
                float* x1 = x + a;
                float* x2 = x1 + a;
                float* x3 = x2 + a;
                Vector256<float> r0 = Vector256.Load(x), i0 = Vector256.Load(x + im);
                Vector256<float> r2 = Vector256.Load(x2), i2 = Vector256.Load(x2 + im);
                Vector256<float> sumR02 = r0 + r2, sumI02 = i0 + i2, difR02 = r0 - r2, difI02 = i0 - i2;
                Vector256<float> r1 = Vector256.Load(x1), i1 = Vector256.Load(x1 + im);
                Vector256<float> r3 = Vector256.Load(x3), i3 = Vector256.Load(x3 + im);
                Vector256<float> sumR13 = r1 + r3, sumI13 = i1 + i3, difR13 = r1 - r3, difI13 = i1 - i3;

                float* y1 = y + b;
                float* y2 = y1 + b;
                float* y3 = y2 + b;
                (sumR02 + sumR13).Store(y);
                (sumI02 + sumI13).Store(y + toIm);
                TRoots.Store(y1, toIm, difR02 + difI13, difI02 - difR13, roots);
                TRoots.Store(y2, toIm, sumR02 - sumR13, sumI02 - sumI13, roots + 2);
                TRoots.Store(y3, toIm, difR02 - difI13, difI02 + difR13, roots + 4);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix8<TRoots>(int m, int s, float* roots, Lines from, Lines to)
        where TRoots : struct, IRoots
    {
        nint a = from.Stride * m * s;
        nint b = to.Stride * s;
        nint im = from.Im;
        nint toIm = to.Im;
        float* x = from.Re;
        float* y = to.Re;
        Vector256<float> half = Vector256.Create(HalfRoot);
        for (int p = 0; p < m; p++, roots += 14, y += 7 * b)
        {
            for (int q = 0; q < s; q++, x += from.Stride, y += to.Stride)
            {
                float* x4 = x + (4 * a);
                Vector256<float> r0 = Vector256.Load(x), i0 = Vector256.Load(x + im);
                Vector256<float> r4 = Vector256.Load(x4), i4 = Vector256.Load(x4 + im);
                Vector256<float> sumR04 = r0 + r4, sumI04 = i0 + i4, difR04 = r0 - r4, difI04 = i0 - i4;
                float* x2 = x + (2 * a);
                float* x6 = x4 + (2 * a);
                Vector256<float> r2 = Vector256.Load(x2), i2 = Vector256.Load(x2 + im);
                Vector256<float> r6 = Vector256.Load(x6), i6 = Vector256.Load(x6 + im);
                Vector256<float> sumR26 = r2 + r6, sumI26 = i2 + i6, difR26 = r2 - r6, difI26 = i2 - i6;
                float* x1 = x + a;
                float* x5 = x4 + a;
                Vector256<float> r1 = Vector256.Load(x1), i1 = Vector256.Load(x1 + im);
                Vector256<float> r5 = Vector256.Load(x5), i5 = Vector256.Load(x5 + im);
                Vector256<float> sumR15 = r1 + r5, sumI15 = i1 + i5, difR15 = r1 - r5, difI15 = i1 - i5;
                float* x3 = x2 + a;
                float* x7 = x6 + a;
                Vector256<float> r3 = Vector256.Load(x3), i3 = Vector256.Load(x3 + im);
                Vector256<float> r7 = Vector256.Load(x7), i7 = Vector256.Load(x7 + im);
                Vector256<float> sumR37 = r3 + r7, sumI37 = i3 + i7, difR37 = r3 - r7, difI37 = i3 - i7;

                // Even results: a transform of length 4 of the sums.
                float* y2 = y + (2 * b);
                float* y4 = y2 + (2 * b);
                float* y6 = y4 + (2 * b);
                Vector256<float> evenR = sumR04 + sumR26, evenI = sumI04 + sumI26, oddR = sumR15 + sumR37, oddI = sumI15 + sumI37;
                (evenR + oddR).Store(y);
                (evenI + oddI).Store(y + toIm);
                TRoots.Store(y4, toIm, evenR - oddR, evenI - oddI, roots + 6);
                evenR = sumR04 - sumR26;
                evenI = sumI04 - sumI26;
                oddR = sumR15 - sumR37;
                oddI = sumI15 - sumI37;
                TRoots.Store(y2, toIm, evenR + oddI, evenI - oddR, roots + 2);
                TRoots.Store(y6, toIm, evenR - oddI, evenI + oddR, roots + 10);

                // Odd results: a transform of length 4 of the differences times w_8^k: 1, (1 − i)√½, −i, −(1 + i)√½.
                float* y1 = y + b;
                float* y3 = y2 + b;
                float* y5 = y4 + b;
                float* y7 = y6 + b;
                Vector256<float> turned1R = difR15 + difI15, turned1I = difI15 - difR15;
                Vector256<float> turned3R = difI37 - difR37, turned3I = difR37 + difI37; // imaginary part with the opposite sign
                evenR = difR04 + difI26;
                evenI = difI04 - difR26;
                oddR = turned1R + turned3R;
                oddI = turned1I - turned3I;
                TRoots.Store(y1, toIm, Add(evenR, oddR, half), Add(evenI, oddI, half), roots);
                TRoots.Store(y5, toIm, Subtract(evenR, oddR, half), Subtract(evenI, oddI, half), roots + 8);
                evenR = difR04 - difI26;
                evenI = difI04 + difR26;
                oddR = turned1R - turned3R;
                oddI = turned1I + turned3I;
                TRoots.Store(y3, toIm, Add(evenR, oddI, half), Subtract(evenI, oddR, half), roots + 4);
                TRoots.Store(y7, toIm, Subtract(evenR, oddI, half), Add(evenI, oddR, half), roots + 12);
            }
        }
    }
}
