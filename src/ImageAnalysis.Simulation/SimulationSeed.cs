namespace ImageAnalysis.Simulation;

/// <summary>Seeds for the parts of a larger whole.</summary>
public static class SimulationSeed
{
    /// <summary>A seed for one part: parts with other names, and wholes with other seeds, are independent.</summary>
    /// <param name="seed">The seed of the whole.</param>
    /// <param name="part">The part's name.</param>
    /// <returns>The part's seed; the same on every platform.</returns>
    public static ulong Derive(ulong seed, string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return RandomStream.Derive(seed, part);
    }
}
