namespace ImageAnalysis.Core;

/// <summary>The surface stress that would compress spheres of a given diameter as much as a sample is strained.</summary>
/// <param name="StressNPerM">The surface stress f, N/m; positive where it compresses.</param>
/// <param name="StressSigmaNPerM">One standard deviation of it, from strain and diameter; <c>null</c> where that of the strain is not known.</param>
public sealed record SurfaceStress(double StressNPerM, double? StressSigmaNPerM)
{
    /// <summary>The surface stress for a strain: f = −¾·B·d·Δa/a.</summary>
    /// <param name="strain">The strain.</param>
    /// <param name="diameterNm">Diameter d of the particles, nm; above 0.</param>
    /// <param name="diameterSigmaNm">One standard deviation of the mean diameter, nm; <c>null</c> where it is not known.</param>
    /// <param name="bulkModulusGpa">Bulk modulus B, GPa; 1 to 1000; the paper takes 85.</param>
    /// <returns>The surface stress; 1 GPa·nm is 1 N/m.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range.</exception>
    /// <remarks>
    /// The Gibbs-Thomson (Young-Laplace) pressure within a sphere is P = 4f/d, and P = −B·ΔV/V = −3B·Δa/a for a small strain, so that Δa/a = −4f/(3Bd): C. W. Mays, J. S. Vermaak and D. Kuhlmann-Wilsdorf, Surf.
    /// Sci. 12 (1968) 134, doi:10.1016/0039-6028(68)90119-2 (not opened; the two equations are all there is to it). Elastic constants of the bulk, no facets, no ligands: an order of magnitude. Crystals have 0.5 to 3 N/m; a
    /// much larger value means that the surface alone cannot be the cause, or that the strain is an artefact.
    /// </remarks>
    public static SurfaceStress NeededFor(LatticeStrain strain, double diameterNm, double? diameterSigmaNm, double bulkModulusGpa = 85)
    {
        ArgumentNullException.ThrowIfNull(strain);
        JoinCheck.Positive(diameterNm, nameof(diameterNm));
        JoinCheck.Sigma(diameterSigmaNm, nameof(diameterSigmaNm));
        OptionCheck.Within(bulkModulusGpa, 1, 1000, nameof(bulkModulusGpa));
        double factor = 0.75 * bulkModulusGpa;
        return new(
            0 - (factor * diameterNm * strain.LinearRatio),
            strain.LinearSigmaRatio is double sigma ? factor * JoinCheck.Quadrature(diameterNm * sigma, strain.LinearRatio * (diameterSigmaNm ?? 0)) : null);
    }
}
