using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <content>
/// Butterflies of odd prime radix r. With the sums S_k = x_k + x_(r−k) and differences D_k = x_k − x_(r−k), k = 1…(r−1)/2,
/// <c>y_j, y_(r−j) = x_0 + Σ S_k cos(2πjk/r) ∓ i Σ D_k sin(2πjk/r)</c>.
/// </content>
internal static unsafe partial class FftRadix
{
    private const float Cos3 = -0.5f;
    private const float Sin3 = (float)0.86602540378443871;
    private const float Cos5A = (float)0.30901699437494745; // 2π/5
    private const float Cos5B = -(float)0.80901699437494734; // 4π/5
    private const float Sin5A = (float)0.95105651629515353;
    private const float Sin5B = (float)0.58778525229247325;
    private const float Cos7A = (float)0.62348980185873359; // 2π/7
    private const float Cos7B = -(float)0.22252093395631434; // 4π/7
    private const float Cos7C = -(float)0.90096886790241903; // 6π/7
    private const float Sin7A = (float)0.78183148246802980;
    private const float Sin7B = (float)0.97492791218182362;
    private const float Sin7C = (float)0.43388373911755823;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix3<TRoots>(int m, int s, float* roots, Lines from, Lines to)
        where TRoots : struct, IRoots
    {
        nint a = from.Stride * m * s;
        nint b = to.Stride * s;
        nint im = from.Im;
        nint toIm = to.Im;
        float* x = from.Re;
        float* y = to.Re;
        for (int p = 0; p < m; p++, roots += 4, y += 2 * b)
        {
            for (int q = 0; q < s; q++, x += from.Stride, y += to.Stride)
            {
                float* x1 = x + a;
                float* x2 = x1 + a;
                Vector256<float> r0 = Vector256.Load(x), i0 = Vector256.Load(x + im);
                Vector256<float> r1 = Vector256.Load(x1), i1 = Vector256.Load(x1 + im);
                Vector256<float> r2 = Vector256.Load(x2), i2 = Vector256.Load(x2 + im);
                Vector256<float> sumR = r1 + r2, sumI = i1 + i2;
                Vector256<float> sinR = (r1 - r2) * Sin3, sinI = (i1 - i2) * Sin3;
                Vector256<float> cosR = Add(sumR, Cos3, r0), cosI = Add(sumI, Cos3, i0);
                (r0 + sumR).Store(y);
                (i0 + sumI).Store(y + toIm);
                TRoots.Store(y + b, toIm, cosR + sinI, cosI - sinR, roots);
                TRoots.Store(y + (2 * b), toIm, cosR - sinI, cosI + sinR, roots + 2);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix5<TRoots>(int m, int s, float* roots, Lines from, Lines to)
        where TRoots : struct, IRoots
    {
        nint a = from.Stride * m * s;
        nint b = to.Stride * s;
        nint im = from.Im;
        nint toIm = to.Im;
        float* x = from.Re;
        float* y = to.Re;
        for (int p = 0; p < m; p++, roots += 8, y += 4 * b)
        {
            for (int q = 0; q < s; q++, x += from.Stride, y += to.Stride)
            {
                float* x1 = x + a;
                float* x2 = x1 + a;
                float* x3 = x2 + a;
                float* x4 = x3 + a;
                Vector256<float> r0 = Vector256.Load(x), i0 = Vector256.Load(x + im);
                Vector256<float> r1 = Vector256.Load(x1), i1 = Vector256.Load(x1 + im);
                Vector256<float> r4 = Vector256.Load(x4), i4 = Vector256.Load(x4 + im);
                Vector256<float> sumR1 = r1 + r4, sumI1 = i1 + i4, difR1 = r1 - r4, difI1 = i1 - i4;
                Vector256<float> r2 = Vector256.Load(x2), i2 = Vector256.Load(x2 + im);
                Vector256<float> r3 = Vector256.Load(x3), i3 = Vector256.Load(x3 + im);
                Vector256<float> sumR2 = r2 + r3, sumI2 = i2 + i3, difR2 = r2 - r3, difI2 = i2 - i3;
                (r0 + sumR1 + sumR2).Store(y);
                (i0 + sumI1 + sumI2).Store(y + toIm);

                Vector256<float> cosR = Add(sumR2, Cos5B, Add(sumR1, Cos5A, r0)), cosI = Add(sumI2, Cos5B, Add(sumI1, Cos5A, i0));
                Vector256<float> sinR = Add(difR2, Sin5B, difR1 * Sin5A), sinI = Add(difI2, Sin5B, difI1 * Sin5A);
                TRoots.Store(y + b, toIm, cosR + sinI, cosI - sinR, roots);
                TRoots.Store(y + (4 * b), toIm, cosR - sinI, cosI + sinR, roots + 6);

                cosR = Add(sumR2, Cos5A, Add(sumR1, Cos5B, r0));
                cosI = Add(sumI2, Cos5A, Add(sumI1, Cos5B, i0));
                sinR = Add(difR2, -Sin5A, difR1 * Sin5B);
                sinI = Add(difI2, -Sin5A, difI1 * Sin5B);
                TRoots.Store(y + (2 * b), toIm, cosR + sinI, cosI - sinR, roots + 2);
                TRoots.Store(y + (3 * b), toIm, cosR - sinI, cosI + sinR, roots + 4);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Radix7<TRoots>(int m, int s, float* roots, Lines from, Lines to)
        where TRoots : struct, IRoots
    {
        nint a = from.Stride * m * s;
        nint b = to.Stride * s;
        nint im = from.Im;
        nint toIm = to.Im;
        float* x = from.Re;
        float* y = to.Re;
        for (int p = 0; p < m; p++, roots += 12, y += 6 * b)
        {
            for (int q = 0; q < s; q++, x += from.Stride, y += to.Stride)
            {
                Vector256<float> r0 = Vector256.Load(x), i0 = Vector256.Load(x + im);
                float* first = x + a;
                float* last = x + (6 * a);
                Vector256<float> sumR1 = Vector256.Load(first) + Vector256.Load(last), difR1 = Vector256.Load(first) - Vector256.Load(last);
                Vector256<float> sumI1 = Vector256.Load(first + im) + Vector256.Load(last + im), difI1 = Vector256.Load(first + im) - Vector256.Load(last + im);
                first += a;
                last -= a;
                Vector256<float> sumR2 = Vector256.Load(first) + Vector256.Load(last), difR2 = Vector256.Load(first) - Vector256.Load(last);
                Vector256<float> sumI2 = Vector256.Load(first + im) + Vector256.Load(last + im), difI2 = Vector256.Load(first + im) - Vector256.Load(last + im);
                first += a;
                last -= a;
                Vector256<float> sumR3 = Vector256.Load(first) + Vector256.Load(last), difR3 = Vector256.Load(first) - Vector256.Load(last);
                Vector256<float> sumI3 = Vector256.Load(first + im) + Vector256.Load(last + im), difI3 = Vector256.Load(first + im) - Vector256.Load(last + im);
                (r0 + sumR1 + sumR2 + sumR3).Store(y);
                (i0 + sumI1 + sumI2 + sumI3).Store(y + toIm);

                Vector256<float> cosR = Add(sumR3, Cos7C, Add(sumR2, Cos7B, Add(sumR1, Cos7A, r0)));
                Vector256<float> cosI = Add(sumI3, Cos7C, Add(sumI2, Cos7B, Add(sumI1, Cos7A, i0)));
                Vector256<float> sinR = Add(difR3, Sin7C, Add(difR2, Sin7B, difR1 * Sin7A));
                Vector256<float> sinI = Add(difI3, Sin7C, Add(difI2, Sin7B, difI1 * Sin7A));
                TRoots.Store(y + b, toIm, cosR + sinI, cosI - sinR, roots);
                TRoots.Store(y + (6 * b), toIm, cosR - sinI, cosI + sinR, roots + 10);

                cosR = Add(sumR3, Cos7A, Add(sumR2, Cos7C, Add(sumR1, Cos7B, r0)));
                cosI = Add(sumI3, Cos7A, Add(sumI2, Cos7C, Add(sumI1, Cos7B, i0)));
                sinR = Add(difR3, -Sin7A, Add(difR2, -Sin7C, difR1 * Sin7B));
                sinI = Add(difI3, -Sin7A, Add(difI2, -Sin7C, difI1 * Sin7B));
                TRoots.Store(y + (2 * b), toIm, cosR + sinI, cosI - sinR, roots + 2);
                TRoots.Store(y + (5 * b), toIm, cosR - sinI, cosI + sinR, roots + 8);

                cosR = Add(sumR3, Cos7B, Add(sumR2, Cos7A, Add(sumR1, Cos7C, r0)));
                cosI = Add(sumI3, Cos7B, Add(sumI2, Cos7A, Add(sumI1, Cos7C, i0)));
                sinR = Add(difR3, Sin7B, Add(difR2, -Sin7A, difR1 * Sin7C));
                sinI = Add(difI3, Sin7B, Add(difI2, -Sin7A, difI1 * Sin7C));
                TRoots.Store(y + (3 * b), toIm, cosR + sinI, cosI - sinR, roots + 4);
                TRoots.Store(y + (4 * b), toIm, cosR - sinI, cosI + sinR, roots + 6);
            }
        }
    }

    // Any odd prime up to LargestPrime; cos and −sin of 2πk/r stand before the roots.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RadixPrime<TRoots>(int radix, int m, int s, float* roots, Lines from, Lines to)
        where TRoots : struct, IRoots
    {
        nint a = from.Stride * m * s;
        nint b = to.Stride * s;
        int half = (radix - 1) / 2;
        float* x = from.Re;
        float* y = to.Re;
        float* cosSin = roots;
        roots += 2 * radix;

        // S_k and D_k: sum and difference, real and imaginary part.
        Vector256<float>* pairs = stackalloc Vector256<float>[4 * (LargestPrime / 2)];
        for (int p = 0; p < m; p++, roots += 2 * (radix - 1), y += (radix - 1) * b)
        {
            for (int q = 0; q < s; q++, x += from.Stride, y += to.Stride)
            {
                Vector256<float> r0 = Vector256.Load(x), i0 = Vector256.Load(x + from.Im);
                Vector256<float> totalR = r0, totalI = i0;
                for (int k = 0; k < half; k++)
                {
                    float* first = x + ((k + 1) * a);
                    float* last = x + ((radix - 1 - k) * a);
                    Vector256<float> firstR = Vector256.Load(first), firstI = Vector256.Load(first + from.Im);
                    Vector256<float> lastR = Vector256.Load(last), lastI = Vector256.Load(last + from.Im);
                    Vector256<float>* pair = pairs + (4 * k);
                    pair[0] = firstR + lastR;
                    pair[1] = firstI + lastI;
                    pair[2] = firstR - lastR;
                    pair[3] = firstI - lastI;
                    totalR += pair[0];
                    totalI += pair[1];
                }

                totalR.Store(y);
                totalI.Store(y + to.Im);
                for (int j = 1; j <= half; j++)
                {
                    Vector256<float> cosR = r0, cosI = i0, sinR = Vector256<float>.Zero, sinI = Vector256<float>.Zero;
                    int angle = 0;
                    for (int k = 0; k < half; k++)
                    {
                        angle += j;
                        angle = angle >= radix ? angle - radix : angle;
                        Vector256<float>* pair = pairs + (4 * k);
                        cosR = Add(pair[0], cosSin[2 * angle], cosR);
                        cosI = Add(pair[1], cosSin[2 * angle], cosI);
                        sinR = Add(pair[2], -cosSin[(2 * angle) + 1], sinR);
                        sinI = Add(pair[3], -cosSin[(2 * angle) + 1], sinI);
                    }

                    TRoots.Store(y + (j * b), to.Im, cosR + sinI, cosI - sinR, roots + (2 * (j - 1)));
                    TRoots.Store(y + ((radix - j) * b), to.Im, cosR - sinI, cosI + sinR, roots + (2 * (radix - j - 1)));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Add(Vector256<float> factor, float weight, Vector256<float> to) =>
        Vector256.MultiplyAddEstimate(factor, Vector256.Create(weight), to);
}
