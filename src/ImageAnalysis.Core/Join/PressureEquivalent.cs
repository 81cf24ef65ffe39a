namespace ImageAnalysis.Core;

/// <summary>The pressure that would compress the bulk crystal as much as the sample is strained; positive for compression, negative for expansion.</summary>
/// <param name="LinearGpa">−B·Δa/a, GPa: with the linear strain, as the paper states its 2 GPa.</param>
/// <param name="LinearSigmaGpa">One standard deviation of it, from the strain alone; <c>null</c> where that is not known.</param>
/// <param name="VolumeGpa">−B·ΔV/V, GPa: with the volume strain, as the bulk modulus is defined; about three times the other.</param>
/// <param name="VolumeSigmaGpa">One standard deviation of it, from the strain alone; <c>null</c> where that is not known.</param>
public sealed record PressureEquivalent(double LinearGpa, double? LinearSigmaGpa, double VolumeGpa, double? VolumeSigmaGpa)
{
    /// <summary>The pressure for a strain.</summary>
    /// <param name="strain">The strain.</param>
    /// <param name="bulkModulusGpa">Bulk modulus B, GPa; 1 to 1000; the paper takes 85.</param>
    /// <returns>The pressure by both strains.</returns>
    /// <exception cref="ArgumentOutOfRangeException">B is NaN or outside its range.</exception>
    /// <remarks>
    /// S. L. White, P. Banerjee and P. K. Jain, Nat. Commun. 8, 14514 (2017), doi:10.1038/ncomms14514: its 2 GPa is B·Δa/a, as at a strain of 2.4 %. The bulk modulus is B = −V·dP/dV, so that a hydrostatic pressure is
    /// B·ΔV/V, three times as large: both are given. The stiffening of the crystal under pressure is left out, which at 5 % volume strain makes the second some 10 % too small.
    /// </remarks>
    public static PressureEquivalent Of(LatticeStrain strain, double bulkModulusGpa = 85)
    {
        ArgumentNullException.ThrowIfNull(strain);
        OptionCheck.Within(bulkModulusGpa, 1, 1000, nameof(bulkModulusGpa));

        // 0 − x, not −x: no strain is no pressure, without a sign.
        return new(0 - (bulkModulusGpa * strain.LinearRatio), bulkModulusGpa * strain.LinearSigmaRatio, 0 - (bulkModulusGpa * strain.VolumeRatio), bulkModulusGpa * strain.VolumeSigmaRatio);
    }
}
