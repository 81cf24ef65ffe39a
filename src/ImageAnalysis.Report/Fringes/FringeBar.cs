using ImageAnalysis.Imaging;

namespace ImageAnalysis.Report;

/// <summary>A sign for fringes: three short strokes as they run, one behind the other along their normal.</summary>
internal static class FringeBar
{
    private static readonly Colour _black = new(0, 0, 0);

    /// <summary>Draws the sign.</summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="x">Centre, column.</param>
    /// <param name="y">Centre, row.</param>
    /// <param name="half">Half the length of the middle stroke in px.</param>
    /// <param name="normal">Direction of the normal, y down; any length above 0.</param>
    /// <param name="colour">Its colour.</param>
    public static void Draw(Canvas canvas, double x, double y, double half, (double X, double Y) normal, Colour colour)
    {
        double length = Math.Sqrt((normal.X * normal.X) + (normal.Y * normal.Y)), nx = normal.X / length, ny = normal.Y / length;
        double apart = Math.Max(4, 0.45 * half), width = Math.Max(2, half / 6);
        foreach ((Colour ink, double wide) in new[] { (_black, width + 2), (colour, width) })
        {
            for (int i = -1; i <= 1; i++)
            {
                double reach = i == 0 ? half : 0.7 * half, cx = x + (i * apart * nx), cy = y + (i * apart * ny);
                canvas.Line([new PointPx(cx + (reach * ny), cy - (reach * nx)), new PointPx(cx - (reach * ny), cy + (reach * nx))], false, wide, ink, ink == _black ? 0.6 : 1, Dash.None);
            }
        }
    }
}
