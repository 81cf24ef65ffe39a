using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>Copper on one kind of site.</summary>
/// <param name="Group">Wyckoff position: <c>8c</c>, <c>4b</c>, <c>24e</c> or <c>32f</c>.</param>
/// <param name="AtomsPerCell">Cu in the unit cell; 0 for a site that the model does not have; <c>null</c> where it has copper on none of the four and is another crystal.</param>
/// <param name="SigmaPerCell">One standard deviation; <c>null</c> where the occupancy is held or not determined.</param>
public sealed record SiteCopper(string Group, double? AtomsPerCell, double? SigmaPerCell)
{
    private static readonly string[] _groups = ["8c", "4b", "24e", "32f"];

    /// <summary>The four kinds of sites, in the order of the tables.</summary>
    /// <param name="solution">A solution of a fit.</param>
    /// <returns>Always four rows.</returns>
    public static IReadOnlyList<SiteCopper> Of(PowderSolution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        IReadOnlyDictionary<string, (double AtomsPerCell, double? SigmaPerCell)> atoms = solution.AtomsByGroup("Cu");
        double? absent = _groups.Any(atoms.ContainsKey) ? 0 : null;
        return [.. _groups.Select(group => atoms.TryGetValue(group, out (double AtomsPerCell, double? SigmaPerCell) found)
            ? new SiteCopper(group, found.AtomsPerCell, found.SigmaPerCell is double sigma && double.IsFinite(sigma) ? sigma : null)
            : new SiteCopper(group, absent, null))];
    }
}
