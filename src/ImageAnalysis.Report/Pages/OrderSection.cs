using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>The table of order: the published percentages beside those measured, what differs, and order against size.</summary>
internal static class OrderSection
{
    /// <summary>Writes the section; nothing where no HRTEM image was measured.</summary>
    public static void Write(MarkupWriter page, RunResult run)
    {
        if (run.Order is not OrderTable order)
        {
            return;
        }

        bool hasPublished = order.Rows.Any(row => row.Published is not null), hasCorrected = order.Rows.Any(row => row.Corrected is not null);
        string[] sites = [.. run.Samples.Where(sample => sample.Pattern is not null).SelectMany(sample => sample.Pattern!.Copper.Select(site => site.Group)).Distinct()];
        string family = FringeSection.Family(run.Options.Fringes.Reference);
        page.Line($"<section aria-labelledby=\"order\">");
        page.Line($"<h2 id=\"order\">Superstructure against size</h2>");
        page.Line($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table of order\">");
        page.Line($"<table class=\"headline\">");
        page.Line($"<caption>{(run.Simulated ? "Simulated data. " : string.Empty)}Superstructure: share of the crystals that show {family} fringes, with the exact 95 % interval (Clopper-Pearson); undetermined crystals count as not ordered, and the next column says how far they could move it. {(hasPublished ? $"Published: {PublishedTable.Source}; about {PublishedTable.Rows[0].Count.ToString(CultureInfo.InvariantCulture)} particles each, the interval is that of these counts. " : string.Empty)}{(hasCorrected ? $"Corrected: for sensitivity and false alarms measured on {(order.RatesSimulated ? "simulated " : string.Empty)}crystals of known truth. " : string.Empty)}Long axis: mean ± s.d. of the particles in HAADF-STEM images. d, strain: mean ± one standard deviation.</caption>");
        page.Line($"<thead><tr><th scope=\"col\">Sample</th><th scope=\"col\" class=\"number\">n</th><th scope=\"col\" class=\"number\">Superstructure<br/>(%)</th><th scope=\"col\" class=\"number\">Undetermined</th><th scope=\"col\" class=\"number\">% if these are<br/>all ordered</th>{(hasPublished ? new Markup("<th scope=\"col\" class=\"number\">Published<br/>(%)</th>") : default)}{(hasCorrected ? new Markup("<th scope=\"col\" class=\"number\">Corrected<br/>(%)</th>") : default)}<th scope=\"col\" class=\"number\">Long axis<br/>(nm)</th><th scope=\"col\" class=\"number\">d<br/>(nm)</th>{Sites(sites)}{(HasStrain(run) ? new Markup("<th scope=\"col\" class=\"number\">Strain<br/>(%)</th>") : default)}</tr></thead>");
        page.Line($"<tbody>");
        foreach (OrderRow row in order.Rows)
        {
            WriteRow(page, run, row, hasPublished, hasCorrected, sites);
        }

        page.Line($"</tbody>");
        page.Line($"</table>");
        page.Line($"</div>");
        foreach (string sentence in OrderWords.Of(order))
        {
            page.Line($"<p>{sentence}</p>");
        }

        foreach (string sentence in order.Rows.Select(row => OrderWords.Corrected(row, order.RatesSimulated)).OfType<string>())
        {
            page.Line($"<p>{sentence}</p>");
        }

        WritePlot(page, run, order);
        WriteSelection(page, order, family);
        page.Line($"<p class=\"faint\">Data: <a href=\"figures/table.csv\">figures/table.csv</a>, <a href=\"figures/comparison.csv\">figures/comparison.csv</a>{(order.SizeOrder is null ? default : new Markup(", <a href=\"figures/order-by-size.csv\">figures/order-by-size.csv</a>, <a href=\"figures/order-by-size-particles.csv\">figures/order-by-size-particles.csv</a>"))}.</p>");
        page.Line($"</section>");
    }

    /// <summary>Order against size as a plot; <c>null</c> where there is no fit.</summary>
    public static Markup? Plot(OrderTable order) => order.SizeOrder is not SizeOrderFit fit ? null : new PointPlot
    {
        Id = "order-by-size",
        Title = "Order against size",
        Description = $"{Words.Count(fit.AllCount, "crystal", "crystals")}, {fit.OrderedCount.ToString(CultureInfo.InvariantCulture)} of them with superstructure; half are ordered at: {fit.Half.Words}.",
        XLabel = "diameter of the crystal (nm)",
        YLabel = "superstructure (%)",
        YRange = (-8, 108),
        Curve = [.. fit.Band.Select(point => (point.DiameterNm, 100 * point.OrderProbability, 100 * point.LowProbability, 100 * point.HighProbability))],
        Points = [.. Stacked(order.Particles)],
        References = [0, 50, 100],
    }.Draw();

    // Each crystal at 0 or 100 %, moved a little towards the outside by its turn, so that crystals of one size are all seen.
    private static IEnumerable<PlotPoint> Stacked(IReadOnlyList<SizedVerdict> particles)
    {
        int turn = 0;
        foreach (SizedVerdict particle in particles.OrderBy(particle => particle.DiameterNm))
        {
            double off = 1.2 * (1 + (turn++ % 5));
            yield return new PlotPoint(particle.DiameterNm, particle.IsOrdered ? 100 + off : -off, Open: !particle.IsOrdered);
        }
    }

    private static void WriteRow(MarkupWriter page, RunResult run, OrderRow row, bool hasPublished, bool hasCorrected, string[] sites)
    {
        int number = Enumerable.Range(0, run.Samples.Count).First(i => run.Samples[i].Sample == row.Sample);
        SampleSummary s = run.Samples[number];
        OrderedFraction f = row.Fraction;
        page.Line($"<tr><th scope=\"row\"><a href=\"#sample-{number + 1}\">{Markup.Name(row.Sample)}</a></th><td class=\"number\">{f.AllCount}</td><td class=\"number\"><strong>{Percent(f.Exact)}</strong><small>{Interval(f.Exact)}</small></td><td class=\"number\">{f.UndeterminedCount}</td><td class=\"number\">{Percent(f.IfUndeterminedOrdered)}<small>{Interval(f.IfUndeterminedOrdered)}</small></td>");
        if (hasPublished)
        {
            FractionInterval? published = row.Published is PublishedRow p ? FractionIntervals.ClopperPearson(p.OrderedCount, p.Count) : null;
            page.Line($"<td class=\"number\">{Percent(published)}<small>{Interval(published)}</small></td>");
        }

        if (hasCorrected)
        {
            page.Line($"<td class=\"number\">{Percent(row.Corrected?.Corrected)}<small>{Interval(row.Corrected?.Corrected)}</small></td>");
        }

        page.Line($"<td class=\"number\">{(s.FeretMax is SizeDistribution d ? Words.WithSigma(d.Mean.ValueNm, d.Sd?.ValueNm, "0.00") : Words.Missing)}<small>{(s.FeretMax is null ? string.Empty : $"n = {s.SizedCount.ToString(CultureInfo.InvariantCulture)}")}</small></td>{Cell(s.Fringes?.Spacing is SpacingMean spacing ? Words.WithSigma(spacing.MeanNm, spacing.SigmaNm, "0.0000") : Words.Missing)}");
        foreach (string site in sites)
        {
            SiteCopper? copper = s.Pattern?.Copper.FirstOrDefault(c => c.Group == site);
            page.Line($"{Cell(copper?.AtomsPerCell is double atoms ? Words.Measured(atoms, copper.SigmaPerCell) : Words.Missing)}");
        }

        if (HasStrain(run))
        {
            page.Line($"{Cell(s.Join?.Strain is LatticeStrain strain ? Words.WithSigma(100 * strain.LinearRatio, 100 * strain.LinearSigmaRatio, "0.00") : Words.Missing)}");
        }

        page.Line($"</tr>");
    }

    private static void WritePlot(MarkupWriter page, RunResult run, OrderTable order)
    {
        if (Plot(order) is Markup plot)
        {
            page.Line($"<div class=\"plots\">");
            page.Line($"<figure>");
            page.Add(plot);
            page.Line($"<figcaption>{(run.Simulated ? "Simulated data. " : string.Empty)}Every determined crystal by its size, superstructure above (filled) and regular below (open), with the probability of order by penalised logistic regression and its 95 % band at each size. All samples together; a test that misses more small ordered crystals than large ones bends it. <a href=\"figures/order-by-size.svg\">order-by-size.svg</a></figcaption>");
            page.Line($"</figure>");
            page.Line($"</div>");
        }
    }

    private static void WriteSelection(MarkupWriter page, OrderTable order, string family)
    {
        page.Line($"<h3>What the percentage is a percentage of</h3>");
        page.Line($"<p>Only crystals that lie so that {family} fringes are seen are counted, and only one of the {family} of a single-variant crystal carries the order. The model below asks what fully ordered crystals would show if they lay at random; it is a second estimate, not a measurement, and no part of the table.</p>");
        page.Line($"<ul>");
        foreach (OrderRow row in order.Rows)
        {
            page.Line($"<li>{Markup.Name(row.Sample)}: {(row.ShowingFringes is FractionInterval shown ? $"{family} fringes in {Percent(shown)} % of all crystals found ({Interval(shown)} %). " : string.Empty)}{row.Orientation?.Words ?? string.Empty}</li>");
        }

        page.Line($"</ul>");
    }

    private static Markup Sites(string[] sites) => new(string.Concat(sites.Select(site => $"<th scope=\"col\" class=\"number\">Cu on<br/>{Markup.Escape(site)}</th>")));

    // The uncertainty stands below its value: one row of the table has to fit a page.
    private static Markup Cell(string measured)
    {
        string[] parts = measured.Split(" ± ");
        return new($"<td class=\"number\">{Markup.Escape(parts[0])}<small>{(parts.Length > 1 ? "± " + Markup.Escape(parts[1]) : string.Empty)}</small></td>");
    }

    private static bool HasStrain(RunResult run) => run.Samples.Any(sample => sample.Join?.Strain is not null);

    private static string Percent(FractionInterval? share) => share is null ? Words.Missing : Words.OneDecimal(100 * share.ValueFraction);

    private static string Interval(FractionInterval? share) => share is null ? string.Empty : $"{Words.OneDecimal(100 * share.LowFraction)}…{Words.OneDecimal(100 * share.HighFraction)}";
}
