using System.Globalization;
using System.Text;

namespace ImageAnalysis.Benchmarks;

/// <summary>One row of points of a chart.</summary>
/// <param name="Name">What it is, for the legend.</param>
/// <param name="Colour">Colour of line and marks.</param>
/// <param name="Points">The points, in the order in which the line goes.</param>
internal sealed record ChartSeries(string Name, string Colour, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>Whether a line joins the points; else they are marked.</summary>
    public bool Line { get; init; } = true;

    /// <summary>Whether the line is dashed.</summary>
    public bool Dashed { get; init; }

    /// <summary>Whether marks are open.</summary>
    public bool Open { get; init; }
}

/// <summary>A plain chart as SVG: one or two linear or logarithmic axes, lines and marks, a legend.</summary>
internal sealed record Chart(string Title, string XTitle, string YTitle, (double Low, double High) X, (double Low, double High) Y, IReadOnlyList<ChartSeries> Series)
{
    private const double Left = 64, Top = 34, PlotWidth = 430, PlotHeight = 250, Right = 220, Bottom = 46;

    /// <summary>Whether the axes are logarithmic.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether the axes are logarithmic.</summary>
    public bool LogY { get; init; }

    /// <summary>Ticks of both axes.</summary>
    public required IReadOnlyList<double> XTicks { get; init; }

    /// <summary>Ticks of both axes.</summary>
    public required IReadOnlyList<double> YTicks { get; init; }

    /// <summary>Vertical lines with a word.</summary>
    public IReadOnlyList<(double X, string Word)> Marks { get; init; } = [];

    /// <summary>The file.</summary>
    public string ToSvg()
    {
        StringBuilder svg = new();
        double width = Left + PlotWidth + Right, height = Top + PlotHeight + Bottom;
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">");
        Add(svg, $"<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>");
        Add(svg, $"<text x=\"{Left}\" y=\"20\" font-size=\"14\">{Title}</text>");
        foreach (double tick in XTicks)
        {
            Add(svg, $"<path d=\"M{AtX(tick):0.#} {Top}V{Top + PlotHeight}\" stroke=\"#e3e3e3\"/><text x=\"{AtX(tick):0.#}\" y=\"{Top + PlotHeight + 16}\" text-anchor=\"middle\">{tick:0.####}</text>");
        }

        foreach (double tick in YTicks)
        {
            Add(svg, $"<path d=\"M{Left} {AtY(tick):0.#}H{Left + PlotWidth}\" stroke=\"#e3e3e3\"/><text x=\"{Left - 6}\" y=\"{AtY(tick) + 4:0.#}\" text-anchor=\"end\">{tick:0.####}</text>");
        }

        Add(svg, $"<rect x=\"{Left}\" y=\"{Top}\" width=\"{PlotWidth}\" height=\"{PlotHeight}\" fill=\"none\" stroke=\"#888\"/>");
        Add(svg, $"<text x=\"{Left + (PlotWidth / 2)}\" y=\"{height - 10}\" text-anchor=\"middle\">{XTitle}</text>");
        Add(svg, $"<text transform=\"translate(16 {Top + (PlotHeight / 2)}) rotate(-90)\" text-anchor=\"middle\">{YTitle}</text>");
        foreach ((double x, string word) in Marks)
        {
            Add(svg, $"<path d=\"M{AtX(x):0.#} {Top}V{Top + PlotHeight}\" stroke=\"#555\" stroke-dasharray=\"2 3\"/><text x=\"{AtX(x) + 3:0.#}\" y=\"{Top + 12}\">{word}</text>");
        }

        for (int i = 0; i < Series.Count; i++)
        {
            AddSeries(svg, Series[i], Top + 14 + (18 * i));
        }

        svg.Append("</svg>\n");
        return svg.ToString();
    }

    private void AddSeries(StringBuilder svg, ChartSeries series, double legendY)
    {
        double legendX = Left + PlotWidth + 12;
        string dash = series.Dashed ? " stroke-dasharray=\"5 4\"" : string.Empty, fill = series.Open ? "#fff" : series.Colour;
        if (series.Line)
        {
            string path = string.Join('L', series.Points.Select(point => Text($"{AtX(point.X):0.#} {AtY(point.Y):0.#}")));
            Add(svg, $"<path d=\"M{path}\" fill=\"none\" stroke=\"{series.Colour}\" stroke-width=\"1.6\"{dash}/><path d=\"M{legendX} {legendY}h22\" stroke=\"{series.Colour}\" stroke-width=\"1.6\"{dash}/>");
        }
        else
        {
            foreach ((double x, double y) in series.Points)
            {
                Add(svg, $"<circle cx=\"{AtX(x):0.#}\" cy=\"{AtY(y):0.#}\" r=\"3.5\" fill=\"{fill}\" stroke=\"{series.Colour}\"/>");
            }

            Add(svg, $"<circle cx=\"{legendX + 11}\" cy=\"{legendY}\" r=\"3.5\" fill=\"{fill}\" stroke=\"{series.Colour}\"/>");
        }

        Add(svg, $"<text x=\"{legendX + 28}\" y=\"{legendY + 4}\">{series.Name}</text>");
    }

    private double AtX(double x) => Left + (PlotWidth * Share(x, X, LogX));

    private double AtY(double y) => Top + (PlotHeight * (1 - Share(y, Y, LogY)));

    private static double Share(double value, (double Low, double High) range, bool log) => Math.Clamp(
        log ? Math.Log(Math.Max(value, 1e-300) / range.Low) / Math.Log(range.High / range.Low) : (value - range.Low) / (range.High - range.Low), 0, 1);

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(Text(text)).Append('\n');

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
