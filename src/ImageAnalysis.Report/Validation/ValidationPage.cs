using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>The page of a validation.</summary>
internal static class ValidationPage
{
    /// <summary>Writes the page; it links nothing outside its folder.</summary>
    public static string Write(ValidationResult result, IReadOnlyList<(string Name, Markup Plot, string Caption)> plots)
    {
        MarkupWriter page = new();
        page.Line($"<!DOCTYPE html>");
        page.Line($"<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">");
        page.Line($"<head>");
        page.Line($"<meta charset=\"utf-8\"/>");
        page.Line($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        page.Line($"<title>{(result.Simulated ? "Simulated: " : string.Empty)}Results against known truth</title>");
        page.Line($"<style>");
        page.Add(new Markup(ReportStyle.Css));
        page.Line($"</style>");
        page.Line($"</head>");
        page.Line($"<body>");
        page.Line($"<header>");
        page.Line($"<h1>Results against known truth</h1>");
        page.Line($"<p>{Words.Count(result.ImageCount, "image", "images")} · <a href=\"../report.html\">the results</a></p>");
        if (result.Simulated)
        {
            page.Line($"<p class=\"simulated\" role=\"note\">SIMULATED: these data were computed, not recorded by an instrument.</p>");
        }

        page.Line($"</header>");
        page.Line($"<main>");
        foreach (string note in result.Notes)
        {
            page.Line($"<p class=\"notes\">{note}</p>");
        }

        WriteBars(page, result);
        if (result.Fringes is FringeScore fringes)
        {
            WriteMatrix(page, fringes);
            WriteSamples(page, fringes);
        }

        WriteErrors(page, result);
        if (plots.Count > 0)
        {
            page.Line($"<section aria-labelledby=\"plots\">");
            page.Line($"<h2 id=\"plots\">Plots</h2>");
            page.Line($"<div class=\"plots\">");
            foreach ((string name, Markup plot, string caption) in plots)
            {
                page.Line($"<figure>");
                page.Add(plot);
                page.Line($"<figcaption>{caption} <a href=\"{name}.svg\">{name}.svg</a></figcaption>");
                page.Line($"</figure>");
            }

            page.Line($"</div>");
            page.Line($"</section>");
        }

        page.Line($"</main>");
        page.Line($"<footer><p>The data of tables and plots: <a href=\"bars.csv\">bars.csv</a>, <a href=\"errors.csv\">errors.csv</a>{Links(result)}.</p></footer>");
        page.Line($"</body>");
        page.Line($"</html>");
        return page.ToMarkup().Text;
    }

    private static Markup Links(ValidationResult result)
    {
        string[] names = [.. result.Fringes is null ? [] : new[] { "confusion.csv", "sensitivity.csv", "samples.csv", "crystals.csv" }, .. result.Sizes is null ? [] : new[] { "particles.csv" }];
        return new Markup(string.Concat(names.Select(name => $", <a href=\"{name}\">{name}</a>")));
    }

    private static void WriteBars(MarkupWriter page, ValidationResult result)
    {
        page.Line($"<section aria-labelledby=\"bars\">");
        page.Line($"<h2 id=\"bars\">Bars</h2>");
        page.Line($"<table>");
        page.Line($"<thead><tr><th scope=\"col\">Bar</th><th scope=\"col\">Measured (exact 95 % interval)</th><th scope=\"col\">Wanted</th><th scope=\"col\">Met</th></tr></thead>");
        page.Line($"<tbody>");
        foreach (ValidationBar bar in result.Bars)
        {
            page.Line($"<tr><th scope=\"row\">{bar.Name}</th><td>{bar.Measured}</td><td>{bar.Wanted}</td><td>{bar.IsMet switch { true => new Markup("yes"), false => new Markup("<span class=\"outcome-bad\">no</span>"), null => new Markup(Words.Missing) }}</td></tr>");
        }

        page.Line($"</tbody>");
        page.Line($"</table>");
        page.Line($"</section>");
    }

    private static void WriteMatrix(MarkupWriter page, FringeScore score)
    {
        page.Line($"<section aria-labelledby=\"matrix\">");
        page.Line($"<h2 id=\"matrix\">Verdicts on crystals of known truth</h2>");
        page.Line($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Confusion matrix\">");
        page.Line($"<table class=\"headline\">");
        page.Line($"<caption>Rows: what is there. Columns: what was said. Below each number: its share of the row with the exact 95 % interval, in %.</caption>");
        page.Line($"<thead><tr><th scope=\"col\">Truth</th>");
        foreach (CrystalAnswer answer in Enum.GetValues<CrystalAnswer>())
        {
            page.Line($"<th scope=\"col\" class=\"number\">{ValidationWords.Of(answer)}</th>");
        }

        page.Line($"<th scope=\"col\" class=\"number\">n</th></tr></thead>");
        page.Line($"<tbody>");
        foreach (CrystalTruth truth in Enum.GetValues<CrystalTruth>())
        {
            int all = score.Count(truth);
            page.Line($"<tr><th scope=\"row\">{ValidationWords.Of(truth)}</th>");
            foreach (CrystalAnswer answer in Enum.GetValues<CrystalAnswer>())
            {
                bool isVoid = truth == CrystalTruth.Nothing && answer == CrystalAnswer.NotFound;
                int count = score.Count(truth, answer);
                page.Line($"<td class=\"number\">{(isVoid ? Words.Missing : count.ToString(CultureInfo.InvariantCulture))}<small>{(isVoid || truth == CrystalTruth.Nothing ? string.Empty : Share(FractionIntervals.ClopperPearson(count, all)))}</small></td>");
            }

            page.Line($"<td class=\"number\">{all}</td></tr>");
        }

        page.Line($"</tbody>");
        page.Line($"</table>");
        page.Line($"</div>");
        page.Line($"<p>Crystals with visible fringes found: {Share(score.Recall)} %. Found crystals that are such: {Share(score.Precision)} %. Visible order called superstructure: {Share(score.Sensitivity)} %. Regular crystals called superstructure: {Share(score.FalseAlarms)} %. Ordered crystals called regular: {Share(score.Denied)} %.{(score.OtherFringeCount > 0 ? $" Fringes in another direction than every true one: {score.OtherFringeCount.ToString(CultureInfo.InvariantCulture)}." : string.Empty)}</p>");
        page.Line($"</section>");
    }

