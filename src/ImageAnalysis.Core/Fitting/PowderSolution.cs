namespace ImageAnalysis.Core;

/// <summary>One solution of a powder fit: a family of occupancies at one of its minima.</summary>
public sealed record PowderSolution
{
    /// <summary>Name of the family, such as <c>8c+32f</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Shape of its lines.</summary>
    public required PeakShape Shape { get; init; }

    /// <summary>Weighted sum of squares over the points and measured totals.</summary>
    public required double Chi2 { get; init; }

    /// <summary>χ² over points less parameters; 1 where the weights and the model are right.</summary>
    public required double ReducedChi2 { get; init; }

    /// <summary>Rwp = √(Σ w(y − m)²/Σ w y²), percent. It is small wherever the background is high.</summary>
    public required double RwpPercent { get; init; }

    /// <summary>Bayesian information criterion; lower is better, only differences mean something: 10 is strong.</summary>
    public required double Bic { get; init; }

    /// <summary>The structure with the cell, occupancies and displacement parameters of this solution.</summary>
    public required CrystalStructure Structure { get; init; }

    /// <summary>Edge a, Å.</summary>
    public required double AAngstrom { get; init; }

    /// <summary>Standard deviation of the edge a, Å.</summary>
    public required double? ASigmaAngstrom { get; init; }

    /// <summary>Size of the crystals, Å: Scherrer's for pseudo-Voigt lines, the mean diameter by number for spheres.</summary>
    public required double SizeAngstrom { get; init; }

    /// <summary>Standard deviation of the size, Å.</summary>
    public required double? SizeSigmaAngstrom { get; init; }

    /// <summary>All sites with their occupancies.</summary>
    public required IReadOnlyList<SiteOccupancy> Sites { get; init; }

    /// <summary>All parameters, the held ones too.</summary>
    public required IReadOnlyList<FitParameter> Parameters { get; init; }

    /// <summary>Names of the parameters in the order of <see cref="CorrelationRatio"/>: those that are refined and on no bound.</summary>
    public required IReadOnlyList<string> CorrelationNames { get; init; }

    /// <summary>Correlations of the refined parameters, −1…1, row by row.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> CorrelationRatio { get; init; }

    /// <summary>The derived numbers that were asked for.</summary>
    public required IReadOnlyList<DerivedValue> Derived { get; init; }

    /// <summary>Atoms of an element per cell, by group of sites.</summary>
    /// <param name="element">The element's symbol.</param>
    /// <returns>The number of atoms and its standard deviation (<c>null</c> where held), by group.</returns>
    public IReadOnlyDictionary<string, (double AtomsPerCell, double? SigmaPerCell)> AtomsByGroup(string element)
    {
        Dictionary<string, (double, double?)> atoms = [];
        foreach (SiteOccupancy site in Sites.Where(site => site.Element == element))
        {
            (double value, double? sigma) = atoms.GetValueOrDefault(site.Group);
            double? both = sigma is null ? site.AtomsSigmaPerCell : site.AtomsSigmaPerCell is null ? sigma : Math.Sqrt((sigma.Value * sigma.Value) + (site.AtomsSigmaPerCell.Value * site.AtomsSigmaPerCell.Value));
            atoms[site.Group] = (value + site.AtomsPerCell, both);
        }

        return atoms;
    }
}
