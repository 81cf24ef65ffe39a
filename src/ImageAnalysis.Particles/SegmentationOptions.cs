namespace ImageAnalysis.Particles;

/// <summary>How particles are found in a HAADF-STEM image.</summary>
public sealed record SegmentationOptions
{
    /// <summary>
    /// Largest diameter looked for, px; default 200. Raised: larger particles are found, at little cost in time. Lowered: larger ones are missed or cut into pieces.
    /// </summary>
    public double MaxDiameterPx { get; init; } = 200;

    /// <summary>
    /// How many standard deviations of the noise a blob's answer must reach, a ratio; default 6. Raised: faint particles are lost. Lowered: more
    /// bumps of the support are looked at (the fit still decides on them).
    /// </summary>
    public double MinBlobSnr { get; init; } = 6;

    /// <summary>
    /// Smallest height of a blob against the typical particle's of the image, 0…1; default 0.08. Raised: faint particles are lost. Lowered: more
    /// bumps of the support are looked at.
    /// </summary>
    public double MinHeightFraction { get; init; } = 0.08;

    /// <summary>
    /// Single pixels farther than this from the median of their neighbours, in standard deviations of the noise, are replaced by it; default 6; 0 switches
    /// it off. Raised: hot pixels stay. Lowered: real detail of particles of 6 px is touched.
    /// </summary>
    public double OutlierSnr { get; init; } = 6;

    /// <summary>Whether offsets of whole scan lines are estimated and removed; default true. An image without them is left as it is, within its noise.</summary>
    public bool CorrectScanLines { get; init; } = true;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits; the message names it, the value and the limits.</exception>
    public void Validate()
    {
        OptionCheck.Within(MaxDiameterPx, 6, 4096, nameof(MaxDiameterPx));
        OptionCheck.Within(MinBlobSnr, 1, 1000, nameof(MinBlobSnr));
        OptionCheck.Within(MinHeightFraction, 0, 1, nameof(MinHeightFraction));
        OptionCheck.Within(OutlierSnr, 0, 1000, nameof(OutlierSnr));
    }
}
