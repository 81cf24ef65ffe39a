namespace ImageAnalysis.Core;

/// <summary>What the model knows of the instrument.</summary>
/// <param name="Wavelengths">The wavelengths in Å with their shares of the intensity, which sum to 1.</param>
/// <param name="ScherrerK">K of Scherrer's equation.</param>
/// <param name="RadiusMm">Radius of the goniometer.</param>
/// <param name="PolarisationRatio">cos² of the monochromator's 2θ; 1 without one.</param>
/// <param name="InstrumentFwhmDeg">Width that the instrument alone gives a line, degrees.</param>
internal sealed record InstrumentGeometry(
    (double WavelengthAngstrom, double ShareFraction)[] Wavelengths, double ScherrerK, double RadiusMm, double PolarisationRatio, double InstrumentFwhmDeg);
