using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics.Integration;

namespace ImageAnalysis.Particles;

/// <summary>
/// The projected thickness of a round particle as a probe sees it: t(u) = (1 − u^(1/q))^q inside the unit circle and 0 outside, convolved with
/// a two-dimensional Gaussian, tabulated over distance, blur and shape.
/// </summary>
/// <remarks>
/// u is the distance from the centre over the radius, q the shape (1/q is the exponent of the superellipse): q = 1/2 is a sphere, q → 0 a
/// flat disc, q → 1 a cone. The convolution is the radial integral G(u) = ∫₀¹ t(v) v/s² exp(−(u² + v²)/(2s²)) I₀(uv/s²) dv (the density
/// of Rice's distribution, S. O. Rice, Bell Syst. Tech. J. 24, 46 (1945), eq. 3.10-11), evaluated with 64 Gauss-Legendre points in √(1 − v), where t is smooth.
/// Planes are computed when first needed and are the same whoever asks first.
/// </remarks>
internal static class BlurredDisc
{
    /// <summary>Number of distances in a plane.</summary>
    public const int Nodes = 192;

    /// <summary>Smallest and largest shape q of the table.</summary>
    public const double ShapeMin = 0.04, ShapeMax = 0.88;

    /// <summary>Smallest and largest blur (standard deviation over radius) of the table.</summary>
    public const double BlurMin = 0.012, BlurMax = 0.9;

    private const int ShapeSteps = 21, BlurSteps = 32;
    private const double LastNode = 3.0;
    private static readonly float[]?[] Planes = new float[]?[ShapeSteps * BlurSteps], Cells = new float[]?[ShapeSteps * BlurSteps];
    private static readonly double LogBlurStep = Math.Log(BlurMax / BlurMin) / (BlurSteps - 1);
    private static readonly double ShapeStep = (ShapeMax - ShapeMin) / (ShapeSteps - 1);
    private static readonly GaussLegendreRule Rule = new(0.0, 1.0, 64);

    /// <summary>
    /// Fills the coefficients of the profile at one blur and shape: for each of <see cref="Nodes"/> distances eight numbers side by side, four of a cubic in the distance, then value and
    /// slope of the derivative by ln(blur), then those of the derivative by shape.
    /// </summary>
    /// <param name="blurRatio">Standard deviation of the blur over the radius.</param>
    /// <param name="shapeRatio">The shape q.</param>
    /// <param name="coefficients">8 · <see cref="Nodes"/> numbers to be written.</param>
    /// <returns>Nodes per radius n: node k stands for the distances from (k − 1)/n; the last nodes are 0, where nothing of the particle is seen.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Fill(double blurRatio, double shapeRatio, Span<float> coefficients)
    {
        double blurAt = Math.Clamp(Math.Log(blurRatio / BlurMin) / LogBlurStep, 0, BlurSteps - 1.000001);
        double shapeAt = Math.Clamp((shapeRatio - ShapeMin) / ShapeStep, 0, ShapeSteps - 1.000001);
        int i = (int)blurAt, j = (int)shapeAt;
        float[] planes = Cell(i, j);
        Span<float> wb = stackalloc float[4], db = stackalloc float[4], ws = stackalloc float[4], ds = stackalloc float[4];
        Weights(blurAt - i, 1 / LogBlurStep, wb, db);
        Weights(shapeAt - j, 1 / ShapeStep, ws, ds);
        Span<float> profile = stackalloc float[Nodes], byBlur = stackalloc float[Nodes], byShape = stackalloc float[Nodes];
        for (int k = 0; k < Nodes; k += Vector<float>.Count)
        {
            Vector<float> value = Vector<float>.Zero, blur = Vector<float>.Zero, shape = Vector<float>.Zero;
            for (int m = 0; m < 4; m++)
            {
                int at = (4 * m * Nodes) + k;
                Vector<float> p0 = new(planes, at), p1 = new(planes, at + Nodes), p2 = new(planes, at + (2 * Nodes)), p3 = new(planes, at + (3 * Nodes));
                Vector<float> along = (p0 * ws[0]) + (p1 * ws[1]) + (p2 * ws[2]) + (p3 * ws[3]);
                value += along * wb[m];
                blur += along * db[m];
                shape += ((p0 * ds[0]) + (p1 * ds[1]) + (p2 * ds[2]) + (p3 * ds[3])) * wb[m];
            }

            value.CopyTo(profile[k..]);
            blur.CopyTo(byBlur[k..]);
            shape.CopyTo(byShape[k..]);
        }

        coefficients[..8].Clear();
        coefficients[(8 * (Nodes - 2))..].Clear();
        for (int k = 1; k < Nodes - 2; k++)
        {
            float m = profile[k - 1], n = profile[k], o = profile[k + 1], q = profile[k + 2];
            Vector256.Create(
                n,
                0.5f * (o - m),
                m - (2.5f * n) + (2 * o) - (0.5f * q),
                (1.5f * (n - o)) + (0.5f * (q - m)),
                byBlur[k],
                byBlur[k + 1] - byBlur[k],
                byShape[k],
                byShape[k + 1] - byShape[k]).CopyTo(coefficients[(8 * k)..]);
        }

        return NodesPerRadius(i);
    }

