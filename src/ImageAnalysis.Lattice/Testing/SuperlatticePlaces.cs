namespace ImageAnalysis.Lattice;

/// <summary>A place of the spectrum where order along a fringe g would show.</summary>
/// <param name="Gx">The place, nm⁻¹.</param>
/// <param name="Gy">The place, nm⁻¹.</param>
/// <param name="Row">What lies on its row along g.</param>
/// <param name="SigmaPerNm">Uncertainty of the place.</param>
/// <param name="IsBeside">True for a satellite of another fringe, false for an order of the fringe itself.</param>
internal sealed record SuperlatticePlace(double Gx, double Gy, PlaceRow Row, double SigmaPerNm, bool IsBeside)
{
    public double FrequencyPerNm => Math.Sqrt((Gx * Gx) + (Gy * Gy));
}

/// <summary>The row of reciprocal space along a fringe on which a place lies: base + order · step.</summary>
/// <param name="BaseX">A spot on the row, nm⁻¹; 0 for the fringe's own axis.</param>
/// <param name="BaseY">A spot on the row, nm⁻¹; 0 for the fringe's own axis.</param>
/// <param name="StepX">g/n, nm⁻¹.</param>
/// <param name="StepY">g/n, nm⁻¹.</param>
/// <param name="Order">How many steps from the base the place is.</param>
internal readonly record struct PlaceRow(double BaseX, double BaseY, double StepX, double StepY, int Order)
{
    public double StepPerNm => Math.Sqrt((StepX * StepX) + (StepY * StepY));

    public static PlaceRow Axis(double gx, double gy, int order) => new(0, 0, gx / order, gy / order, order);
}

/// <summary>
/// Where order along a fringe g shows. A modulation of wave vector k = g/n adds satellites G ± k to every reflection G of the structure: g/n and its multiples on the fringe's own axis, and beside all other fringes in view.
/// These lie at higher frequencies, where the support scatters less.
/// </summary>
internal static class SuperlatticePlaces
{
    /// <summary>Satellites of other fringes beyond this frequency are displaced by the lens, and weak, nm⁻¹.</summary>
    private const double HighestPerNm = 4.2;

    /// <summary>Places nearer to one another, or to spots, than this times 1/W are one.</summary>
    private const double Apart = 1.5;

    /// <summary>The orders of a fringe's own axis, lowest first.</summary>
    public static IEnumerable<SuperlatticePlace> OnAxis(FringeDraft fringe, int period)
    {
        int[] orders = period == 2 ? [1, 3] : [.. Enumerable.Range(1, period - 1)];
        return orders.Select(order => OnAxis(fringe, order, period));
    }

    /// <summary>One order of a fringe's own axis.</summary>
    public static SuperlatticePlace OnAxis(FringeDraft fringe, int order, int period)
    {
        double share = (double)order / period, stepX = fringe.Spot.Gx / period, stepY = fringe.Spot.Gy / period;
        return new SuperlatticePlace(share * fringe.Spot.Gx, share * fringe.Spot.Gy, new PlaceRow(0, 0, stepX, stepY, order), share * Math.Max(fringe.Spot.SigmaX, fringe.Spot.SigmaY), false);
    }

    /// <summary>The satellites of the crystal's other fringes.</summary>
    /// <param name="draft">The crystal, its spots named.</param>
    /// <param name="fringe">The fringe along which order is looked for.</param>
    /// <param name="table">The reference's reflections.</param>
    /// <param name="lowestPerNm">Below this frequency shapes of particles are seen, nm⁻¹.</param>
    public static IEnumerable<SuperlatticePlace> Beside(CrystalDraft draft, FringeDraft fringe, ReflectionTable table, double lowestPerNm)
    {
        int period = table.Period;
        double near = Apart / Math.Min(draft.Window.WidthNm, draft.Window.HeightNm), stepX = fringe.Spot.Gx / period, stepY = fringe.Spot.Gy / period;
        List<SuperlatticePlace> places = [];
        foreach (FringeDraft other in draft.Spots)
        {
            bool isFundamental = other.Reference is { } reference && !table.Kinds[reference.Kind].IsSuperlattice;
            if (other == fringe || !isFundamental || CrystalTesting.IsAlong(other.Spot, fringe.Spot))
            {
                continue;
            }

            for (int order = 1 - period; order < period; order++)
            {
                double x = other.Spot.Gx + (order * stepX), y = other.Spot.Gy + (order * stepY), g = Math.Sqrt((x * x) + (y * y));
                bool isFree = order != 0 && g >= lowestPerNm && g < HighestPerNm && !draft.Spots.Any(spot => spot.Reference is { } named && !table.Kinds[named.Kind].IsSuperlattice && Far(spot.Spot.Gx, spot.Spot.Gy, x, y) < near)
                    && !places.Exists(place => Far(place.Gx, place.Gy, x, y) < near);
                if (isFree)
                {
                    double own = Math.Max(other.Spot.SigmaX, other.Spot.SigmaY), share = (double)order / period * Math.Max(fringe.Spot.SigmaX, fringe.Spot.SigmaY);
                    places.Add(new SuperlatticePlace(x, y, new PlaceRow(other.Spot.Gx, other.Spot.Gy, stepX, stepY, order), Math.Sqrt((own * own) + (share * share)), true));
                }
            }
        }

        return places;
    }

    private static double Far(double ax, double ay, double bx, double by) =>
        Math.Sqrt(Math.Min(((ax - bx) * (ax - bx)) + ((ay - by) * (ay - by)), ((ax + bx) * (ax + bx)) + ((ay + by) * (ay + by))));
}
