namespace ImageAnalysis.Core;

/// <summary>Counting noise for simulated patterns.</summary>
public static class CountingNoise
{
    /// <summary>A pattern of whole counts, drawn from the Poisson distribution of each intensity.</summary>
    /// <param name="pattern">The expected counts; intensities below 0 count as 0.</param>
    /// <param name="seed">Seed of the random numbers; the same seed gives the same counts.</param>
    /// <returns>The pattern with counts in place of the intensities.</returns>
    public static PowderPattern Poisson(PowderPattern pattern, int seed)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var random = new Random(seed);
        double[] counts = [.. pattern.IntensityCounts.Select(expected => expected > 0 ? (double)MathNet.Numerics.Distributions.Poisson.Sample(random, expected) : 0)];
        return new PowderPattern(pattern.TwoThetaDeg, counts) { Scale = IntensityScale.Counts, Wavelengths = pattern.Wavelengths, Title = pattern.Title, IsSimulated = pattern.IsSimulated };
    }
}