    /// <summary>The blurred profile computed directly, for the table and for its test.</summary>
    public static double Integrate(double u, double blurRatio, double shapeRatio)
    {
        double s = blurRatio, from = Math.Max(0, u - (6 * s)), to = Math.Min(1, u + (6 * s));
        if (from >= to)
        {
            return 0;
        }

        double wFrom = Math.Sqrt(1 - to), wTo = Math.Sqrt(1 - from), sum = 0;
        for (int m = 0; m < Rule.Order; m++)
        {
            double w = wFrom + ((wTo - wFrom) * Rule.GetAbscissa(m));
            double v = 1 - (w * w);
            double t = Math.Pow(Math.Max(0, 1 - Math.Pow(v, 1 / shapeRatio)), shapeRatio);
            double d = u - v;
            sum += Rule.GetWeight(m) * 2 * w * t * v / (s * s) * Math.Exp(-d * d / (2 * s * s)) * ScaledBesselI0(u * v / (s * s));
        }

        return sum * (wTo - wFrom);
    }

    private static float At(float[] plane, float place)
    {
        int k = (int)place;
        if (k >= Nodes - 1)
        {
            return 0;
        }

        float f = place - k;
        float a = plane[k == 0 ? 1 : k - 1], b = plane[k], c = plane[k + 1], d = k + 2 < Nodes ? plane[k + 2] : 0;
        return b + (0.5f * f * (c - a + (f * ((2 * a) - (5 * b) + (4 * c) - d + (f * ((3 * (b - c)) + d - a))))));
    }

    /// <summary>Nodes per radius in the cell between two blurs.</summary>
    private static double NodesPerRadius(int i) => (Nodes - 4) / Math.Min(LastNode, 1 + (4.5 * PlaneBlur(i + 1)));

    /// <summary>Weights of four neighbouring planes by cubic convolution, and their derivatives by the place times <paramref name="perStep"/>.</summary>
    /// <remarks>R. G. Keys, IEEE Trans. Acoust. 29 (1981) 1153, doi:10.1109/TASSP.1981.1163711, a = −1/2: no kink at a plane, which would hold a fit there.</remarks>
    private static void Weights(double f, double perStep, Span<float> weights, Span<float> derivatives)
    {
        weights[0] = (float)(f * (-0.5 + (f * (1 - (0.5 * f)))));
        weights[1] = (float)(1 + (f * f * (-2.5 + (1.5 * f))));
        weights[2] = (float)(f * (0.5 + (f * (2 - (1.5 * f)))));
        weights[3] = (float)(f * f * (-0.5 + (0.5 * f)));
        derivatives[0] = (float)(perStep * (-0.5 + (f * (2 - (1.5 * f)))));
        derivatives[1] = (float)(perStep * f * (-5 + (4.5 * f)));
        derivatives[2] = (float)(perStep * (0.5 + (f * (4 - (4.5 * f)))));
        derivatives[3] = (float)(perStep * f * (-1 + (1.5 * f)));
    }

    /// <summary>The sixteen planes about a cell of blur and shape, brought to the same distances: four shapes from j − 1 for each of four blurs from i − 1.</summary>
    private static float[] Cell(int i, int j)
    {
        int index = (j * BlurSteps) + i;
        if (Volatile.Read(ref Cells[index]) is { } known)
        {
            return known;
        }

        float[] cell = new float[16 * Nodes];
        for (int corner = 0; corner < 16; corner++)
        {
            int blur = Math.Clamp(i - 1 + (corner >> 2), 0, BlurSteps - 1), shape = Math.Clamp(j - 1 + (corner & 3), 0, ShapeSteps - 1);
            float[] plane = Plane(blur, shape);
            float density = (float)(PlaneDensity(blur) / NodesPerRadius(i));
            for (int k = 0; k < Nodes; k++)
            {
                cell[(corner * Nodes) + k] = At(plane, Math.Abs(k - 1) * density);
            }
        }

        Volatile.Write(ref Cells[index], cell);
        return cell;
    }

    private static double PlaneBlur(int i) => BlurMin * Math.Exp(i * LogBlurStep);

    private static double PlaneDensity(int i) => (Nodes - 1) / Math.Min(LastNode + 1, 1 + (5 * PlaneBlur(i)));

    private static float[] Plane(int i, int j)
    {
        int index = (j * BlurSteps) + i;
        if (Volatile.Read(ref Planes[index]) is { } known)
        {
            return known;
        }

        float[] plane = new float[Nodes];
        double density = PlaneDensity(i), blur = PlaneBlur(i), shape = ShapeMin + (j * ShapeStep);
        for (int k = 0; k < Nodes; k++)
        {
            plane[k] = (float)Integrate(k / density, blur, shape);
        }

        Volatile.Write(ref Planes[index], plane);
        return plane;
    }

    /// <summary>exp(−x) I₀(x) for x ≥ 0; Abramowitz &amp; Stegun 9.8.1 and 9.8.2, error below 2e-7.</summary>
    private static double ScaledBesselI0(double x)
    {
        if (x < 3.75)
        {
            double t = x / 3.75;
            t *= t;
            return Math.Exp(-x) * (1 + (t * (3.5156229 + (t * (3.0899424 + (t * (1.2067492 + (t * (0.2659732 + (t * (0.0360768 + (t * 0.0045813))))))))))));
        }

        double r = 3.75 / x;
        return (0.39894228 + (r * (0.01328592 + (r * (0.00225319 + (r * (-0.00157565 + (r * (0.00916281 + (r * (-0.02057706
            + (r * (0.02635537 + (r * (-0.01647633 + (r * 0.00392377)))))))))))))))) / Math.Sqrt(x);
    }
}
