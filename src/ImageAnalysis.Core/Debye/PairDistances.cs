using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageAnalysis.Core;

/// <summary>
/// The distances between the atoms of two sites, sorted into bins of equal width in t = r². Each bin keeps the number of its distances and the sums of t and
/// t² in whole numbers, so that the order of adding changes nothing, and stands for them by one or two distances of the same moments.
/// </summary>
/// <remarks>
/// sin(qr)/(qr) is a smooth function g of t, whose third derivative is at most (q⁶/8)·<see cref="SincBounds.ThirdOrder"/>(qr). Two values of t with
/// the number, mean and variance of a bin of width w miss the bin's sum of g by at most n·max|g‴|·w³/24, since neither the third absolute central moment
/// of the bin nor that of the two values exceeds w³/8. <see cref="BoundRatio"/> adds that up over all bins, without hoping for signs to cancel.
/// </remarks>
internal sealed class PairDistances
{
    // A distance becomes a whole number of 2^-18 bins. Its place within the bin and one unit of the count go into one word, its square into a second.
    private const int FractionBits = 18;
    private const int CountShift = 42;
    private const ulong FractionMask = (1UL << FractionBits) - 1;
    private const int MostPending = (1 << 22) - 1; // then count (22 bits) and the sum of fractions (40 bits) stay apart
    private const double Magic = 4503599627370496; // 2^52: x + 2^52 holds x, rounded, in its low bits

    private const double MostBins = 2e7; // 800 MB

    private readonly double _width;
    private readonly double _cap;
    private readonly double _scale;
    private readonly int _binCount;
    private readonly ulong[] _pending;
    private readonly long[] _count;
    private readonly long[] _first;
    private readonly double[] _second;
    private long _pendingCount;

    /// <summary>Makes empty bins.</summary>
    /// <param name="width">Width of a bin in Å².</param>
    /// <param name="longest">Distances up to this one, in Å, are kept; longer ones are dropped.</param>
    public PairDistances(double width, double longest)
    {
        if (longest * longest / width > MostBins)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The particle measures {longest:0} Å; with so large scattering vectors the Debye equation takes particles up to {Math.Sqrt(MostBins * width):0} Å."));
        }

