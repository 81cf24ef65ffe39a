using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>What a stage made of one file: a row of <c>measurements</c> with its particles.</summary>
internal sealed record ImageMeasurement
{
    public required FileOutcome Outcome { get; init; }

    public int? Frame { get; init; }

    public int? WidthPx { get; init; }

    public int? HeightPx { get; init; }

    public double? PixelWidthNm { get; init; }

    public double? PixelHeightNm { get; init; }

    public string? CalibrationSource { get; init; }

    public bool Simulated { get; init; }

    public double Seconds { get; init; }

    public IReadOnlyList<SizeMeasurement> Particles { get; init; } = [];

    /// <summary>The crystals of an HRTEM image; <c>null</c> for anything else.</summary>
    public FringeAnalysis? Fringes { get; init; }

    /// <summary>The fits of a powder pattern; <c>null</c> for anything else.</summary>
    public PowderMeasurement? Powder { get; init; }

    /// <summary>What is known of an image apart from its measurements.</summary>
    public static ImageMeasurement Of(FileOutcome outcome, Micrograph image) => new()
    {
        Outcome = outcome,
        Frame = image.Frame,
        WidthPx = image.Pixels.WidthPx,
        HeightPx = image.Pixels.HeightPx,
        PixelWidthNm = image.Calibration?.PixelWidthNm,
        PixelHeightNm = image.Calibration?.PixelHeightNm,
        CalibrationSource = image.Calibration?.Source.ToString(),
        Simulated = image.Acquisition.Simulated,
    };
}
