using System.Numerics;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>Transform of any length n by a convolution of a longer, convenient length: Bluestein's chirp transform, eight lines at once.</summary>
/// <remarks>
/// With jk = (j² + k² − (k − j)²)/2 and b_j = exp(πi j²/n): X_k = b*_k Σ_j (x_j b*_j) b_(k−j). The sum is a convolution, done by transforms
/// of the least length 2^a · {1, 3, 5, 9, 15} at or above 2n − 1. L. Bluestein, IEEE Trans. Audio Electroacoust. 18 (1970) 451-455,
/// doi 10.1109/TAU.1970.1162132.
/// </remarks>
internal sealed unsafe class ChirpTransform
{
    private readonly int _length;
    private readonly LineFft _convolution;
    private readonly float[] _chirp; // b*_j, j = 0…n−1
    private readonly float[] _filter; // transform of b, over the length of the convolution

    internal ChirpTransform(int length)
    {
        _length = length;
        int longer = LengthFor(length);
        _convolution = LineFft.Of(longer);
        WorkFloats = (longer * Lines.PackedStride) + _convolution.WorkFloats;

        Complex[] chirp = new Complex[length];
        Complex[] filter = new Complex[longer];
        for (int j = 0; j < length; j++)
        {
            // j² is taken modulo 2n before the angle is made, so that the angle keeps all its digits.
            double angle = Math.PI * ((long)j * j % (2L * length)) / length;
            chirp[j] = Complex.FromPolarCoordinates(1, angle);
            filter[j] = chirp[j];
            filter[(longer - j) % longer] = chirp[j];
        }

        _chirp = Floats(chirp.Select(Complex.Conjugate));
        _filter = Floats(TransformOf(filter).Select(value => value / longer));
    }

    internal int WorkFloats { get; }

    internal void Transform(Lines from, Lines to, float* work)
    {
        int longer = _convolution.Length;
        Lines buffer = Lines.Packed(work);
        float* inner = work + (longer * Lines.PackedStride);
        fixed (float* chirp = _chirp, filter = _filter)
        {
            Multiply(from, chirp, buffer, _length);
            new Span<float>(work + (_length * Lines.PackedStride), (longer - _length) * Lines.PackedStride).Clear();
            _convolution.Transform(buffer, buffer, inner);
            Multiply(buffer, filter, buffer, longer);
            _convolution.Transform(buffer.Swapped(), buffer.Swapped(), inner);
            Multiply(buffer, chirp, to, _length);
        }
    }

    private static int LengthFor(int length)
    {
        ulong least = (2 * (ulong)length) - 1;
        ReadOnlySpan<ulong> odd = [1, 3, 5, 9, 15];
        ulong best = ulong.MaxValue;
        foreach (ulong factor in odd)
        {
            best = Math.Min(best, factor * BitOperations.RoundUpToPowerOf2((least + factor - 1) / factor));
        }

        return checked((int)best);
    }

    private static void Multiply(Lines from, float* factors, Lines to, int count)
    {
        float* x = from.Re;
        float* y = to.Re;
        for (int i = 0; i < count; i++, x += from.Stride, y += to.Stride, factors += 2)
        {
            Vector256<float> re = Vector256.Load(x), im = Vector256.Load(x + from.Im);
            Vector256<float> factorRe = Vector256.Create(factors[0]), factorIm = Vector256.Create(factors[1]);
            Vector256.MultiplyAddEstimate(-im, factorIm, re * factorRe).Store(y);
            Vector256.MultiplyAddEstimate(re, factorIm, im * factorRe).Store(y + to.Im);
        }
    }

    private static float[] Floats(IEnumerable<Complex> values) =>
        [.. values.SelectMany(value => (float[])[(float)value.Real, (float)value.Imaginary])];

    // Forward transform in double precision, needed once for a plan: the parts of every second, third or fifth value, recursively.
    private static Complex[] TransformOf(Complex[] values)
    {
        int length = values.Length;
        if (length == 1)
        {
            return values;
        }

        int radix = length % 2 == 0 ? 2 : length % 3 == 0 ? 3 : 5;
        int partLength = length / radix;
        Complex[] whole = new Complex[length];
        for (int part = 0; part < radix; part++)
        {
            Complex[] every = new Complex[partLength];
            for (int i = 0; i < partLength; i++)
            {
                every[i] = values[(radix * i) + part];
            }

            every = TransformOf(every);
            for (int k = 0; k < length; k++)
            {
                whole[k] += Complex.FromPolarCoordinates(1, -2 * Math.PI * part * k / length) * every[k % partLength];
            }
        }

        return whole;
    }
}