        _width = width;
        _binCount = checked((int)(longest * longest * 1.000001 / width) + 2);
        _cap = (_binCount + 0.5) * width; // the bin behind the last takes what is dropped
        _scale = (1 << FractionBits) / width;
        _pending = new ulong[2 * (_binCount + 1)];
        _count = new long[_binCount];
        _first = new long[_binCount];
        _second = new double[_binCount];
    }

    /// <summary>Forgets all distances.</summary>
    public void Clear()
    {
        Array.Clear(_pending);
        Array.Clear(_count);
        Array.Clear(_first);
        Array.Clear(_second);
        _pendingCount = 0;
    }

    /// <summary>Adds the distance of each pair within one set of atoms, once.</summary>
    public void AddWithin(AtomCoordinates atoms)
    {
        for (int i = 0; i + 1 < atoms.Count; i++)
        {
            AddRow(atoms[i], atoms, i + 1);
        }

        Flush();
    }

    /// <summary>Adds the distance from each atom of one set to each of another.</summary>
    public void AddBetween(AtomCoordinates atoms, AtomCoordinates others)
    {
        for (int i = 0; i < atoms.Count; i++)
        {
            AddRow(atoms[i], others, 0);
        }

        Flush();
    }

    /// <summary>Takes distances of 0 out again: atoms at one place are alternatives of each other and no pair.</summary>
    public void RemoveCoincident(long count) => _count[0] -= count;

    /// <summary>Number of distances in the first bin, below the square root of the width.</summary>
    public long ShortestCount => _count[0];

    /// <summary>The proven bound of the error of Σ sin(qr)/(qr) over these distances, for all scattering vectors up to one.</summary>
    /// <param name="q">The largest scattering vector, 4π sin θ/λ in Å⁻¹.</param>
    public double BoundRatio(double q)
    {
        double sum = 0;
        for (int bin = 0; bin < _binCount; bin++)
        {
            if (_count[bin] > 0)
            {
                sum += _count[bin] * SincBounds.ThirdOrder(q * Math.Sqrt(bin * _width));
            }
        }

        return sum * Math.Pow(q, 6) / 8 * Math.Pow(_width, 3) / 24;
    }

    /// <summary>The distances that stand for all, with the number of pairs that each stands for.</summary>
    public void Collect(List<double> distances, List<double> counts)
    {
        for (int bin = 0; bin < _binCount; bin++)
        {
            double n = _count[bin];
            if (n <= 0)
            {
                continue;
            }

            double mean = _first[bin] / n;
            double variance = (_second[bin] / n) - (mean * mean);
            double unit = 1 / _scale;
            double low = bin * _width;
            if (n == 1 || variance <= 4)
            {
                // Equal but for rounding.
                distances.Add(Math.Sqrt(low + (mean * unit)));
                counts.Add(n);
                continue;
            }

            // The wing below 0 of the first bin is cut: no two atoms are that close.
            double deviation = Math.Sqrt(variance);
            distances.Add(Math.Sqrt(Math.Max(0, low + ((mean - deviation) * unit))));
            distances.Add(Math.Sqrt(low + ((mean + deviation) * unit)));
            counts.Add(n / 2);
            counts.Add(n / 2);
        }
    }

    private void AddRow(CartesianPosition from, AtomCoordinates to, int start)
    {
        int length = to.Count - start;
        if (_pendingCount + length + Vector256<double>.Count > MostPending)
        {
            Flush();
        }

        _pendingCount += length + Vector256<double>.Count;
        Vector256<double> x0 = Vector256.Create(from.XAngstrom);
        Vector256<double> y0 = Vector256.Create(from.YAngstrom);
        Vector256<double> z0 = Vector256.Create(from.ZAngstrom);
        Vector256<double> cap = Vector256.Create(_cap);
        Vector256<double> scale = Vector256.Create(_scale);
        Vector256<double> magic = Vector256.Create(Magic);
        Vector256<ulong> fractionMask = Vector256.Create(FractionMask);
        Vector256<ulong> one = Vector256.Create(1UL << CountShift);
        ref double xs = ref MemoryMarshal.GetArrayDataReference(to.X);
        ref double ys = ref MemoryMarshal.GetArrayDataReference(to.Y);
        ref double zs = ref MemoryMarshal.GetArrayDataReference(to.Z);
        ref ulong bins = ref MemoryMarshal.GetArrayDataReference(_pending);
        for (int j = start; j < to.Count; j += Vector256<double>.Count)
        {
            Vector256<double> dx = Vector256.LoadUnsafe(ref xs, (nuint)j) - x0;
            Vector256<double> dy = Vector256.LoadUnsafe(ref ys, (nuint)j) - y0;
            Vector256<double> dz = Vector256.LoadUnsafe(ref zs, (nuint)j) - z0;
            Vector256<double> t = Vector256.FusedMultiplyAdd(dz, dz, Vector256.FusedMultiplyAdd(dy, dy, dx * dx));
            t = Vector256.Min(t, cap); // padding and dropped distances: the bin behind the last
            Vector256<ulong> v = Vector256.FusedMultiplyAdd(t, scale, magic).AsUInt64() ^ magic.AsUInt64();
            if (Avx2.IsSupported)
            {
                // Both words of a bin at once: (count and fraction, square) side by side.
                Vector256<ulong> fraction = v & fractionMask;
                Vector256<ulong> packed = fraction + one;
                Vector256<ulong> square = Avx2.Multiply(fraction.AsUInt32(), fraction.AsUInt32());
                Vector256<ulong> even = Avx2.UnpackLow(packed, square);
                Vector256<ulong> odd = Avx2.UnpackHigh(packed, square);
                Vector256<ulong> bin = (v >>> FractionBits) << 1;
                Count(ref bins, bin.GetElement(0), even.GetLower());
                Count(ref bins, bin.GetElement(1), odd.GetLower());
                Count(ref bins, bin.GetElement(2), even.GetUpper());
                Count(ref bins, bin.GetElement(3), odd.GetUpper());
            }
            else
            {
                Count(ref bins, v.GetElement(0));
                Count(ref bins, v.GetElement(1));
                Count(ref bins, v.GetElement(2));
                Count(ref bins, v.GetElement(3));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count(ref ulong bins, ulong place, Vector128<ulong> words)
    {
        ref ulong bin = ref Unsafe.Add(ref bins, (nuint)place);
        (Vector128.LoadUnsafe(ref bin) + words).StoreUnsafe(ref bin);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count(ref ulong bins, ulong value)
    {
        ulong fraction = value & FractionMask;
        ref ulong bin = ref Unsafe.Add(ref bins, (nuint)(value >> FractionBits) * 2);
        bin += fraction + (1UL << CountShift);
        Unsafe.Add(ref bin, 1) += fraction * fraction;
    }

    private void Flush()
    {
        for (int bin = 0; bin < _binCount; bin++)
        {
            ulong packed = _pending[2 * bin];
            if (packed != 0)
            {
                _count[bin] += (long)(packed >> CountShift);
                _first[bin] += (long)(packed & ((1UL << CountShift) - 1));
                _second[bin] += _pending[(2 * bin) + 1];
            }
        }

        Array.Clear(_pending);
        _pendingCount = 0;
    }
}
