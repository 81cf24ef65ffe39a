namespace ImageAnalysis.Imaging;

/// <summary>Lines of equal intensity below the pixel, and outlines of regions along the pixels' sides.</summary>
public static class Contours
{
    /// <summary>Traces all lines of one intensity, with linear interpolation between neighbouring pixel centres.</summary>
    /// <param name="image">Intensities in counts, any shape; lines need 2 × 2 px.</param>
    /// <param name="levelCounts">The intensity in counts; a pixel is inside when it is above it.</param>
    /// <returns>
    /// Lines that end at the image's edge first (round the edge from the top-left corner: top, right, bottom, left), then closed ones in reading order. What is above the level is on the left, as
    /// seen, of the direction of travel: bright regions are circled counter-clockwise. Points that coincide with the one before are left out.
    /// </returns>
    /// <exception cref="ArgumentException">A pixel or the level is not finite.</exception>
    /// <remarks>
    /// Marching squares. Where two diagonal corners of a square of pixels are inside and two outside, the asymptotic decider (Nielson &amp; Hamann 1991, doi 10.1109/VISUAL.1991.175782) joins the
    /// corners that the bilinear interpolant joins: the inside ones if its saddle is above the level.
    /// </remarks>
    public static IReadOnlyList<Contour> Trace(Raster<float> image, double levelCounts)
    {
        Guard.Finite(image);
        if (!double.IsFinite(levelCounts))
        {
            throw new ArgumentException($"The level is {levelCounts}; expected a finite number of counts.", nameof(levelCounts));
        }

        return new ContourTracer(image, levelCounts).Trace();
    }

    /// <summary>Traces the outline of one region along the sides of its pixels.</summary>
    /// <param name="labels">The labelled image.</param>
    /// <param name="label">The region's label, 1 or more.</param>
    /// <returns>
    /// Closed lines of corners at half-integer places: outer outlines counter-clockwise as seen, holes clockwise; none where the label does not occur. The signed areas sum to the number of pixels.
    /// Pixels that touch at a corner are joined.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The label is below 1.</exception>
    public static IReadOnlyList<Contour> Outline(LabelImage labels, int label)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Outline(labels.Labels, label, 0, 0, labels.Labels.WidthPx, labels.Labels.HeightPx);
    }

    /// <summary>Traces the outline of one measured region, looking no further than its bounding box.</summary>
    /// <param name="labels">The labelled image.</param>
    /// <param name="region">The region as measured on this image.</param>
    /// <returns>As for a label.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label is below 1 or the box reaches outside the image.</exception>
    public static IReadOnlyList<Contour> Outline(LabelImage labels, Region region)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(region);
        ArgumentOutOfRangeException.ThrowIfNegative(region.X0Px, nameof(region));
        ArgumentOutOfRangeException.ThrowIfNegative(region.Y0Px, nameof(region));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(region.X1Px, labels.Labels.WidthPx, nameof(region));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(region.Y1Px, labels.Labels.HeightPx, nameof(region));
        return Outline(labels.Labels, region.Label, region.X0Px, region.Y0Px, region.X1Px, region.Y1Px);
    }

    private static List<Contour> Outline(Raster<int> labels, int label, int x0, int y0, int x1, int y1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(label, 1);
        List<Contour> lines = [];
        int boxWidth = x1 - x0;
        bool[] visited = new bool[boxWidth * (y1 - y0)];
        for (int y = y0; y < y1; y++)
        {
            ReadOnlySpan<int> row = labels.Row(y);
            for (int x = x0; x < x1; x++)
            {
                if (row[x] == label && !visited[((y - y0) * boxWidth) + x - x0] && !Holds(x, y - 1))
                {
                    lines.Add(new Contour(Walk(x, y), IsClosed: true));
                }
            }
        }

        return lines;

        bool Holds(int x, int y) => x >= x0 && x < x1 && y >= y0 && y < y1 && labels.Row(y)[x] == label;

        // Along the upper side of the start pixel to the left, the region on the left hand; corner (x, y) is the pixel's upper left one.
        PointPx[] Walk(int startX, int startY)
        {
            List<PointPx> corners = [];
            int x = startX + 1;
            int y = startY;
            int dx = -1;
            int dy = 0;
            do
            {
                if (dx == -1)
                {
                    visited[((y - y0) * boxWidth) + x - 1 - x0] = true;
                }

                x += dx;
                y += dy;

                // The two pixels beyond the corner reached; left of direction (dx, dy) as seen is (dy, −dx).
                bool left = Holds(x + ((dx + dy - 1) / 2), y + ((dy - dx - 1) / 2));
                bool right = Holds(x + ((dx - dy - 1) / 2), y + ((dy + dx - 1) / 2));
                if (right || !left)
                {
                    corners.Add(new PointPx(x - 0.5, y - 0.5));
                    (dx, dy) = right ? (-dy, dx) : (dy, -dx);
                }
            }
            while (x != startX + 1 || y != startY || dx != -1);
            return [.. corners];
        }
    }
}
