using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>How an HRTEM image is drawn: image, film, microscope, camera.</summary>
public sealed record DrawnHrtemOptions
{
    /// <summary>Width of the image, px, 16…4096; default 256.</summary>
    public int WidthPx { get; init; } = 256;

    /// <summary>Height of the image, px, 16…4096; default 256.</summary>
    public int HeightPx { get; init; } = 256;

    /// <summary>Width of a pixel, nm, 0.005…0.1; default 0.025.</summary>
    public double PixelWidthNm { get; init; } = 0.025;

    /// <summary>Height of a pixel, nm, 0.005…0.1; default 0.025.</summary>
    public double PixelHeightNm { get; init; } = 0.025;

    /// <summary>Border that is drawn and cut off again, nm, 0…20; default 0.6. Lowered to 0: the image repeats itself at its sides, as no recorded image does.</summary>
    public double MarginNm { get; init; } = 0.6;

    /// <summary>Accelerating voltage, kV, 20…1500; default 200.</summary>
    public double VoltageKv { get; init; } = 200;

    /// <summary>The supporting film.</summary>
    public DrawnFilmOptions Film { get; init; } = new();

    /// <summary>The objective lens. Its envelopes are those of linear imaging, whatever <see cref="ObjectiveLens.FocalSampleCount"/> says.</summary>
    public ObjectiveLens Lens { get; init; } = new();

    /// <summary>The camera.</summary>
    public HrtemDetectorOptions Detector { get; init; } = new();

    /// <summary>Path after which 1/e of the electrons are left in the image, in film and particles alike, nm, 10…100000; default 150. Lowered: thick places are darker.</summary>
    public double AttenuationNm { get; init; } = 150;

    /// <summary>How much brighter the illumination is at the far side than in the middle, as a part of the mean, 0…0.5; default 0.</summary>
    public double RampFraction { get; init; }

    /// <summary>Direction towards which the illumination is brighter, degree, −360…360; default 0.</summary>
    public double RampDeg { get; init; }

    /// <summary>The pixel size as the image's calibration.</summary>
    public Calibration Calibration => new(PixelWidthNm, PixelHeightNm, new CalibrationSource(CalibrationOrigin.Metadata, "simulated"));

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Film);
        ArgumentNullException.ThrowIfNull(Lens);
        ArgumentNullException.ThrowIfNull(Detector);
        Limits.Check(nameof(WidthPx), WidthPx, 16, 4096);
        Limits.Check(nameof(HeightPx), HeightPx, 16, 4096);
        Limits.Check(nameof(PixelWidthNm), PixelWidthNm, 0.005, 0.1);
        Limits.Check(nameof(PixelHeightNm), PixelHeightNm, 0.005, 0.1);
        Limits.Check(nameof(MarginNm), MarginNm, 0, 20);
        Limits.Check(nameof(VoltageKv), VoltageKv, 20, 1500);
        Limits.Check(nameof(AttenuationNm), AttenuationNm, 10, 100000);
        Limits.Check(nameof(RampFraction), RampFraction, 0, 0.5);
        Limits.Check(nameof(RampDeg), RampDeg, -360, 360);
        Film.Validate();
        Lens.Validate();
        Detector.Validate();
    }
}
