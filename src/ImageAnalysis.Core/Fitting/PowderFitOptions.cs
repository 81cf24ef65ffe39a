namespace ImageAnalysis.Core;

/// <summary>How a powder pattern is fitted. The defaults are those for Cu₂Se; another material is another structure, with other families and totals where they are wanted.</summary>
public sealed record PowderFitOptions
{
    /// <summary>Radiation; default <c>null</c>: what the pattern states, else Cu Kα₁ and Kα₂, 2 : 1. Anything but the Kα line of a laboratory anode is refused.</summary>
    public PowderWavelengths? Wavelengths { get; init; }

    /// <summary>Table of the scattering factors f0; default Waasmaier and Kirfel.</summary>
    public ScatteringTable Table { get; init; } = ScatteringTable.WaasmaierKirfel1995;

    /// <summary>Atoms or ions; default as in the structure.</summary>
    public AtomCharges Charges { get; init; } = AtomCharges.AsInStructure;

    /// <summary>
    /// Table of f′ and f″; default Sasaki. <c>null</c> leaves them out, which is right only for patterns that a program made without them: on real data that turns
    /// 2.96 Cu on 8c into 2.51 without any sign of misfit.
    /// </summary>
    public AnomalousTable? Anomalous { get; init; } = AnomalousTable.Sasaki1989;

    /// <summary>One displacement parameter B for all atoms (true) or one for each element (false, default). One B gives smaller errors, which hold only where it is true.</summary>
    public bool CommonB { get; init; }

    /// <summary>Smallest B, Å²; default 0. Raised: keeps a B that the pattern does not determine from running to 0.</summary>
    public double MinBAngstrom2 { get; init; }

    /// <summary>Largest B, Å²; default 6, what liquid-like copper reaches. Raised: strongly anharmonic atoms; occupancies become less sure.</summary>
    public double MaxBAngstrom2 { get; init; } = 6;

    /// <summary>
    /// Labels of the sites whose occupancies may change; default <c>null</c>: all sites of the elements that the structure has on a partly filled site. The others keep the structure's occupancy.
    /// </summary>
    public IReadOnlyList<string>? FreeSites { get; init; }

    /// <summary>
    /// What is known of the number of atoms per cell; default <c>null</c>: the totals of the structure hold exactly for the elements with free sites. An empty list leaves all totals free; a total with a standard
    /// deviation is a measured one. A total that is wrong shows up as atoms on wrong sites: 8 Cu forced on 7.2 invents some on 4b and 24e.
    /// </summary>
    public IReadOnlyList<ElementTotal>? Totals { get; init; }

    /// <summary>Further equations between occupancies, that hold in all families; default none.</summary>
    public IReadOnlyList<OccupancyConstraint> Constraints { get; init; } = [];

    /// <summary>Hypotheses that are compared; default <c>null</c>: every set of free sites that can hold the totals (up to five free sites; with more, all of them at once).</summary>
    public IReadOnlyList<OccupancyFamily>? Families { get; init; }

    /// <summary>Numbers that follow from the occupancies and are wanted with their errors; default none.</summary>
    public IReadOnlyList<DerivedQuantity> Derived { get; init; } = [];

    /// <summary>Ranges of 2θ that are left out, for lines of other substances; default none.</summary>
    public IReadOnlyList<TwoThetaRange> Excluded { get; init; } = [];

    /// <summary>Shape of the lines; default the one that fits better.</summary>
    public PeakShape Shape { get; init; } = PeakShape.Auto;

    /// <summary>How far from the structure's cell the edges are searched, percent; default 6. Raised: strongly strained crystals, in more time and with more ways to go wrong.</summary>
    public double CellSearchPercent { get; init; } = 6;

    /// <summary>K of Scherrer's equation; default 0.9. Sizes are proportional to it.</summary>
    public double ScherrerKRatio { get; init; } = 0.9;

    /// <summary>Full width at half maximum that the instrument alone gives a line, degrees; default 0. Sizes are too small where it is too low.</summary>
    public double InstrumentFwhmDeg { get; init; }

    /// <summary>2θ of a monochromator crystal before or behind the sample, degrees; default 0, none (graphite (002) with Cu Kα: 26.6).</summary>
    public double MonochromatorTwoThetaDeg { get; init; }

    /// <summary>Radius of the goniometer, mm; default 240. Only the sample's displacement in mm depends on it.</summary>
    public double GoniometerRadiusMm { get; init; } = 240;

