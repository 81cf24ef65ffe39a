using System.Runtime.Intrinsics;

namespace ImageAnalysis.Simulation;

/// <summary>
/// A convex body with flat or rounded faces: all points r with F(r) ≤ 1, where F(r) = Σᵢ (nᵢ·r / hᵢ)ᵖ and, for each pair of opposite
/// faces, hᵢ is the distance of the face on the side on which r lies. x runs to the right, y down, z along the beam; lengths in nm.
/// </summary>
/// <remarks>
/// Two faces of distance h with p → ∞ are a slab; p = 2 with three perpendicular pairs is an ellipsoid, other p a superellipsoid; the
/// {111} and {100} pairs of a cubic crystal with p near 8 give a truncated octahedron with rounded edges, the usual form of a small
/// fcc-like crystal. F is convex and homogeneous of degree p, so that the outline in the direction u lies at min_z F(u, z)^(−1/p).
/// </remarks>
public sealed class ConvexBody
{
    // One entry for each pair of faces, filled up with zeros to whole vectors.
    private readonly Vector256<double>[] _nx;
    private readonly Vector256<double>[] _ny;
    private readonly Vector256<double>[] _nz;
    private readonly Vector256<double>[] _inversePlus;
    private readonly Vector256<double>[] _inverseMinus;
    private readonly int _exponent;

    internal ConvexBody(double[] nx, double[] ny, double[] nz, double[] inversePlus, double[] inverseMinus, int exponent)
        : this(Pack(nx), Pack(ny), Pack(nz), Pack(inversePlus), Pack(inverseMinus), exponent)
    {
    }

    private ConvexBody(
        Vector256<double>[] nx,
        Vector256<double>[] ny,
        Vector256<double>[] nz,
        Vector256<double>[] inversePlus,
        Vector256<double>[] inverseMinus,
        int exponent)
    {
        (_nx, _ny, _nz, _inversePlus, _inverseMinus, _exponent) = (nx, ny, nz, inversePlus, inverseMinus, exponent);
    }

    /// <summary>A ball.</summary>
    /// <param name="diameterNm">Its diameter in nm; above 0.</param>
    /// <returns>The body, centred on the origin.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The diameter is not finite or not above 0.</exception>
    public static ConvexBody Sphere(double diameterNm) => Superellipsoid(diameterNm, diameterNm, diameterNm, 0.0, 2);

    /// <summary>An ellipsoid, or with a higher exponent a body between ellipsoid and box, with one axis along the beam.</summary>
    /// <param name="longNm">Full length of the first axis in the image plane, nm; above 0.</param>
    /// <param name="shortNm">Full length of the second axis in the image plane, nm; above 0.</param>
    /// <param name="depthNm">Full length along the beam, nm; above 0.</param>
    /// <param name="angleDeg">Direction of the first axis, counter-clockwise as seen from +x.</param>
    /// <param name="exponent">p: 2 for an ellipsoid, even, up to 32.</param>
    /// <returns>The body, centred on the origin.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A length is not finite or not above 0, the angle is not finite, or the exponent is not even or outside 2…32.</exception>
    public static ConvexBody Superellipsoid(double longNm, double shortNm, double depthNm, double angleDeg, int exponent)
    {
        Limits.Check(nameof(longNm), longNm, 1e-3, 1e6);
        Limits.Check(nameof(shortNm), shortNm, 1e-3, 1e6);
        Limits.Check(nameof(depthNm), depthNm, 1e-3, 1e6);
        Limits.Check(nameof(angleDeg), angleDeg, -3600, 3600);
        CheckExponent(exponent);
        (double sin, double cos) = PortableMath.SinCos(angleDeg * Math.PI / 180.0);
        double[] inverse = [2.0 / longNm, 2.0 / shortNm, 2.0 / depthNm];

        // y points down: counter-clockwise as seen is (cos, −sin).
        return new ConvexBody([cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0], inverse, [.. inverse], exponent);
    }

    /// <summary>The same body, larger or smaller in all directions.</summary>
    /// <param name="factorRatio">New over old length; above 0.</param>
    /// <returns>The scaled body.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not finite or not above 0.</exception>
    public ConvexBody Scale(double factorRatio)
    {
        Limits.Check(nameof(factorRatio), factorRatio, 1e-9, 1e9);
        double inverse = 1.0 / factorRatio;
        return new ConvexBody(_nx, _ny, _nz, Array.ConvertAll(_inversePlus, v => v * inverse), Array.ConvertAll(_inverseMinus, v => v * inverse), _exponent);
    }

