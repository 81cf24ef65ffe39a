using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Particles;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>What the program says and what people make of it, side by side.</summary>
internal static class ReviewSection
{
    /// <summary>Whether anybody has decided on a particle.</summary>
    public static bool HasContent(RunResult run) => run.Review is not null;

    /// <summary>Writes the section; nothing where nobody has decided anything.</summary>
    public static void Write(MarkupWriter page, RunResult run)
    {
        if (run.Review is not ReviewBook book)
        {
            return;
        }

        bool fringes = run.Samples.Any(sample => sample.Review is { } review && review.Automatic.Fringes + review.Reviewed.Fringes > 0);
        bool sizes = run.Samples.Any(sample => sample.Review is { AutomaticSizedCount: > 0 } or { FeretMax.Count: > 0 });
        string[] reviewers = [.. book.Items.SelectMany(item => book.StateOf(item).Judgements.Keys).Distinct().Order(StringComparer.Ordinal)];
        page.Line($"<section aria-labelledby=\"review\">");
        page.Line($"<h2 id=\"review\">After review</h2>");
        page.Line($"<p>Reviewed by {string.Join(", ", reviewers)}. Everything above and below is what the program says; here it stands beside what people make of it. Intervals are 95 %.</p>");
        page.Line($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table of the review\">");
        page.Line($"<table>");
        page.Line($"<thead><tr><th scope=\"col\">Sample</th>{(fringes ? new Markup("<th scope=\"col\" class=\"number\">Superstructure,<br/>automatic</th><th scope=\"col\" class=\"number\">after review</th>") : default)}{(sizes ? new Markup("<th scope=\"col\" class=\"number\">Long axis (nm),<br/>automatic</th><th scope=\"col\" class=\"number\">after review</th>") : default)}<th scope=\"col\" class=\"number\">Reviewed</th><th scope=\"col\" class=\"number\">Changed</th><th scope=\"col\">To do</th></tr></thead>");
        page.Line($"<tbody>");
        foreach (SampleSummary sample in run.Samples)
        {
            if (sample.Review is not ReviewSummary review)
            {
                continue;
            }

            page.Line($"<tr><th scope=\"row\">{Markup.Name(sample.Sample)}</th>");
            if (fringes)
            {
                page.Line($"<td class=\"number\">{Share(review.Automatic)}</td><td class=\"number\">{Share(review.Reviewed)}</td>");
            }

            if (sizes)
            {
                page.Line($"<td class=\"number\">{Size(sample.FeretMax)}</td><td class=\"number\">{Size(sample.ReviewedFeretMax)}</td>");
            }

            page.Line($"<td class=\"number\">{review.ReviewedCount} of {review.ItemCount}</td><td class=\"number\">{review.MovedCount}</td><td>{ToDo(review)}</td></tr>");
        }

        page.Line($"</tbody>");
        page.Line($"</table>");
        page.Line($"</div>");
        if (book.Lost.Count > 0)
        {
            page.Line($"<p>{Words.Count(book.Lost.Count, "decision is", "decisions are")} about particles that this run does not find.</p>");
        }

        page.Line($"</section>");
    }

    private static Markup Share(VerdictCounts counts) => counts.Fraction is not OrderedCount fraction ? new Markup(Words.Missing)
        : new Markup(string.Create(CultureInfo.InvariantCulture, $"{100 * fraction.ValueFraction:0.0} %<small>{100 * fraction.LowFraction:0.0}…{100 * fraction.HighFraction:0.0}; {counts.Superstructure} of {counts.Fringes}</small>"));

    private static Markup Size(SizeDistribution? sizes) => sizes is null ? new Markup(Words.Missing)
        : new Markup($"{Words.Size(sizes.Mean.ValueNm)} ± {(sizes.Sd is { } sd ? Words.Size(sd.ValueNm) : Words.Missing)}<small>{Words.Interval(sizes.Mean)}; n = {sizes.Count.ToString(CultureInfo.InvariantCulture)}</small>");

    private static string ToDo(ReviewSummary review)
    {
        List<string> parts = [];
        if (review.DisputedCount > 0)
        {
            parts.Add($"{Words.Count(review.DisputedCount, "difference", "differences")} to settle");
        }

        if (review.StaleCount > 0)
        {
            parts.Add($"{Words.Count(review.StaleCount, "particle has", "particles have")} changed since");
        }

        return string.Join("; ", parts);
    }
}
