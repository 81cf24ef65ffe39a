namespace ImageAnalysis.Core;

/// <summary>How the partly filled places of a statistical cluster become an explicit configuration.</summary>
public sealed record SiteFillingOptions
{
    /// <summary>
    /// Two atoms are never closer than this, Å; default 2.0, 0 to 10. It lies between the closest contacts that crystals of copper and selenium
    /// have (about 2.3) and those that statistical models imply by sites that exclude each other (below 1.9). Raised: more sites exclude each other, and occupancies may become
    /// impossible. 0: places are filled independently of one another (but for alternatives at one place), each by its own chance.
    /// </summary>
    public double ShortestDistanceAngstrom { get; init; } = 2.0;

    /// <summary>
    /// Attempted moves for each place; default 100, 10 to 100,000. Raised: configurations are more independent of the order of filling, in more
    /// time. Lowered: tight models may stay short of their occupancies. While occupancies are not met, it goes on until as many moves again brought nothing.
    /// </summary>
    public int SweepCount { get; init; } = 100;

    /// <summary>Throws where a value is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the value and its limits.</exception>
    public void Validate()
    {
        if (ShortestDistanceAngstrom is not (>= 0 and <= 10))
        {
            throw new ArgumentOutOfRangeException(
                nameof(ShortestDistanceAngstrom), ShortestDistanceAngstrom, FormattableString.Invariant($"{nameof(ShortestDistanceAngstrom)} is {ShortestDistanceAngstrom}; expected 0…10."));
        }

        if (SweepCount is not (>= 10 and <= 100_000))
        {
            throw new ArgumentOutOfRangeException(nameof(SweepCount), SweepCount, $"{nameof(SweepCount)} is {SweepCount}; expected 10…100000.");
        }
    }
}
