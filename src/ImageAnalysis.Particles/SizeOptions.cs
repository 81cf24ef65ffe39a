namespace ImageAnalysis.Particles;

/// <summary>How particles are measured, and which of them are counted.</summary>
public sealed record SizeOptions
{
    /// <summary>
    /// Most turns of the fit of a particle, splitting and late finds aside; default 12. In the first, neighbours are masked; in the second, their models are taken out; from the third on, only particles that touch
    /// others are fitted again, until neither they nor their neighbours move by more than 0.05 px. Raised: nothing changes but where many overlap. Lowered: touching particles are measured less well.
    /// </summary>
    public int FitPasses { get; init; } = 12;

    /// <summary>
    /// Smallest height per radius against the image's median, 0…1; default 0.2. What is thinner than that for its size is a bump of the support rather than a
    /// particle and is not counted. Raised: thin particles are left out. Lowered: bumps are counted.
    /// </summary>
    public double MinThicknessFraction { get; init; } = 0.2;

    /// <summary>
    /// Smallest significance of a particle: height × √(pixels) over the noise, a ratio; default 25. Raised: faint particles are left out. Lowered: noise is counted.
    /// </summary>
    public double MinSnr { get; init; } = 25;

    /// <summary>
    /// Largest residual of the fit against the particle's height, 0…1; default 0.35. Raised: odd shapes are counted. Lowered: textured particles are left out.
    /// </summary>
    public double MaxResidualFraction { get; init; } = 0.35;

    /// <summary>
    /// Overlap with a better particle's outline, as a share of the own area, from which two outlines are one particle, 0…1; default 0.5. Raised: double
    /// claims stay. Lowered: overlapping particles are lost.
    /// </summary>
    public double MaxOverlapFraction { get; init; } = 0.5;

    /// <summary>
    /// Largest share of a particle's area over something that is no particle (debris, an unresolved cluster) with which it is counted, 0…1; default 0.2. Raised: sizes that lean
    /// on a guess are counted. Lowered: particles that only touch debris are left out.
    /// </summary>
    public double MaxDebrisOverlapFraction { get; init; } = 0.2;

    /// <summary>
    /// Smallest diameter counted, px; default 6. Below it outline and blur cannot be told apart. Lowered: smaller ones are counted, less surely.
    /// </summary>
    public double MinDiameterPx { get; init; } = 6;

    /// <summary>
    /// Largest standard deviation of the long axis that is counted, against the axis, 0…1; default 0.05. Raised: badly determined sizes widen the distribution.
    /// Lowered: faint particles are left out.
    /// </summary>
    public double MaxSigmaFraction { get; init; } = 0.05;

    /// <summary>
    /// Smallest area of a counted particle's outline against that of its convex hull, 0…1; default 0.95. An outline that bends inwards is a cluster that could not be
    /// told apart, or debris. Raised: dented particles are left out. Lowered: clusters are counted as one particle.
    /// </summary>
    public double MinSolidityFraction { get; init; } = 0.95;

    /// <summary>
    /// Height of the fitted profile, against its middle, at which the edge is placed, 0…0.9; default 0: where the thickness reaches zero, the particle's true outline. At 0.5
    /// all sizes are those at half height, as thresholds give them: to compare with sizes that were measured so. Raised: every size becomes smaller. Lowered: sizes approach
    /// those of the true outline. What is counted is decided on the true outline whatever this says.
    /// </summary>
    public double EdgeHeightFraction { get; init; }

    /// <summary>Points of a reported outline; default 72 (every 5°). Raised: smoother polygons, larger results. Lowered: coarser polygons. Sizes do not depend on it.</summary>
    public int OutlinePoints { get; init; } = 72;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits; the message names it, the value and the limits.</exception>
    public void Validate()
    {
        OptionCheck.Within(FitPasses, 1, 100, nameof(FitPasses));
        OptionCheck.Within(MinThicknessFraction, 0, 1, nameof(MinThicknessFraction));
        OptionCheck.Within(MinSnr, 1, 1e6, nameof(MinSnr));
        OptionCheck.Within(MaxResidualFraction, 0.01, 1, nameof(MaxResidualFraction));
        OptionCheck.Within(MaxOverlapFraction, 0.05, 1, nameof(MaxOverlapFraction));
        OptionCheck.Within(MaxDebrisOverlapFraction, 0, 1, nameof(MaxDebrisOverlapFraction));
        OptionCheck.Within(MinDiameterPx, 2, 1000, nameof(MinDiameterPx));
        OptionCheck.Within(MaxSigmaFraction, 0.001, 1, nameof(MaxSigmaFraction));
        OptionCheck.Within(MinSolidityFraction, 0, 1, nameof(MinSolidityFraction));
        OptionCheck.Within(EdgeHeightFraction, 0, 0.9, nameof(EdgeHeightFraction));
        OptionCheck.Within(OutlinePoints, 16, 720, nameof(OutlinePoints));
    }
}
