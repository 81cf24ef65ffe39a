using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageAnalysis.Imaging;

/// <summary>Measures closed polygons given by their corners; the last corner is joined to the first.</summary>
/// <remarks>
/// With non-square pixels, <c>yScaleRatio</c> is pixel height / pixel width: lengths then come in pixel widths, areas in their squares and directions as they are in
/// the specimen, while points stay in pixel coordinates.
/// </remarks>
public static class Polygons
{
    /// <summary>The area with a sign: positive where the corners run counter-clockwise as seen, negative where they run clockwise.</summary>
    /// <param name="points">Corners in order, 1 or more.</param>
    /// <param name="yScaleRatio">Pixel height / pixel width; above 0.</param>
    /// <returns>Signed area in px².</returns>
    /// <exception cref="ArgumentException">There are no points.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not finite or not above 0.</exception>
    [OverloadResolutionPriority(1)]
    public static double SignedArea(ReadOnlySpan<PointPx> points, double yScaleRatio = 1)
    {
        Check(points, yScaleRatio);
        double twice = 0;
        PointPx origin = points[0];
        for (int i = 1; i + 1 < points.Length; i++)
        {
            // Triangles from the first corner: no cancellation for a small polygon far from the origin.
            twice += Cross(points[i].XPx - origin.XPx, points[i].YPx - origin.YPx, points[i + 1].XPx - origin.XPx, points[i + 1].YPx - origin.YPx);
        }

        // y points down: what is counter-clockwise as seen has a negative sum.
        return -0.5 * twice * yScaleRatio;
    }

    /// <inheritdoc cref="SignedArea(ReadOnlySpan{PointPx}, double)"/>
    public static double SignedArea(IReadOnlyList<PointPx> points, double yScaleRatio = 1) => SignedArea(AsSpan(points), yScaleRatio);

    /// <summary>The area, whichever way the corners run.</summary>
    /// <param name="points">Corners in order, 1 or more.</param>
    /// <param name="yScaleRatio">Pixel height / pixel width; above 0.</param>
    /// <returns>Area in px², 0 or more.</returns>
    /// <exception cref="ArgumentException">There are no points.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not finite or not above 0.</exception>
    [OverloadResolutionPriority(1)]
    public static double Area(ReadOnlySpan<PointPx> points, double yScaleRatio = 1) => Math.Abs(SignedArea(points, yScaleRatio));

    /// <inheritdoc cref="Area(ReadOnlySpan{PointPx}, double)"/>
    public static double Area(IReadOnlyList<PointPx> points, double yScaleRatio = 1) => Area(AsSpan(points), yScaleRatio);

    /// <summary>The length of the closed line.</summary>
    /// <param name="points">Corners in order, 1 or more.</param>
    /// <param name="yScaleRatio">Pixel height / pixel width; above 0.</param>
    /// <returns>Perimeter in px.</returns>
    /// <exception cref="ArgumentException">There are no points.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not finite or not above 0.</exception>
    [OverloadResolutionPriority(1)]
    public static double Perimeter(ReadOnlySpan<PointPx> points, double yScaleRatio = 1)
    {
        Check(points, yScaleRatio);
        double length = 0;
        PointPx before = points[^1];
        foreach (PointPx point in points)
        {
            length += double.Hypot(point.XPx - before.XPx, (point.YPx - before.YPx) * yScaleRatio);
            before = point;
        }

        return length;
    }

    /// <inheritdoc cref="Perimeter(ReadOnlySpan{PointPx}, double)"/>
    public static double Perimeter(IReadOnlyList<PointPx> points, double yScaleRatio = 1) => Perimeter(AsSpan(points), yScaleRatio);

    /// <summary>The centre of mass of the area; of the corners where the area is 0.</summary>
    /// <param name="points">Corners in order, 1 or more.</param>
    /// <returns>The centroid in pixel coordinates.</returns>
    /// <exception cref="ArgumentException">There are no points.</exception>
    [OverloadResolutionPriority(1)]
    public static PointPx Centroid(ReadOnlySpan<PointPx> points) => Moments(points).Centroid;

    /// <inheritdoc cref="Centroid(ReadOnlySpan{PointPx})"/>
    public static PointPx Centroid(IReadOnlyList<PointPx> points) => Centroid(AsSpan(points));

