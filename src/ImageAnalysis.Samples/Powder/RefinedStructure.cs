using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>Writes the structure of a fit as CIF, with what was held and what not.</summary>
public static class RefinedStructure
{
    /// <summary>Writes the best structure.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="pattern">Name of the pattern's file.</param>
    /// <param name="programVersion">Version of the program, for people.</param>
    /// <returns>The CIF; errors stand in brackets behind what was refined.</returns>
    public static string Cif(PowderFit fit, string pattern, string programVersion)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(programVersion);
        PowderSolution best = fit.Best;
        List<string> comments =
        [
            $"Refined by ima {programVersion} against the powder pattern {pattern}.",
            FormattableString.Invariant($"Solution {best.Name}: Rwp {best.RwpPercent:0.00} %, reduced chi2 {best.ReducedChi2:0.00}, size {best.SizeAngstrom:0.0} A. {fit.Rivals.Count} rivals fit nearly as well."),
            $"Scattering: {fit.Scattering}.",
            $"Held: {string.Join(", ", best.Parameters.Where(parameter => parameter.IsFixed).Select(parameter => parameter.Name).DefaultIfEmpty("nothing"))}.",
            $"On a bound: {string.Join(", ", best.Parameters.Where(parameter => parameter.IsAtBound).Select(parameter => parameter.Name).DefaultIfEmpty("nothing"))}.",
            .. fit.NotIdentifiable.Select(text => "Not determined: " + text),
            .. fit.Warnings.Select(text => "Beware: " + text),
        ];
        return CifWriter.Write(best.Structure.WithComments(comments.Select(OneLine)), new CrystalUncertainties
        {
            AEdgeSigmaAngstrom = best.ASigmaAngstrom,
            CEdgeSigmaAngstrom = SigmaOf(best, "c"),
            OccupancySigmaFraction = best.Sites.Where(site => site is { OccupancySigmaFraction: > 0, IsAtBound: false }).ToDictionary(site => site.Label, site => site.OccupancySigmaFraction!.Value),
            BIsoSigmaAngstrom2 = best.Structure.Sites.Select(site => (site.Label, Sigma: SigmaOf(best, "B " + site.Species.Element) ?? SigmaOf(best, "B")))
                .Where(site => site.Sigma > 0).ToDictionary(site => site.Label, site => site.Sigma!.Value),
        });
    }

    private static double? SigmaOf(PowderSolution best, string parameter) =>
        best.Parameters.FirstOrDefault(one => one.Name == parameter) is { IsFixed: false, IsAtBound: false, Sigma: double sigma } && double.IsFinite(sigma) ? sigma : null;

    /// <summary>A CIF has ASCII only: letters that would be lost are written in its way.</summary>
    private static string OneLine(string text) =>
        text.ReplaceLineEndings(" ").Replace("′", "'", StringComparison.Ordinal).Replace("″", "''", StringComparison.Ordinal).Replace("χ²", "chi2", StringComparison.Ordinal)
            .Replace("±", "+-", StringComparison.Ordinal).Replace("√", "root of ", StringComparison.Ordinal);
}
