using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Core;

/// <summary>Sums of products of columns: the normal equations of a weighted least-squares step.</summary>
internal static class ColumnProducts
{
    /// <summary>Fills the rows and columns of <paramref name="parameters"/> in the normal matrix and the right-hand side; all others become 0.</summary>
    /// <param name="columns">Derivatives times the weight's root, one column after another.</param>
    /// <param name="length">Length of a column, a multiple of four.</param>
    /// <param name="residual">Observed minus calculated, times the weight's root.</param>
    /// <param name="parameters">Parameter that each column belongs to.</param>
    /// <param name="normal">n × n numbers, row by row.</param>
    /// <param name="right">n numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(double[] columns, int length, double[] residual, ReadOnlySpan<int> parameters, double[] normal, double[] right)
    {
        int n = right.Length;
        Array.Clear(normal);
        Array.Clear(right);
        ref double data = ref MemoryMarshal.GetArrayDataReference(columns);
        for (int a = 0; a < parameters.Length; a++)
        {
            ref double first = ref Unsafe.Add(ref data, a * length);
            right[parameters[a]] = Dot(ref first, ref MemoryMarshal.GetArrayDataReference(residual), length);
            int b = 0;
            for (; b + 3 <= a; b += 4)
            {
                // Four products share the loads of the first column.
                ref double second = ref Unsafe.Add(ref data, b * length);
                Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
                nuint one = (nuint)length, two = one + one, three = two + one;
                for (nuint i = 0; i < one; i += 4)
                {
                    Vector256<double> f = Vector256.LoadUnsafe(ref first, i);
                    s0 = Vector256.MultiplyAddEstimate(f, Vector256.LoadUnsafe(ref second, i), s0);
                    s1 = Vector256.MultiplyAddEstimate(f, Vector256.LoadUnsafe(ref second, i + one), s1);
                    s2 = Vector256.MultiplyAddEstimate(f, Vector256.LoadUnsafe(ref second, i + two), s2);
                    s3 = Vector256.MultiplyAddEstimate(f, Vector256.LoadUnsafe(ref second, i + three), s3);
                }

                Put(normal, n, parameters[a], parameters[b], Vector256.Sum(s0));
                Put(normal, n, parameters[a], parameters[b + 1], Vector256.Sum(s1));
                Put(normal, n, parameters[a], parameters[b + 2], Vector256.Sum(s2));
                Put(normal, n, parameters[a], parameters[b + 3], Vector256.Sum(s3));
            }

            for (; b <= a; b++)
            {
                Put(normal, n, parameters[a], parameters[b], Dot(ref first, ref Unsafe.Add(ref data, b * length), length));
            }
        }
    }

    /// <summary>Adds a multiple of one column to another.</summary>
    public static void AddMultiple(ReadOnlySpan<double> source, double factor, Span<double> target)
    {
        ref double from = ref MemoryMarshal.GetReference(source);
        ref double to = ref MemoryMarshal.GetReference(target);
        Vector256<double> times = Vector256.Create(factor);
        for (nuint i = 0; i < (nuint)target.Length; i += 4)
        {
            Vector256.MultiplyAddEstimate(times, Vector256.LoadUnsafe(ref from, i), Vector256.LoadUnsafe(ref to, i)).StoreUnsafe(ref to, i);
        }
    }

    /// <summary>Multiplies a column by another, point by point.</summary>
    public static void Scale(ReadOnlySpan<double> factors, Span<double> target)
    {
        ref double from = ref MemoryMarshal.GetReference(factors);
        ref double to = ref MemoryMarshal.GetReference(target);
        for (nuint i = 0; i < (nuint)target.Length; i += 4)
        {
            (Vector256.LoadUnsafe(ref from, i) * Vector256.LoadUnsafe(ref to, i)).StoreUnsafe(ref to, i);
        }
    }

    private static double Dot(ref double first, ref double second, int length)
    {
        Vector256<double> s0 = default, s1 = default;
        nuint i = 0;
        for (; i + 8 <= (nuint)length; i += 8)
        {
            s0 = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref first, i), Vector256.LoadUnsafe(ref second, i), s0);
            s1 = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref first, i + 4), Vector256.LoadUnsafe(ref second, i + 4), s1);
        }

        if (i < (nuint)length)
        {
            s0 = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref first, i), Vector256.LoadUnsafe(ref second, i), s0);
        }

        return Vector256.Sum(s0 + s1);
    }

    private static void Put(double[] normal, int n, int a, int b, double value)
    {
        normal[(a * n) + b] = value;
        normal[(b * n) + a] = value;
    }
}
