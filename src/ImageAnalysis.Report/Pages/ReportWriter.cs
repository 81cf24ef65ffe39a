using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>Writes the page that people read: one file, readable without a network, with pictures linked from the folder beside it.</summary>
/// <remarks>The page is well-formed XHTML as well as HTML; equal results give equal bytes: it holds no time.</remarks>
public static class ReportWriter
{
    /// <summary>Writes the page.</summary>
    /// <param name="run">The results of a run.</param>
    /// <param name="images">The run's files with their particles, walked through once.</param>
    /// <param name="crystals">The run's measured HRTEM images with their crystals, walked through once.</param>
    /// <returns>The text of <c>report.html</c>.</returns>
    public static string Write(RunResult run, IEnumerable<(FileResult File, IReadOnlyList<SizeMeasurement> Particles)> images, IEnumerable<(FileResult File, FringeAnalysis Fringes)> crystals)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(images);
        Dictionary<string, SampleDetails> details = SampleDetails.Of(images);
        Dictionary<string, FringeDetails> fringes = FringeDetails.Of(crystals);
        bool hasSizes = HasSizes(run);
        string title = !FringeSection.HasContent(run) ? "Particle sizes" : hasSizes ? "Particle sizes and superstructure" : "Superstructure in lattice images";
        MarkupWriter page = new();
        page.Line($"<!DOCTYPE html>");
        page.Line($"<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">");
        page.Line($"<head>");
        page.Line($"<meta charset=\"utf-8\"/>");
        page.Line($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        page.Line($"<title>{(run.Simulated ? "Simulated: " : string.Empty)}{title} of {run.Input}</title>");
        page.Line($"<style>");
        page.Add(new Markup(ReportStyle.Css));
        page.Line($"</style>");
        page.Line($"</head>");
        page.Line($"<body>");
        page.Line($"<a class=\"skip\" href=\"#{(hasSizes ? "results" : "fringes")}\">Skip to the results</a>");
        page.Line($"<header>");
        page.Line($"<h1>{title}</h1>");
        page.Line($"<p>{Markup.Name(run.Input)} · {Words.Count(run.Samples.Count, "sample", "samples")} · {Words.Count(run.Files.Count, "file", "files")} · ImageAnalysis {Words.Version(run.ProgramVersion)}</p>");
        if (run.Simulated)
        {
            page.Line($"<p class=\"simulated\" role=\"note\">SIMULATED: these data were computed, not recorded by an instrument.</p>");
        }

        page.Line($"</header>");
        WriteContents(page, run);
        page.Line($"<main>");
        AttentionSection.Write(page, run);
        OrderSection.Write(page, run);
        if (hasSizes)
        {
            SummarySection.Write(page, run, details);
        }

        FringeSection.WriteTable(page, run);
        ReviewSection.Write(page, run);
        JoinSection.Write(page, run);
        for (int i = 0; i < run.Samples.Count; i++)
        {
            SampleSection.Write(page, run, run.Samples[i], details.GetValueOrDefault(run.Samples[i].Sample) ?? new SampleDetails(), fringes.GetValueOrDefault(run.Samples[i].Sample), i + 1);
        }

        FilesSection.Write(page, run);
        MethodsSection.Write(page, run);
        page.Line($"</main>");
        page.Line($"<footer><p>Written by ImageAnalysis {Words.Version(run.ProgramVersion)}. Everything on this page comes from <a href=\"results.sqlite\">results.sqlite</a>; <a href=\"run.json\">run.json</a> says how to repeat the run.</p></footer>");
        page.Line($"</body>");
        page.Line($"</html>");
        return page.ToMarkup().Text;
    }

    /// <summary>Whether there is a table of sizes to show: always but for a run that has HRTEM images and no HAADF-STEM images.</summary>
    private static bool HasSizes(RunResult run) => !FringeSection.HasContent(run) || run.Files.Any(file => file.Role == FileRole.Haadf);

    private static void WriteContents(MarkupWriter page, RunResult run)
    {
        page.Line($"<nav aria-label=\"Contents\">");
        page.Line($"<ul>");
        if (run.Order is not null)
        {
            page.Line($"<li><a href=\"#order\">Superstructure against size</a></li>");
        }

        if (HasSizes(run))
        {
            page.Line($"<li><a href=\"#results\">Results</a></li>");
        }

        if (FringeSection.HasContent(run))
        {
            page.Line($"<li><a href=\"#fringes\">Superstructure</a></li>");
        }

        if (ReviewSection.HasContent(run))
        {
            page.Line($"<li><a href=\"#review\">After review</a></li>");
        }

        if (JoinSection.HasContent(run))
        {
            page.Line($"<li><a href=\"#join\">What the instruments say together</a></li>");
        }

        for (int i = 0; i < run.Samples.Count; i++)
        {
            page.Line($"<li><a href=\"#sample-{i + 1}\">{Markup.Name(run.Samples[i].Sample)}</a></li>");
        }

        page.Line($"<li><a href=\"#files\">Files and calibrations</a></li>");
        page.Line($"<li><a href=\"#methods\">Methods</a></li>");
        page.Line($"<li><a href=\"#parameters\">Parameters</a></li>");
        page.Line($"<li><a href=\"#data\">Data</a></li>");
        page.Line($"</ul>");
        page.Line($"</nav>");
    }
}
