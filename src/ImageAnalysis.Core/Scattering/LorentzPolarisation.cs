namespace ImageAnalysis.Core;

/// <summary>The Lorentz and polarisation factors of a powder pattern.</summary>
public static class LorentzPolarisation
{
    /// <summary>The Lorentz-polarisation factor of a powder in reflection or transmission with an unpolarised beam: (1 + cos²2θ)/(sin²θ cosθ).</summary>
    /// <param name="twoThetaDeg">2θ in degrees; above 0 and below 180.</param>
    /// <returns>The factor, a ratio that is above 0; only its course with 2θ means something.</returns>
    /// <exception cref="ArgumentOutOfRangeException">2θ is NaN or outside its range.</exception>
    /// <remarks>
    /// International Tables for Crystallography C, tables 6.2.1.1 and 6.2.1.2, without constant factors. A monochromator changes the
    /// polarisation and is not taken into account here.
    /// </remarks>
    public static double FactorRatio(double twoThetaDeg) => FactorRatio(twoThetaDeg, 0);

    /// <summary>The same factor behind a monochromator crystal: (1 + cos²2α cos²2θ)/(sin²θ cosθ).</summary>
    /// <param name="twoThetaDeg">2θ in degrees; above 0 and below 180.</param>
    /// <param name="monochromatorTwoThetaDeg">2α of the monochromator in degrees, 0 where there is none (graphite (002) with Cu Kα: 26.6); 0 to 180.</param>
    /// <returns>The factor, a ratio that is above 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An angle is NaN or outside its range.</exception>
    public static double FactorRatio(double twoThetaDeg, double monochromatorTwoThetaDeg)
    {
        if (twoThetaDeg is not (> 0 and < 180))
        {
            throw new ArgumentOutOfRangeException(nameof(twoThetaDeg), twoThetaDeg, "2θ must be above 0 and below 180 degrees.");
        }

        if (monochromatorTwoThetaDeg is not (>= 0 and <= 180))
        {
            throw new ArgumentOutOfRangeException(nameof(monochromatorTwoThetaDeg), monochromatorTwoThetaDeg, "2α must be from 0 to 180 degrees.");
        }

        (double sine, double cosine) = Math.SinCos(twoThetaDeg * Math.PI / 360);
        double cosine2 = 1 - (2 * sine * sine);
        double cosineMonochromator = Math.Cos(monochromatorTwoThetaDeg * Math.PI / 180);
        return (1 + (cosineMonochromator * cosineMonochromator * cosine2 * cosine2)) / (sine * sine * cosine);
    }
}
