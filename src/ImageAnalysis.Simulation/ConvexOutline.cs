using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>
/// The projected outline of a convex body: 360 points on the boundary where its thickness reaches 0, in nm from the body's origin, y down.
/// </summary>
/// <remarks>
/// Chords between points a degree apart leave out 5e-5 of the area and at most 4e-5 of a diameter: 0.0002 nm at 6 nm.
/// </remarks>
internal sealed class ConvexOutline
{
    private const int PointCount = 360;
    private const int DirectionCount = 180;
    private static readonly (double X, double Y)[] Directions = MakeDirections(PointCount);

    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _support;

    private ConvexOutline(double[] x, double[] y)
    {
        (_x, _y) = (x, y);
        int[] tangents = Tangents(x, y);
        _support = new double[DirectionCount];
        for (int k = 0; k < DirectionCount; k++)
        {
            int direction = k * (PointCount / DirectionCount);
            int vertex = tangents[direction];
            _support[k] = (Directions[direction].X * x[vertex]) + (Directions[direction].Y * y[vertex]);
        }

        (FeretMaxNm, LongX, LongY) = LongAxis(tangents);
        FeretMinNm = ShortAxis();
        double twiceArea = 0.0, sumX = 0.0, sumY = 0.0, radius2 = 0.0;
        for (int i = 0, j = x.Length - 1; i < x.Length; j = i++)
        {
            double cross = (x[j] * y[i]) - (x[i] * y[j]);
            twiceArea += cross;
            sumX += cross * (x[j] + x[i]);
            sumY += cross * (y[j] + y[i]);
            radius2 = Math.Max(radius2, (x[i] * x[i]) + (y[i] * y[i]));
        }

        AreaNm2 = 0.5 * Math.Abs(twiceArea);
        CentroidXNm = sumX / (3.0 * twiceArea);
        CentroidYNm = sumY / (3.0 * twiceArea);
        RadiusNm = Math.Sqrt(radius2);
    }

    private ConvexOutline(ConvexOutline other, double factor)
    {
        _x = Array.ConvertAll(other._x, v => v * factor);
        _y = Array.ConvertAll(other._y, v => v * factor);
        _support = Array.ConvertAll(other._support, v => v * factor);
        (FeretMaxNm, FeretMinNm, RadiusNm) = (other.FeretMaxNm * factor, other.FeretMinNm * factor, other.RadiusNm * factor);
        (LongX, LongY) = (other.LongX * factor, other.LongY * factor);
        (CentroidXNm, CentroidYNm) = (other.CentroidXNm * factor, other.CentroidYNm * factor);
        AreaNm2 = other.AreaNm2 * factor * factor;
    }

    public double FeretMaxNm { get; }

    public double FeretMinNm { get; }

    public double AreaNm2 { get; }

    public double CentroidXNm { get; }

    public double CentroidYNm { get; }

    /// <summary>Largest distance of the outline from the body's origin, nm.</summary>
    public double RadiusNm { get; }

    /// <summary>Direction of the long axis, counter-clockwise as seen from +x, in [0, 180).</summary>
    public double LongAxisDeg
    {
        get
        {
            double angle = Math.Atan2(-LongY, LongX) * 180.0 / Math.PI;
            angle = angle < 0.0 ? angle + 180.0 : angle;
            return angle >= 180.0 ? angle - 180.0 : angle;
        }
    }

    private double LongX { get; }

    private double LongY { get; }

    public static ConvexOutline Of(ConvexBody body)
    {
        double[] x = new double[PointCount];
        double[] y = new double[PointCount];
        double z = 0.0;
        for (int i = 0; i < PointCount; i++)
        {
            (double ux, double uy) = Directions[i];
            double r = body.OutlineRadius(ux, uy, ref z);
            (x[i], y[i]) = (r * ux, r * uy);
        }

        return new ConvexOutline(x, y);
    }

    /// <summary>The outline of the body scaled by a factor.</summary>
    public ConvexOutline Scale(double factor) => new(this, factor);

    /// <summary>
    /// Gap between two outlines, nm: negative where they overlap, by the depth. For convex shapes it is the largest of u·d − h_A(u) − h_B(−u)
    /// over all directions u (h: distance of the tangent); here over 180 of them, which is 1.5e-4 of the distance short at most.
    /// </summary>
    /// <param name="a">First outline.</param>
    /// <param name="b">Second outline.</param>
    /// <param name="dx">Origin of the second from that of the first, nm.</param>
    /// <param name="dy">The same, down.</param>
    public static double Gap(ConvexOutline a, ConvexOutline b, double dx, double dy)
    {
        double largest = double.NegativeInfinity;
        for (int k = 0; k < DirectionCount; k++)
        {
            (double ux, double uy) = Directions[k * (PointCount / DirectionCount)];
            int opposite = k < DirectionCount / 2 ? k + (DirectionCount / 2) : k - (DirectionCount / 2);
            largest = Math.Max(largest, (ux * dx) + (uy * dy) - a._support[k] - b._support[opposite]);
        }

        return largest;
    }

