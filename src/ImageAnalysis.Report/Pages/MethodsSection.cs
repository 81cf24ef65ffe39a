using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>What the numbers mean, with which parameters they were made, and where they stand as tables.</summary>
internal static class MethodsSection
{
    private static readonly (string Term, string Meaning)[] _measurands =
    [
        ("Long axis", "the largest distance between two parallel tangents of a particle's outline (maximum Feret diameter)."),
        ("Diameter", "the diameter of the circle that has the same area as the outline (area-equivalent diameter)."),
        ("Aspect ratio", "the largest over the smallest Feret diameter; 1 or more."),
        ("Circularity", "4π times the area over the square of the perimeter; 1 for a circle, less for any other shape."),
        ("Outline", "each particle's edge is placed by a model of its thickness profile, blurred by the probe and fitted to the image below the pixel, not by a threshold."),
        ("Counted", "in the size distribution. Particles that touch the border are left out, since part of them may lie outside; larger particles touch it more often, and means, standard deviations and quantiles are corrected for that by weighing each particle with the inverse of its chance to lie wholly inside."),
        ("95 % interval", "from the bootstrap over counted particles. It holds the scatter between particles, not the uncertainty of the pixel size, which shifts all sizes alike."),
        ("Fits", "normal and log-normal distributions by maximum likelihood. AICc (Akaike's information criterion, corrected for small samples) weighs how well they fit; only its differences matter."),
    ];

    private static readonly (string Term, string Meaning)[] _flags =
    [
        ("border", "part of the particle may lie outside the image"),
        ("overlap", "part of its area lies over another particle"),
        ("bright", "brighter than other particles of its size: perhaps two on top of each other, or debris"),
        ("stacked", "much brighter, and no single profile fits: particles on top of each other"),
        ("thin", "thinner than other particles of its size: perhaps a bump of the support"),
        ("faint", "too little signal over the noise"),
        ("small", "too few pixels for outline and blur to be told apart"),
        ("poor-fit", "the profile leaves much of the particle unexplained"),
        ("uncertain", "its long axis is badly determined"),
        ("dented", "its outline bends inwards: a cluster that could not be told apart, or debris"),
        ("over-debris", "much of its area lies over something that is no particle"),
        ("no-edge", "its brightness falls off without a particle's edge: debris, or something out of focus"),
        ("saturated", "the detector was at its limit over part of it"),
    ];

    /// <summary>The flags that the page explains.</summary>
    public static IEnumerable<string> ExplainedFlags => _flags.Select(flag => flag.Term);

    private static readonly (string Term, string Meaning)[] _verdicts =
    [
        ("superstructure", "a spot at a fraction of a fringe's spatial frequency stands out from the background there, at the level of the options: the period along that fringe's normal is a multiple."),
        ("regular", "no such spot, though it would have been seen with at least the probability that the options ask for."),
        ("undetermined", "no such spot, and it could not have been seen so surely: the crystal is too small or faint, or the microscope transfers little there."),
        ("no fringe", "other fringes only. Such crystals are outside the percentage."),
        ("SNR, limit", "power of a spot over the mean power of the background at the same place, 1 on average where nothing is; the limit is the smallest that would have been called."),
        ("p", "probability that noise gives as much in a crystal, all its tests together."),
    ];

    private static readonly (string Term, string Meaning)[] _crystalFlags =
    [
        ("near-threshold", "the evidence lies near the level at which a superstructure is called"),
        ("faint-half-order", "a spot at the half order that is too faint to be called and too strong to be denied"),
        ("low-detection", "order could not have been seen surely enough"),
        ("satellites-only", "spots beside other fringes as order gives them, without enough on the fringe's own axis: stacking faults, twins and hexagonal packing give them too"),
        ("transfer-unknown", "the transfer of the microscope could not be found out from the image"),
        ("transfer-zero", "the microscope transfers almost nothing at the fringe or at the superlattice's spot"),
        ("streak", "the spot may belong to a streak that a twin boundary or another fault across the fringe draws"),
        ("fringe-not-seen", "the superlattice is seen without its own fringe"),
        ("conflicting-fringes", "fringes that one crystal cannot have, or a superlattice along more than one set"),
        ("name-uncertain", "the indices of the fringes are not sure"),
        ("other-lattice", "spacings and angles are none of the reference's"),
        ("phase-assumed", "fringes in one direction only: the spacing alone does not tell the crystal from others"),
        ("unknown-period", "the period is another multiple than the one looked for"),
        ("overlap", "another crystal reaches into its box"),
        ("twinned", "the fringes of one part are the mirror image of those of the other: a twin, counted as one particle"),
        ("border", "the crystal reaches the border of the image"),
        ("layered-texture", "areas of fringes of one spacing turn from one to the next, as bent or turbostratic layers do: they are not counted as crystals"),
        ("calibration-conflict", "the fringes ask for another pixel size"),
        ("uncalibrated", "nobody knows the pixel size: names and verdicts rest on ratios and angles"),
    ];

