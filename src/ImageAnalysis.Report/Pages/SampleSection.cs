using System.Globalization;
using ImageAnalysis.Particles;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>One sample: in words, its histograms, overlays and flagged particles.</summary>
internal static class SampleSection
{
    private const int OverlaysShown = 3;

    /// <summary>Writes the section.</summary>
    public static void Write(MarkupWriter page, RunResult run, SampleSummary sample, SampleDetails details, FringeDetails? fringes, int number)
    {
        string id = $"sample-{number.ToString(CultureInfo.InvariantCulture)}";
        page.Line($"<section aria-labelledby=\"{id}\">");
        page.Line($"<h2 id=\"{id}\">{Markup.Name(sample.Sample)}</h2>");
        WriteWords(page, sample, details);
        if (sample.FeretMax is SizeDistribution axis && sample.Diameter is SizeDistribution diameter)
        {
            SizeAxis shown = SizeAxis.Over([axis.Histogram, diameter.Histogram]);
            page.Line($"<div class=\"plots\">");
            WriteHistogram(page, axis, "long axis", shown, id + "-long-axis");
            WriteHistogram(page, diameter, "area-equivalent diameter", shown, id + "-diameter");
            page.Line($"</div>");
        }

        WriteOverlays(page, details);
        WriteFlags(page, run, sample.Sample, details);
        FringeSection.Write(page, run, sample, fringes, id);
        PowderSection.Write(page, run, sample, id);
        page.Line($"</section>");
    }

    /// <summary>The address of the overlay of an input file, seen from the page.</summary>
    public static string OverlayAddress(string file) => string.Join('/', ResultsFolder.OverlayName(file).Split('/').Select(Uri.EscapeDataString));

    private static void WriteWords(MarkupWriter page, SampleSummary sample, SampleDetails details)
    {
        int border = details.CountOf(ParticleState.Border);
        int other = details.CountOf(ParticleState.NotCounted);
        string counted = Words.Count(details.CountedCount, "is counted", "are counted");
        string outside = border == 0 ? string.Empty : $", {Words.Count(border, "lies", "lie")} at the border";
        string left = other == 0 ? string.Empty : $", {Words.Count(other, "is", "are")} not counted for {(border == 0 ? "reasons" : "other reasons")} given below";
        if (details.Images.Count == 0 && (sample.Pattern is not null || sample.Fringes is not null))
        {
            return;
        }

        page.Line($"<p>{Words.Count(details.FoundCount, "particle was", "particles were")} found in {Words.Count(details.Images.Count, "image", "images")}: {counted}{outside}{left}.");
        if (sample.UncalibratedCount > 0)
        {
            page.Line($"{Words.Count(sample.UncalibratedCount, "counted particle has", "counted particles have")} no size in nm, since nobody knows the pixel size of their image.");
        }

        if (sample.FeretMax is SizeDistribution axis)
        {
            string sd = axis.Sd is SizeEstimate s ? $" with a standard deviation of {Words.Size(s.ValueNm)} nm" : string.Empty;
            string wanted = Words.Percent(axis.PrecisionWantedPercent);
            string more = axis.MoreNeeded == 0
                ? $"That is enough to know the mean to ±{wanted} %."
                : $"To know the mean to ±{wanted} %, about {Words.Count(axis.MoreNeeded, "more particle is", "more particles are")} needed.";
            page.Line($"The mean long axis is <strong>{Words.Size(axis.Mean.ValueNm)} nm</strong> (95 %: {Words.Interval(axis.Mean)} nm){sd}. {more}");
        }

        page.Line($"</p>");
    }

