namespace ImageAnalysis.Lattice;

/// <summary>How crystals, their fringes and their superlattice are looked for in HRTEM images. The levels hold per particle or per image, so no verdict depends on other files.</summary>
public sealed record FringeOptions
{
    /// <summary>The crystal that is looked for; default copper selenide.</summary>
    public ReferenceCrystal Reference { get; init; } = new();

    /// <summary>Smallest spacing of fringes looked for, nm; default 0.19. Raised: faster, fewer fringes to tell crystals apart by. Lowered: fringes near the resolution of the microscope.</summary>
    public double MinSpacingNm { get; init; } = 0.19;

    /// <summary>Largest spacing of fringes looked for, nm; default 0.85, beyond twice {111} of the default reference. Raised: shapes of particles are taken for fringes. Lowered: half orders open no candidates.</summary>
    public double MaxSpacingNm { get; init; } = 0.85;

    /// <summary>Smallest diameter of a crystal looked for, nm; default 1.6. Lowered: more bumps of the support come near to the level.</summary>
    public double MinDiameterNm { get; init; } = 1.6;

    /// <summary>
    /// Relative uncertainty (one standard deviation) of the pixel size that naming of fringes allows for, 0.001…0.2; default 0.03, one for both axes and as much again for
    /// their ratio. Raised: spacings count less against angles and ratios. Lowered: wrong calibrations lead to wrong names.
    /// </summary>
    public double ScaleSigmaFraction { get; init; } = 0.03;

    /// <summary>Probability that noise alone opens a candidate anywhere in an image, 1e-6…0.5; default 0.01. Raised: fainter crystals are found, and more that are none.</summary>
    public double ImageFalseAlarmProbability { get; init; } = 0.01;

    /// <summary>Probability that noise alone makes a regular particle a superstructure, all its tests together, 1e-6…0.2; default 0.005: thirty particles give a false one in 14 % of folders. Raised: more order is found and more invented.</summary>
    public double ParticleFalseAlarmProbability { get; init; } = 0.005;

    /// <summary>The same for the free search for periods other than the reference's, 1e-8…0.2; default 0.0002: nothing known speaks for them beforehand.</summary>
    public double FreePeriodFalseAlarmProbability { get; init; } = 0.0002;

    /// <summary>
    /// Share of the crystals without order in which something flat across the tested fringe (twin boundary, stacking fault, facet) is expected to draw a streak along its normal, through g/2, 0…0.5; default 0.03. Raised: fewer
    /// twins are called superstructures, and weak order is seen less often. 0: no streaks are expected.
    /// </summary>
    public double PlanarFaultFraction { get; init; } = 0.03;

    /// <summary>Least probability that order would have been called, for <c>regular</c> to be said, 0…1; default 0.8. Raised: more particles stay undetermined. Lowered: order that could not be seen is denied.</summary>
    public double MinDetectionProbability { get; init; } = 0.8;

    /// <summary>How the transfer of the microscope is found out from the image's own Thon rings; voltage and spherical aberration for files that name none stand there.</summary>
    public TransferOptions Transfer { get; init; } = new();

    /// <summary>What ordered crystals show, from simulation; the default is that of the default reference.</summary>
    public OrderedCrystalModel Ordered { get; init; } = new();

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits; the message names it, the value and the limits.</exception>
    /// <exception cref="ArgumentException">The reference names a fringe that is none of its families.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Reference);
        ArgumentNullException.ThrowIfNull(Ordered);
        ArgumentNullException.ThrowIfNull(Transfer);
        Reference.Validate();
        Ordered.Validate();
        Transfer.Validate();
        OptionCheck.Within(MinSpacingNm, 0.05, 1, nameof(MinSpacingNm));
        OptionCheck.Within(MaxSpacingNm, 1.5 * MinSpacingNm, 5, nameof(MaxSpacingNm));
        OptionCheck.Within(MinDiameterNm, 1, 20, nameof(MinDiameterNm));
        OptionCheck.Within(ScaleSigmaFraction, 0.001, 0.2, nameof(ScaleSigmaFraction));
        OptionCheck.Within(ImageFalseAlarmProbability, 1e-6, 0.5, nameof(ImageFalseAlarmProbability));
        OptionCheck.Within(ParticleFalseAlarmProbability, 1e-6, 0.2, nameof(ParticleFalseAlarmProbability));
        OptionCheck.Within(FreePeriodFalseAlarmProbability, 1e-8, 0.2, nameof(FreePeriodFalseAlarmProbability));
        OptionCheck.Within(PlanarFaultFraction, 0, 0.5, nameof(PlanarFaultFraction));
        OptionCheck.Within(MinDetectionProbability, 0, 1, nameof(MinDetectionProbability));
    }
}