    /// <summary>The flags of crystals and HRTEM images that the page explains.</summary>
    public static IEnumerable<string> ExplainedCrystalFlags => _crystalFlags.Select(flag => flag.Term);

    private static readonly (string File, string Content)[] _data =
    [
        ("samples.csv", "a row a sample"), ("sizes.csv", "a row a particle"), ("fringes.csv", "a row a crystal of the HRTEM images"), ("families.csv", "a row a fringe of each crystal"), ("files.csv", "a row an input file"),
        ("fits/", "the fits of powder patterns: parameters (JSON) and pictures (SVG)"), ("run.json", "options, versions and hashes of the input files"), ("results.sqlite", "everything"),
    ];

    /// <summary>Writes the sections.</summary>
    public static void Write(MarkupWriter page, RunResult run)
    {
        page.Line($"<section aria-labelledby=\"methods\">");
        page.Line($"<h2 id=\"methods\">Methods</h2>");
        page.Line($"<p>HAADF-STEM images. The background of the support and offsets of scan lines are removed, particles are found without a size being given, touching ones are split, and each is measured.</p>");
        WriteTerms(page, [.. _measurands, ("Edge", EdgeMeaning(run.Options.Size.EdgeHeightFraction))]);
        if (FringeSection.HasContent(run))
        {
            string family = FringeSection.Family(run.Options.Fringes.Reference);
            page.Line($"<p>HRTEM images. Crystals are found by their fringes; each is measured in the Fourier transform of its own window. Every {family} fringe in view is tested for a superlattice of {run.Options.Fringes.Reference.PeriodCount} times its period: the power at that place, and at its satellites beside the other fringes, is compared with the background of this image there, off the axis at the same spatial frequency, never with the fringe itself. Verdicts depend on their own image alone.</p>");
            WriteTerms(page, _verdicts);
        }

        if (run.Fits.Count > 0)
        {
            page.Line($"<p>Powder patterns. The whole pattern is fitted by least squares with every set of sites that can hold the copper; the set is chosen by the Bayesian information criterion (BIC: lower is better, a difference of 10 is strong), and other solutions that fit nearly as well are named.</p>");
        }

        page.Line($"<h3>Flags</h3>");
        WriteTerms(page, _flags);
        if (FringeSection.HasContent(run))
        {
            page.Line($"<h3>Flags of crystals</h3>");
            WriteTerms(page, _crystalFlags);
        }

        page.Line($"</section>");

        page.Line($"<section aria-labelledby=\"parameters\">");
        page.Line($"<h2 id=\"parameters\">Parameters</h2>");
        page.Line($"<p>ImageAnalysis {run.ProgramVersion}, with the options below (as <code>--options</code> reads them).</p>");
        page.Line($"<details>");
        page.Line($"<summary>All options</summary>");
        page.Line($"<pre>{OptionsJson.Write(run.Options)}</pre>");
        page.Line($"</details>");
        page.Line($"</section>");

        page.Line($"<section aria-labelledby=\"data\">");
        page.Line($"<h2 id=\"data\">Data</h2>");
        page.Line($"<ul>");
        foreach ((string file, string content) in _data.Where(entry => (entry.File != "fits/" || run.Fits.Count > 0) && (entry.File is not ("fringes.csv" or "families.csv") || FringeSection.HasContent(run))))
        {
            page.Line($"<li><a href=\"{file}\">{file}</a>: {content}</li>");
        }

        page.Line($"</ul>");
        page.Line($"</section>");
    }

    private static string EdgeMeaning(double heightFraction) => heightFraction == 0
        ? "where the thickness of the particle reaches zero. Sizes by a threshold are smaller, by 10-16 % for round particles: the column half_height_diameter_nm of sizes.csv is there to compare with them."
        : FormattableString.Invariant($"at {100 * heightFraction:0.#} % of the height of the particle's profile (option edge_height_fraction), as thresholds place it; the particle's true outline, where its thickness reaches zero, is larger.");

    private static void WriteTerms(MarkupWriter page, IEnumerable<(string Term, string Meaning)> terms)
    {
        page.Line($"<dl>");
        foreach ((string term, string meaning) in terms)
        {
            page.Line($"<dt>{term}</dt>");
            page.Line($"<dd>{meaning}</dd>");
        }

        page.Line($"</dl>");
    }
}
