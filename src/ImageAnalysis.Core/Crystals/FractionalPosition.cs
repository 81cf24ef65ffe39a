namespace ImageAnalysis.Core;

/// <summary>A position in a crystal as fractions of the cell edges a, b and c.</summary>
/// <param name="XFraction">Part of the edge a; 0 to below 1 inside the cell, any finite value outside.</param>
/// <param name="YFraction">Part of the edge b; 0 to below 1 inside the cell, any finite value outside.</param>
/// <param name="ZFraction">Part of the edge c; 0 to below 1 inside the cell, any finite value outside.</param>
public readonly record struct FractionalPosition(double XFraction, double YFraction, double ZFraction)
{
    // What lies this close to a cell's face is taken for the face, so that 0.9999999999 does not become an atom at the far side.
    private const double FaceFraction = 1e-9;

    /// <summary>The same position moved by whole cell edges into the cell.</summary>
    /// <returns>The position with each fraction in [0, 1); fractions within 1e-9 of a whole number become 0.</returns>
    public FractionalPosition Wrapped() => new(Wrap(XFraction), Wrap(YFraction), Wrap(ZFraction));

    private static double Wrap(double fraction)
    {
        double wrapped = fraction - Math.Floor(fraction);
        return wrapped < FaceFraction || wrapped > 1 - FaceFraction ? 0 : wrapped;
    }
}
