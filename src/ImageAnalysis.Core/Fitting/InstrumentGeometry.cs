namespace ImageAnalysis.Core;

/// <summary>What the model knows of the instrument.</summary>
/// <param name="Wavelengths">The wavelengths in Å with their shares of the intensity, which sum to 1.</param>
/// <param name="ScherrerK">K of Scherrer's equation.</param>
/// <param name="RadiusMm">Radius of the goniometer.</param>
/// <param name="PolarisationRatio">cos² of the monochromator's 2θ; 1 without one.</param>
/// <param name="InstrumentFwhmDeg">Width that the instrument alone gives a line, degrees.</param>
internal sealed record InstrumentGeometry(
    (double WavelengthAngstrom, double ShareFraction)[] Wavelengths, double ScherrerK, double RadiusMm, double PolarisationRatio, double InstrumentFwhmDeg)
{
    /// <summary>The instrument of a radiation; Kα₂ is half as strong as Kα₁ where nothing is stated.</summary>
    public static InstrumentGeometry Of(PowderWavelengths radiation, double scherrerK, double radiusMm, double monochromatorTwoThetaDeg, double instrumentFwhmDeg)
    {
        double cosine = Math.Cos(monochromatorTwoThetaDeg * Math.PI / 180), ratio = radiation.Alpha2Ratio ?? 0.5;
        (double, double)[] lines = radiation.Alpha2Angstrom is double second && ratio > 0
            ? [(radiation.Alpha1Angstrom, 1 / (1 + ratio)), (second, ratio / (1 + ratio))]
            : [(radiation.Alpha1Angstrom, 1)];
        return new(lines, scherrerK, radiusMm, cosine * cosine, instrumentFwhmDeg);
    }
}
