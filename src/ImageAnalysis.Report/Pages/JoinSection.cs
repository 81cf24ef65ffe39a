using ImageAnalysis.Core;
using ImageAnalysis.Particles;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Report;

/// <summary>What microscope, powder pattern and phonon say together: a row a sample, and where they disagree.</summary>
internal static class JoinSection
{
    private const double SmallNm = 4;
    private const double LargeStressNPerM = 10;

    /// <summary>Whether there is anything to join.</summary>
    public static bool HasContent(RunResult run) => run.Samples.Any(sample => sample.Join is not null);

    /// <summary>Writes the section; nothing where no sample has a fit or a phonon.</summary>
    public static void Write(MarkupWriter page, RunResult run)
    {
        if (!HasContent(run))
        {
            return;
        }

        page.Line($"<section aria-labelledby=\"join\">");
        page.Line($"<h2 id=\"join\">What the instruments say together</h2>");
        page.Line($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table of the join\">");
        page.Line($"<table>");
        page.Line($"<caption>Diameter: microscope, mean ± s.d. (n). Crystal size: Scherrer size of the powder lines, and below it the one that the measured particles would give. Strain: of the lattice parameter against the sample named; negative is compression. Pressure: −B·Δa/a with B = {NiceNumbers.Text(run.Options.Join.BulkModulusGpa)} GPa (linear strain), below it −B·ΔV/V (volume strain). Uncertainties are one standard deviation.</caption>");
        page.Line($"<thead><tr><th scope=\"col\">Sample</th><th scope=\"col\" class=\"number\">Diameter<br/>(nm)</th><th scope=\"col\" class=\"number\">a (Å)</th><th scope=\"col\" class=\"number\">Crystal size<br/>(nm)</th><th scope=\"col\" class=\"number\">Strain<br/>(%)</th><th scope=\"col\" class=\"number\">Pressure<br/>(GPa)</th><th scope=\"col\" class=\"number\">Surface stress<br/>needed (N/m)</th>{(HasPhonon(run) ? new Markup("<th scope=\"col\" class=\"number\">Strain by<br/>phonon (%)</th>") : default)}{(HasFringes(run) ? new Markup("<th scope=\"col\" class=\"number\">Strain by<br/>fringes (%)</th><th scope=\"col\" class=\"number\">Energy<br/>(kJ/mol)</th>") : default)}<th scope=\"col\">Agreement</th></tr></thead>");
        page.Line($"<tbody>");
        for (int i = 0; i < run.Samples.Count; i++)
        {
            WriteRow(page, run, run.Samples[i], i + 1);
        }

        page.Line($"</tbody>");
        page.Line($"</table>");
        page.Line($"</div>");
        WriteRemarks(page, run);
        page.Line($"</section>");
    }

    private static bool HasPhonon(RunResult run) => run.Samples.Any(sample => sample.Join?.PhononPerCm is not null);

    private static bool HasFringes(RunResult run) => run.Samples.Any(sample => sample.Fringes is not null);

    private static void WriteRow(MarkupWriter page, RunResult run, SampleSummary sample, int number)
    {
        SampleJoin join = sample.Join ?? new SampleJoin();
        PowderSolution? best = sample.Pattern is { Fit: { Failure: null, Best: PowderSolution found } } ? found : null;
        page.Line($"<tr><th scope=\"row\"><a href=\"#sample-{number}\">{Markup.Name(sample.Sample)}</a></th>");
        page.Line($"<td class=\"number\">{(sample.Diameter is SizeDistribution d ? Words.WithSigma(d.Mean.ValueNm, d.Sd?.ValueNm, "0.00") : Words.Missing)}<small>{(sample.Diameter is SizeDistribution n ? $"n = {n.Count}" : string.Empty)}</small></td>");
        page.Line($"<td class=\"number\">{(best is null ? Words.Missing : Words.Measured(best.AAngstrom, best.ASigmaAngstrom))}</td>");
        string size = join.Sizes is SizeAgreement s ? Words.Measured(s.FittedAngstrom / 10, s.FittedSigmaAngstrom / 10) : best is null ? Words.Missing : Words.Measured(best.SizeAngstrom / 10, best.SizeSigmaAngstrom / 10);
        page.Line($"<td class=\"number\">{size}<small>{(join.Sizes is SizeAgreement e ? $"expected {Words.WithSigma(e.ExpectedAngstrom / 10, e.ExpectedSigmaAngstrom / 10, "0.00")}" : string.Empty)}</small></td>");
        page.Line($"<td class=\"number\">{Percent(join.Strain)}<small>{(join.StrainReference is string reference ? reference == "options" ? "against options" : $"against {reference}" : best is null ? string.Empty : "reference")}</small></td>");
        page.Line($"<td class=\"number\">{(join.Pressure is PressureEquivalent p ? Words.WithSigma(p.LinearGpa, p.LinearSigmaGpa, "0.00") : Words.Missing)}<small>{(join.Pressure is PressureEquivalent v ? $"volume: {Words.WithSigma(v.VolumeGpa, v.VolumeSigmaGpa, "0.00")}" : string.Empty)}</small></td>");
        page.Line($"<td class=\"number\">{(join.SurfaceStress is SurfaceStress f ? Words.WithSigma(f.StressNPerM, f.StressSigmaNPerM, "0.0") : Words.Missing)}</td>");
        if (HasPhonon(run))
        {
            page.Line($"<td class=\"number\">{Percent(join.PhononStrain)}<small>{(join.PhononPerCm is double cm ? FormattableString.Invariant($"{cm:0.#} cm⁻¹") : string.Empty)}</small></td>");
        }

        if (HasFringes(run))
        {
            page.Line($"<td class=\"number\">{Percent(join.FringeStrain)}<small>{(join.FringeReference is string of ? $"against {of}" : string.Empty)}</small></td>");
            page.Line($"<td class=\"number\">{(join.Energy is EnergyDifference energy ? InKj(energy) : Words.Missing)}<small>{(join.TwoStateEnergy is EnergyDifference two ? $"two states: {InKj(two)}" : string.Empty)}</small></td>");
        }

        string finding = join.Flags.Count > 0 ? "finding" : "message";
        page.Line($"<td class=\"{finding}\">{Agreement(sample, join)}</td></tr>");
    }

    private static string Agreement(SampleSummary sample, SampleJoin join) =>
        join.Flags.Count > 0 ? string.Join("; ", join.Flags.Select(flag => flag.Name.Replace('-', ' ')))
        : join.Sizes is not null ? "microscope and powder pattern agree on the size"
        : sample.Pattern is null ? "no powder pattern was fitted"
        : "no size of the microscope to compare with";

    /// <summary>A difference with its error, its bounds, or nothing.</summary>
    private static string InKj(EnergyDifference energy) => energy switch
    {
        { ValueKjPerMol: double value } => Words.WithSigma(value, energy.SigmaKjPerMol, "0.0"),
        { LowKjPerMol: double low } => FormattableString.Invariant($"≥ {low:0.0}"),
        { HighKjPerMol: double high } => FormattableString.Invariant($"≤ {high:0.0}"),
        _ => Words.Missing,
    };

    private static string Percent(LatticeStrain? strain) => strain is null ? Words.Missing : Words.WithSigma(100 * strain.LinearRatio, 100 * strain.LinearSigmaRatio, "0.00");

    private static void WriteRemarks(MarkupWriter page, RunResult run)
    {
        page.Line($"<ul>");
        foreach (SampleSummary sample in run.Samples.Where(sample => sample.Join is not null))
        {
            foreach (JoinFlag flag in sample.Join!.Flags)
            {
                page.Line($"<li class=\"finding\">{Markup.Name(sample.Sample)}: {flag.Reason}.</li>");
            }

            foreach (string remark in Remarks(sample, sample.Join))
            {
                page.Line($"<li>{Markup.Name(sample.Sample)}: {remark}</li>");
            }
        }

        page.Line($"</ul>");
    }

    private static IEnumerable<string> Remarks(SampleSummary sample, SampleJoin join)
    {
        if (join.Sizes is { Disagrees: false } sizes)
        {
            yield return FormattableString.Invariant(
                $"the powder lines read {sizes.FittedAngstrom / 10:0.00} nm, the measured particles would give {sizes.ExpectedAngstrom / 10:0.00} nm (Scherrer, weighted by volume): {Math.Abs(sizes.DifferenceRatio):0.0} standard deviations apart, so each particle can be one crystal.");
        }

        if (join.PeakAAngstrom is double peak && sample.Pattern is SampleFit { Fit.Best: PowderSolution best } && (sample.Diameter?.Mean.ValueNm ?? (best.SizeAngstrom / 10)) < SmallNm)
        {
            yield return FormattableString.Invariant(
                $"the maximum of the {{111}} peak alone would give a = {peak:0.000} Å ({100 * ((peak / best.AAngstrom) - 1):+0.0;−0.0} %). In particles this small, overlap with {{200}} and the finite size move it by −5 to +2 %, according to the filled sites: it is no measure of strain; the whole pattern's value stands in the table.");
        }

        if (join.SurfaceStress is SurfaceStress stress && stress.StressNPerM > LargeStressNPerM)
        {
            yield return FormattableString.Invariant($"crystals have surface stresses of 0.5 to 3 N/m; {stress.StressNPerM:0.0} N/m is more than a surface alone is known to give.");
        }

        if (join.PhononStrain is LatticeStrain)
        {
            yield return $"the strain by the phonon (against {(join.PhononReference == "options" ? "the options" : join.PhononReference)}) is a lower limit of a compression, since confinement shifts phonons the other way.";
        }

        if (join.FringeStrain is LatticeStrain)
        {
            yield return $"the strain by fringes is of {(join.IsFringeStrainRegular ? "directions without order" : "all crystals together, which order elongates by 1 to 2.5 %")}, against the spacing without order in {join.FringeReference}; the error of two pixel sizes is in it.";
        }

        if (join.Energy is EnergyDifference energy && join.TwoStateEnergy is EnergyDifference two)
        {
            yield return $"from the fractions of ordered crystals, against {join.EnergyReference}: RT ln(f₁/f₂) {(energy.ValueKjPerMol is null ? string.Empty : "= ")}{InKj(energy)} kJ/mol, and for two states in equilibrium {(two.ValueKjPerMol is null ? string.Empty : "= ")}{InKj(two)} kJ/mol. Bounds stand for fractions of 0 or 1 (95 %).";
        }
    }
}
