namespace ImageAnalysis.Lattice;

/// <summary>How well the transfer of an image is known.</summary>
public enum TransferKnowledge
{
    /// <summary>Nothing: no calibration, no film to be seen, or no rings that the model explains.</summary>
    Unknown,

    /// <summary>The rings leave a range of defocus, or several: intervals hold, single values do not.</summary>
    Bounded,

    /// <summary>One defocus, within a few nm.</summary>
    Measured,
}

/// <summary>The contrast transfer at one spatial frequency: |sin χ| with the envelopes of focal spread and convergence.</summary>
/// <param name="AmplitudeFraction">Root mean square over what the rings leave open, 0…1.</param>
/// <param name="LowFraction">Lower end of its 90 % interval.</param>
/// <param name="HighFraction">Upper end of its 90 % interval.</param>
public readonly record struct TransferValue(double AmplitudeFraction, double LowFraction, double HighFraction);

/// <summary>One range of defocus that the rings leave open.</summary>
/// <param name="DefocusNm">Defocus of the film's middle, nm; underfocus is negative.</param>
/// <param name="DefocusSigmaNm">Its standard deviation, nm.</param>
/// <param name="Probability">Its share of what is left open.</param>
public sealed record TransferMode(double DefocusNm, double DefocusSigmaNm, double Probability);

/// <summary>The contrast transfer function of one image, as its Thon rings tell.</summary>
public sealed record TransferEstimate
{
    /// <summary>How well it is known.</summary>
    public required TransferKnowledge Knowledge { get; init; }

    /// <summary>Why it is not known better, in plain words; empty when <see cref="Knowledge"/> is <see cref="TransferKnowledge.Measured"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>Accelerating voltage that was taken, kV.</summary>
    public required double VoltageKv { get; init; }

    /// <summary>Spherical aberration, mm: the file's own, or as fitted about the option.</summary>
    public required double SphericalAberrationMm { get; init; }

    /// <summary>Standard deviation of the spherical aberration, mm.</summary>
    public required double SphericalAberrationSigmaMm { get; init; }

    /// <summary>Whether voltage or spherical aberration are options and not the file's own.</summary>
    public required bool LensAssumed { get; init; }

    /// <summary>Defocus of the film's middle, nm, underfocus negative: that of the likeliest range; <c>null</c> when unknown.</summary>
    public double? DefocusNm { get; init; }

    /// <summary>Standard deviation of the defocus over all that is left open, nm; <c>null</c> when unknown.</summary>
    public double? DefocusSigmaNm { get; init; }

    /// <summary>Lower end of the 95 % interval of the defocus, over all ranges that are left open; <c>null</c> when unknown.</summary>
    public double? LowestDefocusNm { get; init; }

    /// <summary>Upper end of the 95 % interval of the defocus; <c>null</c> when unknown.</summary>
    public double? HighestDefocusNm { get; init; }

    /// <summary>Two-fold astigmatism, nm: the defocus runs from its value minus this to its value plus this with direction; <c>null</c> when unknown.</summary>
    public double? TwofoldAstigmatismNm { get; init; }

    /// <summary>Standard deviation of each of the astigmatism's two parts, nm; <c>null</c> when unknown.</summary>
    public double? TwofoldAstigmatismSigmaNm { get; init; }

    /// <summary>Direction of spatial frequency in which the defocus is highest, degree, [0, 180); <c>null</c> when unknown, and without meaning while the astigmatism is below its deviation.</summary>
    public double? TwofoldAstigmatismDeg { get; init; }

    /// <summary>Focal spread that the fit found, nm; it also takes up what else weakens high frequencies. <c>null</c> when unknown.</summary>
    public double? FocalSpreadNm { get; init; }

    /// <summary>The ranges of defocus that are left open, likeliest first; empty when unknown.</summary>
    public required IReadOnlyList<TransferMode> Modes { get; init; }

    /// <summary>Misfit of the model: variance of the data about it over that of counting; near 1 where it explains them. <c>null</c> without a fit.</summary>
    public double? MisfitRatio { get; init; }

    /// <summary>By how much rings explain the spectrum better than a smooth curve, in units of twice the logarithm of probability; <c>null</c> without a fit.</summary>
    public double? RingsChi2 { get; init; }

    /// <summary>Number of tiles whose spectra were averaged.</summary>
    public int TileCount { get; init; }

    /// <summary>How far crystals are taken to lie above or below the film's middle, nm: the option.</summary>
    public double HeightSigmaNm { get; init; }

    internal TransferPosterior? Posterior { get; init; }

    /// <summary>How far the lens moves the maximum of a spot, with what is open of it; <c>null</c> when the transfer is unknown.</summary>
    internal SpotShift? SpotShiftAt(double gxPerNm, double gyPerNm, double spotPerNm, double windowPerNm) =>
        Posterior?.ShiftAt(gxPerNm, gyPerNm, spotPerNm, windowPerNm, HeightSigmaNm);

    /// <summary>How far the lens displaces fringes of a frequency; <c>null</c> when the transfer is unknown.</summary>
    internal FringeDisplacement? DisplacementAt(double gxPerNm, double gyPerNm) => Posterior?.DisplacementAt(gxPerNm, gyPerNm);

    /// <summary>The contrast transfer at a spatial frequency of a crystal near the film.</summary>
    /// <param name="gxPerNm">Frequency along x, nm⁻¹.</param>
    /// <param name="gyPerNm">Frequency along y (down), nm⁻¹.</param>
    /// <param name="heightSigmaNm">
    /// How far the crystal's middle may lie above or below the film's (one standard deviation), nm; <c>null</c> for <see cref="TransferOptions.HeightSigmaNm"/>. Half of crystal and film together is the
    /// most for a crystal that lies on the film.
    /// </param>
    /// <returns>Amplitude with its 90 % interval; <c>null</c> when the transfer is unknown.</returns>
    public TransferValue? TransferAt(double gxPerNm, double gyPerNm, double? heightSigmaNm = null) => Posterior?.At(gxPerNm, gyPerNm, heightSigmaNm ?? HeightSigmaNm);

    /// <summary>Power of the film over the floor of noise at a spatial frequency, as the fit has it.</summary>
    /// <param name="gxPerNm">Frequency along x, nm⁻¹.</param>
    /// <param name="gyPerNm">Frequency along y (down), nm⁻¹.</param>
    /// <returns>0 or more; <c>null</c> when the transfer is unknown.</returns>
    public double? SupportOverFloorRatio(double gxPerNm, double gyPerNm) => Posterior?.FilmOverFloor(gxPerNm, gyPerNm);
}