    /// <summary>Area, centroid and second moments of the area; of the corners, each with weight 1, where the area is 0.</summary>
    /// <param name="points">Corners in order, 1 or more.</param>
    /// <param name="yScaleRatio">Pixel height / pixel width; above 0.</param>
    /// <returns>The moments; the ellipse with the same moments has the half axes 2√λ, λ the eigenvalues.</returns>
    /// <exception cref="ArgumentException">There are no points.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not finite or not above 0.</exception>
    /// <remarks>Green's theorem over triangles from the first corner; Soerjadi 1968, «On the computation of the moments of a polygon, with some applications».</remarks>
    [OverloadResolutionPriority(1)]
    public static PolygonMoments Moments(ReadOnlySpan<PointPx> points, double yScaleRatio = 1)
    {
        Check(points, yScaleRatio);
        PointPx origin = points[0];
        double twice = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0;
        for (int i = 1; i + 1 < points.Length; i++)
        {
            double ax = points[i].XPx - origin.XPx;
            double ay = points[i].YPx - origin.YPx;
            double bx = points[i + 1].XPx - origin.XPx;
            double by = points[i + 1].YPx - origin.YPx;

            // Triangle (0, a, b): ∫dA = w/2, ∫x dA = w(ax + bx)/6, ∫x² dA = w(ax² + ax·bx + bx²)/12, ∫xy dA = w(2ax·ay + ax·by + bx·ay + 2bx·by)/24.
            double w = Cross(ax, ay, bx, by);
            twice += w;
            sx += w * (ax + bx);
            sy += w * (ay + by);
            sxx += w * ((ax * ax) + (ax * bx) + (bx * bx));
            sxy += w * ((2 * ax * ay) + (ax * by) + (bx * ay) + (2 * bx * by));
            syy += w * ((ay * ay) + (ay * by) + (by * by));
        }

        if (twice == 0)
        {
            return CornerMoments(points, yScaleRatio);
        }

        double x = sx / (3 * twice);
        double y = sy / (3 * twice);
        return new PolygonMoments(
            0.5 * Math.Abs(twice) * yScaleRatio,
            new PointPx(origin.XPx + x, origin.YPx + y),
            (sxx / (6 * twice)) - (x * x),
            ((sxy / (12 * twice)) - (x * y)) * yScaleRatio,
            ((syy / (6 * twice)) - (y * y)) * yScaleRatio * yScaleRatio);
    }

    /// <inheritdoc cref="Moments(ReadOnlySpan{PointPx}, double)"/>
    public static PolygonMoments Moments(IReadOnlyList<PointPx> points, double yScaleRatio = 1) => Moments(AsSpan(points), yScaleRatio);

    /// <summary>The smallest convex polygon around points in any order.</summary>
    /// <param name="points">Points, 1 or more.</param>
    /// <returns>Its corners counter-clockwise as seen from the leftmost (of equals the topmost) one; no three on a line; one or two points where all points coincide or lie on a line.</returns>
    /// <exception cref="ArgumentException">There are no points.</exception>
    /// <remarks>Andrew's monotone chain (1979, doi 10.1016/0020-0190(79)90072-3).</remarks>
    [OverloadResolutionPriority(1)]
    public static PointPx[] ConvexHull(ReadOnlySpan<PointPx> points)
    {
        Check(points, 1);
        PointPx[] sorted = points.ToArray();
        Array.Sort(sorted, static (a, b) => a.XPx != b.XPx ? a.XPx.CompareTo(b.XPx) : a.YPx.CompareTo(b.YPx));
        PointPx[] hull = new PointPx[sorted.Length + 1];
        int n = 0;

        // Left to right below (larger y), then back above: counter-clockwise as seen.
        for (int pass = 0; pass < 2; pass++)
        {
            int floor = n;
            for (int i = 0; i < sorted.Length; i++)
            {
                PointPx p = pass == 0 ? sorted[i] : sorted[sorted.Length - 1 - i];
                while (n >= floor + 2 && Cross(hull[n - 1].XPx - hull[n - 2].XPx, hull[n - 1].YPx - hull[n - 2].YPx, p.XPx - hull[n - 1].XPx, p.YPx - hull[n - 1].YPx) >= 0)
                {
                    n--;
                }

                hull[n++] = p;
            }

            n--; // the last point of a chain is the first of the next
        }

        return n < 2 ? [sorted[0]] : n == 2 && hull[0] == hull[1] ? [hull[0]] : hull[..n];
    }

    /// <inheritdoc cref="ConvexHull(ReadOnlySpan{PointPx})"/>
    public static PointPx[] ConvexHull(IReadOnlyList<PointPx> points) => ConvexHull(AsSpan(points));

