using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageAnalysis.Imaging;

/// <summary>The passes of <see cref="LineFft"/>: how a length is split into radices, and the order in which a pass visits its butterflies.</summary>
internal static unsafe partial class FftRadix
{
    /// <summary>The largest prime that is transformed as a radix; its plain sum of products is still cheaper than a convolution.</summary>
    internal const int LargestPrime = 31;

    /// <summary>True for the radices whose butterfly is written out below.</summary>
    internal static bool HasOwnCode(int radix) => radix is 2 or 3 or 4 or 5 or 7 or 8;

    /// <summary>The radices that a length is a product of, in the order of their passes.</summary>
    /// <returns>The radices, none for length 1; <c>null</c> where a prime factor is above <see cref="LargestPrime"/>.</returns>
    internal static IReadOnlyList<int>? Split(int length)
    {
        List<int> radices = [];
        int left = length;
        for (int prime = 3; prime <= LargestPrime; prime += 2)
        {
            while (left % prime == 0)
            {
                radices.Add(prime);
                left /= prime;
            }
        }

        if (!int.IsPow2(left))
        {
            return null;
        }

        // Powers of two: as many eights as possible, but 4·4 rather than 8·2 for what is left over. The last pass multiplies by no roots
        // of unity, so it has the largest radix.
        int twos = int.Log2(left);
        int eights = twos % 3 == 1 && twos > 1 ? (twos / 3) - 1 : twos / 3;
        int rest = twos - (3 * eights);
        while (rest > 0)
        {
            radices.Add(rest == 1 ? 2 : 4);
            rest -= 2;
        }

        radices.AddRange(Enumerable.Repeat(8, eights));
        return radices;
    }

    internal static void Run(in LineFft.Pass pass, float* twiddles, Lines from, Lines to)
    {
        if (pass.Groups == 1)
        {
            Run<WithoutRoots>(pass, twiddles, from, to);
        }
        else
        {
            Run<WithRoots>(pass, twiddles, from, to);
        }
    }

    internal static void Copy(Lines from, Lines to)
    {
        Vector256<float> re = Vector256.Load(from.Re);
        Vector256<float> im = Vector256.Load(from.Re + from.Im);
        re.Store(to.Re);
        im.Store(to.Re + to.Im);
    }

    /// <summary>to + factor·weight, rounded once where the processor can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Add(Vector256<float> to, Vector256<float> factor, Vector256<float> weight) =>
        Vector256.MultiplyAddEstimate(factor, weight, to);

    /// <summary>from − factor·weight, rounded once where the processor can; the same bits as adding the opposite, without making it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Subtract(Vector256<float> from, Vector256<float> factor, Vector256<float> weight) =>
        Fma.IsSupported ? Fma.MultiplyAddNegated(factor, weight, from) : Vector256.MultiplyAddEstimate(-factor, weight, from);

    private static void Run<TRoots>(in LineFft.Pass pass, float* twiddles, Lines from, Lines to)
        where TRoots : struct, IRoots
    {
        switch (pass.Radix)
        {
            case 2:
                Radix2<TRoots>(pass.Groups, pass.Distance, twiddles, from, to);
                break;
            case 3:
                Radix3<TRoots>(pass.Groups, pass.Distance, twiddles, from, to);
                break;
            case 4:
                Radix4<TRoots>(pass.Groups, pass.Distance, twiddles, from, to);
                break;
            case 5:
                Radix5<TRoots>(pass.Groups, pass.Distance, twiddles, from, to);
                break;
            case 7:
                Radix7<TRoots>(pass.Groups, pass.Distance, twiddles, from, to);
                break;
            case 8:
                Radix8<TRoots>(pass.Groups, pass.Distance, twiddles, from, to);
                break;
            default:
                RadixPrime<TRoots>(pass.Radix, pass.Groups, pass.Distance, twiddles, from, to);
                break;
        }
    }

    /// <summary>What a butterfly does with a result before it is stored; two kinds, chosen when the code is compiled.</summary>
    private interface IRoots
    {
        /// <summary>Stores (re + i·im), times the root of unity at <paramref name="root"/> or as it is.</summary>
        static abstract void Store(float* to, nint toIm, Vector256<float> re, Vector256<float> im, float* root);
    }

    private readonly struct WithRoots : IRoots
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(float* to, nint toIm, Vector256<float> re, Vector256<float> im, float* root)
        {
            Vector256<float> cos = Vector256.Create(root[0]);
            Vector256<float> sin = Vector256.Create(root[1]);
            Subtract(re * cos, im, sin).Store(to);
            Add(im * cos, re, sin).Store(to + toIm);
        }
    }

    private readonly struct WithoutRoots : IRoots
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(float* to, nint toIm, Vector256<float> re, Vector256<float> im, float* root)
        {
            re.Store(to);
            im.Store(to + toIm);
        }
    }
}
