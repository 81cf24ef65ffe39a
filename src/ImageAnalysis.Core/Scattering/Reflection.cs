namespace ImageAnalysis.Core;

/// <summary>A line of a powder pattern: a family of planes and how strongly it scatters.</summary>
/// <param name="Family">The planes, their multiplicity and spacing.</param>
/// <param name="StructureFactorElectrons2">
/// |F|² of one member of the family for one unit cell, in electrons², with displacements and, where asked for, f′ and f″; the mean of (hkl) and its opposite.
/// </param>
public readonly record struct Reflection(ReflectionFamily Family, double StructureFactorElectrons2)
{
    /// <summary>Miller index h of one member.</summary>
    public int H => Family.H;

    /// <summary>Miller index k of one member.</summary>
    public int K => Family.K;

    /// <summary>Miller index l of one member.</summary>
    public int L => Family.L;

    /// <summary>Number of planes in the family.</summary>
    public int MultiplicityCount => Family.MultiplicityCount;

    /// <summary>Distance d between the planes, Å.</summary>
    public double SpacingAngstrom => Family.SpacingAngstrom;

    /// <summary>The scattering angle by Bragg's law, λ = 2d sin θ.</summary>
    /// <param name="wavelengthAngstrom">The wavelength λ, Å; above 0.</param>
    /// <returns>2θ in degrees, or <c>null</c> where the planes are too close (d below λ/2) to reflect this wavelength.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The wavelength is not above 0.</exception>
    public double? TwoThetaDeg(double wavelengthAngstrom) => BraggAngle.TwoThetaDeg(SpacingAngstrom, wavelengthAngstrom);
}
