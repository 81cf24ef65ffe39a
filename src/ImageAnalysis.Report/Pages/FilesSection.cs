using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>A row an input file: what became of it, and what its lengths stand on.</summary>
internal static class FilesSection
{
    /// <summary>An outcome in plain words.</summary>
    public static string Outcome(FileOutcome? outcome) => outcome switch
    {
        null => "not reached",
        { Kind: OutcomeKind.Measured } => "measured",
        { Kind: OutcomeKind.NotMeasurable } => "not measurable",
        { Kind: OutcomeKind.BadFile } => "cannot be read",
        _ => "the program failed on it (a bug: please report it)",
    };

    /// <summary>Writes the section.</summary>
    public static void Write(MarkupWriter page, RunResult run)
    {
        page.Line($"<section aria-labelledby=\"files\">");
        page.Line($"<h2 id=\"files\">Files and calibrations</h2>");
        page.Line($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table of files\">");
        page.Line($"<table class=\"files\">");
        page.Line($"<caption>Every length stands on the pixel size: its source is given with it. Where two sources differ by more than 3 %, the message says so.{(FringeSection.HasContent(run) ? " In an HRTEM image, crystals with fringes of the tested planes are counted, and those to look at are flagged." : string.Empty)}</caption>");
        page.Line($"<thead><tr><th scope=\"col\">File</th><th scope=\"col\">Sample</th><th scope=\"col\">Outcome</th><th scope=\"col\" class=\"number\">Pixel (nm)</th><th scope=\"col\">from</th><th scope=\"col\" class=\"number\">Found</th><th scope=\"col\" class=\"number\">Counted</th><th scope=\"col\" class=\"number\">Flagged</th><th scope=\"col\">Message</th></tr></thead>");
        page.Line($"<tbody>");
        foreach (FileResult file in run.Files)
        {
            bool measured = file is { Role: not FileRole.Pxrd, Outcome.Kind: OutcomeKind.Measured };
            (int found, int counted, int flagged) = file.Role == FileRole.Hrtem ? (file.CrystalCount, file.FringeCount, file.ReviewCount) : (file.ParticleCount, file.CountedCount, file.FlaggedCount);
            string bad = AttentionSection.IsBad(file.Outcome) ? "outcome-bad" : "outcome";
            page.Line($"<tr><th scope=\"row\">{(measured ? Linked(file.File) : Markup.Name(file.File))}</th><td>{Markup.Name(file.Sample)}</td><td class=\"{bad}\">{Outcome(file.Outcome)}</td>");
            page.Line($"<td class=\"number\">{PixelSize(file)}</td><td class=\"source\">{Markup.Name(file.CalibrationSource ?? Words.Missing)}</td>");
            if (measured)
            {
                page.Line($"<td class=\"number\">{found}</td><td class=\"number\">{counted}</td><td class=\"number\">{flagged}</td>");
            }
            else
            {
                page.Line($"<td class=\"number\">{Words.Missing}</td><td class=\"number\">{Words.Missing}</td><td class=\"number\">{Words.Missing}</td>");
            }

            string finding = file.Outcome is { Kind: OutcomeKind.Measured, Message.Length: > 0 } ? "finding" : "message";
            page.Line($"<td class=\"{finding}\">{Markup.Name(file.Outcome?.Message ?? string.Empty)}</td></tr>");
        }

        page.Line($"</tbody>");
        page.Line($"</table>");
        page.Line($"</div>");
        page.Line($"</section>");
    }

    private static Markup Linked(string file)
    {
        MarkupWriter link = new();
        link.Line($"<a href=\"{SampleSection.OverlayAddress(file)}\">{Markup.Name(file)}</a>");
        return link.ToMarkup();
    }

    private static string PixelSize(FileResult file) => file switch
    {
        { PixelWidthNm: double width, PixelHeightNm: double height } when width == height => Words.PixelSize(width),
        { PixelWidthNm: double width, PixelHeightNm: double height } => $"{Words.PixelSize(width)} × {Words.PixelSize(height)}",
        _ => Words.Missing,
    };
}
