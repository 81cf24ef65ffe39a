namespace ImageAnalysis.Lattice.Tests;

/// <summary>A measured fringe against the drawn wave that it shows.</summary>
/// <param name="SpacingRatio">Measured less true spacing, over the stated uncertainty.</param>
/// <param name="AngleRatio">Measured less true direction, over the stated uncertainty.</param>
/// <param name="DiameterNm">Drawn diameter (geometric mean of the sides of its box), nm.</param>
/// <param name="TransferRatio">True transfer of the lens at the wave, −1…1.</param>
/// <param name="Hkl">The wave's indices, such as <c>1 -1 1</c>.</param>
/// <param name="Snr">Measured power over the background.</param>
/// <param name="IsCarrier">Whether it stands for its crystal in the table.</param>
internal sealed record FringePull(double SpacingRatio, double AngleRatio, double DiameterNm, double TransferRatio, string Hkl, double Snr, bool IsCarrier)
{
    /// <summary>Whether it is one of {111}.</summary>
    public bool IsOf111 => Hkl.Replace("-", string.Empty, StringComparison.Ordinal) == "1 1 1";
}
