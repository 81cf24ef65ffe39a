using ImageAnalysis.Core;
using ImageAnalysis.Lattice;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>Verdicts on the crystals of HRTEM images: a row a sample, and for each sample its images and crystals.</summary>
internal static class FringeSection
{
    private const int OverlaysShown = 3;

    /// <summary>Whether an HRTEM image was measured.</summary>
    public static bool HasContent(RunResult run) => run.Samples.Any(sample => sample.Fringes is not null);

    /// <summary>The tested planes as they are written: <c>{111}</c>.</summary>
    public static string Family(ReferenceCrystal reference) => $"{{{SpectrumMarks.Compact(reference.Fringe.ToString())}}}";

    /// <summary>Writes the table of all samples; nothing where no HRTEM image was measured.</summary>
    public static void WriteTable(MarkupWriter page, RunResult run)
    {
        if (!HasContent(run))
        {
            return;
        }

        string family = Family(run.Options.Fringes.Reference);
        page.Line($"<section aria-labelledby=\"fringes\">");
        page.Line($"<h2 id=\"fringes\">Superstructure in lattice images</h2>");
        page.Line($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table of verdicts\">");
        page.Line($"<table class=\"headline\">");
        page.Line($"<caption>Crystals in HRTEM images that show {family} fringes, by verdict. Share: superstructure of all of these, with its exact 95 % interval (Clopper-Pearson). By noise: how many superstructures noise alone is expected to give. d: mean {family} spacing ± standard deviation of the mean, without that of the pixel size.</caption>");
        page.Line($"<thead><tr><th scope=\"col\">Sample</th><th scope=\"col\" class=\"number\">Crystals</th>");
        foreach (Verdict verdict in VerdictStyle.All)
        {
            page.Line($"<th scope=\"col\" class=\"number\">{Mark(verdict)}<br/>{VerdictStyle.Words(verdict)}</th>");
        }

        page.Line($"<th scope=\"col\" class=\"number\">Share<br/>(%)</th><th scope=\"col\" class=\"number\">if undetermined<br/>are ordered</th><th scope=\"col\" class=\"number\">By noise</th><th scope=\"col\" class=\"number\">d (nm)</th><th scope=\"col\" class=\"number\">To look at</th></tr></thead>");
        page.Line($"<tbody>");
        for (int i = 0; i < run.Samples.Count; i++)
        {
            if (run.Samples[i].Fringes is FringeSummary f)
            {
                page.Line($"<tr><th scope=\"row\"><a href=\"#sample-{i + 1}-fringes\">{Markup.Name(run.Samples[i].Sample)}</a></th>");
                page.Line($"<td class=\"number\">{f.Count}<small>in {Words.Count(f.ImageCount, "image", "images")}</small></td><td class=\"number\">{f.SuperstructureCount}</td><td class=\"number\">{f.RegularCount}</td><td class=\"number\">{f.UndeterminedCount}</td><td class=\"number\">{f.NoFringeCount}<small>not in it</small></td>");
                page.Line($"<td class=\"number\">{Percent(f.Superstructure)}<small>{Interval(f.Superstructure)}</small></td><td class=\"number\">{Percent(f.IfUndeterminedOrdered)}<small>{Interval(f.IfUndeterminedOrdered)}</small></td>");
                page.Line($"<td class=\"number\">{Words.Ratio(f.ExpectedFalseCallsRatio)}</td><td class=\"number\">{(f.Spacing is SpacingMean d ? Words.WithSigma(d.MeanNm, d.SigmaNm, "0.0000") : Words.Missing)}{Unmodulated(f)}</td><td class=\"number\">{f.ReviewCount}</td></tr>");
            }
        }

        page.Line($"</tbody>");
        page.Line($"</table>");
        page.Line($"</div>");
        page.Line($"<p>Only what an image can show is said. <em>Undetermined</em> means that a superlattice was not seen and could not have been seen with a probability of {Words.Percent(run.Options.Fringes.MinDetectionProbability)}: these crystals are neither evidence for order nor against it, and the two percentages say how far they could move the result.</p>");
        page.Line($"</section>");
    }

