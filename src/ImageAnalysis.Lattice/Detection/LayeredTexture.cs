namespace ImageAnalysis.Lattice;

/// <summary>
/// Tells bent or turbostratic layers, such as soot's, from crystals: there, fringes of one spacing go on all around an area, only in other directions. A crystal on a support ends, and what surrounds it are other crystals
/// at most in places.
/// </summary>
internal static class LayeredTexture
{
    private const double SpacingTolerance = 0.15;
    private const double GapNm = 0.6;
    private const int Points = 16;

    /// <summary>Fringes of the same spacing around so much of an area make it a layer's.</summary>
    private const double SurroundedFraction = 0.55;

    /// <summary>And so much, where the areas around are known to be layers'.</summary>
    private const double BesideLayersFraction = 0.25;

    private const double LeastPowerRatio = 0.15;

    private const double LeastTurnSine = 0.12;

    /// <summary>Layers are not straight over so many periods.</summary>
    private const double MostPeriods = 30;

    /// <summary>Fewer such areas in an image are no texture: crystals may lie close together.</summary>
    private const int LeastLayers = 5;

    /// <summary>Takes the areas of layers out.</summary>
    /// <returns>The crystals, and how many areas were taken out.</returns>
    public static (IReadOnlyList<CrystalSeed> Crystals, int LayerCount) Remove(IReadOnlyList<CrystalSeed> seeds, IReadOnlyList<FringePatch> patches)
    {
        bool[] isLayer = [.. seeds.Select(seed => MayBeLayer(seed) && Surrounded(seed, patches) >= SurroundedFraction)];
        for (int turn = 0; turn < 4; turn++)
        {
            FringePatch[] layers = [.. seeds.Where((_, i) => isLayer[i]).SelectMany(static seed => seed.Patches)];
            for (int i = 0; i < seeds.Count && layers.Length > 0; i++)
            {
                isLayer[i] |= MayBeLayer(seeds[i]) && Surrounded(seeds[i], layers) >= BesideLayersFraction;
            }
        }

        int count = isLayer.Count(static value => value);
        if (count < LeastLayers)
        {
            return (seeds, 0);
        }

        // Where most of what shows fringes is layers, the rest are their ends and tangles.
        double area = seeds.Sum(static seed => seed.Strongest.AreaNm2), ofLayers = seeds.Where((_, i) => isLayer[i]).Sum(static seed => seed.Strongest.AreaNm2);
        return count >= 0.4 * seeds.Count && ofLayers > 0.4 * area ? ([], seeds.Count) : ([.. seeds.Where((_, i) => !isLayer[i])], count);
    }

    // Layers bend: a straight lattice of many spots, or of many periods, is a crystal.
    private static bool MayBeLayer(CrystalSeed seed) => (seed.Partner is null || seed.Patches.Count < 4) && 2 * seed.Strongest.RadiusNm * seed.Strongest.FrequencyPerNm < MostPeriods;

    private static double Surrounded(CrystalSeed seed, IReadOnlyList<FringePatch> patches)
    {
        FringePatch own = seed.Strongest;
        double distance = own.RadiusNm + GapNm;
        FringePatch[] others = [.. patches.Where(patch => !seed.Patches.Contains(patch) && patch.PeakSnr > LeastPowerRatio * own.PeakSnr
            && Math.Abs(Math.Log(own.FrequencyPerNm / patch.FrequencyPerNm)) < SpacingTolerance && IsTurned(own, patch))];
        int count = 0;
        for (int i = 0; i < Points; i++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * i / Points);
            double x = own.XNm + (distance * cos), y = own.YNm + (distance * sin);
            count += Array.Exists(others, patch => patch.Mask.Holds(x, y, 0.25)) ? 1 : 0;
        }

        return (double)count / Points;
    }

    // Parts of one crystal have one direction.
    private static bool IsTurned(FringePatch a, FringePatch b) => Math.Abs((a.Gx * b.Gy) - (a.Gy * b.Gx)) > LeastTurnSine * a.FrequencyPerNm * b.FrequencyPerNm;
}
