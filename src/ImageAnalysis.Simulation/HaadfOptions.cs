using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>The image, the support film, the microscope and the detector of a simulated HAADF-STEM image.</summary>
public sealed record HaadfOptions
{
    /// <summary>Width of the image in px, 16…8192; default 1024.</summary>
    public int WidthPx { get; init; } = 1024;

    /// <summary>Height of the image in px, 16…8192; default 1024.</summary>
    public int HeightPx { get; init; } = 1024;

    /// <summary>Distance of horizontal scan points in nm, 0.005…20; default 0.1.</summary>
    public double PixelWidthNm { get; init; } = 0.1;

    /// <summary>Distance of scan lines in nm, 0.005…20; default 0.1.</summary>
    public double PixelHeightNm { get; init; } = 0.1;

    /// <summary>What the particles consist of; default Cu₂Se.</summary>
    public HaadfMaterial Particle { get; init; } = HaadfMaterial.CopperSelenide;

    /// <summary>What the support film consists of; default amorphous carbon of 2.0 g/cm³.</summary>
    public HaadfMaterial Support { get; init; } = HaadfMaterial.AmorphousCarbon;

    /// <summary>Exponent of the atomic number in the scattering to high angles, 1…2; default 1.7. Raised: particles brighter against the film.</summary>
    public double ZExponentRatio { get; init; } = 1.7;

    /// <summary>
    /// Share of the beam that a nm of the support film scatters onto the detector, 1e-6…0.01 per nm; default 5e-4. The Rutherford cross-section
    /// beyond 40 mrad of carbon at 200 kV gives 5e-4, beyond 70 mrad 1.6e-4.
    /// </summary>
    public double SupportScatteringPerNm { get; init; } = 5e-4;

    /// <summary>Mean thickness of the support film, nm, 0…200; default 4. Raised: brighter and noisier background.</summary>
    public double SupportThicknessNm { get; init; } = 4.0;

    /// <summary>Change of the film's thickness from one side of the image to the other, as a share of its mean, 0…1.5; default 0.1.</summary>
    public double SupportRampFraction { get; init; } = 0.1;

    /// <summary>Direction in which the film grows thicker, counter-clockwise as seen from +x, −360…360; default 30.</summary>
    public double SupportRampDeg { get; init; } = 30.0;

    /// <summary>Standard deviation of the slow thickness variation, as a share of the mean thickness, 0…0.5; default 0.04.</summary>
    public double SupportWavinessFraction { get; init; } = 0.04;

    /// <summary>Correlation length (1/e of the autocorrelation) of the slow thickness variation, nm, 0.5…10000; default 12. Raised: wider waves.</summary>
    public double SupportWavinessNm { get; init; } = 12.0;

    /// <summary>
    /// Standard deviation of the film's atomic-scale texture as a share of that of atoms placed at random, 0…2; default 0.5 (atoms of a real film keep their distance).
    /// </summary>
    public double SupportGrainFraction { get; init; } = 0.5;

    /// <summary>Thickness of carbon grown where an earlier, smaller scan was left standing (a rectangle with soft edges), nm, 0…50; default 0 (none).</summary>
    public double ContaminationNm { get; init; }

    /// <summary>Standard deviation of the probe's Gaussian core, nm, 0.01…10; default 0.1. Defocus makes it larger.</summary>
    public double ProbeSigmaNm { get; init; } = 0.1;

    /// <summary>Standard deviation of the demagnified source, nm, 0…10; default 0.05. It widens core and tail.</summary>
    public double SourceSigmaNm { get; init; } = 0.05;

    /// <summary>Share of the probe's current in wide tails, 0…0.8; default 0.1.</summary>
    public double TailFraction { get; init; } = 0.1;

    /// <summary>Standard deviation of the tails, nm, 0.01…50; default 0.5.</summary>
    public double TailSigmaNm { get; init; } = 0.5;

    /// <summary>Electrons per Å² of the scanned area, 1…1e8; default 4e4. Raised: less noise, more counts.</summary>
    public double DosePerAngstrom2 { get; init; } = 4e4;

    /// <summary>Counts that one detected electron adds, 0.001…10000; default 40.</summary>
    public double GainCounts { get; init; } = 40.0;

    /// <summary>Counts without any beam, 0…60000; default 1000.</summary>
    public double OffsetCounts { get; init; } = 1000.0;

    /// <summary>Standard deviation of the detector's own noise, counts, 0…10000; default 30.</summary>
    public double DarkNoiseSigmaCounts { get; init; } = 30.0;

    /// <summary>Whether the arriving electrons are counted (Poisson noise); default true. False: their mean, with all other noise as asked for.</summary>
    public bool ShotNoise { get; init; } = true;

    /// <summary>Standard deviation of the offset between scan lines, counts, 0…10000; default 15.</summary>
    public double RowOffsetSigmaCounts { get; init; } = 15.0;

    /// <summary>Standard deviation of the beam current from line to line, as a share of it, 0…0.2; default 0.002.</summary>
    public double RowFlickerFraction { get; init; } = 0.002;

