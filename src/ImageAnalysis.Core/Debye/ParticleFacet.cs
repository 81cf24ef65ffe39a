namespace ImageAnalysis.Core;

/// <summary>A plane that bounds a particle.</summary>
/// <param name="Normal">Direction out of the particle, of any length above 0.</param>
/// <param name="DistanceAngstrom">Distance of the plane from the particle's centre, Å; above 0.</param>
public readonly record struct ParticleFacet(CartesianPosition Normal, double DistanceAngstrom)
{
    /// <summary>The lattice plane (hkl) at a distance.</summary>
    /// <param name="cell">The unit cell.</param>
    /// <param name="h">Miller index h.</param>
    /// <param name="k">Miller index k.</param>
    /// <param name="l">Miller index l.</param>
    /// <param name="distanceAngstrom">Distance from the centre, Å; above 0.</param>
    /// <returns>The facet; (hkl) and (−h−k−l) are opposite sides.</returns>
    public static ParticleFacet OfPlane(UnitCell cell, int h, int k, int l, double distanceAngstrom)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return new(new(Along(new(1, 0, 0)), Along(new(0, 1, 0)), Along(new(0, 0, 1))), distanceAngstrom);

        // The normal is the gradient of hx + ky + lz.
        double Along(CartesianPosition axis)
        {
            FractionalPosition step = cell.ToFractional(axis);
            return (h * step.XFraction) + (k * step.YFraction) + (l * step.ZFraction);
        }
    }
}
