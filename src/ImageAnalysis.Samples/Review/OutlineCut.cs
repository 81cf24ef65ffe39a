using ImageAnalysis.Imaging;

namespace ImageAnalysis.Samples;

/// <summary>Cuts an outline in two along a line that a person has drawn.</summary>
public static class OutlineCut
{
    /// <summary>Cuts a closed outline.</summary>
    /// <param name="outline">The outline, first point not repeated.</param>
    /// <param name="from">One point of the line; it goes on beyond both.</param>
    /// <param name="to">The other.</param>
    /// <returns>The two parts; <c>null</c> where the line leaves less than a tenth of the area on one side.</returns>
    /// <remarks>I. E. Sutherland and G. W. Hodgman, Commun. ACM 17 (1974) 32, doi:10.1145/360767.360802 (not opened): each half plane clips the polygon. Parts of an outline that bends inwards may hang together along the line.</remarks>
    public static IReadOnlyList<IReadOnlyList<PointPx>>? Halves(IReadOnlyList<PointPx> outline, PointPx from, PointPx to)
    {
        ArgumentNullException.ThrowIfNull(outline);
        const double leastShare = 0.1;
        double nx = from.YPx - to.YPx, ny = to.XPx - from.XPx;
        if (outline.Count < 3 || (nx == 0 && ny == 0))
        {
            return null;
        }

        List<PointPx> left = Clip(1), right = Clip(-1);
        if (left.Count < 3 || right.Count < 3)
        {
            return null;
        }

        double all = Polygons.Area(outline), smaller = Math.Min(Polygons.Area(left), Polygons.Area(right));
        return smaller < leastShare * all ? null : [left, right];

        List<PointPx> Clip(int sign)
        {
            List<PointPx> kept = [];
            for (int i = 0; i < outline.Count; i++)
            {
                PointPx a = outline[i], b = outline[(i + 1) % outline.Count];
                double da = sign * Side(a), db = sign * Side(b);
                if (da >= 0)
                {
                    kept.Add(a);
                }

                if ((da > 0 && db < 0) || (da < 0 && db > 0))
                {
                    double t = da / (da - db);
                    kept.Add(new PointPx(a.XPx + (t * (b.XPx - a.XPx)), a.YPx + (t * (b.YPx - a.YPx))));
                }
            }

            return kept;
        }

        double Side(PointPx p) => ((p.XPx - from.XPx) * nx) + ((p.YPx - from.YPx) * ny);
    }
}