    /// <summary>Distance from the origin to the projected outline in one direction.</summary>
    /// <param name="ux">First component of a unit vector in the image plane.</param>
    /// <param name="uy">Second component, down.</param>
    /// <param name="z">In: a first guess of where along z the nearest point lies, for a radius of 1; out: that place.</param>
    internal double OutlineRadius(double ux, double uy, ref double z)
    {
        Span<Vector256<double>> b = stackalloc Vector256<double>[_nx.Length];
        Project(ux, uy, b);
        double low = Minimum(b, ref z, 1.0, 1e-5);
        return 1.0 / PortableMath.Pow(low, 1.0 / _exponent);
    }

    /// <summary>Length of the line through (x, y) along the beam that lies inside the body, nm; 0 outside the outline.</summary>
    /// <param name="x">x in nm from the body's origin.</param>
    /// <param name="y">y in nm, down.</param>
    /// <param name="scale">A length of the order of the body's radius, nm.</param>
    /// <param name="state">Results of the neighbouring line, as first guesses.</param>
    internal double Thickness(double x, double y, double scale, ref LineState state)
    {
        Span<Vector256<double>> b = stackalloc Vector256<double>[_nx.Length];
        Project(x, y, b);

        // From one line to the next the ends move little; only near the outline and outside it the slow way is needed.
        if (state.Inside)
        {
            double upper = state.Upper + state.UpperStep, lower = state.Lower + state.LowerStep;
            if (TryRoot(b, ref upper, 1.0, scale) && TryRoot(b, ref lower, -1.0, scale))
            {
                (state.UpperStep, state.LowerStep) = (upper - state.Upper, lower - state.Lower);
                (state.Upper, state.Lower) = (upper, lower);
                return upper - lower;
            }
        }

        double middle = state.Middle;
        if (Minimum(b, ref middle, scale, 1e-4) >= 1.0)
        {
            (state.Inside, state.Middle) = (false, middle);
            return 0.0;
        }

        double up = Root(b, middle, scale);
        double down = Root(b, middle, -scale);
        state = new LineState { Inside = true, Middle = middle, Upper = up, Lower = down };
        return up - down;
    }

    private static Vector256<double>[] Pack(double[] values)
    {
        var packed = new Vector256<double>[(values.Length + 3) / 4];
        for (int i = 0; i < values.Length; i++)
        {
            packed[i / 4] = packed[i / 4].WithElement(i % 4, values[i]);
        }

        return packed;
    }

    private static void CheckExponent(int exponent)
    {
        if (exponent is < 2 or > 32 || exponent % 2 != 0)
        {
            throw Limits.Outside(nameof(exponent), exponent, "even numbers, 2…32");
        }
    }

    private void Project(double x, double y, Span<Vector256<double>> b)
    {
        for (int i = 0; i < b.Length; i++)
        {
            Vector256<double> alongX = _nx[i] * x;
            b[i] = alongX + (_ny[i] * y);
        }
    }

    /// <summary>F and its derivative along z.</summary>
    private (double F, double First) Evaluate(ReadOnlySpan<Vector256<double>> b, double z)
    {
        Vector256<double> f = Vector256<double>.Zero, first = Vector256<double>.Zero;
        for (int i = 0; i < b.Length; i++)
        {
            Vector256<double> d = _nz[i] * z;
            d += b[i];
            Vector256<double> inverse = Vector256.ConditionalSelect(Vector256.GreaterThan(d, Vector256<double>.Zero), _inversePlus[i], _inverseMinus[i]);
            Vector256<double> v = d * inverse;
            Vector256<double> power = Power(v, _exponent - 1);
            first += power * (_nz[i] * inverse);
            f += power * v;
        }

        return (Sum(f), Sum(first) * _exponent);
    }

    /// <summary>F and its first two derivatives along z.</summary>
    private (double F, double First, double Second) EvaluateTwice(ReadOnlySpan<Vector256<double>> b, double z)
    {
        Vector256<double> f = Vector256<double>.Zero, first = Vector256<double>.Zero, second = Vector256<double>.Zero;
        for (int i = 0; i < b.Length; i++)
        {
            Vector256<double> d = _nz[i] * z;
            d += b[i];
            Vector256<double> inverse = Vector256.ConditionalSelect(Vector256.GreaterThan(d, Vector256<double>.Zero), _inversePlus[i], _inverseMinus[i]);
            Vector256<double> v = d * inverse;
            Vector256<double> slope = _nz[i] * inverse;
            Vector256<double> power = Power(v, _exponent - 2);
            Vector256<double> next = power * v;
            second += power * (slope * slope);
            first += next * slope;
            f += next * v;
        }

        return (Sum(f), Sum(first) * _exponent, Sum(second) * _exponent * (_exponent - 1));
    }

