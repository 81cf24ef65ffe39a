namespace ImageAnalysis.Formats;

/// <summary>What <c>ima inspect</c> says of a powder pattern; the names are those of its JSON keys.</summary>
/// <param name="PointCount">Number of points.</param>
/// <param name="TwoThetaMinDeg">Smallest 2θ in degrees.</param>
/// <param name="TwoThetaMaxDeg">Largest 2θ in degrees.</param>
/// <param name="StepDeg">Step in degrees, or <c>null</c> where the steps are uneven.</param>
/// <param name="WavelengthAngstrom">Kα₁ or the only wavelength in Å, or <c>null</c> where the file states none.</param>
/// <param name="Wavelength2Angstrom">Kα₂ in Å, or <c>null</c>.</param>
/// <param name="Anode">The anode's element, or <c>null</c>.</param>
/// <param name="CountingTimeSeconds">Counting time of a point in s, or <c>null</c>.</param>
/// <param name="IntensityScale"><c>counts</c>, <c>scaled-counts</c> or <c>unknown</c>.</param>
/// <param name="HasSigma">Whether the file gives standard deviations.</param>
/// <param name="Title">Name of the sample, or <c>null</c>.</param>
/// <param name="Simulated">Whether the file says that the pattern was computed.</param>
public sealed record PowderDescription(
    int PointCount,
    double TwoThetaMinDeg,
    double TwoThetaMaxDeg,
    double? StepDeg,
    double? WavelengthAngstrom,
    double? Wavelength2Angstrom,
    string? Anode,
    double? CountingTimeSeconds,
    string IntensityScale,
    bool HasSigma,
    string? Title,
    bool Simulated);
