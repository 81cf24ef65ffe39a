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
                Vector256<float> cosR = Add(r0, sumR, Vector256.Create(Cos3)), cosI = Add(i0, sumI, Vector256.Create(Cos3));
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

                Vector256<float> cosR = Add(Add(r0, sumR1, Vector256.Create(Cos5A)), sumR2, Vector256.Create(Cos5B)), cosI = Add(Add(i0, sumI1, Vector256.Create(Cos5A)), sumI2, Vector256.Create(Cos5B));
                Vector256<float> sinR = Add(difR1 * Sin5A, difR2, Vector256.Create(Sin5B)), sinI = Add(difI1 * Sin5A, difI2, Vector256.Create(Sin5B));
                TRoots.Store(y + b, toIm, cosR + sinI, cosI - sinR, roots);
                TRoots.Store(y + (4 * b), toIm, cosR - sinI, cosI + sinR, roots + 6);

                cosR = Add(Add(r0, sumR1, Vector256.Create(Cos5B)), sumR2, Vector256.Create(Cos5A));
                cosI = Add(Add(i0, sumI1, Vector256.Create(Cos5B)), sumI2, Vector256.Create(Cos5A));
                sinR = Subtract(difR1 * Sin5B, difR2, Vector256.Create(Sin5A));
                sinI = Subtract(difI1 * Sin5B, difI2, Vector256.Create(Sin5A));
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

                Vector256<float> cosR = Add(Add(Add(r0, sumR1, Vector256.Create(Cos7A)), sumR2, Vector256.Create(Cos7B)), sumR3, Vector256.Create(Cos7C));
                Vector256<float> cosI = Add(Add(Add(i0, sumI1, Vector256.Create(Cos7A)), sumI2, Vector256.Create(Cos7B)), sumI3, Vector256.Create(Cos7C));
                Vector256<float> sinR = Add(Add(difR1 * Sin7A, difR2, Vector256.Create(Sin7B)), difR3, Vector256.Create(Sin7C));
                Vector256<float> sinI = Add(Add(difI1 * Sin7A, difI2, Vector256.Create(Sin7B)), difI3, Vector256.Create(Sin7C));
                TRoots.Store(y + b, toIm, cosR + sinI, cosI - sinR, roots);
                TRoots.Store(y + (6 * b), toIm, cosR - sinI, cosI + sinR, roots + 10);

                cosR = Add(Add(Add(r0, sumR1, Vector256.Create(Cos7B)), sumR2, Vector256.Create(Cos7C)), sumR3, Vector256.Create(Cos7A));
                cosI = Add(Add(Add(i0, sumI1, Vector256.Create(Cos7B)), sumI2, Vector256.Create(Cos7C)), sumI3, Vector256.Create(Cos7A));
                sinR = Subtract(Subtract(difR1 * Sin7B, difR2, Vector256.Create(Sin7C)), difR3, Vector256.Create(Sin7A));
                sinI = Subtract(Subtract(difI1 * Sin7B, difI2, Vector256.Create(Sin7C)), difI3, Vector256.Create(Sin7A));
                TRoots.Store(y + (2 * b), toIm, cosR + sinI, cosI - sinR, roots + 2);
                TRoots.Store(y + (5 * b), toIm, cosR - sinI, cosI + sinR, roots + 8);

                cosR = Add(Add(Add(r0, sumR1, Vector256.Create(Cos7C)), sumR2, Vector256.Create(Cos7A)), sumR3, Vector256.Create(Cos7B));
                cosI = Add(Add(Add(i0, sumI1, Vector256.Create(Cos7C)), sumI2, Vector256.Create(Cos7A)), sumI3, Vector256.Create(Cos7B));
                sinR = Add(Subtract(difR1 * Sin7C, difR2, Vector256.Create(Sin7A)), difR3, Vector256.Create(Sin7B));
                sinI = Add(Subtract(difI1 * Sin7C, difI2, Vector256.Create(Sin7A)), difI3, Vector256.Create(Sin7B));
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
                        cosR = Add(cosR, pair[0], Vector256.Create(cosSin[2 * angle]));
                        cosI = Add(cosI, pair[1], Vector256.Create(cosSin[2 * angle]));
                        sinR = Subtract(sinR, pair[2], Vector256.Create(cosSin[(2 * angle) + 1]));
                        sinI = Subtract(sinI, pair[3], Vector256.Create(cosSin[(2 * angle) + 1]));
                    }

                    TRoots.Store(y + (j * b), to.Im, cosR + sinI, cosI - sinR, roots + (2 * (j - 1)));
                    TRoots.Store(y + ((radix - j) * b), to.Im, cosR - sinI, cosI + sinR, roots + (2 * (radix - j - 1)));
                }
            }
        }
    }
}
