using System.Globalization;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Report;

/// <summary>Marks on a spectrum: rings at the reference's spacing and its multiple, circles round measured spots, diamonds where a superlattice was looked for, crosses at the controls.</summary>
internal static class SpectrumMarks
{
    private static readonly Colour _ring = new(0x00, 0x9E, 0x73);
    private static readonly Colour _spot = new(255, 255, 255);
    private static readonly Colour _control = new(0x7F, 0xB8, 0xE0);
    private static readonly Colour _black = new(0, 0, 0);

    /// <summary>Draws the marks over a spectrum.</summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="left">First column of the spectrum's square.</param>
    /// <param name="top">First row.</param>
    /// <param name="side">Its side in px.</param>
    /// <param name="highest">Frequency at the middle of its edges, cycles a unit.</param>
    /// <param name="crystal">The crystal.</param>
    /// <param name="scale">The unit.</param>
    /// <param name="reference">The reference crystal.</param>
    /// <param name="detailed">Whether controls, indices and lengths are drawn too; not in small pictures.</param>
    public static void Draw(Canvas canvas, int left, int top, int side, double highest, CrystalMeasurement crystal, FrequencyScale scale, ReferenceCrystal reference, bool detailed)
    {
        double zoom = side / (2 * highest), middleX = left + (0.5 * side) - 0.5, middleY = top + (0.5 * side) - 0.5;
        double radius = detailed ? 9 : 6;
        PointPx At(double gx, double gy) => new(middleX + (gx * zoom), middleY + (gy * zoom));
        bool Inside(PointPx p, double margin) => p.XPx > left + margin && p.XPx < left + side - margin && p.YPx > top + margin && p.YPx < top + side - margin;
        PointPx Spot(ReciprocalVector g, double sign)
        {
            (double x, double y) = scale.Of(g);
            return At(sign * x, sign * y);
        }

        double? spacing = scale.ReferenceSpacing(reference) ?? (crystal.Carrier is { IsSuperlattice: false } carrier ? 1 / scale.LengthOf(carrier.G) : null);
        if (spacing is double d)
        {
            foreach (double ring in (ReadOnlySpan<double>)[d, reference.PeriodCount * d])
            {
                PointPx[] circle = [.. Enumerable.Range(0, 120).Select(i => At(Math.Cos(Math.PI * i / 60) / ring, Math.Sin(Math.PI * i / 60) / ring)).Where(p => Inside(p, 1))];
                foreach (PointPx p in circle.Where((_, i) => i % 2 == 0))
                {
                    canvas.Line([new(p.XPx - 0.6, p.YPx), new(p.XPx + 0.6, p.YPx)], false, 1.6, _ring, 0.95, Dash.None);
                }

                if (detailed && Inside(At(0, -1 / ring), 12))
                {
                    string text = string.Create(CultureInfo.InvariantCulture, $"{ring:0.000}");
                    double angle = FreeDirection(crystal, scale, 1 / ring, 26 / zoom);
                    PointPx at = At(Math.Cos(angle) / ring, Math.Sin(angle) / ring);
                    canvas.Text(scale.Unit == "nm" ? text : string.Create(CultureInfo.InvariantCulture, $"{ring:0.0} px"), (int)at.XPx - 14, (int)at.YPx - 4, 1, _ring, _black);
                }
            }
        }

        foreach (FringeMeasurement fringe in crystal.Fringes.Reverse())
        {
            bool isCarrier = ReferenceEquals(fringe, crystal.Carrier);
            Colour colour = isCarrier ? VerdictStyle.ColourOf(crystal.Verdict) : _spot;
            foreach (double sign in (ReadOnlySpan<double>)[1, -1])
            {
                PointPx p = Spot(fringe.PeakG, sign);
                if (Inside(p, 3))
                {
                    Circle(canvas, p, radius, colour, isCarrier ? 2 : 1.2);
                    if (detailed && sign > 0 && fringe is { Hkl: string hkl, IsSuperlattice: false })
                    {
                        Label(canvas, Compact(hkl), p, new PointPx(middleX, middleY), radius, colour, left, left + side);
                    }
                }

                foreach (ReciprocalVector place in fringe.Superlattice?.TestedPlaces ?? [])
                {
                    PointPx q = Spot(place, sign);
                    if (Inside(q, 3))
                    {
                        Diamond(canvas, q, radius, fringe.Superlattice!.Called ? VerdictStyle.ColourOf(Verdict.Superstructure) : colour, fringe.Superlattice.Called ? 2 : 1.2);
                    }
                }
            }

            foreach (ReciprocalVector control in detailed && isCarrier ? fringe.Superlattice?.Controls ?? [] : [])
            {
                PointPx p = Spot(control, 1);
                if (Inside(p, 3))
                {
                    canvas.Line([new(p.XPx - 3, p.YPx - 3), new(p.XPx + 3, p.YPx + 3)], false, 1, _control, 0.9, Dash.None);
                    canvas.Line([new(p.XPx - 3, p.YPx + 3), new(p.XPx + 3, p.YPx - 3)], false, 1, _control, 0.9, Dash.None);
                }
            }
        }
    }

