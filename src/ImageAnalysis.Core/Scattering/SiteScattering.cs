namespace ImageAnalysis.Core;

/// <summary>How one site scatters: its scattering factor with f′ and f″, times occupancy and Debye-Waller factor.</summary>
public sealed class SiteScattering
{
    private SiteScattering(ScatteringFactor factor, AnomalousFactor anomalous, double occupancyFraction, double bIsoAngstrom2) =>
        (Factor, Anomalous, OccupancyFraction, BIsoAngstrom2) = (factor, anomalous, occupancyFraction, bIsoAngstrom2);

    /// <summary>The scattering factor f0; it says which table, and which atom or ion was taken.</summary>
    public ScatteringFactor Factor { get; }

    /// <summary>f′ and f″; both 0 where they are left out.</summary>
    public AnomalousFactor Anomalous { get; }

    /// <summary>Occupancy n of the site, 0 to 1.</summary>
    public double OccupancyFraction { get; }

    /// <summary>B of the site, Å².</summary>
    public double BIsoAngstrom2 { get; }

    /// <summary>The scattering of one site with the given tables.</summary>
    /// <param name="site">The site.</param>
    /// <param name="options">Tables, charges and displacements.</param>
    /// <returns>What the site scatters.</returns>
    /// <exception cref="ArgumentException">A table lacks the element, or f′ and f″ are not tabulated near the wavelength.</exception>
    public static SiteScattering Of(CrystalSite site, ReflectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(options);
        string element = site.Species.Element;
        Species species = options.Charges == AtomCharges.Neutral ? site.Species.Neutral : site.Species;
        AnomalousFactor anomalous = default;
        if (options.Anomalous is { } table && options.OwnAnomalous?.TryGetValue(element, out anomalous) is not true)
        {
            anomalous = AnomalousScattering.Of(element, options.WavelengthAngstrom, table);
        }

        double b = options.BIsoByElement is { } byElement && byElement.TryGetValue(element, out double own) ? own : site.BIsoAngstrom2 ?? options.DefaultBIsoAngstrom2;
        return new(ScatteringFactors.OfIonOrAtom(options.Table, species), anomalous, site.OccupancyFraction, b);
    }

    /// <summary>The real and the anomalous scattering of the site at one angle, occupancy and Debye-Waller factor included.</summary>
    /// <param name="sPerAngstrom">s = sin θ/λ = 1/(2d), Å⁻¹.</param>
    /// <returns>g = n (f0 + f′) exp(−B s²) and q = n f″ exp(−B s²), electrons.</returns>
    public (double GElectrons, double QElectrons) At(double sPerAngstrom)
    {
        double weight = OccupancyFraction * Math.Exp(-BIsoAngstrom2 * sPerAngstrom * sPerAngstrom);
        return (weight * (Factor.ElectronsAt(sPerAngstrom) + Anomalous.RealElectrons), weight * Anomalous.ImaginaryElectrons);
    }
}
