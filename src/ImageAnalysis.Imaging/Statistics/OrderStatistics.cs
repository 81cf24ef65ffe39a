using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>Exact order statistics of many floats without sorting them. The values must be finite.</summary>
internal static class OrderStatistics
{
    private const int Small = 1 << 14;

    /// <summary>The median: the middle value, or the mean of the two middle values.</summary>
    internal static double Median(ReadOnlySpan<float> values) => Quantile(values, 0.5);

    /// <summary>The quantile with linear interpolation between order statistics: place f·(n − 1) in the sorted list (type 7 of Hyndman &amp; Fan 1996).</summary>
    internal static double Quantile(ReadOnlySpan<float> values, double fraction)
    {
        double place = fraction * (values.Length - 1);
        int k = Math.Min((int)place, values.Length - 1);
        double part = place - k;
        float low = Select(values, k);
        if (part == 0)
        {
            return low;
        }

        float high = NextAfter(values, low, k);
        return low + (part * ((double)high - low));
    }

    /// <summary>The value at place k (from 0) of the sorted list.</summary>
    internal static float Select(ReadOnlySpan<float> values, int k)
    {
        if ((uint)k >= (uint)values.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(k), k, $"Expected 0…{values.Length - 1}.");
        }

        return values.Length <= Small ? SelectByHalving(values, k) : SelectByCounting(values, k);
    }

    // The order statistic at k + 1, given that at k.
    private static float NextAfter(ReadOnlySpan<float> values, float low, int k)
    {
        int notAbove = 0;
        float above = float.PositiveInfinity;
        ref float first = ref MemoryMarshal.GetReference(values);
        Vector256<float> level = Vector256.Create(low);
        Vector256<float> infinity = Vector256.Create(float.PositiveInfinity);
        Vector256<float> smallest = infinity;
        int i = 0;
        for (; i <= values.Length - 8; i += 8)
        {
            Vector256<float> v = Vector256.LoadUnsafe(ref first, (nuint)i);
            Vector256<float> over = Vector256.GreaterThan(v, level);
            notAbove += 8 - BitOperations.PopCount(over.ExtractMostSignificantBits());
            smallest = Vector256.MinNative(smallest, Vector256.ConditionalSelect(over, v, infinity));
        }

        for (; i < values.Length; i++)
        {
            if (values[i] > low)
            {
                above = Math.Min(above, values[i]);
            }
            else
            {
                notAbove++;
            }
        }

        for (int lane = 0; lane < 8; lane++)
        {
            above = Math.Min(above, smallest[lane]);
        }

        return notAbove > k + 1 ? low : above;
    }

    // Integers in the order of the floats: the bits of negative floats count backwards.
    private static int Key(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value);
        return bits ^ ((bits >> 31) & 0x7FFFFFFF);
    }

    private static float Value(int key) => BitConverter.Int32BitsToSingle(key ^ ((key >> 31) & 0x7FFFFFFF));

    // Halves the range of keys that can hold the answer: about twenty counts over a list that stays in cache.
    private static float SelectByHalving(ReadOnlySpan<float> values, int k)
    {
        int n = values.Length;
        int[] rented = ArrayPool<int>.Shared.Rent(n);
        Span<int> keys = rented.AsSpan(0, n);
        (int low, int high) = Keys(values, keys);
        while (low < high)
        {
            int middle = (int)(((long)low + high) >> 1);
            if (CountNotAbove(keys, middle) > k)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        ArrayPool<int>.Shared.Return(rented);
        return Value(low);
    }

    private static (int Low, int High) Keys(ReadOnlySpan<float> values, Span<int> keys)
    {
        ref float from = ref MemoryMarshal.GetReference(values);
        ref int to = ref MemoryMarshal.GetReference(keys);
        Vector256<int> lows = Vector256.Create(int.MaxValue);
        Vector256<int> highs = Vector256.Create(int.MinValue);
        Vector256<int> allButSign = Vector256.Create(int.MaxValue);
        int i = 0;
        for (; i <= values.Length - 8; i += 8)
        {
            Vector256<int> bits = Vector256.LoadUnsafe(ref from, (nuint)i).AsInt32();
            Vector256<int> key = bits ^ (Vector256.ShiftRightArithmetic(bits, 31) & allButSign);
            key.StoreUnsafe(ref to, (nuint)i);
            lows = Vector256.Min(lows, key);
            highs = Vector256.Max(highs, key);
        }

        int low = int.MaxValue;
        int high = int.MinValue;
        for (int lane = 0; lane < 8; lane++)
        {
            low = Math.Min(low, lows[lane]);
            high = Math.Max(high, highs[lane]);
        }

        for (; i < values.Length; i++)
        {
            keys[i] = Key(values[i]);
            low = Math.Min(low, keys[i]);
            high = Math.Max(high, keys[i]);
        }

        return (low, high);
    }

    private static int CountNotAbove(ReadOnlySpan<int> keys, int limit)
    {
        ref int first = ref MemoryMarshal.GetReference(keys);
        Vector256<int> level = Vector256.Create(limit);
        Vector256<int> above = Vector256<int>.Zero;
        int i = 0;
        for (; i <= keys.Length - 8; i += 8)
        {
            above += Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, (nuint)i), level);
        }

        int count = i + Vector256.Sum(above);
        for (; i < keys.Length; i++)
        {
            count += keys[i] <= limit ? 1 : 0;
        }

        return count;
    }

    // Counts the upper halves of the keys, then selects among the values that share the right one.
    private static float SelectByCounting(ReadOnlySpan<float> values, int k)
    {
        int[] counts = ArrayPool<int>.Shared.Rent(1 << 16);
        counts.AsSpan(0, 1 << 16).Clear();
        foreach (float value in values)
        {
            counts[(Key(value) >> 16) + 32768]++;
        }

        int bin = 0;
        int before = 0;
        while (before + counts[bin] <= k)
        {
            before += counts[bin++];
        }

        int size = counts[bin];
        ArrayPool<int>.Shared.Return(counts);
        float[] rented = ArrayPool<float>.Shared.Rent(size);
        int found = 0;
        foreach (float value in values)
        {
            if ((Key(value) >> 16) + 32768 == bin)
            {
                rented[found++] = value;
            }
        }

        float selected = SelectByHalving(rented.AsSpan(0, size), k - before);
        ArrayPool<float>.Shared.Return(rented);
        return selected;
    }
}
