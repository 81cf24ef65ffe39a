namespace ImageAnalysis.Simulation;

/// <summary>The particles of a simulated field: how many, how large, of which shape, and how they lie.</summary>
public sealed record HaadfFieldOptions
{
    /// <summary>Number of particles that lie wholly or in part in the image, 0…20000; default 110.</summary>
    public int ParticleCount { get; init; } = 110;

    /// <summary>Mean long axis (maximum Feret diameter), nm, 0.2…1000; default 4.</summary>
    public double LongAxisMeanNm { get; init; } = 4.0;

    /// <summary>Standard deviation of the long axis, nm, 0 to a third of the mean; default 0.45. The normal distribution is cut at ±2.9 standard deviations.</summary>
    public double LongAxisSigmaNm { get; init; } = 0.45;

    /// <summary>Distance of the {100} faces over that of the {111} faces before any scatter, 0.6…1.7; default 1.1. √3 leaves an octahedron, 1/√3 a cube.</summary>
    public double CubeFaceRatio { get; init; } = 1.1;

    /// <summary>Standard deviation of each face's distance, as a share of it, 0…0.2; default 0.05. Raised: less regular particles.</summary>
    public double FaceScatterFraction { get; init; } = 0.05;

    /// <summary>Largest stretch along a random axis, 0…1; default 0.2. Each particle draws its own between 0 and this.</summary>
    public double ElongationFraction { get; init; } = 0.2;

    /// <summary>Sharpness of edges and corners, even, 2…32; default 8. 4 is nearly round, 16 nearly a polyhedron.</summary>
    public int EdgeExponent { get; init; } = 8;

    /// <summary>Share of the particles that lie against another one, 0…0.8; default 0.25.</summary>
    public double TouchingFraction { get; init; } = 0.25;

    /// <summary>Largest overlap of touching particles, as a share of the smaller one's short axis, 0…0.5; default 0.1.</summary>
    public double OverlapFraction { get; init; } = 0.1;

    /// <summary>Two outlines closer than this are said to touch, nm, 0…10; default 0.2.</summary>
    public double ContactGapNm { get; init; } = 0.2;

    /// <summary>Smallest gap between particles that do not touch, nm, from <see cref="ContactGapNm"/> to 100; default 0.5.</summary>
    public double FreeGapNm { get; init; } = 0.5;

    /// <summary>Number of pieces of bright debris: clumps of overlapping bodies, larger and thicker than the particles, that are no particles, 0…100; default 0.</summary>
    public int DebrisCount { get; init; }

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        Limits.Check(nameof(ParticleCount), ParticleCount, 0, 20000);
        Limits.Check(nameof(LongAxisMeanNm), LongAxisMeanNm, 0.2, 1000);
        Limits.Check(nameof(LongAxisSigmaNm), LongAxisSigmaNm, 0, LongAxisMeanNm / 3);
        Limits.Check(nameof(CubeFaceRatio), CubeFaceRatio, 0.6, 1.7);
        Limits.Check(nameof(FaceScatterFraction), FaceScatterFraction, 0, 0.2);
        Limits.Check(nameof(ElongationFraction), ElongationFraction, 0, 1);
        Limits.Check(nameof(EdgeExponent), EdgeExponent, 2, 32);
        if (EdgeExponent % 2 != 0)
        {
            throw Limits.Outside(nameof(EdgeExponent), EdgeExponent, "even numbers, 2…32");
        }

        Limits.Check(nameof(TouchingFraction), TouchingFraction, 0, 0.8);
        Limits.Check(nameof(OverlapFraction), OverlapFraction, 0, 0.5);
        Limits.Check(nameof(ContactGapNm), ContactGapNm, 0, 10);
        Limits.Check(nameof(FreeGapNm), FreeGapNm, ContactGapNm, 100);
        Limits.Check(nameof(DebrisCount), DebrisCount, 0, 100);
    }
}
