namespace ImageAnalysis.Lattice;

/// <summary>
/// Half orders along members of the tested family that were not seen themselves. In a zone that holds two members their angle is known: with one seen, the other's half order lies at that angle to either side,
/// wherever the microscope shows it.
/// </summary>
internal static class UnseenDirections
{
    /// <summary>Angles in the image differ from the crystal's by tilt and by unequal pixels; half the width of the search, degree.</summary>
    private const double AngleReachDeg = 3;

    private const double LengthReachFraction = 0.025;

    public static IReadOnlyList<PlaceTest> Test(CrystalDraft draft, SupportModel support, FringeDraft fringe, ReflectionTable table, BackgroundPrior prior, StreakPrior streaks)
    {
        List<PlaceTest> tests = [];
        foreach (ReflectionPair pair in table.Pairs)
        {
            // Angles up to 90°; each stands for both sides.
            if (pair.First != table.TestedKind || pair.Second != table.TestedKind)
            {
                continue;
            }

            foreach (int side in (ReadOnlySpan<int>)[1, -1])
            {
                (double sin, double cos) = Math.SinCos(side * pair.AngleDeg * Math.PI / 180);
                double gx = ((cos * fringe.Spot.Gx) - (sin * fringe.Spot.Gy)) / table.Period, gy = ((sin * fringe.Spot.Gx) + (cos * fringe.Spot.Gy)) / table.Period;
                tests.Add(At(draft, support, gx, gy, fringe, prior, streaks));
            }
        }

        return tests;
    }

    /// <summary>The fringe of which such a half order is the part.</summary>
    public static FringeDraft Fringe(CrystalDraft draft, SupportModel support, TransferEstimate transfer, PlaceTest place, ReflectionTable table)
    {
        WindowSpot part = new(place.Gx, place.Gy, draft.Moments.FactorX / Math.Sqrt(place.Snr), draft.Moments.FactorY / Math.Sqrt(place.Snr), default, 0, place.Snr, 0);
        ReferenceSpot half = table.Spots.First(spot => table.Kinds[spot.Kind] is { IsSuperlattice: true, Weight: >= 0.2 });
        return CrystalMeasuring.Multiple(draft, support, transfer, new FringeDraft { Spot = part, Background = place.Background, Reference = half }, table);
    }

    private static PlaceTest At(CrystalDraft draft, SupportModel support, double gx, double gy, FringeDraft fringe, BackgroundPrior prior, StreakPrior streaks)
    {
        List<(double, double, double)> masks = [(gx, gy, 1.6), (0.5 * fringe.Spot.Gx, 0.5 * fringe.Spot.Gy, 1.1)];
        masks.AddRange(draft.Spots.Select(static spot => (spot.Spot.Gx, spot.Spot.Gy, spot.Spot.Snr > 100 ? 2.2 : 1.6)));
        LocalBackground background = LocalBackground.At(draft.Window, support, gx, gy, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(masks), prior);
        double g = Math.Sqrt((gx * gx) + (gy * gy)), along = LengthReachFraction * g, across = AngleReachDeg * Math.PI / 180 * g, cell = 1 / Math.Sqrt(draft.Window.WidthNm * draft.Window.HeightNm);
        (double X, double Y, double Power) best = (gx, gy, 0);
        int stepsAlong = Math.Max(1, (int)Math.Ceiling(along / (0.3 * cell))), stepsAcross = Math.Max(1, (int)Math.Ceiling(across / (0.3 * cell)));
        for (int i = -stepsAlong; i <= stepsAlong; i++)
        {
            for (int j = -stepsAcross; j <= stepsAcross; j++)
            {
                double a = along * i / stepsAlong / g, b = across * j / stepsAcross / g, x = gx + (a * gx) - (b * gy), y = gy + (a * gy) + (b * gx), power = draft.Window.PowerAt(x, y);
                best = power > best.Power ? (x, y, power) : best;
            }
        }

        double snr = best.Power / (support.DensityAt(gx, gy, draft.Window.ResolutionPerNm) * background.Ratio);
        double places = (1 + (2 * along / (1.1 * cell))) * (1 + (2 * across / (1.1 * cell)));
        AxisBackground axis = AxisBackground.At(draft.Window, support, background, best.X, best.Y, PlaceRow.Axis(best.X, best.Y, 1), draft.Spots, streaks);
        return new PlaceTest(best.X, best.Y, snr, LatticeTest.OfPlaces(axis.PValue(snr), places), places, axis);
    }
}
