using ImageAnalysis.Particles;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>The headline table: a row a sample.</summary>
internal static class SummarySection
{
    /// <summary>Writes the section.</summary>
    public static void Write(MarkupWriter page, RunResult run, IReadOnlyDictionary<string, SampleDetails> details)
    {
        page.Line($"<section aria-labelledby=\"results\">");
        page.Line($"<h2 id=\"results\">Results</h2>");
        page.Line($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table of results\">");
        page.Line($"<table class=\"headline\">");
        page.Line($"<caption>Sizes in nm, by number of particles, corrected for particles lost at the border; below each the 95 % interval. Aspect ratio and circularity: mean ± s.d. of the counted particles as they are.</caption>");
        page.Line($"<thead><tr><th scope=\"col\">Sample</th><th scope=\"col\" class=\"number\">Counted</th><th scope=\"col\" class=\"number\">Long axis<br/>mean</th><th scope=\"col\" class=\"number\">s.d.</th><th scope=\"col\" class=\"number\">Median</th><th scope=\"col\" class=\"number\">D10</th><th scope=\"col\" class=\"number\">D90</th><th scope=\"col\" class=\"number\">Diameter<br/>mean</th><th scope=\"col\" class=\"number\">s.d.</th><th scope=\"col\" class=\"number\">Aspect<br/>ratio</th><th scope=\"col\" class=\"number\">Circularity</th></tr></thead>");
        page.Line($"<tbody>");
        for (int i = 0; i < run.Samples.Count; i++)
        {
            SampleSummary sample = run.Samples[i];
            SampleDetails? more = details.GetValueOrDefault(sample.Sample);
            page.Line($"<tr><th scope=\"row\"><a href=\"#sample-{i + 1}\">{Markup.Name(sample.Sample)}</a></th>");
            page.Line($"<td class=\"number\">{sample.SizedCount}<small>of {sample.ParticleCount} found</small>{Unsized(sample.UncalibratedCount)}</td>");
            SizeDistribution? axis = sample.FeretMax;
            page.Line($"{Cell(axis?.Mean)}{Cell(axis?.Sd)}{Cell(axis?.Median)}{Cell(axis?.D10Nm)}{Cell(axis?.D90Nm)}");
            page.Line($"{Cell(sample.Diameter?.Mean)}{Cell(sample.Diameter?.Sd)}{Cell(more?.AspectRatio)}{Cell(more?.Circularity)}</tr>");
        }

        page.Line($"</tbody>");
        page.Line($"</table>");
        page.Line($"</div>");
        (string, SizeDistribution)[] shown = [.. run.Samples.Where(s => s.FeretMax is not null).Select(s => (s.Sample, s.FeretMax!))];
        if (shown.Length > 1)
        {
            page.Line($"<figure>");
            page.Add(OverviewPlot.Draw(shown, "long axis"));
            page.Line($"<figcaption>The long axis of all samples above one axis. Each histogram is drawn to the same height; n is the number of particles in it.</figcaption>");
            page.Line($"</figure>");
        }

        page.Line($"</section>");
    }

    private static Markup Unsized(int count) => count == 0 ? default : new Markup($"<small>+ {Words.Count(count, "without nm", "without nm")}</small>");

    private static Markup Cell(SizeEstimate? estimate)
    {
        MarkupWriter cell = new();
        if (estimate is null)
        {
            cell.Line($"<td class=\"number\">{Words.Missing}</td>");
        }
        else
        {
            cell.Line($"<td class=\"number\">{Words.Size(estimate.ValueNm)}<small>{Words.Interval(estimate)}</small></td>");
        }

        return cell.ToMarkup();
    }

    private static Markup Cell(double? sizeNm)
    {
        MarkupWriter cell = new();
        cell.Line($"<td class=\"number\">{(sizeNm is double nm ? Words.Size(nm) : Words.Missing)}</td>");
        return cell.ToMarkup();
    }

    private static Markup Cell(RatioStatistic? ratio)
    {
        MarkupWriter cell = new();
        if (ratio is null)
        {
            cell.Line($"<td class=\"number\">{Words.Missing}</td>");
        }
        else
        {
            cell.Line($"<td class=\"number\">{Words.Ratio(ratio.Mean)}<small>{(ratio.Sd is double sd ? $"± {Words.Ratio(sd)}" : string.Empty)}</small></td>");
        }

        return cell.ToMarkup();
    }
}
