using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>A particle and the images that it is to be seen in, and how often they are simulated.</summary>
public sealed record PowerOptions
{
    /// <summary>Diameter, nm, 1…15; default 2.</summary>
    public double SizeNm { get; init; } = 2;

    /// <summary>Defocus, nm, −5000…5000; default −60. Underfocus is negative.</summary>
    public double DefocusNm { get; init; } = -60;

    /// <summary>Dose, e/Å², 1…1e6; default 2000.</summary>
    public double DosePerAngstrom2 { get; init; } = 2000;

    /// <summary>Spherical aberration, mm, −0.1…10; default 0.7.</summary>
    public double SphericalAberrationMm { get; init; } = 0.7;

    /// <summary>Accelerating voltage, kV, 20…1500; default 200.</summary>
    public double VoltageKv { get; init; } = 200;

    /// <summary>Pixel size, nm, 0.005…0.1; default 0.025.</summary>
    public double PixelNm { get; init; } = 0.025;

    /// <summary>Thickness of the carbon, nm, 0…50; default 4.</summary>
    public double SupportThicknessNm { get; init; } = 4;

    /// <summary>Largest tilt, degree, 0…20; default 3: it is drawn evenly between 0 and this.</summary>
    public double LargestTiltDeg { get; init; } = 3;

    /// <summary>Share of a depleted layer's atoms that are missing, 0.01…1; default 0.8: with it the half order has 0.27 of the amplitude of {111}, the median of ordered crystals in the analysis' model. Raised: stronger order.</summary>
    public double OrderFraction { get; init; } = 0.8;

    /// <summary>Images with an ordered, and as many with a regular particle, 2…100000; default 100.</summary>
    public int RepeatCount { get; init; } = 100;

    /// <summary>Where the randomness comes from; default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether images are computed by multislice and not drawn; default false.</summary>
    public bool Multislice { get; init; }

    /// <summary>How the images are analysed.</summary>
    public FringeOptions Fringes { get; init; } = new();

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is NaN or outside its limits; the message names it.</exception>
    public void Validate()
    {
        Check(SizeNm, 1, 15, nameof(SizeNm));
        Check(DefocusNm, -5000, 5000, nameof(DefocusNm));
        Check(DosePerAngstrom2, 1, 1e6, nameof(DosePerAngstrom2));
        Check(SphericalAberrationMm, -0.1, 10, nameof(SphericalAberrationMm));
        Check(VoltageKv, 20, 1500, nameof(VoltageKv));
        Check(PixelNm, 0.005, 0.1, nameof(PixelNm));
        Check(SupportThicknessNm, 0, 50, nameof(SupportThicknessNm));
        Check(LargestTiltDeg, 0, 20, nameof(LargestTiltDeg));
        Check(OrderFraction, 0.01, 1, nameof(OrderFraction));
        Check(RepeatCount, 2, 100_000, nameof(RepeatCount));
        Fringes.Validate();
    }

    private static void Check(double value, double lowest, double highest, string name)
    {
        if (!(value >= lowest && value <= highest))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}; expected {lowest} to {highest}."));
        }
    }
}