    /// <summary>Writes the part of a sample's section; nothing where no HRTEM image was measured.</summary>
    public static void Write(MarkupWriter page, RunResult run, SampleSummary sample, FringeDetails? details, string id)
    {
        if (sample.Fringes is not FringeSummary f || details is null)
        {
            return;
        }

        string family = Family(run.Options.Fringes.Reference);
        page.Line($"<h3 id=\"{id}-fringes\">Lattice fringes</h3>");
        string order = f.Superstructure is OrderedCount count ? $"{f.SuperstructureCount} of them carry a superlattice ({Percent(count)} %, 95 %: {Interval(count)} %), {f.RegularCount} do not, and for {f.UndeterminedCount} it cannot be told." : string.Empty;
        string others = f.NoFringeCount == 0 ? string.Empty : $" {Words.Count(f.NoFringeCount, "further crystal shows", "further crystals show")} other fringes only.";
        page.Line($"<p>{Words.Count(f.Count, "crystal shows", "crystals show")} {family} fringes in {Words.Count(f.ImageCount, "image", "images")}. {order}{others}</p>");
        foreach (string file in details.Images.Take(OverlaysShown))
        {
            string address = SampleSection.OverlayAddress(file);
            page.Line($"<figure class=\"whole\">");
            page.Line($"<a href=\"{address}\"><img src=\"{address}\" loading=\"lazy\" alt=\"{file} with its crystals and their spectra\"/></a>");
            page.Line($"<figcaption>{Markup.Name(file)}: crystals by verdict, the strokes at the upper right of each box run as its fringes do; beside the image each crystal's spectrum. An exclamation mark asks for a look.</figcaption>");
            page.Line($"</figure>");
        }

        if (details.Images.Count > OverlaysShown)
        {
            page.Line($"<p>{Words.Count(details.Images.Count - OverlaysShown, "more picture is", "more pictures are")} linked from <a href=\"#files\">the list of files</a>.</p>");
        }

        WriteGallery(page, details);
    }

    /// <summary>The address of the picture of a crystal, seen from the page.</summary>
    public static string CrystalAddress(string file, int particleId) => string.Join('/', ResultsFolder.CrystalName(file, particleId).Split('/').Select(Uri.EscapeDataString));

    private static void WriteGallery(MarkupWriter page, FringeDetails details)
    {
        if (details.ToReview.Count > 0)
        {
            page.Line($"<h4>Crystals to look at</h4>");
            page.Line($"<p>{Words.Count(details.ToReview.Count, "crystal has", "crystals have")} something about them that a person should judge. How many carry which flag: {string.Join(", ", details.Flags.Select(flag => $"{flag.Key} {flag.Value}"))}. What the words mean stands under <a href=\"#methods\">Methods</a>.</p>");
            foreach (ListedCrystal crystal in details.ToReview)
            {
                WriteCrystal(page, crystal);
            }
        }

        if (details.Others.Count > 0)
        {
            page.Line($"<details{(details.ToReview.Count == 0 ? new Markup(" open=\"open\"") : default)}>");
            page.Line($"<summary>{(details.ToReview.Count == 0 ? Words.Count(details.Others.Count, "crystal", "crystals") : Words.Count(details.Others.Count, "other crystal", "other crystals"))}, each with its picture</summary>");
            page.Line($"<div class=\"crystals\">");
            foreach (ListedCrystal crystal in details.Others)
            {
                WriteCrystal(page, crystal);
            }

            page.Line($"</div>");
            page.Line($"</details>");
        }

        if (details.NotListedCount > 0)
        {
            page.Line($"<p>{Words.Count(details.NotListedCount, "more crystal has its picture", "more crystals have their pictures")} in the folder <a href=\"overlays\">overlays</a>; <a href=\"fringes.csv\">fringes.csv</a> lists all.</p>");
        }
    }

    private static void WriteCrystal(MarkupWriter page, ListedCrystal crystal)
    {
        string address = CrystalAddress(crystal.File, crystal.ParticleId);
        page.Line($"<figure class=\"crystal\">");
        page.Line($"<a href=\"{address}\"><img src=\"{address}\" loading=\"lazy\" alt=\"Crystal {crystal.ParticleId} of {crystal.File}: image, spectrum, fringes and profile\"/></a>");
        page.Line($"<figcaption>{Mark(crystal.Verdict)} <strong>{VerdictStyle.Words(crystal.Verdict)}</strong>, crystal {crystal.ParticleId} of {Markup.Name(crystal.File)}: {crystal.Reason}.</figcaption>");
        foreach (CrystalFlag flag in crystal.Flags)
        {
            page.Line($"<p class=\"{(flag.NeedsReview ? "finding" : "faint")}\">{flag.Name}: {flag.Reason}.</p>");
        }

        page.Line($"</figure>");
    }

    private static Markup Mark(Verdict verdict) => new($"<span class=\"mark {VerdictWords.Of(verdict)}\" aria-hidden=\"true\">{VerdictStyle.Sign(verdict)}</span>");

    private static string Percent(OrderedCount? count) => count is null ? Words.Missing : Words.OneDecimal(100 * count.ValueFraction);

    private static string Interval(OrderedCount? count) => count is null ? string.Empty : $"{Words.OneDecimal(100 * count.LowFraction)}…{Words.OneDecimal(100 * count.HighFraction)}";

    private static Markup Unmodulated(FringeSummary f) => f.SuperstructureCount > 0 && f.UnmodulatedSpacing is SpacingMean plain
        ? new Markup($"<small>where not ordered:</small><small>{Words.WithSigma(plain.MeanNm, plain.SigmaNm, "0.0000")}</small>")
        : default;
}