    /// <summary>Indices without blanks where that can be read: <c>-1 1 1</c> is <c>-111</c>, <c>1/2 1/2 1/2</c> stays.</summary>
    internal static string Compact(string hkl) => hkl.Contains('/', StringComparison.Ordinal) || hkl.Split(' ').Any(index => index.TrimStart('-').Length > 1) ? hkl : hkl.Replace(" ", string.Empty, StringComparison.Ordinal);

    private static void Circle(Canvas canvas, PointPx centre, double radius, Colour colour, double width)
    {
        PointPx[] circle = [.. Enumerable.Range(0, 28).Select(i => new PointPx(centre.XPx + (radius * Math.Cos(Math.PI * i / 14)), centre.YPx + (radius * Math.Sin(Math.PI * i / 14))))];
        canvas.Line(circle, true, width + 1.4, _black, 0.55, Dash.None);
        canvas.Line(circle, true, width, colour, 1, Dash.None);
    }

    private static void Diamond(Canvas canvas, PointPx centre, double radius, Colour colour, double width)
    {
        PointPx[] diamond = [new(centre.XPx, centre.YPx - radius), new(centre.XPx + radius, centre.YPx), new(centre.XPx, centre.YPx + radius), new(centre.XPx - radius, centre.YPx)];
        canvas.Line(diamond, true, width + 1.4, _black, 0.55, Dash.None);
        canvas.Line(diamond, true, width, colour, 1, Dash.None);
    }

    /// <summary>The direction in which a ring's label is farthest from all marks.</summary>
    private static double FreeDirection(CrystalMeasurement crystal, FrequencyScale scale, double radius, double enough)
    {
        (double X, double Y)[] marks =
        [
            .. crystal.Fringes.SelectMany(fringe => (IEnumerable<ReciprocalVector>)[fringe.G, .. fringe.Superlattice?.TestedPlaces ?? [], .. fringe.Superlattice?.Controls ?? []]).Select(scale.Of)
                .SelectMany(g => new[] { g, (-g.X, -g.Y) }),
        ];
        double best = 0, free = -1;
        for (int i = 0; i < 24; i++)
        {
            double angle = (-0.3 - (i / 12.0)) * Math.PI, x = radius * Math.Cos(angle), y = radius * Math.Sin(angle);
            double nearest = marks.Length == 0 ? enough : Math.Min(enough, marks.Min(mark => Math.Sqrt(((mark.X - x) * (mark.X - x)) + ((mark.Y - y) * (mark.Y - y)))));
            (best, free) = nearest > free ? (angle, nearest) : (best, free);
        }

        return best;
    }

    // Beyond the spot, seen from the middle.
    private static void Label(Canvas canvas, string text, PointPx spot, PointPx middle, double radius, Colour colour, int left, int right)
    {
        double dx = spot.XPx - middle.XPx, dy = spot.YPx - middle.YPx, length = Math.Max(1, Math.Sqrt((dx * dx) + (dy * dy)));
        double width = BitmapFont.WidthOf(text, 1), reach = radius + 4 + (0.5 * width * Math.Abs(dx / length)) + 3;
        double x = spot.XPx + (dx / length * reach) - (0.5 * width), y = spot.YPx + (dy / length * (reach - 2)) - (0.5 * BitmapFont.CapHeight);
        canvas.Text(text, (int)Math.Round(Math.Clamp(x, left + 1, right - width - 1)), (int)Math.Round(y), 1, colour, _black);
    }
}
