namespace ImageAnalysis.Lattice;

/// <summary>
/// What ordered crystals of the reference show at a fringe, at its half order and at the order's other places, as power relative to that of the supporting film under the same window: the model behind detection probabilities.
/// Film and crystal pass the same lens, so its transfer cancels. Fitted to crystals simulated by multislice (docs/methods/superlattice-test.md).
/// </summary>
/// <remarks>
/// With the diameter D in nm and the elevation ε of the fringe's normal out of the image plane: ln(power/film) = a + b ln D + ln(S²(π t g sin ε) + c) + normal scatter σ, t = τD, S(x) = 3(sin x − x cos x)/x³, the
/// form of a sphere. At the half order g/2 stands for g, c is 0, and b is greater by b' below a size; at the order's other places a is less by so much for each octave of frequency. The film is one of some 4.5 nm of amorphous carbon; on a thinner one everything stands out more than this says.
/// </remarks>
public sealed record OrderedCrystalModel
{
    /// <summary>a of the fringe, a logarithm; default 2.65.</summary>
    public double FringeLogPowerRatio { get; init; } = 2.65;

    /// <summary>b of the fringe; default 2.85.</summary>
    public double FringeSizeExponentRatio { get; init; } = 2.85;

    /// <summary>σ of the fringe, a logarithm; default 0.9.</summary>
    public double FringeLogSigmaRatio { get; init; } = 0.9;

    /// <summary>c of the fringe: what dynamic diffraction and the particle's shape leave of a tilted fringe; default 0.033.</summary>
    public double FringeFloorRatio { get; init; } = 0.033;

    /// <summary>
    /// a of the half order, a logarithm; default 0.75, fitted to ordered crystals on a simulated film of atoms at random. Such a film scatters 1.2 to 2.4 times as much as one with bonds (docs/methods/hrtem-simulation.md). Raised: order is
    /// believed to be visible more often, and more crystals are called regular.
    /// </summary>
    public double HalfLogPowerRatio { get; init; } = 0.75;

    /// <summary>b of the half order; default 3.2.</summary>
    public double HalfSizeExponentRatio { get; init; } = 3.2;

    /// <summary>What is added to b below <see cref="SmallSizeNm"/>; default 1.33. Fitted, as the others, to 440 ordered crystals of 1.5 to 3.5 nm and 288 of four hard recipes, simulated by multislice.</summary>
    public double SmallSizeExponentRatio { get; init; } = 1.33;

    /// <summary>The diameter below which that holds, nm; default 2.5.</summary>
    public double SmallSizeNm { get; init; } = 2.5;

    /// <summary>σ of the half order, a logarithm: degree of order, shape, film; default 0.4.</summary>
    public double HalfLogSigmaRatio { get; init; } = 0.4;

    /// <summary>Share of σ² of the half order that all places of a crystal have in common, 0…1; default 0.5.</summary>
    public double CommonShareRatio { get; init; } = 0.5;

    /// <summary>By how much the order's other places (higher orders, satellites of other fringes) fall against the film with each octave of frequency above the half order, a logarithm; default 0.42.</summary>
    public double FalloffRatio { get; init; } = 0.42;

    /// <summary>What the other places scatter more than the half order, each by itself, a logarithm; default 0.6.</summary>
    public double OtherLogSigmaRatio { get; init; } = 0.6;

    /// <summary>Background of an ordered crystal over the support's; default 1.1. That of crystals without order is higher, since their vacancies scatter to all sides.</summary>
    public double BackgroundRatio { get; init; } = 1.1;

    /// <summary>τ: thickness over the diameter; default 1.</summary>
    public double ThicknessRatio { get; init; } = 1;

    /// <summary>Largest elevation of a fringe that is counted as in view, degree; default 8.5. All elevations up to it are taken as equally likely beforehand.</summary>
    public double LargestElevationDeg { get; init; } = 8.5;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits; the message names it, the value and the limits.</exception>
    public void Validate()
    {
        OptionCheck.Within(FringeLogPowerRatio, -20, 20, nameof(FringeLogPowerRatio));
        OptionCheck.Within(FringeSizeExponentRatio, 0, 10, nameof(FringeSizeExponentRatio));
        OptionCheck.Within(FringeLogSigmaRatio, 0.05, 5, nameof(FringeLogSigmaRatio));
        OptionCheck.Within(FringeFloorRatio, 0, 1, nameof(FringeFloorRatio));
        OptionCheck.Within(HalfLogPowerRatio, -20, 20, nameof(HalfLogPowerRatio));
        OptionCheck.Within(HalfSizeExponentRatio, 0, 10, nameof(HalfSizeExponentRatio));
        OptionCheck.Within(SmallSizeExponentRatio, 0, 20, nameof(SmallSizeExponentRatio));
        OptionCheck.Within(SmallSizeNm, 0.5, 20, nameof(SmallSizeNm));
        OptionCheck.Within(HalfLogSigmaRatio, 0.05, 5, nameof(HalfLogSigmaRatio));
        OptionCheck.Within(CommonShareRatio, 0, 1, nameof(CommonShareRatio));
        OptionCheck.Within(FalloffRatio, -5, 5, nameof(FalloffRatio));
        OptionCheck.Within(OtherLogSigmaRatio, 0, 5, nameof(OtherLogSigmaRatio));
        OptionCheck.Within(BackgroundRatio, 0.5, 5, nameof(BackgroundRatio));
        OptionCheck.Within(ThicknessRatio, 0.1, 10, nameof(ThicknessRatio));
        OptionCheck.Within(LargestElevationDeg, 0, 45, nameof(LargestElevationDeg));
    }
}
