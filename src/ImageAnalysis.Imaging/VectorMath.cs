using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>Plain arithmetic on rows of pixels, eight at a time. Rows have equal lengths unless said otherwise; a result may be one of the inputs.</summary>
internal static class VectorMath
{
    private const int Lanes = 8;

    /// <summary>result = a − b.</summary>
    internal static void Subtract(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        CheckLengths(a.Length, b.Length, result.Length);
        ref float pa = ref MemoryMarshal.GetReference(a);
        ref float pb = ref MemoryMarshal.GetReference(b);
        ref float pr = ref MemoryMarshal.GetReference(result);
        int i = 0;
        for (; i <= result.Length - Lanes; i += Lanes)
        {
            (Vector256.LoadUnsafe(ref pa, (nuint)i) - Vector256.LoadUnsafe(ref pb, (nuint)i)).StoreUnsafe(ref pr, (nuint)i);
        }

        for (; i < result.Length; i++)
        {
            result[i] = a[i] - b[i];
        }
    }

    /// <summary>result = |a − b|.</summary>
    internal static void Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        CheckLengths(a.Length, b.Length, result.Length);
        ref float pa = ref MemoryMarshal.GetReference(a);
        ref float pb = ref MemoryMarshal.GetReference(b);
        ref float pr = ref MemoryMarshal.GetReference(result);
        int i = 0;
        for (; i <= result.Length - Lanes; i += Lanes)
        {
            Vector256.Abs(Vector256.LoadUnsafe(ref pa, (nuint)i) - Vector256.LoadUnsafe(ref pb, (nuint)i)).StoreUnsafe(ref pr, (nuint)i);
        }

