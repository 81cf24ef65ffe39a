using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>How an HRTEM image is made: image, film, microscope, camera.</summary>
public sealed record HrtemOptions
{
    /// <summary>Width of the image, px, 16…4096; default 1024.</summary>
    public int WidthPx { get; init; } = 1024;

    /// <summary>Height of the image, px, 16…4096; default 1024.</summary>
    public int HeightPx { get; init; } = 1024;

    /// <summary>Width of a pixel, nm, 0.005…0.05; default 0.025. Wider ones leave the scattering out that the lens still transfers.</summary>
    public double PixelWidthNm { get; init; } = 0.025;

    /// <summary>Height of a pixel, nm, 0.005…0.05; default 0.025.</summary>
    public double PixelHeightNm { get; init; } = 0.025;

    /// <summary>
    /// Border around the image that is computed and cut off again, nm, 0…20; default 1.6. The computed field repeats itself: with a narrow border, fringes that defocus spreads
    /// beyond one side come in at the other. Raised: slower.
    /// </summary>
    public double MarginNm { get; init; } = 1.6;

    /// <summary>Accelerating voltage, kV, 20…1500; default 200.</summary>
    public double VoltageKv { get; init; } = 200;

    /// <summary>Thickness of a slice, nm, 0.02…5; default 0.5. Lowered: slower, and the wave's spread between atoms one behind the other is followed more closely.</summary>
    public double SliceNm { get; init; } = 0.5;

    /// <summary>Frozen phonon configurations, 0…1000; default 3. Raised: slower and smoother. 0: Debye-Waller factors instead, without diffuse scattering.</summary>
    public int ConfigurationCount { get; init; } = 3;

    /// <summary>Displacement parameter B of atoms whose site has none, Å², 0…10; default 1.</summary>
    public double UnknownBAngstrom2 { get; init; } = 1;

    /// <summary>The supporting film.</summary>
    public CarbonFilmOptions Film { get; init; } = new();

    /// <summary>The objective lens.</summary>
    public ObjectiveLens Lens { get; init; } = new();

    /// <summary>The camera.</summary>
    public HrtemDetectorOptions Detector { get; init; } = new();

    /// <summary>The pixel size as the image's calibration.</summary>
    public Calibration Calibration => new(PixelWidthNm, PixelHeightNm, new CalibrationSource(CalibrationOrigin.Metadata, "simulated"));

    /// <summary>Width of the computed field, px: the image with its border, and what makes the Fourier transform fast.</summary>
    internal int FieldWidthPx => FastSize(WidthPx + (2 * MarginPx(PixelWidthNm)));

    /// <summary>Height of the computed field, px.</summary>
    internal int FieldHeightPx => FastSize(HeightPx + (2 * MarginPx(PixelHeightNm)));

    /// <summary>Columns of the field to the left of the image.</summary>
    internal int LeftPx => (FieldWidthPx - WidthPx) / 2;

    /// <summary>Rows of the field above the image.</summary>
    internal int TopPx => (FieldHeightPx - HeightPx) / 2;

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Film);
        ArgumentNullException.ThrowIfNull(Lens);
        ArgumentNullException.ThrowIfNull(Detector);
        Limits.Check(nameof(WidthPx), WidthPx, 16, 4096);
        Limits.Check(nameof(HeightPx), HeightPx, 16, 4096);
        Limits.Check(nameof(PixelWidthNm), PixelWidthNm, 0.005, 0.05);
        Limits.Check(nameof(PixelHeightNm), PixelHeightNm, 0.005, 0.05);
        Limits.Check(nameof(MarginNm), MarginNm, 0, 20);
        Limits.Check(nameof(VoltageKv), VoltageKv, 20, 1500);
        Limits.Check(nameof(SliceNm), SliceNm, 0.02, 5);
        Limits.Check(nameof(ConfigurationCount), ConfigurationCount, 0, 1000);
        Limits.Check(nameof(UnknownBAngstrom2), UnknownBAngstrom2, 0, 10);
        Film.Validate();
        Lens.Validate();
        Detector.Validate();
    }

    // The next product of 2, 3 and 5.
    internal static int FastSize(int size)
    {
        while (true)
        {
            int rest = size;
            foreach (int factor in (ReadOnlySpan<int>)[2, 3, 5])
            {
                while (rest % factor == 0)
                {
                    rest /= factor;
                }
            }

            if (rest == 1)
            {
                return size;
            }

            size++;
        }
    }

    private int MarginPx(double pixelNm) => (int)Math.Ceiling((MarginNm / pixelNm) - 1e-9);
}