    private static void WriteHistogram(MarkupWriter page, SizeDistribution sizes, string measurand, SizeAxis axis, string id)
    {
        page.Line($"<figure>");
        page.Add(HistogramPlot.Draw(sizes, measurand, axis, id));
        page.Line($"<figcaption>Mean {Words.Size(sizes.Mean.ValueNm)} nm, of the counted particles as they are {Words.Size(sizes.PlainMeanNm)} nm; n = {sizes.Count}; bins of {NiceNumbers.Text(sizes.Histogram.BinWidthNm)} nm.</figcaption>");
        if (sizes.Fits.Count == 0)
        {
            page.Line($"<p class=\"faint\">Too few particles for a fit.</p>");
        }
        else
        {
            page.Line($"<table>");
            page.Line($"<caption>Fits to the {measurand}. A ΔAICc above 10 speaks clearly against a distribution</caption>");
            page.Line($"<thead><tr><th scope=\"col\">Distribution</th><th scope=\"col\" class=\"number\">Mean (nm)</th><th scope=\"col\" class=\"number\">s.d. (nm)</th><th scope=\"col\" class=\"number\">Location</th><th scope=\"col\" class=\"number\">Scale</th><th scope=\"col\" class=\"number\">AICc</th><th scope=\"col\" class=\"number\">ΔAICc</th></tr></thead>");
            page.Line($"<tbody>");
            foreach (DistributionFit fit in sizes.Fits)
            {
                page.Line($"<tr><th scope=\"row\">{fit.Family}</th><td class=\"number\">{Words.Size(fit.MeanNm)}</td><td class=\"number\">{Words.Size(fit.SdNm)}</td><td class=\"number\">{Parameter(fit.Location)}</td><td class=\"number\">{Parameter(fit.Scale)}</td><td class=\"number\">{Words.OneDecimal(fit.Aicc)}</td><td class=\"number\">{Words.OneDecimal(fit.Aicc - sizes.Fits[0].Aicc)}</td></tr>");
            }

            page.Line($"</tbody>");
            page.Line($"</table>");
        }

        page.Line($"</figure>");
    }

    private static void WriteOverlays(MarkupWriter page, SampleDetails details)
    {
        if (details.Images.Count == 0)
        {
            return;
        }

        page.Line($"<h3>What was measured</h3>");
        foreach (string file in details.Images.Take(OverlaysShown))
        {
            string address = OverlayAddress(file);
            page.Line($"<figure class=\"overlay\">");
            page.Line($"<a href=\"{address}\"><img src=\"{address}\" loading=\"lazy\" alt=\"{file} with the outlines of its particles\"/></a>");
            page.Line($"<a class=\"cut\" href=\"{address}\"><img src=\"{address}\" loading=\"lazy\" alt=\"The middle of the same picture at full size\"/></a>");
            page.Line($"<figcaption>{Markup.Name(file)}: the whole picture, and its middle at full size</figcaption>");
            page.Line($"</figure>");
        }

        if (details.Images.Count > OverlaysShown)
        {
            page.Line($"<p>{Words.Count(details.Images.Count - OverlaysShown, "more picture is", "more pictures are")} linked from <a href=\"#files\">the list of files</a>.</p>");
        }
    }

    private static void WriteFlags(MarkupWriter page, RunResult run, string sample, SampleDetails details)
    {
        if (details.WorthALookCount == 0)
        {
            return;
        }

        page.Line($"<h3>Flagged particles</h3>");
        page.Line($"<p>{string.Join(", ", details.Flags.Select(f => $"{f.Count} {f.Name}{(f.CountedCount > 0 ? $" ({f.CountedCount} counted)" : string.Empty)}"))}. What the words mean stands under <a href=\"#methods\">Methods</a>.</p>");
        FlaggedParticle[] shown = [.. details.Shown];
        page.Line($"<details>");
        string which = shown.Length < details.WorthALookCount ? $"{shown.Length} of the {details.WorthALookCount} flagged particles" : Words.Count(shown.Length, "flagged particle", "flagged particles");
        page.Line($"<summary>{which}, with the reasons</summary>");
        page.Line($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Flagged particles of {sample}\">");
        page.Line($"<table>");
        page.Line($"<thead><tr><th scope=\"col\">Image</th><th scope=\"col\" class=\"number\">Particle</th><th scope=\"col\">Counted</th><th scope=\"col\" class=\"number\">Long axis</th><th scope=\"col\">Reasons</th></tr></thead>");
        page.Line($"<tbody>");
        foreach (FlaggedParticle flagged in shown)
        {
            SizeMeasurement p = flagged.Particle;
            string size = p.FeretMaxNm is double nm ? $"{Words.Size(nm)} nm" : $"{Words.OneDecimal(p.FeretMaxPx)} px";
            string reasons = string.Join("; ", p.Flags.Select(flag => $"{flag.Name}: {flag.Reason}"));
            page.Line($"<tr><td><a href=\"{OverlayAddress(flagged.File)}\">{Markup.Name(flagged.File)}</a></td><td class=\"number\">{p.ParticleId}</td><td>{(p.Counted ? "yes" : "no")}</td><td class=\"number\">{size}</td><td>{reasons}</td></tr>");
        }

        page.Line($"</tbody>");
        page.Line($"</table>");
        page.Line($"</div>");
        page.Line($"<p class=\"faint\">All particles with their flags stand in <a href=\"sizes.csv\">sizes.csv</a>{(run.Interrupted ? " (once the run is finished)" : string.Empty)}.</p>");
        page.Line($"</details>");
    }

    private static string Parameter(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
