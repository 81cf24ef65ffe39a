namespace ImageAnalysis.Lattice;

/// <summary>
/// Puts patches of fringes together that can be of one crystal: they lie over one another, and their vectors lie on one lattice of the plane (with its half orders). Two patches span it; they are
/// believed where the reference has two reflections of that angle and that ratio, or where others agree. What lies over one another and cannot be of one lattice is two crystals.
/// </summary>
internal static class CrystalGrouping
{
    private const double MemberRatio = 0.002; // least power of a member against the strongest
    private const double LeastMemberSnr = 9;
    private const double PartnerRatio = 0.05;
    private const double LeastPartnerSnr = 18;
    private const double SurePartnerSnr = 40; // whatever the strongest has
    private const double KnownBonus = 200; // more than all that others may add: spots of unknown periods span lattices on which everything lies

    /// <summary>Beyond this frequency displacement is large, the transfer changes within a spot, and patches show the crystal badly, nm⁻¹.</summary>
    private const double HighPerNm = 4.2;

    /// <summary>Less than this share of a crystal's strongest power, on it or so near to it, is its own: edges, tails of spots, displaced parts.</summary>
    private const double FaintShare = 0.03;

    private const double BesideNm = 0.6;

    /// <summary>Half amplitude lies this far inside a particle's outline, nm: thickness falls to nothing there.</summary>
    private const double RimNm = 0.125;

    public static IReadOnlyList<CrystalSeed> Group(IReadOnlyList<FringePatch> patches, ReflectionTable table, GroupingLimits limits)
    {
        List<CrystalSeed> crystals = [];
        HashSet<FringePatch> claimed = [];
        foreach (FringePatch seed in patches.OrderByDescending(static patch => patch.PeakSnr / (patch.FrequencyPerNm > HighPerNm ? 20 : 1)))
        {
            if (claimed.Contains(seed) || !MayBegin(seed, crystals, table, limits))
            {
                continue;
            }

            FringePatch[] near = [.. patches.Where(patch => patch != seed && !claimed.Contains(patch) && patch.PeakSnr >= Math.Max(LeastMemberSnr, MemberRatio * seed.PeakSnr) && Overlap(seed, patch))];
            FringePatch? partner = Partner(seed, near, table, limits);
            List<FringePatch> own = [seed];
            own.AddRange(near.Where(patch => OnLattice(seed, partner, patch, table.Period)));
            claimed.UnionWith(own);
            crystals.Add(Make(seed, partner, own));
        }

        return crystals;
    }

    /// <summary>Place of a vector in the lattice that two others span, in parts of them; <c>null</c> where it lies at no multiple of such parts.</summary>
    /// <param name="ax">First vector.</param>
    /// <param name="ay">First vector.</param>
    /// <param name="second">The other vector; <c>null</c> where there is a line of places only.</param>
    /// <param name="gx">The vector in question.</param>
    /// <param name="gy">The vector in question.</param>
    /// <param name="parts">2 for halves.</param>
    /// <param name="tolerance">Largest distance, nm⁻¹.</param>
    internal static (int PartsA, int PartsB)? Place(double ax, double ay, (double X, double Y)? second, double gx, double gy, int parts, double tolerance)
    {
        if (second is not (double bx, double by))
        {
            double length2 = (ax * ax) + (ay * ay), along = ((gx * ax) + (gy * ay)) / length2;
            double across = Math.Abs((gx * ay) - (gy * ax)) / Math.Sqrt(length2);
            int whole = (int)Math.Round(parts * along);
            double error = Math.Abs((parts * along) - whole) / parts * Math.Sqrt(length2);
            return whole != 0 && Math.Max(error, across) < tolerance ? (whole, 0) : null;
        }

        double det = (ax * by) - (ay * bx);
        double m = ((gx * by) - (gy * bx)) / det, n = ((ax * gy) - (ay * gx)) / det;
        int partsA = (int)Math.Round(parts * m), partsB = (int)Math.Round(parts * n);
        double dx = gx - (((partsA * ax) + (partsB * bx)) / parts), dy = gy - (((partsA * ay) + (partsB * by)) / parts);
        bool small = Math.Abs(partsA) <= 3 * parts && Math.Abs(partsB) <= 3 * parts && (partsA, partsB) != (0, 0);
        return small && Math.Sqrt((dx * dx) + (dy * dy)) < tolerance ? (partsA, partsB) : null;
    }