    private static double Sum(Vector256<double> v) => v[0] + v[1] + (v[2] + v[3]);

    private static Vector256<double> Power(Vector256<double> v, int n)
    {
        if (n == 7)
        {
            // The usual exponent is 8.
            Vector256<double> square = v * v;
            Vector256<double> fourth = square * square;
            return fourth * (square * v);
        }

        Vector256<double> result = Vector256<double>.One;
        while (n > 0)
        {
            if ((n & 1) != 0)
            {
                result *= v;
            }

            v *= v;
            n >>= 1;
        }

        return result;
    }

    /// <summary>Smallest F along the line; z becomes its place. Newton's method on F′ = 0, kept inside a bracket.</summary>
    /// <param name="b">The line.</param>
    /// <param name="z">First guess and result.</param>
    /// <param name="scale">A length of the order of the body's radius.</param>
    /// <param name="tolerance">The last step, as a share of the scale; at a minimum it enters F squared.</param>
    private double Minimum(ReadOnlySpan<Vector256<double>> b, ref double z, double scale, double tolerance)
    {
        double low = double.NegativeInfinity, high = double.PositiveInfinity;
        double step = scale;
        (double f, double first, double second) = EvaluateTwice(b, z);
        for (int iteration = 0; iteration < 60; iteration++)
        {
            if (first > 0.0)
            {
                high = z;
            }
            else
            {
                low = z;
            }

            double next = second > 0.0 ? z - (first / second) : double.NaN;
            if (!(next > low && next < high) || Math.Abs(next - z) > step)
            {
                // Outside what is known to hold the minimum: halve the bracket, or widen it while one side is open.
                next = double.IsInfinity(low) ? z - step : double.IsInfinity(high) ? z + step : 0.5 * (low + high);
                step *= 2.0;
            }

            double change = Math.Abs(next - z);
            z = next;
            (f, first, second) = EvaluateTwice(b, z);
            if (change < tolerance * scale)
            {
                break;
            }
        }

        return f;
    }

    /// <summary>
    /// Newton's method on F = 1 from a near guess. F is convex: while the slope keeps its sign, no step but the first goes beyond the root.
    /// </summary>
    /// <returns>False where there may be no root; z is then as it was.</returns>
    private bool TryRoot(ReadOnlySpan<Vector256<double>> b, ref double z, double side, double scale)
    {
        double at = z;
        for (int iteration = 0; iteration < 8; iteration++)
        {
            (double f, double first) = Evaluate(b, at);
            if (first * side * scale < 0.2)
            {
                return false;
            }

            double change = (1.0 - f) / first;
            at += change;

            // The error after a step of s is of the order of s²: 1e-8 of the radius.
            if (Math.Abs(change) < 1e-4 * scale)
            {
                z = at;
                return true;
            }
        }

        return false;
    }

    /// <summary>The place beyond the middle, on the side of <paramref name="reach"/>, where F = 1.</summary>
    private double Root(ReadOnlySpan<Vector256<double>> b, double middle, double reach)
    {
        double inner = middle, outer = middle + reach;
        while (Evaluate(b, outer).F < 1.0)
        {
            inner = outer;
            outer += reach;
        }

        double z = outer;
        for (int iteration = 0; iteration < 60; iteration++)
        {
            (double f, double first) = Evaluate(b, z);
            if (f < 1.0)
            {
                inner = z;
            }
            else
            {
                outer = z;
            }

            double next = z - ((f - 1.0) / first);
            if (!((next - inner) / (outer - inner) is > 0.0 and < 1.0))
            {
                next = 0.5 * (inner + outer);
            }

            double change = Math.Abs(next - z);
            z = next;
            if (change < 1e-6 * Math.Abs(reach))
            {
                break;
            }
        }

        return z;
    }

    /// <summary>What is known of one line through the body, used as a first guess for the next one.</summary>
    internal struct LineState
    {
        /// <summary>Where F is smallest.</summary>
        public double Middle;

        /// <summary>Upper end inside the body.</summary>
        public double Upper;

        /// <summary>Lower end inside the body.</summary>
        public double Lower;

        /// <summary>Change of the upper end from the line before.</summary>
        public double UpperStep;

        /// <summary>Change of the lower end from the line before.</summary>
        public double LowerStep;

        /// <summary>Whether the line meets the body.</summary>
        public bool Inside;
    }
}