    /// <summary>The largest and smallest Feret diameter of points in any order, with their directions.</summary>
    /// <param name="points">Points, 1 or more.</param>
    /// <param name="yScaleRatio">Pixel height / pixel width; above 0.</param>
    /// <returns>The diameters; of equal ones that found first along the hull.</returns>
    /// <exception cref="ArgumentException">There are no points.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not finite or not above 0.</exception>
    /// <remarks>Rotating calipers on the convex hull (Shamos 1978): the largest is between two of its corners, the smallest is across one of its sides.</remarks>
    [OverloadResolutionPriority(1)]
    public static FeretDiameters Feret(ReadOnlySpan<PointPx> points, double yScaleRatio = 1)
    {
        Check(points, yScaleRatio);
        PointPx[] hull = ConvexHull(points);
        int n = hull.Length;
        double[] xs = Array.ConvertAll(hull, p => p.XPx);
        double[] ys = Array.ConvertAll(hull, p => -p.YPx * yScaleRatio); // up, so that angles are as seen
        double max = 0;
        int from = 0;
        int to = 0;
        double min = n < 3 ? 0 : double.PositiveInfinity;
        double minDirection = n == 2 ? DirectionDeg(ys[0] - ys[1], xs[1] - xs[0]) : 0;
        if (n == 2)
        {
            (max, from, to) = (double.Hypot(xs[1] - xs[0], ys[1] - ys[0]), 0, 1);
        }

        int far = 1;
        for (int i = 0; n >= 3 && i < n; i++)
        {
            int next = (i + 1) % n;
            double ex = xs[next] - xs[i];
            double ey = ys[next] - ys[i];

            // On to the corner farthest from this side; on the way every pair of opposite corners is seen.
            while (true)
            {
                Consider(i, far);
                Consider(next, far);
                int beyond = (far + 1) % n;
                if (Cross(ex, ey, xs[beyond] - xs[far], ys[beyond] - ys[far]) <= 0)
                {
                    break;
                }

                far = beyond;
            }

            double width = Cross(ex, ey, xs[far] - xs[i], ys[far] - ys[i]) / double.Hypot(ex, ey);
            if (width < min)
            {
                min = width;
                minDirection = DirectionDeg(-ey, ex);
            }
        }

        return new FeretDiameters(max, DirectionDeg(xs[to] - xs[from], ys[to] - ys[from]), hull[from], hull[to], min, minDirection);

        void Consider(int a, int b)
        {
            double length = double.Hypot(xs[b] - xs[a], ys[b] - ys[a]);
            if (length > max)
            {
                (max, from, to) = (length, a, b);
            }
        }
    }

    /// <inheritdoc cref="Feret(ReadOnlySpan{PointPx}, double)"/>
    public static FeretDiameters Feret(IReadOnlyList<PointPx> points, double yScaleRatio = 1) => Feret(AsSpan(points), yScaleRatio);

    private static double DirectionDeg(double dx, double dyUp)
    {
        if (dx == 0 && dyUp == 0)
        {
            return 0;
        }

        double angle = Math.Atan2(dyUp, dx) * (180 / Math.PI);
        angle = angle < 0 ? angle + 180 : angle;
        return angle >= 180 ? 0 : angle;
    }

    private static double Cross(double ax, double ay, double bx, double by) => (ax * by) - (ay * bx);

    /// <summary>Whether a point lies inside a polygon, by the number of edges to the right of it.</summary>
    /// <param name="points">The corners of a closed polygon, first point not repeated.</param>
    /// <param name="point">The point.</param>
    /// <returns>True inside; a point on an edge counts to either side.</returns>
    /// <exception cref="ArgumentException">There is no corner.</exception>
    public static bool Contains(IReadOnlyList<PointPx> points, PointPx point)
    {
        ReadOnlySpan<PointPx> corners = AsSpan(points);
        Check(corners, 1);
        bool inside = false;
        for (int i = 0, before = corners.Length - 1; i < corners.Length; before = i++)
        {
            (PointPx a, PointPx b) = (corners[before], corners[i]);
            if ((a.YPx > point.YPx) != (b.YPx > point.YPx) && point.XPx < a.XPx + ((b.XPx - a.XPx) * (point.YPx - a.YPx) / (b.YPx - a.YPx)))
            {
                inside = !inside;
            }
        }

        return inside;
    }

    private static PolygonMoments CornerMoments(ReadOnlySpan<PointPx> points, double yScaleRatio)
    {
        double x = 0, y = 0, xx = 0, xy = 0, yy = 0;
        foreach (PointPx p in points)
        {
            x += p.XPx / points.Length;
            y += p.YPx / points.Length;
        }

        foreach (PointPx p in points)
        {
            xx += (p.XPx - x) * (p.XPx - x) / points.Length;
            xy += (p.XPx - x) * (p.YPx - y) / points.Length;
            yy += (p.YPx - y) * (p.YPx - y) / points.Length;
        }

        return new PolygonMoments(0, new PointPx(x, y), xx, xy * yScaleRatio, yy * yScaleRatio * yScaleRatio);
    }

    private static void Check(ReadOnlySpan<PointPx> points, double yScaleRatio)
    {
        if (points.IsEmpty)
        {
            throw new ArgumentException("A polygon needs at least one point.", nameof(points));
        }

        Guard.Above(yScaleRatio, 0);
    }

    private static ReadOnlySpan<PointPx> AsSpan(IReadOnlyList<PointPx> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return points switch
        {
            PointPx[] array => array,
            List<PointPx> list => CollectionsMarshal.AsSpan(list),
            _ => points.ToArray(),
        };
    }
}
