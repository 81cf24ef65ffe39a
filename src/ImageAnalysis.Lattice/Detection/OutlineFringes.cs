namespace ImageAnalysis.Lattice;

/// <summary>Tells the fringes that the outline of a particle has out of focus (Fresnel's) from crystals: few, of low frequency, they follow the outline of a stronger crystal and change across it.</summary>
internal static class OutlineFringes
{
    /// <summary>Beyond this frequency they are damped by focal spread, and finer than what steps of a crystal's outline give, nm⁻¹.</summary>
    private const double HighestPerNm = 2;

    /// <summary>They are so few that the narrowest filter shows nothing but its own width (radius, nm).</summary>
    private const double MostRadiusNm = 1.3;

    private const double NearOutlineNm = 1.2;

    /// <summary>Least cosine of the angle between their vector and the way out of the crystal.</summary>
    private const double LeastCosine = 0.8;

    /// <summary>Takes out what began with such fringes and shows no others of a crystal.</summary>
    /// <param name="crystals">Crystals.</param>
    /// <param name="seedSnr">What the fringes of a crystal must have to begin one.</param>
    public static IReadOnlyList<CrystalSeed> Remove(IReadOnlyList<CrystalSeed> crystals, double seedSnr) =>
        [.. crystals.Where(seed => IsCrystal(seed, seedSnr) || !crystals.Any(crystal => crystal != seed && IsOutline(seed, crystal)))];

    private static bool IsCrystal(CrystalSeed seed, double seedSnr) => seed.Strongest.FrequencyPerNm > HighestPerNm || seed.Strongest.RadiusNm > MostRadiusNm
        || seed.Patches.Any(patch => patch.FrequencyPerNm > HighestPerNm && !patch.IsDisplaced && patch.PeakSnr >= seedSnr);

    private static bool IsOutline(CrystalSeed seed, CrystalSeed crystal)
    {
        FringePatch fringes = seed.Strongest;
        double dx = fringes.XNm - crystal.XNm, dy = fringes.YNm - crystal.YNm, apart = Math.Sqrt((dx * dx) + (dy * dy));
        if (fringes.PeakSnr > crystal.Strongest.PeakSnr || apart < 1e-9)
        {
            return false;
        }

        double cosine = Math.Abs((dx * fringes.Gx) + (dy * fringes.Gy)) / (apart * fringes.FrequencyPerNm);
        double outline = 0.5 / Math.Sqrt(Math.Pow(dx / apart / crystal.WidthNm, 2) + Math.Pow(dy / apart / crystal.HeightNm, 2));
        return cosine > LeastCosine && Math.Abs(apart - outline) < NearOutlineNm;
    }
}
