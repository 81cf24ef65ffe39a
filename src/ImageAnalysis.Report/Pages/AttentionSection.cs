using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>What a reader has to know before any number: files without a result, and warnings.</summary>
internal static class AttentionSection
{
    private const int FilesShown = 20;

    /// <summary>Whether a file ought to have given a result and did not.</summary>
    public static bool IsBad(FileOutcome? outcome) => outcome is { Kind: not OutcomeKind.Measured };

    /// <summary>Writes the section; nothing where all is well.</summary>
    public static void Write(MarkupWriter page, RunResult run)
    {
        if (run.Interrupted)
        {
            page.Line($"<section class=\"bad\" aria-labelledby=\"interrupted\">");
            page.Line($"<h2 id=\"interrupted\">This run was stopped before its end</h2>");
            page.Line($"<p>{Words.Count(run.Files.Count(file => file.Outcome is null), "file is", "files are")} still to be measured. The same command goes on from there.</p>");
            page.Line($"</section>");
        }

        FileResult[] bad = [.. run.Files.Where(file => IsBad(file.Outcome))];
        if (bad.Length > 0)
        {
            page.Line($"<section class=\"bad\" aria-labelledby=\"bad-files\">");
            page.Line($"<h2 id=\"bad-files\">{Words.Count(bad.Length, "file", "files")} of {run.Files.Count} gave no result</h2>");
            page.Line($"<ul>");
            foreach (FileResult file in bad.Take(FilesShown))
            {
                page.Line($"<li>{Markup.Name(file.File)}: {FilesSection.Outcome(file.Outcome)}. {Markup.Name(file.Outcome!.Message)}</li>");
            }

            page.Line($"</ul>");
            if (bad.Length > FilesShown)
            {
                page.Line($"<p>and {bad.Length - FilesShown} more; all stand in <a href=\"#files\">the list of files</a>.</p>");
            }

            page.Line($"</section>");
        }

        if (run.Warnings.Count > 0)
        {
            page.Line($"<section class=\"notes\" aria-labelledby=\"notes\">");
            page.Line($"<h2 id=\"notes\">What to know</h2>");
            page.Line($"<ul>");
            foreach (string warning in run.Warnings)
            {
                page.Line($"<li>{Markup.Name(warning)}</li>");
            }

            page.Line($"</ul>");
            page.Line($"</section>");
        }
    }
}
