namespace ImageAnalysis.Particles;

/// <summary>How a size distribution is summarised.</summary>
public sealed record DistributionOptions
{
    /// <summary>Resamples of the bootstrap behind the intervals; default 2000. Raised: intervals repeat more closely, in more time. Lowered: they jitter.</summary>
    public int BootstrapSamples { get; init; } = 2000;

    /// <summary>Seed of the bootstrap; default 1. The same seed gives the same intervals.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Half width of the mean's 95 % interval that is wanted, percent of the mean; default 2. Raised: fewer more particles are asked for. Lowered: more.
    /// </summary>
    public double PrecisionWantedPercent { get; init; } = 2;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits; the message names it, the value and the limits.</exception>
    public void Validate()
    {
        OptionCheck.Within(BootstrapSamples, 100, 1_000_000, nameof(BootstrapSamples));
        OptionCheck.Within(PrecisionWantedPercent, 0.01, 100, nameof(PrecisionWantedPercent));
    }
}
