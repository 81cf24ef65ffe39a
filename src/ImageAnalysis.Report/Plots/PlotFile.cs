namespace ImageAnalysis.Report;

/// <summary>A plot of the page as a file of its own: with its colours in plain values, since programs that show SVG files know no variables, on white.</summary>
internal static class PlotFile
{
    private const string Style = """
        .plot { font: 13px "DejaVu Sans", "Segoe UI", Arial, sans-serif; }
        .plot text { fill: #1c2126; } .plot .tick { font-size: 12px; } .plot .title { font-size: 14px; font-weight: 600; } .plot path { fill: none; }
        .plot .faint { fill: #59636e; } .plot .grid { stroke: #d4d9de; stroke-width: 1; } .plot .axis { stroke: #1c2126; stroke-width: 1; }
        .plot .bar { fill: #9ccbe8; stroke: #5e9cc4; stroke-width: 1; } .plot .fit { fill: none; stroke-width: 2.2; } .plot .normal { stroke: #0b3d66; } .plot .log-normal { stroke: #b84a00; stroke-dasharray: 7 4; }
        .plot .quantile { stroke: #1c2126; stroke-width: 1; stroke-dasharray: 2 3; } .plot .interval { stroke: #1c2126; stroke-width: 2; } .plot .mean { fill: #1c2126; }
        .plot .band { fill: #9ccbe8; fill-opacity: 0.4; stroke: none; } .plot .fitted { stroke: #b84a00; stroke-width: 1.6; fill: none; } .plot .point { fill: #0b3d66; fill-opacity: 0.65; }
        .plot .open { fill: #ffffff; stroke: #0b3d66; stroke-width: 1.4; } .plot .reference { stroke: #59636e; stroke-width: 1.2; stroke-dasharray: 6 4; } .plot .simulated-mark { fill: #f0e442; stroke: #1c2126; }

        """;

    /// <summary>The plot as a file.</summary>
    /// <param name="plot">One <c>svg</c> element, its start tag on a line of its own.</param>
    /// <param name="isSimulated">Whether it shows data that were computed; the file then says so.</param>
    /// <returns>The text of the file.</returns>
    public static string Standalone(Markup plot, bool isSimulated)
    {
        int end = plot.Text.IndexOf(">\n", StringComparison.Ordinal) + 2;
        string mark = isSimulated ? "<rect class=\"simulated-mark\" x=\"2\" y=\"2\" width=\"112\" height=\"18\"/>\n<text class=\"tick\" x=\"58\" y=\"15\" text-anchor=\"middle\" style=\"fill:#1c2126\">simulated data</text>\n" : string.Empty;
        return $"{plot.Text[..end]}<style>{Style}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{mark}{plot.Text[end..]}";
    }
}