    /// <summary>The points in pixels of an image.</summary>
    public PointPx[] ToPixels(PointPx origin, double pixelWidthNm, double pixelHeightNm)
    {
        PointPx[] points = new PointPx[_x.Length];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new PointPx(origin.XPx + (_x[i] / pixelWidthNm), origin.YPx + (_y[i] / pixelHeightNm));
        }

        return points;
    }

    private static (double X, double Y)[] MakeDirections(int count)
    {
        var directions = new (double X, double Y)[count];
        for (int i = 0; i < count; i++)
        {
            (double sin, double cos) = PortableMath.SinCos(2.0 * Math.PI * i / count);
            directions[i] = (cos, sin);
        }

        return directions;
    }

    /// <summary>The vertex farthest along each of 360 directions. On a convex outline it moves one way as the direction turns.</summary>
    private static int[] Tangents(double[] x, double[] y)
    {
        int[] tangents = new int[PointCount];
        int at = 0;
        for (int i = 1; i < PointCount; i++)
        {
            at = x[i] > x[at] ? i : at;
        }

        for (int k = 0; k < PointCount; k++)
        {
            (double ux, double uy) = Directions[k];
            at = Farthest(x, y, ux, uy, at);
            tangents[k] = at;
        }

        return tangents;
    }

    /// <summary>Goes on from a vertex while one of the next few lies farther along u; a flat face, wavy by rounding, does not stop it.</summary>
    private static int Farthest(double[] x, double[] y, double ux, double uy, int start)
    {
        int best = start;
        double farthest = (ux * x[start]) + (uy * y[start]);
        int next = start;
        for (int behind = 0; behind < 4; behind++)
        {
            next = next + 1 == PointCount ? 0 : next + 1;
            double along = (ux * x[next]) + (uy * y[next]);
            if (along > farthest)
            {
                (farthest, best, behind) = (along, next, -1);
            }
        }

        return best;
    }

    /// <summary>The farthest pair of vertices: the diameter's ends are the tangent vertices of its own direction, or near those of the next whole degree.</summary>
    private (double Length, double X, double Y) LongAxis(int[] tangents)
    {
        const int Near = 3;
        double best = -1.0, bestX = 1.0, bestY = 0.0;
        for (int k = 0; k < PointCount / 2; k++)
        {
            for (int a = -Near; a <= Near; a++)
            {
                int i = (tangents[k] + a + PointCount) % PointCount;
                for (int b = -Near; b <= Near; b++)
                {
                    int j = (tangents[k + (PointCount / 2)] + b + PointCount) % PointCount;
                    double dx = _x[i] - _x[j], dy = _y[i] - _y[j];
                    double length2 = (dx * dx) + (dy * dy);
                    if (length2 > best)
                    {
                        (best, bestX, bestY) = (length2, dx, dy);
                    }
                }
            }
        }

        return (Math.Sqrt(best), bestX, bestY);
    }

    /// <summary>The narrowest strip that holds a polygon has one of its sides along an edge.</summary>
    private double ShortAxis()
    {
        double best = double.PositiveInfinity;
        int at = 0;
        for (int i = 0; i < PointCount; i++)
        {
            int j = i + 1 == PointCount ? 0 : i + 1;
            double ex = _x[j] - _x[i], ey = _y[j] - _y[i];
            double length = Math.Sqrt((ex * ex) + (ey * ey));

            // The vertices go round from +x towards +y, so that (−ey, ex) points inwards.
            double ux = -ey / length, uy = ex / length;
            at = i == 0 ? FarthestOfAll(ux, uy) : Farthest(_x, _y, ux, uy, at);
            best = Math.Min(best, (ux * (_x[at] - _x[i])) + (uy * (_y[at] - _y[i])));
        }

        return best;
    }

    private int FarthestOfAll(double ux, double uy)
    {
        int best = 0;
        for (int i = 1; i < PointCount; i++)
        {
            best = (ux * _x[i]) + (uy * _y[i]) > (ux * _x[best]) + (uy * _y[best]) ? i : best;
        }

        return best;
    }
}
