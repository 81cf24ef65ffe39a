namespace ImageAnalysis.Core;

/// <summary>The anomalous scattering (dispersion) f′ and f″ of the elements at the lines of laboratory anodes.</summary>
public static class AnomalousScattering
{
    /// <summary>f′ and f″ of an element at one wavelength.</summary>
    /// <param name="element">The element's symbol, such as <c>Cu</c>.</param>
    /// <param name="wavelengthAngstrom">The wavelength, Å.</param>
    /// <param name="table">The table; by default that of Sasaki.</param>
    /// <returns>f′ and f″ in electrons.</returns>
    /// <exception cref="ArgumentException">The table does not have the element, or nothing near this wavelength.</exception>
    public static AnomalousFactor Of(string element, double wavelengthAngstrom, AnomalousTable table = AnomalousTable.Sasaki1989) =>
        (Species.Parse(element).Element, table) switch
        {
            ("Cu", AnomalousTable.Sasaki1989) => new(-2.0227, 0.5889),
            ("Se", AnomalousTable.Sasaki1989) => new(-0.8802, 1.1373),
            ("Cu", AnomalousTable.CromerLiberman1981) => new(-1.962, 0.589),
            ("Se", AnomalousTable.CromerLiberman1981) => new(-0.788, 1.137),
            _ => throw new ArgumentException($"{table} has no {element} at {wavelengthAngstrom} Å.", nameof(element)),
        };
}