    /// <summary>Standard deviation of a scan line's sideways shift, px, 0…3; default 0.08.</summary>
    public double RowJitterSigmaPx { get; init; } = 0.08;

    /// <summary>Drift of the specimen to the right over the whole scan, nm, −100…100 and at most an eighth of the image; default 0.</summary>
    public double DriftXNm { get; init; }

    /// <summary>Drift of the specimen downwards over the whole scan, nm, −100…100 and at most an eighth of the image; default 0.</summary>
    public double DriftYNm { get; init; }

    /// <summary>Share of pixels with a spike (a discharge, a cosmic ray), 0…0.05; default 0.</summary>
    public double HotPixelFraction { get; init; }

    /// <summary>The pixel size as the image's calibration.</summary>
    public Calibration Calibration => new(PixelWidthNm, PixelHeightNm, new CalibrationSource(CalibrationOrigin.Metadata, "simulated"));

    /// <summary>Mean number of electrons that fall on one scan point.</summary>
    internal double ElectronsPerPixel => DosePerAngstrom2 * Core.Units.NmToAngstrom(PixelWidthNm) * Core.Units.NmToAngstrom(PixelHeightNm);

    /// <summary>Share of the beam that a nm of a particle scatters onto the detector.</summary>
    internal double ParticleScatteringPerNm =>
        SupportScatteringPerNm * Particle.ScatteringPower(ZExponentRatio) / Support.ScatteringPower(ZExponentRatio);

    /// <summary>Standard deviation of core or tail with the source, nm.</summary>
    internal double BlurSigmaNm(double sigmaNm) => Math.Sqrt((sigmaNm * sigmaNm) + (SourceSigmaNm * SourceSigmaNm));

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        Limits.Check(nameof(WidthPx), WidthPx, 16, 8192);
        Limits.Check(nameof(HeightPx), HeightPx, 16, 8192);
        Limits.Check(nameof(PixelWidthNm), PixelWidthNm, 0.005, 20);
        Limits.Check(nameof(PixelHeightNm), PixelHeightNm, 0.005, 20);
        Particle.Validate();
        Support.Validate();
        Limits.Check(nameof(ZExponentRatio), ZExponentRatio, 1, 2);
        Limits.Check(nameof(SupportScatteringPerNm), SupportScatteringPerNm, 1e-6, 0.01);
        Limits.Check(nameof(SupportThicknessNm), SupportThicknessNm, 0, 200);
        Limits.Check(nameof(SupportRampFraction), SupportRampFraction, 0, 1.5);
        Limits.Check(nameof(SupportRampDeg), SupportRampDeg, -360, 360);
        Limits.Check(nameof(SupportWavinessFraction), SupportWavinessFraction, 0, 0.5);
        Limits.Check(nameof(SupportWavinessNm), SupportWavinessNm, 0.5, 10000);
        Limits.Check(nameof(SupportGrainFraction), SupportGrainFraction, 0, 2);
        Limits.Check(nameof(ContaminationNm), ContaminationNm, 0, 50);
        Limits.Check(nameof(SourceSigmaNm), SourceSigmaNm, 0, 10);
        double pixelNm = Math.Max(PixelWidthNm, PixelHeightNm);

        // Narrower than a third of a pixel the image would hang on where the scan points fall, wider than 60 px nothing is left of it.
        Limits.Check(nameof(ProbeSigmaNm), ProbeSigmaNm, Math.Max(0.01, 0.33 * pixelNm), Math.Min(10, 60 * Math.Min(PixelWidthNm, PixelHeightNm)));
        Limits.Check(nameof(TailFraction), TailFraction, 0, 0.8);
        Limits.Check(nameof(TailSigmaNm), TailSigmaNm, 0.01, 50);
        if (TailFraction > 0)
        {
            Limits.Check(nameof(TailSigmaNm), TailSigmaNm, ProbeSigmaNm, 60 * Math.Min(PixelWidthNm, PixelHeightNm));
        }

        Limits.Check(nameof(DosePerAngstrom2), DosePerAngstrom2, 1, 1e8);
        Limits.Check(nameof(GainCounts), GainCounts, 0.001, 10000);
        Limits.Check(nameof(OffsetCounts), OffsetCounts, 0, 60000);
        Limits.Check(nameof(DarkNoiseSigmaCounts), DarkNoiseSigmaCounts, 0, 10000);
        Limits.Check(nameof(RowOffsetSigmaCounts), RowOffsetSigmaCounts, 0, 10000);
        Limits.Check(nameof(RowFlickerFraction), RowFlickerFraction, 0, 0.2);
        Limits.Check(nameof(RowJitterSigmaPx), RowJitterSigmaPx, 0, 3);
        double driftXNm = Math.Min(100, WidthPx * PixelWidthNm / 8);
        double driftYNm = Math.Min(100, HeightPx * PixelHeightNm / 8);
        Limits.Check(nameof(DriftXNm), DriftXNm, -driftXNm, driftXNm);
        Limits.Check(nameof(DriftYNm), DriftYNm, -driftYNm, driftYNm);
        Limits.Check(nameof(HotPixelFraction), HotPixelFraction, 0, 0.05);
    }
}
