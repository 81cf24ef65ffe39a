using ImageAnalysis.Core;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>The powder pattern of a sample: plot, copper per cell, rivals, what the pattern leaves open.</summary>
internal static class PowderSection
{
    /// <summary>Writes the part of a sample's section; nothing for a sample without a fit.</summary>
    public static void Write(MarkupWriter page, RunResult run, SampleSummary sample, string id)
    {
        if (sample.Pattern is not SampleFit pattern)
        {
            return;
        }

        PowderFit fit = pattern.Fit;
        PowderSolution best = fit.Best;
        page.Line($"<h3 id=\"{id}-powder\">Powder pattern</h3>");
        page.Line($"<p>{Markup.Name(pattern.File)}, fitted with {Markup.Name(pattern.Model)}: the sites {best.Name} describe it best. a = <strong>{Words.Measured(best.AAngstrom, best.ASigmaAngstrom)} Å</strong>; {SizeWords(best)}; Rwp {Words.OneDecimal(best.RwpPercent)} %, reduced χ² {Words.Ratio(best.ReducedChi2)}. {fit.Scattering}.</p>");
        if (fit.Failure is string failure)
        {
            page.Line($"<p class=\"finding\">{failure}</p>");
        }

        page.Line($"<figure>");
        page.Add(PatternPlot.Draw(fit, pattern.File, pattern.Simulated, id + "-pattern"));
        page.Line($"<figcaption>The pattern, its fit, the places of the crystal's lines, and the difference on the same scale. As files: <a href=\"{Address(pattern, "svg")}\">picture</a>, <a href=\"{Address(pattern, "json")}\">all parameters</a>.</figcaption>");
        page.Line($"</figure>");
        WriteCopper(page, pattern, id);
        if (fit is { Failure: null, HalfOrder: HalfOrderLine line })
        {
            page.Line($"<p>{line.Words}</p>");
        }

        WriteTexts(page, "What the pattern does not determine", fit.NotIdentifiable);
        WriteTexts(page, "What to beware of", [.. fit.Warnings.Where(warning => warning != fit.Failure)]);
        WriteOthers(page, run, sample, pattern);
    }

    /// <summary>The address of a fit's file, seen from the page.</summary>
    public static string Address(SampleFit fit, string ending) => "fits/" + string.Join('/', fit.Name.Split('/').Select(Uri.EscapeDataString)) + "." + ending;

    private static string SizeWords(PowderSolution best) => best.Shape == PeakShape.Spheres
        ? $"spherical crystals of {Words.Measured(best.SizeAngstrom / 10, best.SizeSigmaAngstrom / 10)} nm in the mean (by number)"
        : $"crystals of {Words.Measured(best.SizeAngstrom / 10, best.SizeSigmaAngstrom / 10)} nm (Scherrer)";

    private static void WriteCopper(MarkupWriter page, SampleFit pattern, string id)
    {
        IReadOnlyList<SiteCopper> copper = pattern.Copper;
        if (copper.All(site => site.AtomsPerCell is null))
        {
            WriteSites(page, pattern.Fit.Best);
            return;
        }

        page.Line($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Copper per cell\">");
        page.Line($"<table id=\"{id}-copper\">");
        page.Line($"<caption>Cu in a unit cell by kind of site, ± one standard deviation (on an empty site: how much would still fit). Rivals fit nearly as well; Δχ² and ΔBIC are against the best solution, and BIC counts the number of free occupancies too.</caption>");
        page.Line($"<thead><tr><th scope=\"col\">Solution</th>");
        foreach (SiteCopper site in copper)
        {
            page.Line($"<th scope=\"col\" class=\"number\">{site.Group}</th>");
        }

        page.Line($"<th scope=\"col\" class=\"number\">Sum</th><th scope=\"col\" class=\"number\">a (Å)</th><th scope=\"col\" class=\"number\">Δχ²</th><th scope=\"col\" class=\"number\">ΔBIC</th></tr></thead>");
        page.Line($"<tbody>");
        WriteSolution(page, $"best: {pattern.Fit.Best.Name}", pattern.Fit.Best, null);
        foreach (RivalSolution rival in pattern.Fit.Rivals)
        {
            WriteSolution(page, $"rival: {rival.Solution.Name}", rival.Solution, rival);
        }

        page.Line($"</tbody>");
        page.Line($"</table>");
        page.Line($"</div>");
        if (pattern.Fit.Rivals.Count == 0)
        {
            page.Line($"<p class=\"faint\">No other set of occupancies fits nearly as well.</p>");
        }
    }

