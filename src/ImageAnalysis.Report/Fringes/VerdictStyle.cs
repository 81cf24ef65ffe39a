using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Report;

/// <summary>How verdicts are drawn and named: each has a colour, a mark and a stroke, so that any one of them tells it.</summary>
internal static class VerdictStyle
{
    private static readonly Colour _dark = new(0x18, 0x18, 0x1C);

    /// <summary>All verdicts, in the order of legends and tables.</summary>
    public static IReadOnlyList<Verdict> All { get; } = [Verdict.Superstructure, Verdict.Regular, Verdict.Undetermined, Verdict.NoFringe];

    /// <summary>The verdict as a person reads it.</summary>
    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Superstructure => "superstructure",
        Verdict.Regular => "regular",
        Verdict.Undetermined => "undetermined",
        _ => "no fringe",
    };

    /// <summary>The mark as a character of the page.</summary>
    public static string Sign(Verdict verdict) => verdict switch
    {
        Verdict.Superstructure => "\u25C6",
        Verdict.Regular => "\u25CF",
        Verdict.Undetermined => "?",
        _ => "\u00D7",
    };

    // Okabe and Ito's colours, as for particles.
    public static Colour ColourOf(Verdict verdict) => verdict switch
    {
        Verdict.Superstructure => new Colour(0xE6, 0x9F, 0x00),
        Verdict.Regular => new Colour(0x56, 0xB4, 0xE9),
        Verdict.Undetermined => new Colour(0xF0, 0xE4, 0x42),
        _ => new Colour(0xCC, 0x79, 0xA7),
    };

    public static Dash DashOf(Verdict verdict) => verdict switch
    {
        Verdict.Undetermined => new Dash(9, 6),
        Verdict.NoFringe => new Dash(5, 4),
        _ => Dash.None,
    };

    /// <summary>Draws the mark: a diamond, a disc, a question mark on a disc, a cross on a square.</summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="x">Centre, column.</param>
    /// <param name="y">Centre, row.</param>
    /// <param name="radius">Half its height in px.</param>
    public static void Draw(Canvas canvas, Verdict verdict, double x, double y, double radius)
    {
        double rim = Math.Max(1, radius / 5);
        Fill(canvas, verdict, x, y, radius + rim, _dark);
        Fill(canvas, verdict, x, y, radius, ColourOf(verdict));
        double arm = 0.5 * radius;
        if (verdict == Verdict.NoFringe)
        {
            canvas.Line([new PointPx(x - arm, y - arm), new PointPx(x + arm, y + arm)], false, Math.Max(1.4, radius / 3.5), _dark, 1, Dash.None);
            canvas.Line([new PointPx(x - arm, y + arm), new PointPx(x + arm, y - arm)], false, Math.Max(1.4, radius / 3.5), _dark, 1, Dash.None);
        }
        else if (verdict == Verdict.Undetermined)
        {
            int scale = Math.Max(1, (int)(radius / 5));
            canvas.Text("?", (int)Math.Round(x - (2.5 * scale) + 0.25), (int)Math.Round(y - (3.5 * scale) + 0.25), scale, _dark);
        }
    }

    private static void Fill(Canvas canvas, Verdict verdict, double x, double y, double radius, Colour colour)
    {
        double reach = verdict == Verdict.Superstructure ? 1.25 * radius : radius;
        for (int py = (int)Math.Floor(y - reach - 1); py <= y + reach + 1; py++)
        {
            for (int px = (int)Math.Floor(x - reach - 1); px <= x + reach + 1; px++)
            {
                double dx = Math.Abs(px - x), dy = Math.Abs(py - y);
                double inside = verdict switch
                {
                    Verdict.Superstructure => (reach - dx - dy) / Math.Sqrt(2),
                    Verdict.NoFringe => (0.85 * radius) - Math.Max(dx, dy),
                    _ => radius - Math.Sqrt((dx * dx) + (dy * dy)),
                };
                double cover = Math.Clamp(inside + 0.5, 0, 1);
                if (cover > 0)
                {
                    canvas.Blend(px, py, colour, cover);
                }
            }
        }
    }
}