    /// <summary>
    /// Displacement of the sample from the axis. Auto (default): refined, with 0 ± <see cref="DisplacementSigmaMm"/> as one more observation. Broad lines tell it from the cell hardly at all, so that the
    /// cell's error depends on what is expected; No claims that there is none, Yes expects nothing.
    /// </summary>
    public Refine Displacement { get; init; } = Refine.Auto;

    /// <summary>How far samples are displaced, as a rule: one standard deviation, mm; default 0.1. Raised: the cell of small crystals is less sure.</summary>
    public double DisplacementSigmaMm { get; init; } = 0.1;

    /// <summary>Shift of the scale of 2θ; default no, since displacement does nearly the same: refined together their errors are large.</summary>
    public Refine ZeroShift { get; init; } = Refine.No;

    /// <summary>Microstrain; default where the pattern asks for it.</summary>
    public Refine Microstrain { get; init; } = Refine.Auto;

    /// <summary>The sample holder's peak near <see cref="HolderTwoThetaDeg"/>; default where the pattern asks for it.</summary>
    public Refine Holder { get; init; } = Refine.Auto;

    /// <summary>Where the holder's peak is looked for, degrees 2θ, within 1.5°; default 59, as in the paper.</summary>
    public double HolderTwoThetaDeg { get; init; } = 59;

    /// <summary>One broad amorphous halo, 5° to 20° wide; default where the pattern asks for it.</summary>
    public Refine Halo { get; init; } = Refine.Auto;

    /// <summary>Most Chebyshev terms of the background, 1…20; default 10. As many are used as the pattern asks for.</summary>
    public int MostBackgroundTerms { get; init; } = 10;

    /// <summary>Starting occupancies that are tried in each family, 1…1000; default 40. Raised: no minimum is missed, in more time.</summary>
    public int Starts { get; init; } = 40;

    /// <summary>Seed of the starting occupancies; default 1. The same seed gives the same result.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Intervals of the occupancies beside their standard deviations; default none, since they take a second or so.</summary>
    public IntervalKind Intervals { get; init; } = IntervalKind.None;

    /// <summary>Draws of the bootstrap, 20…10,000; default 200. Raised: smoother ends of the intervals, in more time.</summary>
    public int BootstrapDraws { get; init; } = 200;

    /// <summary>Most rivals that are named, 0…5; default 5.</summary>
    public int MostRivals { get; init; } = 5;

    /// <summary>
    /// How much larger than the best χ² that of a rival may be, as a fraction; default 0.15. More than noise would allow: what decides between such solutions is whether scattering factors,
    /// profile and background are right to a few percent. Raised: more rivals.
    /// </summary>
    public double RivalFraction { get; init; } = 0.15;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits; the message names it, the value and the limits.</exception>
    public void Validate()
    {
        OptionCheck.Within(MinBAngstrom2, -2, 20, nameof(MinBAngstrom2));
        OptionCheck.Within(MaxBAngstrom2, MinBAngstrom2, 50, nameof(MaxBAngstrom2));
        OptionCheck.Within(CellSearchPercent, 0, 20, nameof(CellSearchPercent));
        OptionCheck.Within(ScherrerKRatio, 0.5, 1.5, nameof(ScherrerKRatio));
        OptionCheck.Within(InstrumentFwhmDeg, 0, 2, nameof(InstrumentFwhmDeg));
        OptionCheck.Within(MonochromatorTwoThetaDeg, 0, 180, nameof(MonochromatorTwoThetaDeg));
        OptionCheck.Within(GoniometerRadiusMm, 20, 2000, nameof(GoniometerRadiusMm));
        OptionCheck.Within(DisplacementSigmaMm, 1e-4, 10, nameof(DisplacementSigmaMm));
        OptionCheck.Within(HolderTwoThetaDeg, 1, 179, nameof(HolderTwoThetaDeg));
        OptionCheck.Within(MostBackgroundTerms, 1, 20, nameof(MostBackgroundTerms));
        OptionCheck.Within(Starts, 1, 1000, nameof(Starts));
        OptionCheck.Within(BootstrapDraws, 20, 10_000, nameof(BootstrapDraws));
        OptionCheck.Within(MostRivals, 0, 5, nameof(MostRivals));
        OptionCheck.Within(RivalFraction, 0, 1, nameof(RivalFraction));
        foreach (ElementTotal total in Totals ?? [])
        {
            OptionCheck.Within(total.AtomsPerCell, 1e-6, 1e6, $"{nameof(Totals)}[{total.Element}]");
            OptionCheck.Within(total.SigmaPerCell ?? 1, 1e-6, 1e6, $"{nameof(Totals)}[{total.Element}].{nameof(ElementTotal.SigmaPerCell)}");
        }
    }
}
