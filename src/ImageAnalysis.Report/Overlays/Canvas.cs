using System.Buffers;
using ImageAnalysis.Formats;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Report;

/// <summary>A colour.</summary>
/// <param name="Red">Red, 0…255.</param>
/// <param name="Green">Green, 0…255.</param>
/// <param name="Blue">Blue, 0…255.</param>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour as CSS writes it.</summary>
    public string Css => $"#{Red:x2}{Green:x2}{Blue:x2}";
}

/// <summary>How a line is broken: lengths of stroke and gap in px; a gap of 0 is an unbroken line.</summary>
/// <param name="StrokePx">Length of a stroke.</param>
/// <param name="GapPx">Length of a gap.</param>
internal readonly record struct Dash(double StrokePx, double GapPx)
{
    /// <summary>An unbroken line.</summary>
    public static Dash None { get; }
}

/// <summary>
/// A picture to draw on: lines with smooth edges, rectangles, letters. Pixel centres are at integers, as in micrographs. What lies
/// outside the picture is not drawn. The only mutable thing of this project; it lives inside one drawing.
/// </summary>
internal sealed class Canvas
{
    private readonly byte[] _pixels;

    /// <summary>Begins a black picture.</summary>
    public Canvas(int widthPx, int heightPx)
    {
        WidthPx = widthPx;
        HeightPx = heightPx;
        _pixels = new byte[checked(3 * widthPx * heightPx)];
    }

    /// <summary>Width in px.</summary>
    public int WidthPx { get; }

    /// <summary>Height in px.</summary>
    public int HeightPx { get; }

    /// <summary>One row: red, green, blue of each pixel.</summary>
    public Span<byte> Row(int y) => _pixels.AsSpan(3 * y * WidthPx, 3 * WidthPx);

    /// <summary>The finished picture, which takes the pixels over: nothing is drawn after this.</summary>
    public RgbImage ToImage() => new(WidthPx, HeightPx, _pixels);

    /// <summary>Mixes a colour into one pixel.</summary>
    public void Blend(int x, int y, Colour colour, double opacity)
    {
        if ((uint)x >= (uint)WidthPx || (uint)y >= (uint)HeightPx)
        {
            return;
        }

        Span<byte> pixel = _pixels.AsSpan(3 * ((y * WidthPx) + x), 3);
        pixel[0] = Mix(pixel[0], colour.Red, opacity);
        pixel[1] = Mix(pixel[1], colour.Green, opacity);
        pixel[2] = Mix(pixel[2], colour.Blue, opacity);
    }

    /// <summary>Fills the pixels [x0, x0 + width) × [y0, y0 + height).</summary>
    public void FillRectangle(int x0, int y0, int width, int height, Colour colour, double opacity = 1)
    {
        for (int y = Math.Max(0, y0); y < Math.Min(HeightPx, y0 + height); y++)
        {
            for (int x = Math.Max(0, x0); x < Math.Min(WidthPx, x0 + width); x++)
            {
                Blend(x, y, colour, opacity);
            }
        }
    }

