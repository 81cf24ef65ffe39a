using System.Globalization;
using System.Text;
using ImageAnalysis.Core;

namespace ImageAnalysis.Report;

/// <summary>
/// A fitted powder pattern as SVG: measured points, fitted curve, background, the places of the crystal's lines, and below them measured minus fitted on the same scale.
/// </summary>
public static class PatternPlot
{
    private const double Width = 900;
    private const double Height = 560;
    private const double Left = 72;
    private const double Right = 14;
    private const double Top = 56;
    private const double Bottom = 50;
    private const double TickRow = 40; // the lines' ticks and their indices
    private const double TickHeight = 10;
    private const double LeastDifferencePx = 30;
    private const double IndexWidth = 26;
    private const double LegendWidth = 116;
    private const int LongestName = 28;

    /// <summary>
    /// Colours and strokes of a plot that stands in a file of its own, in plain values: programs that show SVG files know no variables. The report's style sheet has the same classes.
    /// </summary>
    private const string FileStyle = """
        .plot { font: 13px "DejaVu Sans", "Segoe UI", Arial, sans-serif; }
        .plot text { fill: #1c2126; } .plot .tick { font-size: 12px; } .plot .index { font-size: 10px; } .plot .title { font-size: 14px; font-weight: 600; }
        .plot .faint { fill: #59636e; } .plot .grid { stroke: #d4d9de; stroke-width: 1; } .plot .axis { stroke: #1c2126; stroke-width: 1; } .plot path { fill: none; }
        .plot .measured { stroke: #5e9cc4; stroke-width: 2.6; stroke-linecap: round; } .plot .fitted { stroke: #b84a00; stroke-width: 1.6; stroke-linejoin: round; }
        .plot .background { stroke: #59636e; stroke-width: 1.2; stroke-dasharray: 6 4; } .plot .difference { stroke: #0b3d66; stroke-width: 1.2; stroke-linejoin: round; }
        .plot .line-tick { stroke: #1c2126; stroke-width: 1.2; } .plot .simulated-mark { fill: #f0e442; stroke: #1c2126; }

        """;

