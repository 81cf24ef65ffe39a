using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Core;

/// <summary>
/// Σ nₖ sin(q rₖ)/(q rₖ) for many scattering vectors q: computed on a grid q = k·h that is fine enough for the longest distance, and carried to the wanted
/// places by interpolation with sixteen points of the grid.
/// </summary>
/// <remarks>
/// On the grid, sin((k+1)hr) = 2 cos(hr) sin(khr) − sin((k−1)hr) costs one multiplication a term; it starts anew every <see cref="ChunkLength"/> points, so that rounding stays
/// below 1e-9. With sin(x)/x = ∫₀¹ cos(xt) dt the n-th derivative by q of sin(qr)/(qr) is at most rⁿ·min(1/(n + 1), 2/(qr)), so interpolation with sixteen points (error at most
/// h¹⁶·max|f⁽¹⁶⁾|·(½·3/2·…·15/2)²/16! = 3.0e-6·h¹⁶·max|f⁽¹⁶⁾|, Abramowitz and Stegun 25.2.2) with hr ≤ 0.8 is off by less than 8.5e-8·min(1/17, 2/(qr)) a pair.
/// </remarks>
internal sealed class SincSum
{
    private const int PointCount = 16;
    private const int ChunkLength = 256;
    private const int Together = 4; // vectors of distances that go through the recurrence side by side
    private const double StepRatio = 0.8; // h times the longest distance

    private static readonly double[] _inverseDenominators = InverseDenominators();

    private readonly double _step;
    private readonly int _start;
    private readonly int _gridCount;
    private readonly int[] _at;
    private readonly double[] _weights;
    private readonly Vector256<double>[] _sums = new Vector256<double>[ChunkLength];
    private readonly double[] _grid;

    /// <summary>Plans the sums.</summary>
    /// <param name="q">The wanted scattering vectors, 4π sin θ/λ in Å⁻¹, 0 or more; at least one.</param>
    /// <param name="longest">The longest distance in Å, above 0.</param>
    public SincSum(ReadOnlySpan<double> q, double longest)
    {
        double low = double.PositiveInfinity;
        double high = 0;
        foreach (double value in q)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        _step = StepRatio / longest;
        _start = (int)Math.Floor(low / _step) - (PointCount / 2) + 1;
        _gridCount = checked((int)Math.Floor(high / _step) + (PointCount / 2) + 1 - _start);
        _grid = new double[_gridCount];
        _at = new int[q.Length];
        _weights = new double[q.Length * PointCount];
        for (int i = 0; i < q.Length; i++)
        {
            double place = q[i] / _step;
            double whole = Math.Floor(place);
            _at[i] = (int)whole - (PointCount / 2) + 1 - _start;
            Lagrange(place - whole, _weights.AsSpan(i * PointCount, PointCount));
        }
    }

    /// <summary>Adds factor · Σ n sin(qr)/(qr) to the values at the wanted places.</summary>
    /// <param name="distances">Distances r in Å, above 0, up to the longest.</param>
    /// <param name="counts">How many pairs each stands for.</param>
    /// <param name="factor">What the sum is multiplied by.</param>
    /// <param name="values">One for each wanted scattering vector.</param>
    public void Add(ReadOnlySpan<double> distances, ReadOnlySpan<double> counts, double factor, Span<double> values)
    {
        // Distances and amplitudes n/r, filled up to whole groups with terms of amplitude 0.
        int group = Together * Vector256<double>.Count;
        int padded = (distances.Length + group - 1) / group * group;
        double[] r = new double[padded];
        double[] amplitude = new double[padded];
        double total = 0;
        for (int i = 0; i < distances.Length; i++)
        {
            (r[i], amplitude[i]) = (distances[i], counts[i] / distances[i]);
            total += counts[i];
        }

        for (int first = 0; first < _gridCount; first += ChunkLength)
        {
            Chunk(r, amplitude, first, Math.Min(ChunkLength, _gridCount - first), total);
        }

        for (int i = 0; i < _at.Length; i++)
        {
            double sum = 0;
            ReadOnlySpan<double> weights = _weights.AsSpan(i * PointCount, PointCount);
            ReadOnlySpan<double> grid = _grid.AsSpan(_at[i], PointCount);
            for (int k = 0; k < PointCount; k++)
            {
                sum += weights[k] * grid[k];
            }

            values[i] += factor * sum;
        }
    }

    private void Chunk(double[] r, double[] amplitude, int first, int length, double total)
    {
        Array.Clear(_sums);
        double q0 = (_start + first) * _step;
        for (int i = 0; i < r.Length; i += Together * Vector256<double>.Count)
        {
            Recurrence(r, amplitude, i, q0, length);
        }

        for (int k = 0; k < length; k++)
        {
            double q = (_start + first + k) * _step;
            _grid[first + k] = _start + first + k == 0 ? total : Vector256.Sum(_sums[k]) / q;
        }
    }

    private void Recurrence(double[] r, double[] amplitude, int at, double q0, int length)
    {
        (Vector256<double> a, Vector256<double> aNext, Vector256<double> ca) = Start(r, amplitude, at, q0);
        (Vector256<double> b, Vector256<double> bNext, Vector256<double> cb) = Start(r, amplitude, at + 4, q0);
        (Vector256<double> c, Vector256<double> cNext, Vector256<double> cc) = Start(r, amplitude, at + 8, q0);
        (Vector256<double> d, Vector256<double> dNext, Vector256<double> cd) = Start(r, amplitude, at + 12, q0);
        ref Vector256<double> sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        for (int k = 0; k < length; k++)
        {
            Unsafe.Add(ref sums, k) += (a + b) + (c + d);
            (a, aNext) = (aNext, Vector256.FusedMultiplyAdd(ca, aNext, -a));
            (b, bNext) = (bNext, Vector256.FusedMultiplyAdd(cb, bNext, -b));
            (c, cNext) = (cNext, Vector256.FusedMultiplyAdd(cc, cNext, -c));
            (d, dNext) = (dNext, Vector256.FusedMultiplyAdd(cd, dNext, -d));
        }
    }

    private (Vector256<double> First, Vector256<double> Second, Vector256<double> TwoCos) Start(double[] r, double[] amplitude, int at, double q0)
    {
        Vector256<double> distance = Vector256.Create(r, at);
        Vector256<double> height = Vector256.Create(amplitude, at);
        (Vector256<double> s0, Vector256<double> c0) = Vector256.SinCos(distance * q0);
        (Vector256<double> s1, Vector256<double> c1) = Vector256.SinCos(distance * _step);
        return (height * s0, height * Vector256.FusedMultiplyAdd(s0, c1, c0 * s1), c1 + c1);
    }

    /// <summary>The weights of the sixteen points −7 … 8 for a place between points 0 and 1: products of the distances to all other points.</summary>
    private static void Lagrange(double place, Span<double> weights)
    {
        const int before = (PointCount / 2) - 1;
        double left = 1;
        for (int k = 0; k < PointCount; k++)
        {
            weights[k] = left * _inverseDenominators[k];
            left *= place + before - k;
        }

        double right = 1;
        for (int k = PointCount - 1; k >= 0; k--)
        {
            weights[k] *= right;
            right *= place + before - k;
        }
    }

    private static double[] InverseDenominators()
    {
        double[] inverse = new double[PointCount];
        for (int k = 0; k < PointCount; k++)
        {
            double product = 1;
            for (int m = 0; m < PointCount; m++)
            {
                product *= m == k ? 1 : k - m;
            }

            inverse[k] = 1 / product;
        }

        return inverse;
    }
}
