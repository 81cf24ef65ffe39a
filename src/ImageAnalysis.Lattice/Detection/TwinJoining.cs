namespace ImageAnalysis.Lattice;

/// <summary>
/// Makes one particle of the two halves of a twin: both share the planes of their boundary, whose fringes run through the whole particle, and all other fringes of the one are the mirror images of the other's across those
/// planes' normal.
/// </summary>
internal static class TwinJoining
{
    /// <summary>Beyond this frequency the lens displaces fringes much, and moves their vectors, nm⁻¹.</summary>
    private const double HighPerNm = 4.2;

    /// <summary>Fringes that run along those of the boundary say nothing.</summary>
    private const double LeastSine = 0.25;

    /// <summary>The strongest fringes of a half may be displaced by the lens, and of a wrong vector; the next must have so much of their power to speak for them.</summary>
    private const double LeastShare = 0.25;

    /// <summary>Strain, and a vector that is known to a part of the area's width.</summary>
    private const double StrainFraction = 0.035;

    private const double WidthShare = 0.1;

    /// <summary>The middles of a disc's halves lie 0.6 of their mean diameter apart, those of crystals that touch one: two of these may be mirrored by chance.</summary>
    private const double MostApart = 0.8;

    /// <summary>Joins the halves of twins.</summary>
    /// <param name="crystals">Crystals, each a lattice of its own.</param>
    /// <returns>The same, but that a half whose fringes are mirrored from a stronger crystal's is part of it: its box covers both.</returns>
    public static IReadOnlyList<CrystalSeed> Join(IReadOnlyList<CrystalSeed> crystals)
    {
        List<CrystalSeed> joined = [];
        foreach (CrystalSeed half in crystals.OrderByDescending(static crystal => crystal.Strongest.PeakSnr))
        {
            int first = joined.FindIndex(crystal => crystal.Partner is not null && AreHalves(crystal, half));
            if (first < 0)
            {
                joined.Add(half);
            }
            else
            {
                joined[first] = Both(joined[first], half);
            }
        }

        return joined.Count == crystals.Count ? crystals : joined;
    }

    private static bool AreHalves(CrystalSeed crystal, CrystalSeed half)
    {
        double dx = crystal.XNm - half.XNm, dy = crystal.YNm - half.YNm;
        if (Math.Sqrt((dx * dx) + (dy * dy)) > MostApart * 0.5 * (crystal.DiameterNm + half.DiameterNm))
        {
            return false;
        }

        // The planes of the boundary may have been given to either half.
        FringePatch seed = half.Strongest, second = half.Patches.FirstOrDefault(patch => patch != half.Strongest && patch.PeakSnr > LeastShare * half.Strongest.PeakSnr) ?? seed;
        return crystal.Patches.Where(patch => Reaches(crystal, patch, half)).Concat(half.Patches.Where(patch => IsOf(crystal, patch))).Any(shared => shared.FrequencyPerNm < HighPerNm
            && (IsMirrored(seed, shared, crystal) || IsMirrored(second, shared, crystal)));
    }

    // The other half's middle lies in these fringes, or within the crystal at all.
    private static bool Reaches(CrystalSeed crystal, FringePatch patch, CrystalSeed half)
    {
        bool isWithin = Math.Abs(crystal.XNm - half.XNm) < 0.5 * crystal.WidthNm && Math.Abs(crystal.YNm - half.YNm) < 0.5 * crystal.HeightNm;
        return isWithin || (half.XNm > patch.LeftNm && half.XNm < patch.RightNm && half.YNm > patch.TopNm && half.YNm < patch.BottomNm);
    }

    // Two reflections may span every second point of the plane only.
    private static bool IsOf(CrystalSeed crystal, FringePatch patch)
    {
        double dx = crystal.XNm - patch.XNm, dy = crystal.YNm - patch.YNm;
        bool isNear = Math.Sqrt((dx * dx) + (dy * dy)) < (0.5 * crystal.DiameterNm) + patch.RadiusNm;
        return isNear && CrystalGrouping.Place(crystal.Strongest.Gx, crystal.Strongest.Gy, (crystal.Partner!.Gx, crystal.Partner.Gy), patch.Gx, patch.Gy, 2, Tolerance(patch)) is not null;
    }

    // r → 2(r·n)n − r, up to its sign.
    private static bool IsMirrored(FringePatch seed, FringePatch shared, CrystalSeed crystal)
    {
        if (Math.Abs((seed.Gx * shared.Gy) - (seed.Gy * shared.Gx)) < LeastSine * seed.FrequencyPerNm * shared.FrequencyPerNm)
        {
            return false;
        }

        double along = 2 * ((seed.Gx * shared.Gx) + (seed.Gy * shared.Gy)) / (shared.FrequencyPerNm * shared.FrequencyPerNm);
        double x = (along * shared.Gx) - seed.Gx, y = (along * shared.Gy) - seed.Gy, tolerance = Tolerance(seed);
        return crystal.Patches.Any(other => other != shared && Math.Min(Far(other.Gx - x, other.Gy - y), Far(other.Gx + x, other.Gy + y)) < tolerance);
    }

    private static double Tolerance(FringePatch seed) => (WidthShare / Math.Max(1, seed.RadiusNm)) + (StrainFraction * seed.FrequencyPerNm);

    private static double Far(double dx, double dy) => Math.Sqrt((dx * dx) + (dy * dy));

    private static CrystalSeed Both(CrystalSeed crystal, CrystalSeed half)
    {
        double left = Math.Min(crystal.XNm - (0.5 * crystal.WidthNm), half.XNm - (0.5 * half.WidthNm)), right = Math.Max(crystal.XNm + (0.5 * crystal.WidthNm), half.XNm + (0.5 * half.WidthNm));
        double top = Math.Min(crystal.YNm - (0.5 * crystal.HeightNm), half.YNm - (0.5 * half.HeightNm)), bottom = Math.Max(crystal.YNm + (0.5 * crystal.HeightNm), half.YNm + (0.5 * half.HeightNm));
        return new CrystalSeed
        {
            Strongest = crystal.Strongest,
            Partner = crystal.Partner,
            Patches = crystal.Patches,
            Twin = crystal.Twin ?? half.Strongest,
            XNm = 0.5 * (left + right),
            YNm = 0.5 * (top + bottom),
            WidthNm = right - left,
            HeightNm = bottom - top,
        };
    }
}
