namespace ImageAnalysis.Core;

/// <summary>Which charges the scattering factors are taken for.</summary>
public enum AtomCharges
{
    /// <summary>As each site says; where the table does not have the ion, the neutral atom stands in for it.</summary>
    AsInStructure,

    /// <summary>Neutral atoms, whatever the sites say.</summary>
    Neutral,
}

/// <summary>What structure factors are computed with.</summary>
public sealed record ReflectionOptions
{
    /// <summary>Smallest spacing d of the planes, Å; default 0.8 (2θ up to 149° with Cu Kα), 0.1 to 100. Raised: fewer reflections.</summary>
    public double SmallestSpacingAngstrom { get; init; } = 0.8;

    /// <summary>Table of the scattering factors f0; default Waasmaier and Kirfel. The two differ by up to 0.05 of 100 in relative intensity.</summary>
    public ScatteringTable Table { get; init; } = ScatteringTable.WaasmaierKirfel1995;

    /// <summary>Atoms or ions; default as in the structure. Cu against Cu⁺ changes relative intensities by up to 0.2 of 100.</summary>
    public AtomCharges Charges { get; init; } = AtomCharges.AsInStructure;

    /// <summary>
    /// Table of f′ and f″; default Sasaki. <c>null</c> leaves them out, for comparison with programs that do so: real data always contain them, and
    /// they change relative intensities by up to 8 of 100.
    /// </summary>
    public AnomalousTable? Anomalous { get; init; } = AnomalousTable.Sasaki1989;

    /// <summary>f′ and f″ by element symbol that are used instead of those of the table; default none. Not used where <see cref="Anomalous"/> is <c>null</c>.</summary>
    public IReadOnlyDictionary<string, AnomalousFactor>? OwnAnomalous { get; init; }

    /// <summary>Wavelength for which f′ and f″ are taken, Å; default Cu Kα₁. It must be near one of the tabulated lines (<see cref="AnomalousScattering"/>).</summary>
    public double WavelengthAngstrom { get; init; } = XrayLines.CopperKAlpha1Angstrom;

    /// <summary>B of the sites that have none of their own, Å²; default 0, −10 to 100. Raised: weaker reflections at high angles.</summary>
    public double DefaultBIsoAngstrom2 { get; init; }

    /// <summary>B by element symbol in Å², used for all sites of that element instead of their own; default none.</summary>
    public IReadOnlyDictionary<string, double>? BIsoByElement { get; init; }

    /// <summary>Whether reflections that symmetry extinguishes are kept, with |F|² = 0; default no.</summary>
    public bool KeepAbsent { get; init; }

    /// <summary>Throws where a value is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the value and its limits.</exception>
    public void Validate()
    {
        Within(SmallestSpacingAngstrom, 0.1, 100, nameof(SmallestSpacingAngstrom));
        Within(WavelengthAngstrom, 0.01, 10, nameof(WavelengthAngstrom));
        Within(DefaultBIsoAngstrom2, -10, 100, nameof(DefaultBIsoAngstrom2));
        foreach ((string element, double b) in BIsoByElement ?? new Dictionary<string, double>())
        {
            Within(b, -10, 100, $"{nameof(BIsoByElement)}[{element}]");
        }
    }

    private static void Within(double value, double low, double high, string name)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}; expected {low}…{high}."));
        }
    }
}
