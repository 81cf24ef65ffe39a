using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Simulation;

/// <summary>Loops over lines of complex numbers, real and imaginary parts apart.</summary>
internal static class WaveArithmetic
{
    private static readonly int Lanes = Vector256<float>.Count;

    /// <summary>Multiplies values with exp(i · scale · phase).</summary>
    public static void MultiplyByPhase(Span<float> re, Span<float> im, ReadOnlySpan<float> phase, float scale)
    {
        int i = 0;
        ref float r = ref MemoryMarshal.GetReference(re);
        ref float m = ref MemoryMarshal.GetReference(im);
        ref float p = ref MemoryMarshal.GetReference(phase);
        for (; i <= phase.Length - Lanes; i += Lanes)
        {
            (Vector256<float> sin, Vector256<float> cos) = Vector256.SinCos(Vector256.LoadUnsafe(ref p, (nuint)i) * scale);
            Vector256<float> a = Vector256.LoadUnsafe(ref r, (nuint)i), b = Vector256.LoadUnsafe(ref m, (nuint)i);
            ((a * cos) - (b * sin)).StoreUnsafe(ref r, (nuint)i);
            ((a * sin) + (b * cos)).StoreUnsafe(ref m, (nuint)i);
        }

        for (; i < phase.Length; i++)
        {
            (float sin, float cos) = MathF.SinCos(phase[i] * scale);
            (re[i], im[i]) = ((re[i] * cos) - (im[i] * sin), (re[i] * sin) + (im[i] * cos));
        }
    }

    /// <summary>Target = values · factors · one factor for the line; the target may be the values.</summary>
    public static void Multiply(
        ReadOnlySpan<float> re, ReadOnlySpan<float> im, ReadOnlySpan<float> factorRe, ReadOnlySpan<float> factorIm, float lineRe, float lineIm, Span<float> toRe, Span<float> toIm)
    {
        int i = 0;
        ref float r = ref MemoryMarshal.GetReference(re);
        ref float m = ref MemoryMarshal.GetReference(im);
        ref float fr = ref MemoryMarshal.GetReference(factorRe);
        ref float fm = ref MemoryMarshal.GetReference(factorIm);
        ref float tr = ref MemoryMarshal.GetReference(toRe);
        ref float tm = ref MemoryMarshal.GetReference(toIm);
        for (; i <= re.Length - Lanes; i += Lanes)
        {
            Vector256<float> a = Vector256.LoadUnsafe(ref fr, (nuint)i), b = Vector256.LoadUnsafe(ref fm, (nuint)i);
            Vector256<float> c = (a * lineRe) - (b * lineIm), s = (a * lineIm) + (b * lineRe);
            a = Vector256.LoadUnsafe(ref r, (nuint)i);
            b = Vector256.LoadUnsafe(ref m, (nuint)i);
            ((a * c) - (b * s)).StoreUnsafe(ref tr, (nuint)i);
            ((a * s) + (b * c)).StoreUnsafe(ref tm, (nuint)i);
        }

        for (; i < re.Length; i++)
        {
            float c = (factorRe[i] * lineRe) - (factorIm[i] * lineIm), s = (factorRe[i] * lineIm) + (factorIm[i] * lineRe);
            (toRe[i], toIm[i]) = ((re[i] * c) - (im[i] * s), (re[i] * s) + (im[i] * c));
        }
    }

    /// <summary>Adds weight · |value|² to sums.</summary>
    public static void AddIntensity(ReadOnlySpan<float> re, ReadOnlySpan<float> im, float weight, Span<float> sums)
    {
        int i = 0;
        ref float r = ref MemoryMarshal.GetReference(re);
        ref float m = ref MemoryMarshal.GetReference(im);
        ref float s = ref MemoryMarshal.GetReference(sums);
        for (; i <= sums.Length - Lanes; i += Lanes)
        {
            Vector256<float> a = Vector256.LoadUnsafe(ref r, (nuint)i), b = Vector256.LoadUnsafe(ref m, (nuint)i);
            (Vector256.LoadUnsafe(ref s, (nuint)i) + (((a * a) + (b * b)) * weight)).StoreUnsafe(ref s, (nuint)i);
        }

        for (; i < sums.Length; i++)
        {
            sums[i] += ((re[i] * re[i]) + (im[i] * im[i])) * weight;
        }
    }
}