    private static void WriteSamples(MarkupWriter page, FringeScore score)
    {
        page.Line($"<section aria-labelledby=\"samples\">");
        page.Line($"<h2 id=\"samples\">Percentages</h2>");
        page.Line($"<table>");
        page.Line($"<thead><tr><th scope=\"col\">Sample</th><th scope=\"col\" class=\"number\">Crystals</th><th scope=\"col\" class=\"number\">ordered</th><th scope=\"col\" class=\"number\">%</th><th scope=\"col\" class=\"number\">Found</th><th scope=\"col\" class=\"number\">superstructure</th><th scope=\"col\" class=\"number\">undetermined</th><th scope=\"col\" class=\"number\">%</th><th scope=\"col\" class=\"number\">Off by<br/>(particles)</th></tr></thead>");
        page.Line($"<tbody>");
        foreach (SampleScore s in score.Samples)
        {
            page.Line($"<tr><th scope=\"row\">{Markup.Name(s.Sample)}</th><td class=\"number\">{s.TrueCount}</td><td class=\"number\">{s.TrueOrderedCount}</td><td class=\"number\">{Percent(s.TrueOrderedCount, s.TrueCount)}</td><td class=\"number\">{s.FoundCount}</td><td class=\"number\">{s.CalledCount}</td><td class=\"number\">{s.UndeterminedCount}</td><td class=\"number\">{Percent(s.CalledCount, s.FoundCount)}</td><td class=\"number\">{(s.DifferenceRatio is double d ? Words.WithSigma(d, null, "0.0") : Words.Missing)}</td></tr>");
        }

        page.Line($"</tbody>");
        page.Line($"</table>");
        page.Line($"</section>");
    }

    private static void WriteErrors(MarkupWriter page, ValidationResult result)
    {
        page.Line($"<section aria-labelledby=\"errors\">");
        page.Line($"<h2 id=\"errors\">Errors</h2>");
        page.Line($"<table>");
        page.Line($"<caption>Measured less true. Pull: error over stated standard deviation; its spread (half the range of the middle 68.3 %) is 1 where the stated ones are right.</caption>");
        page.Line($"<thead><tr><th scope=\"col\">Quantity</th><th scope=\"col\" class=\"number\">n</th><th scope=\"col\" class=\"number\">Mean</th><th scope=\"col\" class=\"number\">Median</th><th scope=\"col\" class=\"number\">Median<br/>without sign</th><th scope=\"col\" class=\"number\">s.d.</th><th scope=\"col\" class=\"number\">Mean pull</th><th scope=\"col\" class=\"number\">Spread of pulls</th></tr></thead>");
        page.Line($"<tbody>");
        foreach ((string name, ErrorSummary e) in result.Errors)
        {
            page.Line($"<tr><th scope=\"row\">{name} ({e.Unit})</th><td class=\"number\">{e.Count}</td><td class=\"number\">{Words.WithSigma(e.MeanRatio, e.MeanSigmaRatio, "0.000")}</td><td class=\"number\">{Words.WithSigma(e.MedianRatio, null, "0.000")}</td><td class=\"number\">{Words.WithSigma(e.MedianAbsoluteRatio, null, "0.000")}</td><td class=\"number\">{Number(e.SdRatio, "0.000")}</td><td class=\"number\">{Number(e.PullMeanRatio, "0.00")}</td><td class=\"number\">{Number(e.PullSpreadRatio, "0.00")}</td></tr>");
        }

        page.Line($"</tbody>");
        page.Line($"</table>");
        page.Line($"</section>");
    }

    private static string Number(double? value, string format) => value is double v ? Words.WithSigma(v, null, format) : Words.Missing;

    private static string Percent(int part, int all) => all == 0 ? Words.Missing : Words.OneDecimal(100.0 * part / all);

    private static string Share(FractionInterval? share) => share is null ? Words.Missing : $"{Words.OneDecimal(100 * share.ValueFraction)} ({Words.OneDecimal(100 * share.LowFraction)}…{Words.OneDecimal(100 * share.HighFraction)})";
}
