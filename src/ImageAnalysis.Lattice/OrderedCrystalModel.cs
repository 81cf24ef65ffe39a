namespace ImageAnalysis.Lattice;

/// <summary>
/// What an ordered crystal of the reference shows at the superlattice's spot, relative to its fringe: the statistical model behind detection probabilities. Measured on crystals
/// simulated by multislice (docs/methods/superlattice-test.md).
/// </summary>
public sealed record OrderedCrystalModel
{
    /// <summary>Amplitude of the half order over that of the fringe, transfer divided out: its typical (median) value, a ratio; default 0.27.</summary>
    public double AmplitudeRatio { get; init; } = 0.27;

    /// <summary>Scatter of the logarithm of that amplitude from crystal to crystal (degree of order, shape, tilt), a ratio; default 0.35.</summary>
    public double LogAmplitudeSigmaRatio { get; init; } = 0.35;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits; the message names it, the value and the limits.</exception>
    public void Validate()
    {
        OptionCheck.Within(AmplitudeRatio, 1e-3, 10, nameof(AmplitudeRatio));
        OptionCheck.Within(LogAmplitudeSigmaRatio, 0, 3, nameof(LogAmplitudeSigmaRatio));
    }
}