    /// <summary>
    /// Draws a line through points. A pixel is covered as far as the line's half width and half a pixel reach beyond its distance from
    /// the line, and it is painted once however many segments come near, so that corners are not darker than the rest.
    /// </summary>
    /// <param name="points">Two or more points.</param>
    /// <param name="closed">Whether the last point is joined to the first.</param>
    /// <param name="widthPx">Width of the line in px.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="opacity">0…1.</param>
    /// <param name="dash">How it is broken.</param>
    public void Line(ReadOnlySpan<PointPx> points, bool closed, double widthPx, Colour colour, double opacity, Dash dash)
    {
        if (points.Length < 2)
        {
            return;
        }

        double reach = (widthPx / 2) + 0.5;
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        foreach (PointPx p in points)
        {
            (left, right) = (Math.Min(left, p.XPx), Math.Max(right, p.XPx));
            (top, bottom) = (Math.Min(top, p.YPx), Math.Max(bottom, p.YPx));
        }

        int x0 = (int)Math.Clamp(Math.Ceiling(left - reach), 0, WidthPx), x1 = (int)Math.Clamp(Math.Floor(right + reach), -1, WidthPx - 1);
        int y0 = (int)Math.Clamp(Math.Ceiling(top - reach), 0, HeightPx), y1 = (int)Math.Clamp(Math.Floor(bottom + reach), -1, HeightPx - 1);
        if (x1 < x0 || y1 < y0)
        {
            return;
        }

        int stride = x1 - x0 + 1;
        float[] coverage = ArrayPool<float>.Shared.Rent(stride * (y1 - y0 + 1));
        coverage.AsSpan().Clear();
        double along = 0;
        int segments = closed ? points.Length : points.Length - 1;
        for (int i = 0; i < segments; i++)
        {
            PointPx a = points[i];
            PointPx b = points[(i + 1) % points.Length];
            Cover(a, b, along);
            along += Math.Sqrt(Squared(b.XPx - a.XPx) + Squared(b.YPx - a.YPx));
        }

        for (int y = y0; y <= y1; y++)
        {
            for (int x = x0; x <= x1; x++)
            {
                float c = coverage[((y - y0) * stride) + x - x0];
                if (c > 0)
                {
                    Blend(x, y, colour, c * opacity);
                }
            }
        }

        ArrayPool<float>.Shared.Return(coverage);

        void Cover(PointPx a, PointPx b, double start)
        {
            double dx = b.XPx - a.XPx, dy = b.YPx - a.YPx;
            double length2 = (dx * dx) + (dy * dy);
            double length = Math.Sqrt(length2);
            int fromX = Math.Max(x0, (int)Math.Ceiling(Math.Min(a.XPx, b.XPx) - reach)), toX = Math.Min(x1, (int)Math.Floor(Math.Max(a.XPx, b.XPx) + reach));
            int fromY = Math.Max(y0, (int)Math.Ceiling(Math.Min(a.YPx, b.YPx) - reach)), toY = Math.Min(y1, (int)Math.Floor(Math.Max(a.YPx, b.YPx) + reach));
            for (int y = fromY; y <= toY; y++)
            {
                for (int x = fromX; x <= toX; x++)
                {
                    double t = length2 > 0 ? Math.Clamp((((x - a.XPx) * dx) + ((y - a.YPx) * dy)) / length2, 0, 1) : 0;
                    if (dash.GapPx > 0 && (start + (t * length)) % (dash.StrokePx + dash.GapPx) > dash.StrokePx)
                    {
                        continue;
                    }

                    double distance = Math.Sqrt(Squared(x - a.XPx - (t * dx)) + Squared(y - a.YPx - (t * dy)));
                    float c = (float)Math.Clamp(reach - distance, 0, Math.Min(1, widthPx));
                    ref float cell = ref coverage[((y - y0) * stride) + x - x0];
                    cell = Math.Max(cell, c);
                }
            }
        }
    }

    /// <summary>Draws a line of text; (x, y) is the top left pixel of its first glyph.</summary>
    /// <param name="text">The text.</param>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="scale">Pixels a pixel of the font is wide and high.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="halo">Colour of a rim one font pixel wide behind it, or <c>null</c> for none.</param>
    public void Text(string text, int x, int y, int scale, Colour colour, Colour? halo = null)
    {
        if (halo is Colour rim)
        {
            Glyphs(rim, -1, 0.75);
        }

        Glyphs(colour, 0, 1);

        void Glyphs(Colour ink, int from, double opacity)
        {
            for (int i = 0; i < text.Length; i++)
            {
                int left = x + (i * BitmapFont.Advance * scale);
                for (int row = from; row < BitmapFont.GlyphHeight - from; row++)
                {
                    for (int column = from; column < BitmapFont.GlyphWidth - from; column++)
                    {
                        if (from == 0 ? BitmapFont.IsSet(text[i], column, row) : IsNearSet(text[i], column, row))
                        {
                            FillRectangle(left + (column * scale), y + (row * scale), scale, scale, ink, opacity);
                        }
                    }
                }
            }
        }
    }

    private static bool IsNearSet(char character, int column, int row)
    {
        for (int y = Math.Max(0, row - 1); y <= Math.Min(BitmapFont.GlyphHeight - 1, row + 1); y++)
        {
            for (int x = Math.Max(0, column - 1); x <= Math.Min(BitmapFont.GlyphWidth - 1, column + 1); x++)
            {
                if (BitmapFont.IsSet(character, x, y))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static byte Mix(byte below, byte above, double opacity) => (byte)Math.Round(below + ((above - below) * opacity));

    private static double Squared(double value) => value * value;
}
