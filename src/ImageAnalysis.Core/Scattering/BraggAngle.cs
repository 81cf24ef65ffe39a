namespace ImageAnalysis.Core;

/// <summary>Bragg's law, λ = 2d sin θ.</summary>
public static class BraggAngle
{
    /// <summary>The scattering angle of planes.</summary>
    /// <param name="spacingAngstrom">Distance d between the planes, Å; above 0.</param>
    /// <param name="wavelengthAngstrom">The wavelength λ, Å; above 0.</param>
    /// <returns>2θ in degrees, above 0 and at most 180, or <c>null</c> where d is below λ/2 and nothing is reflected.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is not above 0.</exception>
    public static double? TwoThetaDeg(double spacingAngstrom, double wavelengthAngstrom)
    {
        double sine = Positive(wavelengthAngstrom, nameof(wavelengthAngstrom)) / (2 * Positive(spacingAngstrom, nameof(spacingAngstrom)));
        return sine <= 1 ? 2 * Math.Asin(sine) * 180 / Math.PI : null;
    }

    /// <summary>The distance of the planes that reflect to an angle.</summary>
    /// <param name="twoThetaDeg">2θ in degrees; above 0, at most 180.</param>
    /// <param name="wavelengthAngstrom">The wavelength λ, Å; above 0.</param>
    /// <returns>d in Å.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double SpacingAngstrom(double twoThetaDeg, double wavelengthAngstrom) => twoThetaDeg is > 0 and <= 180
        ? Positive(wavelengthAngstrom, nameof(wavelengthAngstrom)) / (2 * Math.Sin(twoThetaDeg * Math.PI / 360))
        : throw new ArgumentOutOfRangeException(nameof(twoThetaDeg), twoThetaDeg, "2θ must be above 0 and at most 180 degrees.");

    private static double Positive(double value, string name) =>
        value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "A length must be above 0.");
}