    private static bool OnLattice(FringePatch seed, FringePatch? partner, FringePatch patch, int parts)
    {
        // A patch's frequency is known to a small part of its own width, and strain moves it by a hundredth or two.
        double tolerance = (0.10 / Math.Max(1, patch.RadiusNm)) + ((patch.FrequencyPerNm > HighPerNm ? 0.035 : 0.02) * patch.FrequencyPerNm);
        return patch == partner || Place(seed.Gx, seed.Gy, partner is null ? null : (partner.Gx, partner.Gy), patch.Gx, patch.Gy, parts, tolerance) is not null;
    }

    private static bool MayBegin(FringePatch seed, List<CrystalSeed> crystals, ReflectionTable table, GroupingLimits limits)
    {
        bool known = table.Kinds.Any(kind => (!kind.IsSuperlattice || kind.Weight >= 0.2) && Math.Abs(Math.Log(kind.FrequencyPerNm / seed.FrequencyPerNm)) < limits.ScaleTolerance);
        double least = limits.SeedSnr * (known ? seed.FrequencyPerNm > HighPerNm ? 1.5 : 1 : 3);
        if (seed.PeakSnr < least || seed.RadiusNm < 0.35 * limits.MinDiameterNm)
        {
            return false;
        }

        foreach (CrystalSeed crystal in crystals)
        {
            double dx = seed.XNm - crystal.XNm, dy = seed.YNm - crystal.YNm, apart = Math.Sqrt((dx * dx) + (dy * dy)), radius = 0.5 * crystal.DiameterNm;
            bool isFaint = seed.PeakSnr < FaintShare * crystal.Patches.Max(static patch => patch.PeakSnr)
                && (seed.Displacement.Left(dx, dy) < radius + BesideNm || crystal.Patches.Any(patch => patch.Mask.Holds(seed.XNm, seed.YNm, BesideNm)));
            if (isFaint || (seed.IsDisplaced && seed.Displacement.FromPlaces(dx, dy) < (0.35 * radius) + 0.35))
            {
                return false; // that crystal's, displaced by the lens
            }

            if (IsSame(seed, crystal, apart))
            {
                return false;
            }

            // A part of the same crystal, where fringes fade between or bend: its vector is on that lattice, its middle inside.
            bool inside = Math.Abs(dx) < 0.55 * crystal.WidthNm && Math.Abs(dy) < 0.55 * crystal.HeightNm;
            double tolerance = (0.1 / Math.Max(1, seed.RadiusNm)) + (0.04 * seed.FrequencyPerNm);
            (double, double)? second = crystal.Partner is { } other ? (other.Gx, other.Gy) : null;
            if (inside && Place(crystal.Strongest.Gx, crystal.Strongest.Gy, second, seed.Gx, seed.Gy, table.Period, tolerance) is not null)
            {
                return false;
            }

            if (inside && crystal.Patches.Any(patch => IsPart(seed, patch)))
            {
                return false;
            }

            // Right on top of a crystal, high frequencies and weak fringes are its own, however the lens has displaced or moved them.
            bool concentric = apart < (0.35 * radius) + 0.2;
            if (inside && (seed.RadiusNm < 0.5 * radius || seed.PeakSnr < 0.1 * crystal.Strongest.PeakSnr || (concentric && (seed.FrequencyPerNm > HighPerNm || seed.PeakSnr < 0.3 * crystal.Strongest.PeakSnr))))
            {
                return false;
            }

            if (apart > radius + 0.6)
            {
                continue;
            }

            // On top of another crystal: its edges, its stranger spots and what its lattice does not explain are many, so a second crystal must be plain to see.
            double width = seed.RightNm - seed.LeftNm, height = seed.BottomNm - seed.TopNm;
            double fill = seed.AreaNm2 / Math.Max(0.1, Math.PI / 4 * width * height), aspect = Math.Max(width, height) / Math.Max(0.1, Math.Min(width, height));
            bool edge = aspect > 1.8 || fill < 0.55 || Elongation(seed) > 2.2;
            double share = apart > 0.6 * radius ? 0.02 : 0.05;
            if (edge || !known || seed.PeakSnr < Math.Max(2 * limits.SeedSnr, share * crystal.Strongest.PeakSnr))
            {
                return false;
            }
        }

        return true;
    }

