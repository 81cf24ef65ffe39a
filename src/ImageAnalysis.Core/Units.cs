namespace ImageAnalysis.Core;

/// <summary>The conversions between the unit of images (nm) and the unit of crystals (Å); there is no other place for them.</summary>
public static class Units
{
    /// <summary>Ångström in one nanometre; exact by definition.</summary>
    public const double AngstromPerNmRatio = 10.0;

    /// <summary>Converts a length in nanometres (images) to Ångström (crystals).</summary>
    /// <param name="lengthNm">A length in nm; any finite value.</param>
    /// <returns>The same length in Å.</returns>
    public static double NmToAngstrom(double lengthNm) => lengthNm * AngstromPerNmRatio;

    /// <summary>Converts a length in Ångström (crystals) to nanometres (images).</summary>
    /// <param name="lengthAngstrom">A length in Å; any finite value.</param>
    /// <returns>The same length in nm.</returns>
    public static double AngstromToNm(double lengthAngstrom) => lengthAngstrom / AngstromPerNmRatio;
}
