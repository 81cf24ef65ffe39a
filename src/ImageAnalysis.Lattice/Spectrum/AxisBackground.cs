namespace ImageAnalysis.Lattice;

/// <summary>What is known of streaks before a crystal's own axis is looked at.</summary>
/// <param name="FaultedFraction">Share of the crystals without order in which something flat across the fringe (twin boundary, fault, facet) draws a streak along its normal.</param>
/// <param name="ExpectedPower">Power that order would show at the place, over the support's.</param>
/// <param name="DiameterNm">Diameter of the crystal.</param>
/// <param name="SeenStrength">s of a streak that was seen at another order of the same fringe; 0 where none was.</param>
internal sealed record StreakPrior(double FaultedFraction, double ExpectedPower, double DiameterNm, double SeenStrength = 0)
{
    /// <summary>What one order of a fringe says of the streak at the next.</summary>
    public StreakPrior After(AxisBackground axis) =>
        axis.StreakProbability > FaultedFraction && axis.ControlRatio is { } ratio ? this with { FaultedFraction = axis.StreakProbability, SeenStrength = Math.Max(SeenStrength, ratio - 1) } : this;
}

/// <summary>
/// The background at one place on the axis of a fringe. Anything flat across the fringe, such as a twin boundary, draws a streak along the fringe's normal, through g/2 as through all else; directions off the axis
/// know nothing of it. A superlattice is a spot, a streak goes on: places on the axis to either side tell them apart.
/// </summary>
/// <remarks>
/// Without order the mean power on the axis is 1 + s times that of the ring. s = 0 with probability 1 − π; else s has one of <see cref="Strengths"/> values up to what a plane that lacks half of its atoms, in the middle of
/// the crystal, gives beside the order of all planes, or the value that the axis itself asks for, here or at a lower order of the same fringe. The controls' powers c_j are exponentially distributed about the mean: their likelihood
/// Π (1 + s)^−w e^(−w c_j/(1 + s)) weighs the values, and p(t) = Σ_s P(s | c) p₁(t/(1 + s)) with the ring's law p₁.
/// </remarks>
internal sealed class AxisBackground
{
    private const int Strengths = 5;

    /// <summary>Steps of ln s between the strengths: two decades in all.</summary>
    private const double StrengthStep = 2.5;

    /// <summary>
    /// Half a plane's atoms against the modulation δ = 0.8 of all N = q D planes of the order, whose taper is half of that in the middle on average: amplitude 0.5/(0.5 · 0.8 · N).
    /// </summary>
    private const double HalfPlaneRatio = 1.25;

    /// <summary>Share of the faulted crystals whose streak is as strong as their own axis says, whatever was expected.</summary>
    private const double FreeShare = 0.1;

    /// <summary>Controls stand 1/W apart, where the Hann taper leaves 0.44 of the power's correlation: each counts for so much.</summary>
    private const double ControlWeight = 0.6;

    private const int ControlsPerSide = 3;

    /// <summary>Controls keep at least so many 1/W from the place: a spot has 5 % of its power there; and twice as many where there is room, since a domain half as large has a spot twice as wide.</summary>
    private const double NearestControl = 1.7;

    private const double FarthestNearControl = 3.4;

    /// <summary>And so many from every other spot.</summary>
    private const double SpotDistance = 2;

    /// <summary>Below so many 1/W the crystal's outline is seen.</summary>
    private const double OutlineDistance = 2.5;

    /// <summary>Farthest control, in spacings of the orders along the axis.</summary>
    private const double Reach = 0.7;

    private readonly (double Mean, double Weight)[] _means;

    private AxisBackground(LocalBackground ring, (double Mean, double Weight)[] means, double? level)
    {
        Ring = ring;
        _means = means;
        ControlRatio = level;
    }

    /// <summary>The background off the axis.</summary>
    public LocalBackground Ring { get; }

    /// <summary>Mean power of the places on the axis over the ring's; <c>null</c> where there is no room for any.</summary>
    public double? ControlRatio { get; }

    /// <summary>Probability that a streak runs along the axis.</summary>
    public double StreakProbability => 1 - _means[0].Weight;

    /// <summary>The ring's law alone: no streaks.</summary>
    public static AxisBackground Without(LocalBackground ring) => new(ring, [(1, 1)], null);

