using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>How the powder patterns of a run are fitted: what of <see cref="PowderFitOptions"/> a sample or an instrument asks to change.</summary>
public sealed record PxrdOptions
{
    /// <summary>One displacement parameter B for all atoms (true) or one for each element (false, default). One gives smaller errors, which hold only where it is true.</summary>
    public bool CommonB { get; init; }

    /// <summary>Whether f′ and f″ are used; default true, since real data contain them. Off is right only for patterns that a program made without them.</summary>
    public bool Anomalous { get; init; } = true;

    /// <summary>Whether the number of atoms per cell is held: at the model's own (default true) or at <see cref="TotalCuPerCell"/>. Off: all totals are free.</summary>
    public bool FixTotal { get; init; } = true;

    /// <summary>Cu in a unit cell, 0.01 to 1000; default <c>null</c>: that of the model, 8 in the model that comes with the program. A wrong total puts atoms on wrong sites.</summary>
    public double? TotalCuPerCell { get; init; }

    /// <summary>Standard deviation of the total where it was measured, by EDS for instance, 0.001 to 100; default <c>null</c>: the total holds exactly.</summary>
    public double? TotalCuSigmaPerCell { get; init; }

    /// <summary>Largest B, Å²; default 6, at most 50.</summary>
    public double MaxBAngstrom2 { get; init; } = 6;

    /// <summary>How far from the model's cell the edges are searched, percent; default 6, 0 to 20.</summary>
    public double CellSearchPercent { get; init; } = 6;

    /// <summary>K of Scherrer's equation, in the fit and in the size expected from the microscope; default 0.9, 0.5 to 1.5.</summary>
    public double ScherrerKRatio { get; init; } = 0.9;

    /// <summary>Full width at half maximum that the instrument alone gives a line, degrees; default 0, at most 2. Sizes are too small where it is too low.</summary>
    public double InstrumentFwhmDeg { get; init; }

    /// <summary>2θ of a monochromator crystal, degrees; default 0: none.</summary>
    public double MonochromatorTwoThetaDeg { get; init; }

    /// <summary>Radius of the goniometer, mm; default 240, 20 to 2000. Only the sample's displacement in mm depends on it.</summary>
    public double GoniometerRadiusMm { get; init; } = 240;

    /// <summary>Starting occupancies that are tried in each family; default 40, 1 to 1000.</summary>
    public int Starts { get; init; } = 40;

    /// <summary>Seed of the starting occupancies; default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits; the message names it, the value and the limits.</exception>
    public void Validate()
    {
        Check(TotalCuPerCell ?? 1, 0.01, 1000, nameof(TotalCuPerCell));
        Check(TotalCuSigmaPerCell ?? 1, 0.001, 100, nameof(TotalCuSigmaPerCell));
        Check(MaxBAngstrom2, 0, 50, nameof(MaxBAngstrom2));
        ToFitOptions(hasCopper: false).Validate();
    }

    /// <summary>The options of the fit.</summary>
    /// <param name="hasCopper">Whether the structure has Cu on a site that is not full; totals of Cu are left out where it has none.</param>
    /// <returns>Options for <see cref="PowderFitter.Fit"/>.</returns>
    public PowderFitOptions ToFitOptions(bool hasCopper) => new()
    {
        CommonB = CommonB,
        Anomalous = Anomalous ? AnomalousTable.Sasaki1989 : null,
        Totals = !FixTotal ? [] : hasCopper && TotalCuPerCell is double total ? [new ElementTotal("Cu", total, TotalCuSigmaPerCell)] : null,
        MaxBAngstrom2 = MaxBAngstrom2,
        CellSearchPercent = CellSearchPercent,
        ScherrerKRatio = ScherrerKRatio,
        InstrumentFwhmDeg = InstrumentFwhmDeg,
        MonochromatorTwoThetaDeg = MonochromatorTwoThetaDeg,
        GoniometerRadiusMm = GoniometerRadiusMm,
        Starts = Starts,
        Seed = Seed,
    };

    private static void Check(double value, double low, double high, string name)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}; expected {low}…{high}."));
        }
    }
}