        for (; i < result.Length; i++)
        {
            result[i] = Math.Abs(a[i] - b[i]);
        }
    }

    /// <summary>result = a − b with a number b.</summary>
    internal static void Subtract(ReadOnlySpan<float> a, float b, Span<float> result)
    {
        CheckLengths(a.Length, a.Length, result.Length);
        ref float pa = ref MemoryMarshal.GetReference(a);
        ref float pr = ref MemoryMarshal.GetReference(result);
        Vector256<float> vb = Vector256.Create(b);
        int i = 0;
        for (; i <= result.Length - Lanes; i += Lanes)
        {
            (Vector256.LoadUnsafe(ref pa, (nuint)i) - vb).StoreUnsafe(ref pr, (nuint)i);
        }

        for (; i < result.Length; i++)
        {
            result[i] = a[i] - b;
        }
    }

    /// <summary>result = |a − b| with a number b.</summary>
    internal static void Distance(ReadOnlySpan<float> a, float b, Span<float> result)
    {
        CheckLengths(a.Length, a.Length, result.Length);
        ref float pa = ref MemoryMarshal.GetReference(a);
        ref float pr = ref MemoryMarshal.GetReference(result);
        Vector256<float> vb = Vector256.Create(b);
        int i = 0;
        for (; i <= result.Length - Lanes; i += Lanes)
        {
            Vector256.Abs(Vector256.LoadUnsafe(ref pa, (nuint)i) - vb).StoreUnsafe(ref pr, (nuint)i);
        }

        for (; i < result.Length; i++)
        {
            result[i] = Math.Abs(a[i] - b);
        }
    }

    /// <summary>The sum of the squares of those values that are not above a limit, and their number.</summary>
    internal static (double SquareSum, int Count) SquaresUpTo(ReadOnlySpan<float> values, float limit)
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        Vector256<float> top = Vector256.Create(limit);
        Vector256<double> low = Vector256<double>.Zero;
        Vector256<double> high = Vector256<double>.Zero;
        int count = 0;
        int i = 0;
        for (; i <= values.Length - Lanes; i += Lanes)
        {
            Vector256<float> v = Vector256.LoadUnsafe(ref first, (nuint)i);
            Vector256<float> kept = Vector256.LessThanOrEqual(v, top);
            count += BitOperations.PopCount(kept.ExtractMostSignificantBits());
            (Vector256<double> a, Vector256<double> b) = Vector256.Widen(v & kept);
            low = Vector256.FusedMultiplyAdd(a, a, low);
            high = Vector256.FusedMultiplyAdd(b, b, high);
        }

        double sum = Vector256.Sum(low + high);
        for (; i < values.Length; i++)
        {
            if (values[i] <= limit)
            {
                sum += (double)values[i] * values[i];
                count++;
            }
        }

        return (sum, count);
    }

    /// <summary>The next place, from a given one on, whose value is above a limit; the row's length where there is none.</summary>
    internal static int NextAbove(ReadOnlySpan<float> values, int start, float limit)
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        Vector256<float> top = Vector256.Create(limit);
        int i = start;
        for (; i <= values.Length - Lanes; i += Lanes)
        {
            uint above = Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, (nuint)i), top).ExtractMostSignificantBits();
            if (above != 0)
            {
                return i + BitOperations.TrailingZeroCount(above);
            }
        }

        while (i < values.Length && !(values[i] > limit))
        {
            i++;
        }

        return i;
    }

    /// <summary>1 where a pixel equals the other and 0 elsewhere.</summary>
    internal static void Equal(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<byte> result)
    {
        CheckLengths(a.Length, b.Length, result.Length);
        ref float pa = ref MemoryMarshal.GetReference(a);
        ref float pb = ref MemoryMarshal.GetReference(b);
        ref byte pr = ref MemoryMarshal.GetReference(result);
        int i = 0;
        for (; i <= result.Length - 32; i += 32)
        {
            // All ones where equal; narrowing keeps −1, and its lowest bit is the answer.
            Vector256<short> first = Vector256.Narrow(Same(ref pa, ref pb, i), Same(ref pa, ref pb, i + 8));
            Vector256<short> second = Vector256.Narrow(Same(ref pa, ref pb, i + 16), Same(ref pa, ref pb, i + 24));
            (Vector256.Narrow(first, second).AsByte() & Vector256<byte>.One).StoreUnsafe(ref pr, (nuint)i);
        }

        for (; i < result.Length; i++)
        {
            result[i] = a[i] == b[i] ? (byte)1 : (byte)0;
        }

        static Vector256<int> Same(ref float pa, ref float pb, int at) =>
            Vector256.Equals(Vector256.LoadUnsafe(ref pa, (nuint)at), Vector256.LoadUnsafe(ref pb, (nuint)at)).AsInt32();
    }

    /// <summary>1 where a value is above a limit and 0 elsewhere.</summary>
    internal static void Above(ReadOnlySpan<float> values, float limit, Span<byte> result)
    {
        CheckLengths(values.Length, values.Length, result.Length);
        ref float first = ref MemoryMarshal.GetReference(values);
        ref byte to = ref MemoryMarshal.GetReference(result);
        Vector256<float> limits = Vector256.Create(limit);
        int i = 0;
        for (; i <= result.Length - 32; i += 32)
        {
            // All ones where above; narrowing keeps −1, and its lowest bit is the answer.
            Vector256<short> low = Vector256.Narrow(IsAbove(ref first, i), IsAbove(ref first, i + 8));
            Vector256<short> high = Vector256.Narrow(IsAbove(ref first, i + 16), IsAbove(ref first, i + 24));
            (Vector256.Narrow(low, high).AsByte() & Vector256<byte>.One).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < result.Length; i++)
        {
            result[i] = values[i] > limit ? (byte)1 : (byte)0;
        }

        Vector256<int> IsAbove(ref float at, int i) => Vector256.GreaterThan(Vector256.LoadUnsafe(ref at, (nuint)i), limits).AsInt32();
    }

    /// <summary>1 where a value is above a limit and 0 elsewhere.</summary>
    internal static void Above(ReadOnlySpan<byte> values, byte limit, Span<byte> result)
    {
        CheckLengths(values.Length, values.Length, result.Length);
        ref byte first = ref MemoryMarshal.GetReference(values);
        ref byte to = ref MemoryMarshal.GetReference(result);
        Vector256<byte> limits = Vector256.Create(limit);
        int i = 0;
        for (; i <= result.Length - 32; i += 32)
        {
            (Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, (nuint)i), limits) & Vector256<byte>.One).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < result.Length; i++)
        {
            result[i] = values[i] > limit ? (byte)1 : (byte)0;
        }
    }

    private static void CheckLengths(int a, int b, int result)
    {
        if (a != result || b != result)
        {
            throw new ArgumentException("The rows differ in length.", nameof(result));
        }
    }
}
