using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>Something that two instruments do not agree on, or that makes a comparison doubtful.</summary>
/// <param name="Name">A short word, as in the column <c>join_flags</c> of <c>samples.csv</c>.</param>
/// <param name="Reason">What was compared, with the numbers, for a person.</param>
public sealed record JoinFlag(string Name, string Reason);

/// <summary>What microscope, powder pattern and phonon of one sample say together.</summary>
public sealed record SampleJoin
{
    /// <summary>What strains are against: the name of the largest sample, or <c>options</c>; <c>null</c> where there is nothing to compare with, as for the largest sample itself.</summary>
    public string? StrainReference { get; init; }

    /// <summary>Strain of the lattice parameter from the powder pattern.</summary>
    public LatticeStrain? Strain { get; init; }

    /// <summary>Frequency of the phonon as the sheet gives it, cm⁻¹.</summary>
    public double? PhononPerCm { get; init; }

    /// <summary>What the phonon is against: the name of a sample, or <c>options</c>.</summary>
    public string? PhononReference { get; init; }

    /// <summary>Strain from the phonon's shift: a lower limit of a compression.</summary>
    public LatticeStrain? PhononStrain { get; init; }

    /// <summary>Pressure equivalent of <see cref="Strain"/>.</summary>
    public PressureEquivalent? Pressure { get; init; }

    /// <summary>Surface stress that <see cref="Strain"/> would need at the measured diameter.</summary>
    public SurfaceStress? SurfaceStress { get; init; }

    /// <summary>Crystallite size of the fit beside the one that the measured particles would give.</summary>
    public SizeAgreement? Sizes { get; init; }

    /// <summary>Lattice parameter that the maximum of the {111} peak alone would give, Å; <c>null</c> for crystals that are not cubic and where the peak is not in the pattern. No measure of strain below some 4 nm.</summary>
    public double? PeakAAngstrom { get; init; }

    /// <summary>What <see cref="FringeStrain"/> is against: the name of the largest sample with fringes; <c>null</c> where there is nothing to compare with.</summary>
    public string? FringeReference { get; init; }

    /// <summary>
    /// Strain of the {111} spacing by HRTEM against the spacing without order in the largest sample. The error of the pixel sizes is in it (option <c>calibration_fraction</c>), as if they were independent.
    /// </summary>
    public LatticeStrain? FringeStrain { get; init; }

    /// <summary>Whether <see cref="FringeStrain"/> is of directions without order; false where only all crystals together have a spacing, which order elongates by 1 to 2.5 %.</summary>
    public bool IsFringeStrainRegular { get; init; }

    /// <summary>What the energy differences are against: the name of the largest sample with fringes.</summary>
    public string? EnergyReference { get; init; }

    /// <summary>RT ln(f₁/f₂) with f₁ the fraction of ordered crystals in the reference and f₂ that of this sample.</summary>
    public EnergyDifference? Energy { get; init; }

    /// <summary>The same for two states in equilibrium, by their odds.</summary>
    public EnergyDifference? TwoStateEnergy { get; init; }

    /// <summary>The powder line ½½½ of the vacancy order, expected or found; <c>null</c> without a fit, or for a crystal in which it means nothing.</summary>
    public HalfOrderLine? HalfOrder { get; init; }

    /// <summary>Disagreements and doubts; empty where all agrees.</summary>
    public IReadOnlyList<JoinFlag> Flags { get; init; } = [];
}