    // The same fringes go on beyond where they fade, or lie on the crystal's other side; within its outline they may have bent.
    private static bool IsSame(FringePatch seed, CrystalSeed crystal, double apart)
    {
        double width = 0.1 / Math.Max(1, seed.RadiusNm), near = (0.5 * crystal.DiameterNm) + seed.RadiusNm + seed.Displacement.LengthNm + seed.Displacement.SigmaNm;
        bool isWithin = crystal.Patches.Any(patch => patch.Mask.Holds(seed.XNm, seed.YNm, BesideNm));
        double tolerance = width + ((isWithin ? 0.05 : 0.03) * seed.FrequencyPerNm);
        return (isWithin || apart < near) && crystal.Patches.Any(patch => patch.FarFrom(seed.Gx, seed.Gy) < tolerance);
    }

    // Spots at thirds and quarters of a crystal's own are a superlattice of that period and no other crystal.
    private static bool IsPart(FringePatch spot, FringePatch of)
    {
        double sine = Math.Abs((spot.Gx * of.Gy) - (spot.Gy * of.Gx)) / (spot.FrequencyPerNm * of.FrequencyPerNm), ratio = spot.FrequencyPerNm / of.FrequencyPerNm;
        return sine < 0.07 && (Math.Abs((3 * ratio) - Math.Round(3 * ratio)) < 0.08 || Math.Abs((4 * ratio) - Math.Round(4 * ratio)) < 0.08);
    }

    // Ratio of the axes of the ellipse with the area's second moments.
    private static double Elongation(FringePatch patch)
    {
        double n = 0, sx = 0, sy = 0, xx = 0, yy = 0, xy = 0;
        for (int y = 0; y < patch.Mask.Height; y++)
        {
            for (int x = 0; x < patch.Mask.Width; x++)
            {
                if (patch.Mask.Cells[(y * patch.Mask.Width) + x])
                {
                    double px = x * patch.Mask.StepXNm, py = y * patch.Mask.StepYNm;
                    n++;
                    sx += px;
                    sy += py;
                    xx += px * px;
                    yy += py * py;
                    xy += px * py;
                }
            }
        }

        double cell = patch.Mask.StepXNm * patch.Mask.StepXNm / 12;
        xx = (xx / n) - (sx / n * sx / n) + cell;
        yy = (yy / n) - (sy / n * sy / n) + cell;
        xy = (xy / n) - (sx / n * sy / n);
        double middle = 0.5 * (xx + yy), spread = Math.Sqrt((0.25 * (xx - yy) * (xx - yy)) + (xy * xy));
        return Math.Sqrt((middle + spread) / Math.Max(middle - spread, 1e-6));
    }

    private static bool Overlap(FringePatch a, FringePatch b)
    {
        double dx = a.XNm - b.XNm, dy = a.YNm - b.YNm, near = (0.6 * a.RadiusNm) + 0.45;
        bool overlap = b.Displacement.Left(dx, dy) < near;
        if (a.IsDisplaced)
        {
            FringeDisplacement by = a.Displacement;
            overlap |= b.Displacement.Left(dx + by.XNm, dy + by.YNm) < near || b.Displacement.Left(dx - by.XNm, dy - by.YNm) < near;
        }

        return overlap && b.RadiusNm < (2 * a.RadiusNm) + 0.6;
    }

