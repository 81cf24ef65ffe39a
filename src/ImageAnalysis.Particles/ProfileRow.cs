using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Particles;

/// <summary>What a particle's model shows along one row of pixels, eight at a time, as often as fits, images and measurements ask for it.</summary>
internal static class ProfileRow
{
    private const int Lanes = 8;

    /// <summary>Distances from the centre over the outline's radius in that direction.</summary>
    /// <param name="model">The particle.</param>
    /// <param name="y">The row, px.</param>
    /// <param name="x">Column of the first place, px.</param>
    /// <param name="step">Columns from one place to the next, px.</param>
    /// <param name="distances">A value for each place; its length is a multiple of eight.</param>
    public static void Distances(ParticleProfile model, double y, double x, int step, Span<float> distances) =>
        Along(model, y, x, step, distances, default);

    /// <summary>Distances as <see cref="Distances"/>, and what the particle alone adds to the image at the same places, counts.</summary>
    public static void Contributions(ParticleProfile model, double y, double x, int step, Span<float> distances, Span<float> contributions) =>
        Along(model, y, x, step, distances, contributions);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Along(ParticleProfile model, double y, double x, int step, Span<float> distances, Span<float> contributions)
    {
        double[] p = model.P;
        ref float table = ref MemoryMarshal.GetReference(model.Coefficients);
        Vector256<float> one = Vector256<float>.One, half = Vector256.Create(0.5f), two = Vector256.Create(2f), three = Vector256.Create(3f), four = Vector256.Create(4f), six = Vector256.Create(6f), tiny = Vector256.Create(1e-6f);
        Vector256<float> a2 = Broadcast(p[3]), b2 = Broadcast(p[4]), a3 = Broadcast(p[5]), b3 = Broadcast(p[6]), a4 = Broadcast(p[7]), b4 = Broadcast(p[8]), a6 = Broadcast(p[9]), b6 = Broadcast(p[10]);
        Vector256<float> perRadius = Broadcast(1 / p[ParticleProfile.Radius]), nodes = Broadcast(model.NodesPerRadius), height = Broadcast(p[ParticleProfile.Height]);
        Vector256<float> last = Vector256.Create((float)(BlurredDisc.Nodes - 1));
        Vector256<float> dy = Broadcast((y - p[ParticleProfile.Y]) * model.Aspect), dy2 = dy * dy;
        Vector256<float> dx = Broadcast(x - p[ParticleProfile.X]) + (Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7) * step), stride = Vector256.Create((float)(Lanes * step));
        for (int at = 0; at < distances.Length; at += Lanes, dx += stride)
        {
            Vector256<float> rho = Vector256.Sqrt((dx * dx) + dy2), inverse = one / Vector256.Max(rho, tiny);
            Vector256<float> c = dx * inverse, s = dy * inverse;
            Vector256<float> c2 = (c * c) - (s * s), s2 = two * c * s, c3 = (c2 * c) - (s2 * s), s3 = (s2 * c) + (c2 * s), c4 = (c2 * c2) - (s2 * s2), s4 = two * c2 * s2;
            Vector256<float> c6 = (c3 * c3) - (s3 * s3), s6 = two * c3 * s3;
            Vector256<float> h = Vector256.Max(Vector256.Create(ParticleProfile.SmallestRatio), one + (a2 * c2) + (b2 * s2) + (a3 * c3) + (b3 * s3) + (a4 * c4) + (b4 * s4) + (a6 * c6) + (b6 * s6));
            Vector256<float> u = rho * perRadius / h;
            u.CopyTo(distances[at..]);
            if (contributions.IsEmpty)
            {
                continue;
            }

            Vector256<float> place = Vector256.Min((u * nodes) + one, last);
            Vector256<int> k = Vector256.ConvertToInt32(place);
            Vector256<float> f = place - Vector256.ConvertToSingle(k);
            ProfileLookup.Load(ref table, k, out Vector256<float> t0, out Vector256<float> t1, out Vector256<float> t2, out Vector256<float> t3, out Vector256<float> blur, out Vector256<float> blurSlope, out _, out _);

            // As in NormalEquations: the blur counts along the outline's normal.
            Vector256<float> turn = ((two * ((b2 * c2) - (a2 * s2))) + (three * ((b3 * c3) - (a3 * s3))) + (four * ((b4 * c4) - (a4 * s4))) + (six * ((b6 * c6) - (a6 * s6)))) / h;
            Vector256<float> local = (Vector256.Sqrt(one + (turn * turn)) / h) - one;
            Vector256<float> profile = t0 + (f * (t1 + (f * (t2 + (f * t3))))) + ((blur + (f * blurSlope)) * Vector256.Max(Vector256.Min(local, half), -half));
            (height * profile).CopyTo(contributions[at..]);
        }
    }

    private static Vector256<float> Broadcast(double value) => Vector256.Create((float)value);
}
