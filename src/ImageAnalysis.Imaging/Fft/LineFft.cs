using System.Collections.Concurrent;

namespace ImageAnalysis.Imaging;

/// <summary>The plan of a one-dimensional complex transform of one length, done on eight lines at once; immutable and shared between threads.</summary>
/// <remarks>
/// Stockham's autosort form of the mixed-radix transform (decimation in frequency): a pass with radix r splits the n = r·m elements that
/// are left, at distance s, as
/// <c>y[q + s(r·p + j)] = w_n^(jp) Σ_k x[q + s(p + m·k)] w_r^(jk)</c>, p = 0…m−1, q = 0…s−1, with w_n = exp(−2πi/n),
/// and goes on with n = m at distance s·r. The results come out in order, so that nothing is ever shuffled within a vector.
/// Lengths with a prime factor above <see cref="FftRadix.LargestPrime"/> go through <see cref="ChirpTransform"/>.
/// </remarks>
internal sealed unsafe class LineFft
{
    private static readonly ConcurrentDictionary<int, LineFft> Plans = new();

    private readonly Pass[] _passes;
    private readonly float[] _twiddles;
    private readonly ChirpTransform? _chirp;

    private LineFft(int length)
    {
        Length = length;
        IReadOnlyList<int>? radices = FftRadix.Split(length);
        if (radices is null)
        {
            _chirp = new ChirpTransform(length);
            _passes = [];
            _twiddles = [];
            WorkFloats = _chirp.WorkFloats;
            return;
        }

        (_passes, _twiddles) = Plan(length, radices);
        WorkFloats = 2 * length * Lines.PackedStride;
    }

    /// <summary>Number of elements of a line; 1 or more.</summary>
    internal int Length { get; }

    /// <summary>Floats of work space that <see cref="Transform"/> needs.</summary>
    internal int WorkFloats { get; }

    internal static LineFft Of(int length) => Plans.GetOrAdd(length, static n => new LineFft(n));

    /// <summary>Forward transform of eight lines, unscaled.</summary>
    /// <param name="from">The input; unchanged unless it is also the output.</param>
    /// <param name="to">The output: other memory than the input, or exactly the same.</param>
    /// <param name="work"><see cref="WorkFloats"/> floats, best aligned to 64 bytes.</param>
    internal void Transform(Lines from, Lines to, float* work)
    {
        if (_chirp is not null)
        {
            _chirp.Transform(from, to, work);
            return;
        }

        if (_passes.Length == 0)
        {
            FftRadix.Copy(from, to);
            return;
        }

        Lines even = Lines.Packed(work);
        Lines odd = Lines.Packed(work + (Length * Lines.PackedStride));
        fixed (float* twiddles = _twiddles)
        {
            Lines source = from;
            for (int i = 0; i < _passes.Length; i++)
            {
                Lines target = i == _passes.Length - 1 ? to : i % 2 == 0 ? even : odd;
                FftRadix.Run(_passes[i], twiddles + _passes[i].FirstTwiddle, source, target);
                source = target;
            }
        }
    }

    /// <summary>Forward transform of eight lines that lie in a work buffer already, with one copy less than <see cref="Transform"/>.</summary>
    /// <param name="lines">The input, <see cref="Lines.Packed"/>; overwritten.</param>
    /// <param name="work"><see cref="WorkFloats"/> floats.</param>
    /// <param name="inverse">True for the inverse transform, without its factor.</param>
    /// <returns>Where the result is: <paramref name="lines"/> or <paramref name="work"/>.</returns>
    internal float* TransformPacked(float* lines, float* work, bool inverse)
    {
        Lines source = inverse ? Lines.Packed(lines).Swapped() : Lines.Packed(lines);
        if (_chirp is not null)
        {
            _chirp.Transform(source, source, work);
            return lines;
        }

        Lines target = inverse ? Lines.Packed(work).Swapped() : Lines.Packed(work);
        fixed (float* twiddles = _twiddles)
        {
            foreach (Pass pass in _passes)
            {
                FftRadix.Run(pass, twiddles + pass.FirstTwiddle, source, target);
                (source, target) = (target, source);
            }
        }

        return _passes.Length % 2 == 0 ? lines : work;
    }

    private static (Pass[] Passes, float[] Twiddles) Plan(int length, IReadOnlyList<int> radices)
    {
        List<Pass> passes = [];
        List<float> twiddles = [];
        int left = length;
        int distance = 1;
        foreach (int radix in radices)
        {
            int groups = left / radix;
            passes.Add(new Pass(radix, groups, distance, twiddles.Count));

            // A prime without code of its own finds cos and sin of 2πk/radix first.
            if (!FftRadix.HasOwnCode(radix))
            {
                for (int k = 0; k < radix; k++)
                {
                    AddRoot(twiddles, k, radix);
                }
            }

            for (int p = 0; p < groups; p++)
            {
                for (int j = 1; j < radix; j++)
                {
                    AddRoot(twiddles, (int)((long)j * p % left), left);
                }
            }

            left = groups;
            distance *= radix;
        }

        return ([.. passes], [.. twiddles]);
    }

    // exp(−2πi·k/n), rounded once from double.
    private static void AddRoot(List<float> twiddles, int k, int n)
    {
        (double sin, double cos) = Math.SinCos(2 * Math.PI * k / n);
        twiddles.Add((float)cos);
        twiddles.Add((float)-sin);
    }

    /// <summary>One pass over the lines.</summary>
    /// <param name="Radix">r of the formula above.</param>
    /// <param name="Groups">m of the formula.</param>
    /// <param name="Distance">s of the formula.</param>
    /// <param name="FirstTwiddle">Where the pass's roots of unity begin: r − 1 complex numbers for each p.</param>
    internal readonly record struct Pass(int Radix, int Groups, int Distance, int FirstTwiddle);
}
