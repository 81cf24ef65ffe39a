namespace ImageAnalysis.Simulation;

/// <summary>The body of a drawn particle.</summary>
public enum DrawnBody
{
    /// <summary>An ellipsoid: thickness T√(1 − ρ²).</summary>
    Ellipsoid,

    /// <summary>A hexagonal outline with bevelled edges: flat over the inner half, then falling evenly to zero.</summary>
    Facetted,
}

/// <summary>A particle of a drawn image: a body of even mean potential, with plane waves in it.</summary>
public sealed record DrawnParticle
{
    /// <summary>Place of its centre, px from the centre of the image's top-left pixel, −10000…10000; default 0.</summary>
    public double CentreXPx { get; init; }

    /// <summary>Place of its centre, px downwards, −10000…10000; default 0.</summary>
    public double CentreYPx { get; init; }

    /// <summary>Diameter of the circle of its outline's area, nm, 0.5…100; default 4.</summary>
    public double DiameterNm { get; init; } = 4;

    /// <summary>Long over short axis, 1…5; default 1.</summary>
    public double AspectRatio { get; init; } = 1;

    /// <summary>Direction of the long axis, degree, −360…360; default 0.</summary>
    public double OrientationDeg { get; init; }

    /// <summary>Thickness in the middle, nm, 0.1…100; <c>null</c> (default) is the short axis.</summary>
    public double? ThicknessNm { get; init; }

    /// <summary>Its body; default an ellipsoid.</summary>
    public DrawnBody Body { get; init; }

    /// <summary>Mean inner potential over that of the vacuum, V, 0…100; default 15. It gives the contrast of the particle's shape at low frequencies.</summary>
    public double MeanPotentialVolt { get; init; } = 15;

    /// <summary>The waves in it; default none.</summary>
    public IReadOnlyList<DrawnWave> Waves { get; init; } = [];

    /// <summary>Half of the long axis, nm.</summary>
    internal double LongHalfNm => 0.5 * DiameterNm * Math.Sqrt(AspectRatio);

    /// <summary>Half of the short axis, nm.</summary>
    internal double ShortHalfNm => 0.5 * DiameterNm / Math.Sqrt(AspectRatio);

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Waves);
        Limits.Check(nameof(CentreXPx), CentreXPx, -10000, 10000);
        Limits.Check(nameof(CentreYPx), CentreYPx, -10000, 10000);
        Limits.Check(nameof(DiameterNm), DiameterNm, 0.5, 100);
        Limits.Check(nameof(AspectRatio), AspectRatio, 1, 5);
        Limits.Check(nameof(OrientationDeg), OrientationDeg, -360, 360);
        if (ThicknessNm is double thickness)
        {
            Limits.Check(nameof(ThicknessNm), thickness, 0.1, 100);
        }

        if (!Enum.IsDefined(Body))
        {
            throw Limits.Outside(nameof(Body), Body, string.Join(", ", Enum.GetNames<DrawnBody>()));
        }

        Limits.Check(nameof(MeanPotentialVolt), MeanPotentialVolt, 0, 100);
        foreach (DrawnWave wave in Waves)
        {
            wave.Validate();
        }
    }
}
