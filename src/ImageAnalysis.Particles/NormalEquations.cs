using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Particles;

/// <summary>
/// Residuals and derivatives of a particle's profile over its pixels, eight at a time, summed into the normal equations of a least-squares step.
/// </summary>
/// <remarks>The column after the derivatives holds the residual, so that the same sums give the right-hand side and the sum of squares.</remarks>
internal sealed class NormalEquations
{
    /// <summary>Rows of the sums: the parameters, the residual, and padding to whole tiles.</summary>
    public const int N = 20;

    private const int Residual = ParticleProfile.Count, Block = 128, Lanes = 8;
    private readonly float[] _columns = new float[N * Block], _sums = new float[N * N * Lanes];

    /// <summary>Sum of weighted products of derivatives, row by row; the row after the parameters' holds their products with the residual.</summary>
    public double[] Normal { get; } = new double[N * N];

    /// <summary>Sum of weighted products of derivatives and residuals.</summary>
    public double[] Right { get; } = new double[N];

    /// <summary>Sum of Huber's loss.</summary>
    public double Cost { get; private set; }

    /// <summary>Sum of weighted squares of the residuals.</summary>
    public double Squares { get; private set; }

    /// <summary>Sum of the weights.</summary>
    public double Weights { get; private set; }

    /// <summary>Sums over the first <paramref name="count"/> pixels; the arrays are to be longer by eight.</summary>
    public void Sum(ParticleProfile model, float[] x, float[] y, float[] value, int count, double bendCounts)
    {
        Array.Clear(Normal);
        Array.Clear(Right);
        Array.Clear(_sums);
        Cost = Squares = Weights = 0;
        for (int from = 0; from < count; from += Block)
        {
            int size = Math.Min(Block, count - from), groups = (size + Lanes - 1) / Lanes;
            Evaluate(model, x.AsSpan(from), y.AsSpan(from), value.AsSpan(from), size, groups, (float)bendCounts);
            Multiply(groups * Lanes);
        }

        AddLanes();
        Squares = Normal[(Residual * N) + Residual];
        for (int i = 0; i < Residual; i++)
        {
            Right[i] = Normal[(Residual * N) + i];
            for (int j = 0; j < i; j++)
            {
                Normal[(j * N) + i] = Normal[(i * N) + j];
            }
        }
    }