    /// <summary>A plot as a file of its own, with its colours in it, on white.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="title">What the pattern is called, such as its file's name.</param>
    /// <param name="isSimulated">Whether the pattern was computed and not measured; the plot then says so.</param>
    /// <returns>The SVG, in UTF-8.</returns>
    public static byte[] File(PowderFit fit, string title, bool isSimulated)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(title);
        return Encoding.UTF8.GetBytes(Draw(fit, title, isSimulated, "pattern", standsAlone: true).Text);
    }

    /// <summary>A plot for the report page, whose style sheet gives the colours for light and dark.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="title">What the pattern is called.</param>
    /// <param name="isSimulated">Whether the pattern was computed and not measured.</param>
    /// <param name="id">A name within the page, of letters, digits and hyphens.</param>
    internal static Markup Draw(PowderFit fit, string title, bool isSimulated, string id) => Draw(fit, title, isSimulated, id, standsAlone: false);

    private static Markup Draw(PowderFit fit, string title, bool isSimulated, string id, bool standsAlone)
    {
        PowderCurve curve = fit.Curve;
        PatternAxes axes = PatternAxes.Of(curve, Left, Width - Right, Top, Height - Bottom, TickRow, LeastDifferencePx);
        MarkupWriter svg = new();
        Markup size = new(standsAlone ? string.Create(CultureInfo.InvariantCulture, $" width=\"{Width}\" height=\"{Height}\"") : string.Empty);
        svg.Line($"<svg class=\"plot pattern\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\"{size} role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">");
        svg.Line($"<title id=\"{id}-title\">Powder pattern and fit: {title}</title>");
        svg.Line($"<desc id=\"{id}-desc\">{Description(fit, isSimulated)}</desc>");
        if (standsAlone)
        {
            svg.Line($"<style>{new Markup(FileStyle)}</style>");
            svg.Line($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>");
        }

        DrawHead(svg, fit, title, isSimulated);
        DrawAxes(svg, axes);
        DrawCurve(svg, "background", axes, curve.TwoThetaDeg, curve.BackgroundCounts, axes.Y);
        DrawPoints(svg, axes, curve);
        DrawCurve(svg, "fitted", axes, curve.TwoThetaDeg, curve.CalculatedCounts, axes.Y);
        DrawTicks(svg, axes, fit.Ticks);
        svg.Line($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{axes.DifferenceY(0)}\" y2=\"{axes.DifferenceY(0)}\"/>");
        DrawCurve(svg, "difference", axes, curve.TwoThetaDeg, axes.Difference, axes.DifferenceY);
        svg.Line($"</svg>");
        return svg.ToMarkup();
    }

    private static void DrawHead(MarkupWriter svg, PowderFit fit, string title, bool isSimulated)
    {
        svg.Line($"<text class=\"title\" x=\"{Left}\" y=\"18\">{Shortened(title)}</text>");
        if (isSimulated)
        {
            svg.Line($"<rect class=\"simulated-mark\" x=\"{Width - Right - 150}\" y=\"3\" width=\"150\" height=\"21\"/>");
            svg.Line($"<text x=\"{Width - Right - 75}\" y=\"18\" text-anchor=\"middle\" fill=\"#1c2126\" style=\"fill:#1c2126\">simulated pattern</text>");
        }

        string[] names = ["measured", "fitted", "background", "difference"];
        double x = Left;
        foreach (string name in names)
        {
            string shown = name == "measured" && isSimulated ? "pattern" : name;
            svg.Line($"<path class=\"{name}\" d=\"{new Markup(name == "measured" ? Text($"M{x + 2} 38h0M{x + 13} 38h0M{x + 24} 38h0") : Text($"M{x} 38h26"))}\"/>");
            svg.Line($"<text class=\"tick\" x=\"{x + 32}\" y=\"42\">{shown}</text>");
            x += LegendWidth;
        }

        svg.Line($"<text class=\"tick faint\" x=\"{Width - Right}\" y=\"42\" text-anchor=\"end\">{Numbers(fit.Best)}</text>");
    }

    private static void DrawAxes(MarkupWriter svg, PatternAxes axes)
    {
        foreach (double count in axes.CountTicks)
        {
            svg.Line($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{axes.Y(count)}\" y2=\"{axes.Y(count)}\"/>");
            svg.Line($"<text class=\"tick\" x=\"{Left - 6}\" y=\"{axes.Y(count) + 4}\" text-anchor=\"end\">{NiceNumbers.Text(count)}</text>");
        }

        double foot = Height - Bottom;
        foreach (double angle in axes.AngleTicks)
        {
            svg.Line($"<line class=\"axis\" x1=\"{axes.X(angle)}\" x2=\"{axes.X(angle)}\" y1=\"{foot}\" y2=\"{foot + 5}\"/>");
            svg.Line($"<text class=\"tick\" x=\"{axes.X(angle)}\" y=\"{foot + 18}\" text-anchor=\"middle\">{NiceNumbers.Text(angle)}</text>");
        }

        svg.Line($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{foot}\" y2=\"{foot}\"/>");
        svg.Line($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Left}\" y1=\"{Top}\" y2=\"{foot}\"/>");
        svg.Line($"<text class=\"label\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">2θ (degrees)</text>");
        svg.Line($"<text class=\"label\" transform=\"translate(14 {(Top + axes.Foot) / 2}) rotate(-90)\" text-anchor=\"middle\">intensity (counts)</text>");
        svg.Line($"<text class=\"tick\" x=\"{Left - 6}\" y=\"{axes.DifferenceY(0) + 4}\" text-anchor=\"end\">0</text>");
    }

    private static void DrawPoints(MarkupWriter svg, PatternAxes axes, PowderCurve curve)
    {
        // A line of no length with round ends is a point: one path instead of a thousand circles.
        StringBuilder path = new();
        foreach (int i in axes.Shown(curve.ObservedCounts))
        {
            path.Append(Text($"M{axes.X(curve.TwoThetaDeg[i]):0.##} {axes.Y(curve.ObservedCounts[i]):0.##}h0"));
        }

        svg.Line($"<path class=\"measured\" d=\"{new Markup(path.ToString())}\"/>");
    }

    private static void DrawCurve(MarkupWriter svg, string cssClass, PatternAxes axes, IReadOnlyList<double> angles, IReadOnlyList<double> values, Func<double, double> y)
    {
        StringBuilder path = new();
        foreach (int i in axes.Shown(values))
        {
            path.Append(path.Length == 0 ? 'M' : 'L').Append(Text($"{axes.X(angles[i]):0.##} {y(values[i]):0.##}"));
        }

        svg.Line($"<path class=\"{cssClass}\" d=\"{new Markup(path.ToString())}\"/>");
    }

    private static void DrawTicks(MarkupWriter svg, PatternAxes axes, IReadOnlyList<PowderTick> ticks)
    {
        double top = axes.Foot + 8, free = double.MinValue;
        foreach (PowderTick tick in ticks.OrderBy(tick => tick.TwoThetaDeg))
        {
            double x = axes.X(tick.TwoThetaDeg);
            string index = Text($"{tick.H}{Gap(tick)}{tick.K}{Gap(tick)}{tick.L}");
            svg.Line($"<line class=\"line-tick\" x1=\"{x}\" x2=\"{x}\" y1=\"{top}\" y2=\"{top + TickHeight}\"><title>{index} at {new Markup(Text($"{tick.TwoThetaDeg:0.###}"))}°</title></line>");
            if (x >= free)
            {
                svg.Line($"<text class=\"index\" x=\"{x}\" y=\"{top + TickHeight + 12}\" text-anchor=\"middle\">{index}</text>");
                free = x + IndexWidth;
            }
        }
    }

    /// <summary>Indices of one digit are written together, as crystallographers do; others apart.</summary>
    private static string Gap(PowderTick tick) => new[] { tick.H, tick.K, tick.L }.All(index => index is >= 0 and <= 9) ? string.Empty : " ";

    private static string Numbers(PowderSolution best)
    {
        // The error decides how many decimals mean something: one digit of it, two where it begins with 1.
        double? known = best.ASigmaAngstrom is double given && double.IsFinite(given) && given > 0 ? given : null;
        string format = "F" + (known is double size ? Math.Clamp((int)Math.Ceiling(-Math.Log10(size / 1.95)), 2, 7) : 4).ToString(CultureInfo.InvariantCulture);
        string sigma = known is double error ? " ± " + error.ToString(format, CultureInfo.InvariantCulture) : string.Empty;
        string name = best.Name.Length > LongestName ? best.Name[..(LongestName - 1)] + "…" : best.Name;
        return Text($"{name} · a = {best.AAngstrom.ToString(format, CultureInfo.InvariantCulture)}{sigma} Å · Rwp = {best.RwpPercent:0.0} %");
    }

    private static string Description(PowderFit fit, bool isSimulated) => Text(
        $"{(isSimulated ? "Simulated" : "Measured")} pattern of {fit.Curve.TwoThetaDeg.Count} points from {fit.Curve.TwoThetaDeg[0]:0.##} to {fit.Curve.TwoThetaDeg[^1]:0.##} degrees, and its fit: {Numbers(fit.Best)}.");

    private static string Shortened(string title) => title.Length > 90 ? "…" + title[^89..] : title;

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
