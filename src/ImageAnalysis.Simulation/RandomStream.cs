using System.Numerics;

namespace ImageAnalysis.Simulation;

/// <summary>
/// Random numbers by xoshiro256** (Blackman and Vigna, doi 10.1145/3460772), seeded through SplitMix64. Each purpose draws from its own
/// stream of the same seed, so that a change of the dose moves no particle. Same seed, same numbers on every platform.
/// </summary>
internal sealed class RandomStream
{
    private static readonly double[] LogFactorials = MakeLogFactorials();

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;
    private double _spare;
    private bool _hasSpare;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">The seed of the image.</param>
    /// <param name="purpose">The name of what is drawn; another name gives independent numbers.</param>
    public RandomStream(ulong seed, string purpose)
    {
        ulong state = Derive(seed, purpose);
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>Starts a stream at a given state, for checks against published numbers.</summary>
    public RandomStream(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);
    }

    /// <summary>A seed for one part of a whole: a hash (FNV-1a, then SplitMix64) of the seed and the part's name.</summary>
    public static ulong Derive(ulong seed, string purpose)
    {
        ulong hash = 14695981039346656037UL;
        foreach (char c in purpose)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        ulong state = seed;
        state = SplitMix(ref state) ^ hash;
        return SplitMix(ref state);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), with 53 random bits.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double NextUniform(double low, double high) => low + ((high - low) * NextUniform());

    /// <summary>A whole number, 0 … count − 1.</summary>
    public int NextIndex(int count) => Math.Min(count - 1, (int)(NextUniform() * count));

    /// <summary>Normal with mean 0 and standard deviation 1, by Marsaglia's polar method.</summary>
    public double NextGaussian()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }

        double u, v, s;
        do
        {
            u = (2.0 * NextUniform()) - 1.0;
            v = (2.0 * NextUniform()) - 1.0;
            s = (u * u) + (v * v);
        }
        while (s >= 1.0 || s == 0.0);
        double factor = Math.Sqrt(-2.0 * PortableMath.Log(s) / s);
        _spare = v * factor;
        _hasSpare = true;
        return u * factor;
    }

    /// <summary>
    /// A Poisson number: inversion below a mean of 10, above it the transformed rejection PTRS of W. Hörmann, Insurance: Mathematics and
    /// Economics 12 (1993) 39, doi 10.1016/0167-6687(93)90997-4.
    /// </summary>
    /// <param name="mean">The mean; 0 … 1e9.</param>
    public long NextPoisson(double mean) => mean < 10.0 ? PoissonByInversion(mean) : PoissonByRejection(mean);

    /// <summary>The next number of SplitMix64, which fills a state from one seed.</summary>
    internal static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private static double[] MakeLogFactorials()
    {
        double[] table = new double[32];
        for (int k = 2; k < table.Length; k++)
        {
            table[k] = table[k - 1] + PortableMath.Log(k);
        }

        return table;
    }

    private static double LogFactorial(long k)
    {
        if (k < LogFactorials.Length)
        {
            return LogFactorials[k];
        }

        // Stirling's series; its next term, 1/(1680 k^7), is below 2e-14 from k = 32 on.
        double x = k;
        double inverse = 1.0 / x;
        double inverse2 = inverse * inverse;
        return ((x + 0.5) * PortableMath.Log(x)) - x + 0.91893853320467274178
            + (inverse * ((1.0 / 12.0) - (inverse2 * ((1.0 / 360.0) - (inverse2 / 1260.0)))));
    }

    private long PoissonByInversion(double mean)
    {
        double u = NextUniform();
        double p = PortableMath.Exp(-mean);
        long k = 0;
        while (u >= p && k < 100)
        {
            u -= p;
            k++;
            p *= mean / k;
        }

        return k;
    }

    private long PoissonByRejection(double mean)
    {
        double b = 0.931 + (2.53 * Math.Sqrt(mean));
        double a = -0.059 + (0.02483 * b);
        double inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
        double vr = 0.9277 - (3.6224 / (b - 2.0));
        while (true)
        {
            double u = NextUniform() - 0.5;
            double v = NextUniform();
            double us = 0.5 - Math.Abs(u);
            if (us <= 0.0 || v <= 0.0)
            {
                continue;
            }

            double k = Math.Floor((((2.0 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= vr)
            {
                return (long)k;
            }

            if (k < 0.0 || (us < 0.013 && v > us))
            {
                continue;
            }

            double left = PortableMath.Log(v) + PortableMath.Log(inverseAlpha) - PortableMath.Log((a / (us * us)) + b);
            if (left <= (k * PortableMath.Log(mean)) - mean - LogFactorial((long)k))
            {
                return (long)k;
            }
        }
    }
}
