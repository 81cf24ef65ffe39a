namespace ImageAnalysis.Core;

/// <summary>The units of length that instruments and programs write beside a pixel size, in all their spellings.</summary>
public static class LengthUnits
{
    /// <summary>Converts a unit of length to nm.</summary>
    /// <param name="unit">The unit as stored: pm, Å (also A, Angstrom), nm, µm (either code point, um, micron), mm, cm, m, or their names.</param>
    /// <param name="unitNm">The length of one such unit in nm, above 0; 0 where the unit is not known.</param>
    /// <returns>False for an empty or unknown unit, such as µ alone, a reciprocal length or an angle: then no length may be guessed.</returns>
    /// <remarks>Symbols are told apart by case (mm is not Mm, pm is not PM), except nm and um, which mean only one thing. Names are not.</remarks>
    public static bool TryToNm(string? unit, out double unitNm)
    {
        string symbol = Normalise(unit);
        unitNm = symbol switch
        {
            "pm" => 1e-3,
            "A" or "Å" => 0.1,
            "nm" or "NM" or "Nm" => 1,
            "µm" or "um" or "UM" or "Um" => 1e3,
            "mm" => 1e6,
            "cm" => 1e7,
            "m" => 1e9,
            _ => OfName(symbol.ToUpperInvariant()),
        };
        return unitNm > 0;
    }

    /// <summary>Whether a unit is one of diffraction patterns and Fourier transforms: a reciprocal length or an angle.</summary>
    /// <param name="unit">The unit as stored, such as <c>1/nm</c>, <c>nm^-1</c>, <c>Å⁻¹</c>, <c>mrad</c> or <c>deg</c>.</param>
    /// <returns>False for an empty unit.</returns>
    public static bool IsReciprocalOrAngle(string? unit)
    {
        string symbol = Normalise(unit);
        if (symbol.StartsWith("1/", StringComparison.Ordinal) || symbol.StartsWith("1 /", StringComparison.Ordinal)
            || symbol.StartsWith('/') || symbol.EndsWith("⁻¹", StringComparison.Ordinal) || symbol.EndsWith("-1", StringComparison.Ordinal))
        {
            return true;
        }

        return symbol.ToUpperInvariant() is "RAD" or "MRAD" or "URAD" or "µRAD" or "\u039CRAD" or "RADIAN" or "RADIANS" or "MILLIRADIAN" or "MILLIRADIANS"
            or "DEG" or "°" or "DEGREE" or "DEGREES";
    }

    private static double OfName(string name) => name switch
    {
        "PICOMETER" or "PICOMETERS" or "PICOMETRE" or "PICOMETRES" => 1e-3,
        "ANGSTROM" or "ANGSTROMS" or "ÅNGSTRÖM" or "ÅNGSTRÖMS" or "ÅNGSTROM" or "ANGSTRÖM" or "ANG" => 0.1,
        "NANOMETER" or "NANOMETERS" or "NANOMETRE" or "NANOMETRES" => 1,
        "MICRON" or "MICRONS" or "MICROMETER" or "MICROMETERS" or "MICROMETRE" or "MICROMETRES" => 1e3,
        "MILLIMETER" or "MILLIMETERS" or "MILLIMETRE" or "MILLIMETRES" => 1e6,
        "CENTIMETER" or "CENTIMETERS" or "CENTIMETRE" or "CENTIMETRES" => 1e7,
        "METER" or "METERS" or "METRE" or "METRES" => 1e9,
        _ => 0,
    };

    private static string Normalise(string? unit)
    {
        if (string.IsNullOrWhiteSpace(unit))
        {
            return string.Empty;
        }

        return unit.Replace('\0', ' ').Trim()
            .Replace("\\u00B5", "µ", StringComparison.OrdinalIgnoreCase) // as ImageJ escapes it
            .Replace('\u03BC', '\u00B5') // Greek mu to micro sign
            .Replace('\u212B', '\u00C5') // Angstrom sign to A with ring
            .Replace("A\u030A", "\u00C5", StringComparison.Ordinal) // A and combining ring
            .Replace("\u00C2\u00B5", "\u00B5", StringComparison.Ordinal) // UTF-8 once read as Latin-1
            .Replace("\u00C3\u0085", "\u00C5", StringComparison.Ordinal);
    }
}