    /// <summary>Looks at the row along the fringe about a place: its own axis through the middle of the spectrum, or one through another spot.</summary>
    /// <param name="window">The crystal's spectrum.</param>
    /// <param name="support">The support.</param>
    /// <param name="ring">The background off the axis.</param>
    /// <param name="gx">The place, nm⁻¹.</param>
    /// <param name="gy">The place, nm⁻¹.</param>
    /// <param name="row">The row on which it lies.</param>
    /// <param name="spots">Spots of the crystal.</param>
    /// <param name="prior">What is known beforehand.</param>
    public static AxisBackground At(CrystalWindow window, SupportModel support, LocalBackground ring, double gx, double gy, PlaceRow row, IReadOnlyList<FringeDraft> spots, StreakPrior prior)
    {
        List<double> controls = Controls(window, support, ring, gx, gy, row, spots);
        double planes = Math.Max(row.StepPerNm * prior.DiameterNm, HalfPlaneRatio);
        double most = Math.Pow(HalfPlaneRatio / planes, 2) * prior.ExpectedPower / ring.Ratio, free = Math.Max(prior.SeenStrength, controls.Count > 0 ? controls.Average() - 1 : 0);
        (double Mean, double Weight)[] means = new (double, double)[Strengths + 2];
        means[0] = (1, 1 - prior.FaultedFraction);
        for (int i = 0; i < Strengths; i++)
        {
            means[i + 1] = (1 + (most * Math.Pow(StrengthStep, -i)), prior.FaultedFraction * (1 - FreeShare) / Strengths);
        }

        means[^1] = (1 + free, prior.FaultedFraction * FreeShare);
        double[] logs = [.. means.Select(item => Math.Log(Math.Max(item.Weight, 1e-300)) - (ControlWeight * controls.Sum(control => Math.Log(item.Mean) + (control / item.Mean))))];
        double highest = logs.Max(), sum = logs.Sum(log => Math.Exp(log - highest));
        for (int i = 0; i < means.Length; i++)
        {
            means[i].Weight = Math.Exp(logs[i] - highest) / sum;
        }

        return new AxisBackground(ring, means, controls.Count > 0 ? controls.Average() : null);
    }

    /// <summary>Probability that a crystal without order gives a power, at one place.</summary>
    /// <param name="snr">Power over the ring's mean.</param>
    public double PValue(double snr)
    {
        double p = 0;
        foreach ((double mean, double weight) in _means)
        {
            p += weight * Ring.PValue(snr / mean);
        }

        return p;
    }

    /// <summary>The power over the ring's mean that a crystal without order reaches with a probability, at one place.</summary>
    public double SnrAt(double pValue)
    {
        double low = 0, high = Ring.SnrAt(pValue) * _means.Max(static item => item.Mean);
        for (int turn = 0; turn < 60; turn++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = PValue(middle) > pValue ? (middle, high) : (low, middle);
        }

        return 0.5 * (low + high);
    }

    // Power over the ring's at places on the row to either side, away from spots.
    private static List<double> Controls(CrystalWindow window, SupportModel support, LocalBackground ring, double gx, double gy, PlaceRow row, IReadOnlyList<FringeDraft> spots)
    {
        double q = row.StepPerNm, perWidth = 1 / Math.Sqrt(window.WidthNm * window.HeightNm), reach = Reach * q / perWidth;
        double nearest = Math.Clamp(reach - (ControlsPerSide - 1.5), NearestControl, FarthestNearControl), highest = 0.5 / Math.Max(window.StepXNm, window.StepYNm);
        List<double> controls = [];
        for (int side = -1; side <= 1; side += 2)
        {
            for (int i = 0; i < ControlsPerSide; i++)
            {
                double away = nearest + i, steps = side * away * perWidth / q, x = gx + (steps * row.StepX), y = gy + (steps * row.StepY);

                // Other orders may carry power of their own, whether the crystal's fringe was seen or not.
                double order = row.Order + steps, toOrder = Math.Abs(order - Math.Round(order)) * q / perWidth;
                bool isOwn = (int)Math.Round(order) == row.Order, isClear = Math.Sqrt((x * x) + (y * y)) > OutlineDistance * perWidth && Math.Max(Math.Abs(x), Math.Abs(y)) < highest;
                if (away <= reach && isClear && (isOwn || toOrder > SpotDistance) && !spots.Any(spot => Near(spot.Spot, x, y) < SpotDistance * perWidth && Near(spot.Spot, gx, gy) > perWidth))
                {
                    controls.Add(window.PowerAt(x, y) / (support.DensityAt(x, y, window.ResolutionPerNm) * ring.Ratio));
                }
            }
        }

        return controls;

        static double Near(WindowSpot spot, double x, double y)
        {
            double minus = ((x - spot.Gx) * (x - spot.Gx)) + ((y - spot.Gy) * (y - spot.Gy)), plus = ((x + spot.Gx) * (x + spot.Gx)) + ((y + spot.Gy) * (y + spot.Gy));
            return Math.Sqrt(Math.Min(minus, plus));
        }
    }
}