    private static FringePatch? Partner(FringePatch seed, FringePatch[] near, ReflectionTable table, GroupingLimits limits)
    {
        FringePatch? best = null;
        double bestScore = 0;
        foreach (FringePatch patch in near)
        {
            if (patch.PeakSnr < Math.Max(LeastPartnerSnr, Math.Min(SurePartnerSnr, PartnerRatio * seed.PeakSnr)))
            {
                continue;
            }

            double sine = Math.Abs((seed.Gx * patch.Gy) - (seed.Gy * patch.Gx)) / (seed.FrequencyPerNm * patch.FrequencyPerNm);
            if (sine < 0.25)
            {
                continue;
            }

            double agreed = 0;
            int count = 0;
            foreach (FringePatch other in near)
            {
                if (other != patch && other.PeakSnr > LeastPartnerSnr && OnLattice(seed, patch, other, 1) && Place(seed.Gx, seed.Gy, null, other.Gx, other.Gy, table.Period, 0.3) is null)
                {
                    agreed += Math.Log(other.PeakSnr);
                    count++;
                }
            }

            int known = IsKnown(seed, patch, table, limits);
            double score = Math.Log(patch.PeakSnr) + agreed + (KnownBonus * known) - (3 * Math.Max(0, patch.FrequencyPerNm - HighPerNm));
            if ((known > 0 || count >= 2) && score > bestScore)
            {
                bestScore = score;
                best = patch;
            }
        }

        return best;
    }

    /// <summary>2 where the reference has two reflections of about these lengths at about this angle, for a scale within the limits; 1 where one of them is a half order; else 0.</summary>
    private static int IsKnown(FringePatch a, FringePatch b, ReflectionTable table, GroupingLimits limits)
    {
        double cosine = Math.Abs((a.Gx * b.Gx) + (a.Gy * b.Gy)) / (a.FrequencyPerNm * b.FrequencyPerNm), angle = Math.Acos(Math.Min(1, cosine)) * 180 / Math.PI;
        int best = 0;
        foreach (ReflectionPair pair in table.Pairs)
        {
            if (!MaySpan(table, pair))
            {
                continue;
            }

            double scaleA = Math.Log(a.FrequencyPerNm / table.Kinds[pair.First].FrequencyPerNm), scaleB = Math.Log(b.FrequencyPerNm / table.Kinds[pair.Second].FrequencyPerNm);
            // The lens moves the spots of small crystals by hundredths of |g|, the more the higher.
            double small = Math.Min(1, 1 / (a.RadiusNm * b.RadiusNm)), ratio = limits.RatioTolerance + (Math.Max(a.FrequencyPerNm, b.FrequencyPerNm) > HighPerNm ? 0.02 + (0.04 * small) : 0.01 * small);
            if (Math.Abs(angle - pair.AngleDeg) < limits.AngleToleranceDeg && Math.Abs(scaleA - scaleB) < ratio && Math.Abs(0.5 * (scaleA + scaleB)) < limits.ScaleTolerance)
            {
                best = Math.Max(best, table.Kinds[pair.First].IsSuperlattice || table.Kinds[pair.Second].IsSuperlattice ? 1 : 2);
            }
        }

        return best;
    }

    // Superlattice reflections other than the half order itself span too dense a lattice: anything lies on it.
    internal static bool MaySpan(ReflectionTable table, ReflectionPair pair)
    {
        ReflectionKind first = table.Kinds[pair.First], second = table.Kinds[pair.Second];
        return (!first.IsSuperlattice || first.Weight >= 0.2) && (!second.IsSuperlattice || second.Weight >= 0.2) && !(first.IsSuperlattice && second.IsSuperlattice);
    }

