using System.Globalization;

namespace ImageAnalysis.Report;

/// <summary>A point of a plot, with the ends of its interval where it has one.</summary>
internal sealed record PlotPoint(double X, double Y, double? Low = null, double? High = null, string? Note = null, bool Open = false);

/// <summary>Points with intervals, a curve with its band, and lines for reference, above two plain axes.</summary>
internal sealed record PointPlot
{
    private const double Width = 540;
    private const double Height = 330;
    private const double Left = 58;
    private const double Right = 14;
    private const double Top = 28;
    private const double Bottom = 48;

    /// <summary>A name within the page, of letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string XLabel { get; init; }

    public required string YLabel { get; init; }

    public IReadOnlyList<PlotPoint> Points { get; init; } = [];

    /// <summary>Curve and band: x, middle, low, high.</summary>
    public IReadOnlyList<(double X, double Y, double Low, double High)> Curve { get; init; } = [];

    /// <summary>Heights of dashed lines.</summary>
    public IReadOnlyList<double> References { get; init; } = [];

    /// <summary>The range of y; <c>null</c> takes that of the data.</summary>
    public (double Low, double High)? YRange { get; init; }

    /// <summary>Draws the plot.</summary>
    public Markup Draw()
    {
        (double xLow, double xHigh) = Widened(Points.Select(p => p.X).Concat(Curve.Select(c => c.X)));
        (double yLow, double yHigh) = YRange ?? Widened(Points.SelectMany(p => new[] { p.Y, p.Low ?? p.Y, p.High ?? p.Y }).Concat(Curve.SelectMany(c => new[] { c.Low, c.High })).Concat(References));
        double X(double x) => Left + ((x - xLow) / (xHigh - xLow) * (Width - Left - Right));
        double Y(double y) => Height - Bottom - ((Math.Clamp(y, yLow, yHigh) - yLow) / (yHigh - yLow) * (Height - Top - Bottom));

        MarkupWriter svg = new();
        svg.Line($"<svg class=\"plot\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"{Id}-title {Id}-desc\">");
        svg.Line($"<title id=\"{Id}-title\">{Title}</title>");
        svg.Line($"<desc id=\"{Id}-desc\">{Description}</desc>");
        foreach (double y in NiceNumbers.Ticks(yLow, yHigh, 5))
        {
            svg.Line($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(y)}\" y2=\"{Y(y)}\"/>");
            svg.Line($"<text class=\"tick\" x=\"{Left - 6}\" y=\"{Y(y) + 4}\" text-anchor=\"end\">{NiceNumbers.Text(y)}</text>");
        }

        svg.Line($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom}\"/>");
        foreach (double x in NiceNumbers.Ticks(xLow, xHigh, 6))
        {
            svg.Line($"<line class=\"axis\" x1=\"{X(x)}\" x2=\"{X(x)}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom + 5}\"/>");
            svg.Line($"<text class=\"tick\" x=\"{X(x)}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{NiceNumbers.Text(x)}</text>");
        }

        foreach (double reference in References)
        {
            svg.Line($"<line class=\"reference\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(reference)}\" y2=\"{Y(reference)}\"/>");
        }

        if (Curve.Count > 1)
        {
            Markup band = Path(Curve.Select(c => (X(c.X), Y(c.High))).Concat(Curve.Reverse().Select(c => (X(c.X), Y(c.Low)))));
            svg.Line($"<path class=\"band\" d=\"{band}Z\"/>");
            svg.Line($"<path class=\"fitted\" d=\"{Path(Curve.Select(c => (X(c.X), Y(c.Y))))}\"/>");
        }

        foreach (PlotPoint p in Points)
        {
            Markup note = p.Note is null ? default : new Markup($"<title>{Markup.Escape(p.Note)}</title>");
            if (p.Low is double low && p.High is double high)
            {
                svg.Line($"<line class=\"interval\" x1=\"{X(p.X)}\" x2=\"{X(p.X)}\" y1=\"{Y(low)}\" y2=\"{Y(high)}\"/>");
            }

            svg.Line($"<circle class=\"{(p.Open ? "open" : "point")}\" cx=\"{X(p.X)}\" cy=\"{Y(p.Y)}\" r=\"{(p.Low is null ? 3 : 4.5)}\">{note}</circle>");
        }

        svg.Line($"<text class=\"label\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{XLabel}</text>");
        svg.Line($"<text class=\"label\" transform=\"translate(14 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{YLabel}</text>");
        svg.Line($"</svg>");
        return svg.ToMarkup();
    }

    private static Markup Path(IEnumerable<(double X, double Y)> points) =>
        new(string.Join(' ', points.Select((p, i) => string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{p.X:0.##} {p.Y:0.##}"))));

    // The data with a margin, so that no point lies on an axis; a range of its own where all are the same.
    private static (double Low, double High) Widened(IEnumerable<double> values)
    {
        double low = double.MaxValue, high = double.MinValue;
        foreach (double value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        if (low > high)
        {
            return (0, 1);
        }

        double margin = high - low > 1e-9 * Math.Max(Math.Abs(high), Math.Abs(low)) ? 0.06 * (high - low) : Math.Max(0.1, 0.1 * Math.Abs(high));
        return (low - margin, high + margin);
    }
}