    /// <summary>Fills the columns of one block of pixels; the notation is that of docs/methods/particle-sizes.md.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Evaluate(ParticleProfile model, ReadOnlySpan<float> xs, ReadOnlySpan<float> ys, ReadOnlySpan<float> values, int size, int groups, float bend)
    {
        double[] p = model.P;
        ref float table = ref MemoryMarshal.GetReference(model.Coefficients);
        Vector256<float> one = Vector256<float>.One, half = Vector256.Create(0.5f), two = Vector256.Create(2f), three = Vector256.Create(3f), four = Vector256.Create(4f);
        Vector256<float> x0 = Broadcast(p[0]), y0 = Broadcast(p[1]), radius = Broadcast(p[2]), aspect = Broadcast(model.Aspect), height = Broadcast(p[ParticleProfile.Height]);
        Vector256<float> a2 = Broadcast(p[3]), b2 = Broadcast(p[4]), a3 = Broadcast(p[5]), b3 = Broadcast(p[6]), a4 = Broadcast(p[7]), b4 = Broadcast(p[8]), a6 = Broadcast(p[9]), b6 = Broadcast(p[10]), six = Vector256.Create(6f);
        Vector256<float> plane = Broadcast(p[ParticleProfile.Background]), slopeX = Broadcast(p[ParticleProfile.SlopeX]), slopeY = Broadcast(p[ParticleProfile.SlopeY]);
        Vector256<float> anchorX = Broadcast(model.AnchorX), anchorY = Broadcast(model.AnchorY), perRadius = Broadcast(model.NodesPerRadius);
        Vector256<float> bends = Vector256.Create(bend), last = Vector256.Create((float)(BlurredDisc.Nodes - 1)), tiny = Vector256.Create(1e-6f);
        Vector256<float> cost = Vector256<float>.Zero, weights = Vector256<float>.Zero, lane = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        ref float columns = ref _columns[0];
        for (int g = 0; g < groups; g++)
        {
            int at = g * Lanes;
            Vector256<float> there = Vector256.LessThan(lane, Vector256.Create((float)(size - at)));
            Vector256<float> x = Vector256.Create(xs[at..]), y = Vector256.Create(ys[at..]);
            Vector256<float> dx = x - x0, dy = (y - y0) * aspect, rho = Vector256.Sqrt((dx * dx) + (dy * dy));
            Vector256<float> centre = Vector256.LessThan(rho, tiny), inverse = one / Vector256.Max(rho, tiny);
            Vector256<float> c = Vector256.ConditionalSelect(centre, one, dx * inverse), s = dy * inverse;
            Vector256<float> c2 = (c * c) - (s * s), s2 = two * c * s, c3 = (c2 * c) - (s2 * s), s3 = (s2 * c) + (c2 * s), c4 = (c2 * c2) - (s2 * s2), s4 = two * c2 * s2;
            Vector256<float> c6 = (c3 * c3) - (s3 * s3), s6 = two * c3 * s3;
            Vector256<float> h = Vector256.Max(Vector256.Create(ParticleProfile.SmallestRatio), one + (a2 * c2) + (b2 * s2) + (a3 * c3) + (b3 * s3) + (a4 * c4) + (b4 * s4) + (a6 * c6) + (b6 * s6)), perH = one / h;
            Vector256<float> turn = ((two * ((b2 * c2) - (a2 * s2))) + (three * ((b3 * c3) - (a3 * s3))) + (four * ((b4 * c4) - (a4 * s4))) + (six * ((b6 * c6) - (a6 * s6)))) * perH;
            Vector256<float> perR = perH / radius, u = rho * perR, place = Vector256.Min((u * perRadius) + one, last);
            Vector256<int> k = Vector256.ConvertToInt32(place);
            Vector256<float> f = place - Vector256.ConvertToSingle(k);
            ProfileLookup.Load(ref table, k, out Vector256<float> t0, out Vector256<float> t1, out Vector256<float> t2, out Vector256<float> t3, out Vector256<float> blur, out Vector256<float> blurSlope, out Vector256<float> shape, out Vector256<float> shapeSlope);
            Vector256<float> profile = t0 + (f * (t1 + (f * (t2 + (f * t3)))));
            Vector256<float> byDistance = (t1 + (f * ((two * t2) + (three * f * t3)))) * perRadius;
            Vector256<float> byBlur = blur + (f * blurSlope), byShape = shape + (f * shapeSlope);

            // The blur counts along the outline's normal, which is steeper than the radius where the outline turns.
            Vector256<float> local = (Vector256.Sqrt(one + (turn * turn)) * perH) - one;
            profile += byBlur * Vector256.Max(Vector256.Min(local, half), -half);
            Vector256<float> px = x - anchorX, py = y - anchorY;
            Vector256<float> residual = Vector256.Create(values[at..]) - (plane + (slopeX * px) + (slopeY * py) + (height * profile));
            Vector256<float> size8 = Vector256.Abs(residual), linear = Vector256.GreaterThan(size8, bends);
            Vector256<float> weight = Vector256.ConditionalSelect(linear, bends / size8, one) & there;
            Vector256<float> loss = Vector256.ConditionalSelect(linear, bends * (size8 - (half * bends)), half * size8 * size8);
            cost += loss & there;
            weights += weight;
            Vector256<float> root = Vector256.Sqrt(weight);
            Vector256<float> steep = -height * byDistance, pull = steep * rho * perR * perH;
            Put(ref columns, at, 0, steep * (c + (s * turn)) * perR, root);
            Put(ref columns, at, 1, steep * (s - (c * turn)) * perR * aspect, root);
            Put(ref columns, at, 2, ((steep * u) - (height * byBlur)) / radius, root);
            Put(ref columns, at, 3, pull * c2, root);
            Put(ref columns, at, 4, pull * s2, root);
            Put(ref columns, at, 5, pull * c3, root);
            Put(ref columns, at, 6, pull * s3, root);
            Put(ref columns, at, 7, pull * c4, root);
            Put(ref columns, at, 8, pull * s4, root);
            Put(ref columns, at, 9, pull * c6, root);
            Put(ref columns, at, 10, pull * s6, root);
            Put(ref columns, at, 11, profile, root);
            Put(ref columns, at, 12, height * byShape, root);
            Put(ref columns, at, 13, height * byBlur, root);
            Put(ref columns, at, 14, one, root);
            Put(ref columns, at, 15, px, root);
            Put(ref columns, at, 16, py, root);
            Put(ref columns, at, Residual, residual, root);
        }

        Cost += Vector256.Sum(cost);
        Weights += Vector256.Sum(weights);
    }

