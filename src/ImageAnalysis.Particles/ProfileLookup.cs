using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageAnalysis.Particles;

/// <summary>Eight entries of a profile's table at once.</summary>
internal static class ProfileLookup
{
    /// <summary>
    /// Loads the eight numbers of each of eight nodes and turns them, so that each result holds one number of all nodes. Loads and shuffles, since the processor's own
    /// gather instruction is several times slower where it is patched against data sampling.
    /// </summary>
    /// <param name="table">Start of a table as <see cref="BlurredDisc.Fill"/> writes it.</param>
    /// <param name="nodes">Eight nodes, 0 … <see cref="BlurredDisc.Nodes"/> − 1.</param>
    /// <param name="t0">Value of the profile's cubic.</param>
    /// <param name="t1">Its first coefficient.</param>
    /// <param name="t2">Its second coefficient.</param>
    /// <param name="t3">Its third coefficient.</param>
    /// <param name="blur">Derivative by ln(blur).</param>
    /// <param name="blurSlope">Its slope.</param>
    /// <param name="shape">Derivative by shape.</param>
    /// <param name="shapeSlope">Its slope.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(
        ref float table,
        Vector256<int> nodes,
        out Vector256<float> t0,
        out Vector256<float> t1,
        out Vector256<float> t2,
        out Vector256<float> t3,
        out Vector256<float> blur,
        out Vector256<float> blurSlope,
        out Vector256<float> shape,
        out Vector256<float> shapeSlope)
    {
        Vector256<float> r0 = Row(ref table, nodes[0]), r1 = Row(ref table, nodes[1]), r2 = Row(ref table, nodes[2]), r3 = Row(ref table, nodes[3]);
        Vector256<float> r4 = Row(ref table, nodes[4]), r5 = Row(ref table, nodes[5]), r6 = Row(ref table, nodes[6]), r7 = Row(ref table, nodes[7]);
        if (!Avx.IsSupported)
        {
            t0 = Pick(0);
            t1 = Pick(1);
            t2 = Pick(2);
            t3 = Pick(3);
            blur = Pick(4);
            blurSlope = Pick(5);
            shape = Pick(6);
            shapeSlope = Pick(7);
            return;
        }

        Vector256<float> a0 = Avx.UnpackLow(r0, r1), a1 = Avx.UnpackHigh(r0, r1), a2 = Avx.UnpackLow(r2, r3), a3 = Avx.UnpackHigh(r2, r3);
        Vector256<float> a4 = Avx.UnpackLow(r4, r5), a5 = Avx.UnpackHigh(r4, r5), a6 = Avx.UnpackLow(r6, r7), a7 = Avx.UnpackHigh(r6, r7);
        Vector256<float> b0 = Avx.Shuffle(a0, a2, 0x44), b1 = Avx.Shuffle(a0, a2, 0xEE), b2 = Avx.Shuffle(a1, a3, 0x44), b3 = Avx.Shuffle(a1, a3, 0xEE);
        Vector256<float> b4 = Avx.Shuffle(a4, a6, 0x44), b5 = Avx.Shuffle(a4, a6, 0xEE), b6 = Avx.Shuffle(a5, a7, 0x44), b7 = Avx.Shuffle(a5, a7, 0xEE);
        t0 = Avx.Permute2x128(b0, b4, 0x20);
        t1 = Avx.Permute2x128(b1, b5, 0x20);
        t2 = Avx.Permute2x128(b2, b6, 0x20);
        t3 = Avx.Permute2x128(b3, b7, 0x20);
        blur = Avx.Permute2x128(b0, b4, 0x31);
        blurSlope = Avx.Permute2x128(b1, b5, 0x31);
        shape = Avx.Permute2x128(b2, b6, 0x31);
        shapeSlope = Avx.Permute2x128(b3, b7, 0x31);

        Vector256<float> Pick(int column) => Vector256.Create(r0[column], r1[column], r2[column], r3[column], r4[column], r5[column], r6[column], r7[column]);
    }

    private static Vector256<float> Row(ref float table, int node) => Vector256.LoadUnsafe(ref table, (nuint)(node * 8));
}
