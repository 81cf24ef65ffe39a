using System.Numerics;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>Transform of any length n by a convolution of a longer, convenient length: Bluestein's chirp transform, eight lines at once.</summary>
/// <remarks>
/// With jk = (j² + k² − (k − j)²)/2 and b_j = exp(πi j²/n): X_k = b*_k Σ_j (x_j b*_j) b_(k−j). The sum is a convolution, done by transforms
/// whose length is the power of two at or above 2n − 1. L. Bluestein, IEEE Trans. Audio Electroacoust. 18 (1970) 451-455,
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
        int longer = checked((int)BitOperations.RoundUpToPowerOf2((uint)((2 * (long)length) - 1)));
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

    // Forward transform of a power-of-two length in double precision, needed once for a plan: even and odd halves, recursively.
    private static Complex[] TransformOf(Complex[] values)
    {
        int half = values.Length / 2;
        if (half == 0)
        {
            return values;
        }

        Complex[] even = new Complex[half];
        Complex[] odd = new Complex[half];
        for (int i = 0; i < half; i++)
        {
            even[i] = values[2 * i];
            odd[i] = values[(2 * i) + 1];
        }

        even = TransformOf(even);
        odd = TransformOf(odd);
        Complex[] whole = new Complex[values.Length];
        for (int k = 0; k < half; k++)
        {
            Complex turned = Complex.FromPolarCoordinates(1, -Math.PI * k / half) * odd[k];
            whole[k] = even[k] + turned;
            whole[k + half] = even[k] - turned;
        }

        return whole;
    }
}
