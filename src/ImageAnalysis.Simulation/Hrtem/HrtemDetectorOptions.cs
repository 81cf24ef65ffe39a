namespace ImageAnalysis.Simulation;

/// <summary>A camera behind the microscope.</summary>
public sealed record HrtemDetectorOptions
{
    /// <summary>Electrons that fall on a Å² of the specimen, 0.01…1e8; default 1500. Raised: less noise, more counts.</summary>
    public double DosePerAngstrom2 { get; init; } = 1500;

    /// <summary>Counts of one electron, 0.001…10000; default 8.</summary>
    public double GainCounts { get; init; } = 8;

    /// <summary>Counts without any beam, 0…60000; default 200.</summary>
    public double OffsetCounts { get; init; } = 200;

    /// <summary>
    /// Modulation transfer at the Nyquist frequency (half a cycle a pixel), 0.01…1; default 0.25. M(ν) = 1/(1 + ν²/ν_c²), with the pixel's own width in it: a scintillator spreads
    /// the light of each electron over its neighbours, signal and shot noise alike. Lowered: softer pictures. 1: none.
    /// </summary>
    public double NyquistTransferFraction { get; init; } = 0.25;

    /// <summary>Standard deviation of the noise of reading out, counts, 0…10000; default 6.</summary>
    public double ReadNoiseSigmaCounts { get; init; } = 6;

    /// <summary>Whether electrons are counted (Poisson noise); default true. False: their mean.</summary>
    public bool ShotNoise { get; init; } = true;

    /// <summary>Way that the specimen drifts during the exposure, evenly, nm, 0…5; default 0. It blurs the image along the way.</summary>
    public double DriftNm { get; init; }

    /// <summary>Direction of the drift, degree, −360…360; default 0.</summary>
    public double DriftDeg { get; init; }

    /// <summary>Standard deviation of vibration along each axis, nm, 0…1; default 0.015.</summary>
    public double VibrationSigmaNm { get; init; } = 0.015;

    /// <summary>Share of pixels that are hot (X-rays, defects), 0…0.05; default 0.</summary>
    public double HotPixelFraction { get; init; }

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        Limits.Check(nameof(DosePerAngstrom2), DosePerAngstrom2, 0.01, 1e8);
        Limits.Check(nameof(GainCounts), GainCounts, 0.001, 10000);
        Limits.Check(nameof(OffsetCounts), OffsetCounts, 0, 60000);
        Limits.Check(nameof(NyquistTransferFraction), NyquistTransferFraction, 0.01, 1);
        Limits.Check(nameof(ReadNoiseSigmaCounts), ReadNoiseSigmaCounts, 0, 10000);
        Limits.Check(nameof(DriftNm), DriftNm, 0, 5);
        Limits.Check(nameof(DriftDeg), DriftDeg, -360, 360);
        Limits.Check(nameof(VibrationSigmaNm), VibrationSigmaNm, 0, 1);
        Limits.Check(nameof(HotPixelFraction), HotPixelFraction, 0, 0.05);
    }
}