    private static CrystalSeed Make(FringePatch seed, FringePatch? partner, List<FringePatch> own)
    {
        own.Sort(static (a, b) => b.PeakSnr.CompareTo(a.PeakSnr));

        // Amplitudes weigh: strong fringes show the crystal best. Fringe images of different g are displaced by defocus to either side; their mean is not.
        double least = seed.IsDisplaced ? Math.Min(SurePartnerSnr, 0.3 * seed.PeakSnr) : 0.1 * seed.PeakSnr;
        FringePatch[] showing = [.. own.Where(patch => patch == seed || (patch.PeakSnr >= least && patch.FrequencyPerNm < HighPerNm))];
        bool isAway = showing.All(static patch => patch.IsDisplaced);
        (FringePatch Patch, double X, double Y)[] places = isAway ? PlacesBehind(own, seed) : [.. showing.Select(static patch => (patch, 0.0, 0.0))];
        double sum = 0, x = 0, y = 0, width = 0, height = 0, reachX = 0, reachY = 0;
        foreach ((FringePatch patch, double dx, double dy) in places)
        {
            double weight = Math.Sqrt(patch.PeakSnr);
            sum += weight;
            x += weight * ((0.5 * (patch.LeftNm + patch.RightNm)) + dx);
            y += weight * ((0.5 * (patch.TopNm + patch.BottomNm)) + dy);
            width += weight * (patch.RightNm - patch.LeftNm);
            height += weight * (patch.BottomNm - patch.TopNm);
            (reachX, reachY) = (Math.Max(reachX, Math.Abs(dx)), Math.Max(reachY, Math.Abs(dy)));
        }

        return new CrystalSeed
        {
            Strongest = seed,
            Partner = partner,
            Patches = own,
            XNm = x / sum,
            YNm = y / sum,
            WidthNm = (width / sum) + (2 * RimNm),
            HeightNm = (height / sum) + (2 * RimNm),
            ReachXNm = reachX,
            ReachYNm = reachY,
        };
    }

    /// <summary>The strongest patches of a crystal that shows none in its own place, each with the step from there to the place on which they agree best; one alone does not tell to which of its sides the crystal lies.</summary>
    private static (FringePatch Patch, double X, double Y)[] PlacesBehind(List<FringePatch> own, FringePatch seed)
    {
        const int Most = 4;
        FringePatch[] patches = [.. own.Where(patch => patch.IsDisplaced && patch.PeakSnr >= 0.1 * seed.PeakSnr).Take(Most)];
        if (patches.Length < 2)
        {
            return [(seed, 0, 0)];
        }

        (FringePatch, double, double)[]? best = null;
        double least = double.MaxValue;
        for (int signs = 0; signs < 1 << patches.Length; signs++)
        {
            (FringePatch Patch, double X, double Y)[] places = [.. patches.Select((patch, i) => (signs >> i & 1) == 0
                ? (patch, patch.Displacement.XNm, patch.Displacement.YNm) : (patch, -patch.Displacement.XNm, -patch.Displacement.YNm))];
            double x = places.Average(static place => place.Patch.XNm + place.X), y = places.Average(static place => place.Patch.YNm + place.Y);
            double scatter = places.Sum(place => Math.Pow(place.Patch.XNm + place.X - x, 2) + Math.Pow(place.Patch.YNm + place.Y - y, 2));
            (best, least) = scatter < least ? (places, scatter) : (best, least);
        }

        return best!;
    }

    /// <summary>Marks crystals into whose box another's reaches.</summary>
    public static void MarkOverlaps(IReadOnlyList<CrystalSeed> crystals)
    {
        foreach (CrystalSeed a in crystals)
        {
            a.Overlaps = crystals.Any(b => b != a
                && Math.Abs(a.XNm - b.XNm) < 0.5 * (a.WidthNm + b.WidthNm) && Math.Abs(a.YNm - b.YNm) < 0.5 * (a.HeightNm + b.HeightNm));
        }
    }
}

/// <summary>Limits of grouping.</summary>
/// <param name="SeedSnr">Least power of a patch that begins a crystal.</param>
/// <param name="MinDiameterNm">Smallest crystal looked for, nm.</param>
/// <param name="ScaleTolerance">Largest logarithm of measured against reference frequency.</param>
/// <param name="RatioTolerance">Largest error of the logarithm of a ratio of two frequencies.</param>
/// <param name="AngleToleranceDeg">Largest error of an angle, degree.</param>
internal sealed record GroupingLimits(double SeedSnr, double MinDiameterNm, double ScaleTolerance, double RatioTolerance, double AngleToleranceDeg);