    private static void WriteSolution(MarkupWriter page, string name, PowderSolution solution, RivalSolution? rival)
    {
        IReadOnlyList<SiteCopper> copper = SiteCopper.Of(solution);
        page.Line($"<tr><th scope=\"row\">{name}</th>");
        foreach (SiteCopper site in copper)
        {
            page.Line($"<td class=\"number\">{(site.AtomsPerCell is double atoms ? Words.WithSigma(atoms, site.SigmaPerCell, site.SigmaPerCell < 0.01 ? "0.000" : "0.00") : Words.Missing)}</td>");
        }

        page.Line($"<td class=\"number\">{Words.Ratio(copper.Sum(site => site.AtomsPerCell ?? 0))}</td><td class=\"number\">{Words.Measured(solution.AAngstrom, solution.ASigmaAngstrom)}</td>");
        page.Line($"<td class=\"number\">{(rival is null ? Words.Missing : Words.OneDecimal(rival.DeltaChi2))}</td><td class=\"number\">{(rival is null ? Words.Missing : Words.OneDecimal(rival.DeltaBic))}</td></tr>");
    }

    /// <summary>For crystals other than Cu₂Se: all sites.</summary>
    private static void WriteSites(MarkupWriter page, PowderSolution best)
    {
        page.Line($"<table>");
        page.Line($"<caption>Occupancies of the sites, ± one standard deviation</caption>");
        page.Line($"<thead><tr><th scope=\"col\">Site</th><th scope=\"col\">Element</th><th scope=\"col\" class=\"number\">Occupancy</th><th scope=\"col\" class=\"number\">Atoms per cell</th></tr></thead>");
        page.Line($"<tbody>");
        foreach (SiteOccupancy site in best.Sites)
        {
            page.Line($"<tr><th scope=\"row\">{site.Label}</th><td>{site.Element}</td><td class=\"number\">{Words.WithSigma(site.OccupancyFraction, site.OccupancySigmaFraction, "0.000")}</td><td class=\"number\">{Words.WithSigma(site.AtomsPerCell, site.AtomsSigmaPerCell, "0.00")}</td></tr>");
        }

        page.Line($"</tbody>");
        page.Line($"</table>");
    }

    private static void WriteTexts(MarkupWriter page, string heading, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        page.Line($"<h4>{heading}</h4>");
        page.Line($"<ul>");
        foreach (string text in texts)
        {
            page.Line($"<li>{text}</li>");
        }

        page.Line($"</ul>");
    }

    /// <summary>Other models of the same pattern, and other patterns of the sample.</summary>
    private static void WriteOthers(MarkupWriter page, RunResult run, SampleSummary sample, SampleFit pattern)
    {
        foreach (OtherModel other in pattern.OtherModels)
        {
            page.Line($"<p>The model {Markup.Name(other.Model)} describes the pattern less well: ΔBIC {Words.OneDecimal(other.Fit.Best.Bic - pattern.Fit.Best.Bic)}, Rwp {Words.OneDecimal(other.Fit.Best.RwpPercent)} %.</p>");
        }

        foreach (SampleFit further in run.Fits.Where(fit => fit.Sample == sample.Sample && fit.File != pattern.File))
        {
            page.Line($"<p>Another pattern of this sample, {Markup.Name(further.File)}: a = {Words.Measured(further.Fit.Best.AAngstrom, further.Fit.Best.ASigmaAngstrom)} Å, sites {further.Fit.Best.Name}, Rwp {Words.OneDecimal(further.Fit.Best.RwpPercent)} % (<a href=\"{Address(further, "svg")}\">picture</a>, <a href=\"{Address(further, "json")}\">parameters</a>). The tables have the first pattern.</p>");
        }
    }
}