    /// <summary>Adds the products of all columns of a block, lower triangle, in tiles of two by four that stay in registers; each lane is summed for itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(int size)
    {
        ref float columns = ref _columns[0];
        ref float sums = ref _sums[0];
        nuint tile = 0;
        for (int i = 0; i <= Residual; i += 2)
        {
            for (int j = 0; j <= i; j += 4, tile += 8 * Lanes)
            {
                Vector256<float> a0 = Vector256.LoadUnsafe(ref sums, tile), a1 = Vector256.LoadUnsafe(ref sums, tile + Lanes), a2 = Vector256.LoadUnsafe(ref sums, tile + (2 * Lanes)), a3 = Vector256.LoadUnsafe(ref sums, tile + (3 * Lanes));
                Vector256<float> b0 = Vector256.LoadUnsafe(ref sums, tile + (4 * Lanes)), b1 = Vector256.LoadUnsafe(ref sums, tile + (5 * Lanes)), b2 = Vector256.LoadUnsafe(ref sums, tile + (6 * Lanes)), b3 = Vector256.LoadUnsafe(ref sums, tile + (7 * Lanes));
                nuint wi = (nuint)(i * Block), cj = (nuint)(j * Block);
                for (int at = 0; at < size; at += Lanes)
                {
                    nuint o = (nuint)at;
                    Vector256<float> w0 = Vector256.LoadUnsafe(ref columns, wi + o), w1 = Vector256.LoadUnsafe(ref columns, wi + Block + o);
                    Vector256<float> c0 = Vector256.LoadUnsafe(ref columns, cj + o), c1 = Vector256.LoadUnsafe(ref columns, cj + Block + o);
                    Vector256<float> c2 = Vector256.LoadUnsafe(ref columns, cj + (2 * Block) + o), c3 = Vector256.LoadUnsafe(ref columns, cj + (3 * Block) + o);
                    a0 = Vector256.FusedMultiplyAdd(w0, c0, a0);
                    a1 = Vector256.FusedMultiplyAdd(w0, c1, a1);
                    a2 = Vector256.FusedMultiplyAdd(w0, c2, a2);
                    a3 = Vector256.FusedMultiplyAdd(w0, c3, a3);
                    b0 = Vector256.FusedMultiplyAdd(w1, c0, b0);
                    b1 = Vector256.FusedMultiplyAdd(w1, c1, b1);
                    b2 = Vector256.FusedMultiplyAdd(w1, c2, b2);
                    b3 = Vector256.FusedMultiplyAdd(w1, c3, b3);
                }

                a0.StoreUnsafe(ref sums, tile);
                a1.StoreUnsafe(ref sums, tile + Lanes);
                a2.StoreUnsafe(ref sums, tile + (2 * Lanes));
                a3.StoreUnsafe(ref sums, tile + (3 * Lanes));
                b0.StoreUnsafe(ref sums, tile + (4 * Lanes));
                b1.StoreUnsafe(ref sums, tile + (5 * Lanes));
                b2.StoreUnsafe(ref sums, tile + (6 * Lanes));
                b3.StoreUnsafe(ref sums, tile + (7 * Lanes));
            }
        }
    }

    /// <summary>Adds up the lanes of all tiles.</summary>
    private void AddLanes()
    {
        ref float sums = ref _sums[0];
        nuint tile = 0;
        for (int i = 0; i <= Residual; i += 2)
        {
            for (int j = 0; j <= i; j += 4)
            {
                for (int k = 0; k < 8; k++, tile += Lanes)
                {
                    Normal[((i + (k >> 2)) * N) + j + (k & 3)] = Vector256.Sum(Vector256.LoadUnsafe(ref sums, tile));
                }
            }
        }
    }

    private static Vector256<float> Broadcast(double value) => Vector256.Create((float)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref float columns, int at, int column, Vector256<float> value, Vector256<float> root) =>
        (value * root).StoreUnsafe(ref columns, (nuint)((column * Block) + at));
}
