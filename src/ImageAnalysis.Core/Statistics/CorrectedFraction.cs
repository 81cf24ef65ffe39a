namespace ImageAnalysis.Core;

/// <summary>A fraction of ordered particles corrected for those that the test misses and for its false alarms.</summary>
/// <param name="Corrected">The corrected fraction and its interval, which holds the uncertainty of the count, of the sensitivity and of the false-alarm rate.</param>
/// <param name="UncutRatio">The estimate before it was cut to 0 … 1: below 0 where fewer are called than false alarms alone would give, above 1 where more are called than all could.</param>
public sealed record CorrectedFraction(FractionInterval Corrected, double UncutRatio)
{
    /// <summary>Corrects a count.</summary>
    /// <param name="calledCount">k, particles called superstructure.</param>
    /// <param name="allCount">n, all particles in the denominator, undetermined ones too (a miss of the test, as in <paramref name="rates"/>).</param>
    /// <param name="rates">What the test does to particles of known truth; of the same size, dose and defocus, or the correction does not hold.</param>
    /// <param name="levelFraction">Confidence level; 0.5 to 0.9999.</param>
    /// <returns>The correction; <c>null</c> where n or a number of known particles is 0, or where ordered particles are not called more often than regular ones, so that the count says nothing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <remarks>
    /// Estimate: (k/n − F)/(S − F) with sensitivity S and false-alarm rate F; W. J. Rogan and B. Gladen, Am. J. Epidemiol. 107 (1978) 71, doi:10.1093/oxfordjournals.aje.a112510. Interval: Z. Lang and J. Reiczigel,
    /// Prev. Vet. Med. 113 (2014) 13, doi:10.1016/j.prevetmed.2013.09.015 (neither opened; the interval's formulas after public implementations of it): all three fractions are pulled towards one half by pseudo-counts (z²/2 of z² for k/n, 1 of 2 for S and
    /// F), errors add in squares, and the middle is shifted by 2z²(f S(1 − S)/n_S − (1 − f) F(1 − F)/n_F). Measured coverage: the page table-statistics of the documentation.
    /// </remarks>
    public static CorrectedFraction? Of(int calledCount, int allCount, DetectionRates rates, double levelFraction = 0.95)
    {
        ArgumentNullException.ThrowIfNull(rates);
        rates.Validate();
        if (!FractionIntervals.Check(calledCount, allCount, levelFraction) || rates.OrderedAllCount == 0 || rates.RegularAllCount == 0)
        {
            return null;
        }

        double observed = (double)calledCount / allCount, sensitivity = (double)rates.OrderedCalledCount / rates.OrderedAllCount, falseAlarms = (double)rates.RegularCalledCount / rates.RegularAllCount;
        double z = FractionIntervals.NormalQuantile(levelFraction), n = allCount + (z * z), p = (calledCount + (z * z / 2)) / n;
        double orderedAll = rates.OrderedAllCount + 2, s = (rates.OrderedCalledCount + 1) / orderedAll;
        double regularAll = rates.RegularAllCount + 2, f = (rates.RegularCalledCount + 1) / regularAll;
        if (!(sensitivity > falseAlarms && s > f))
        {
            return null;
        }

        double uncut = (observed - falseAlarms) / (sensitivity - falseAlarms);
        double middle = (p - f) / (s - f), varianceS = s * (1 - s) / orderedAll, varianceF = f * (1 - f) / regularAll;
        double sigma = Math.Sqrt((p * (1 - p) / n) + (varianceS * middle * middle) + (varianceF * (1 - middle) * (1 - middle))) / (s - f);
        double shift = 2 * z * z * ((middle * varianceS) - ((1 - middle) * varianceF));
        double value = Math.Clamp(uncut, 0, 1);

        // The interval is built around a middle of its own; it is widened where that would leave the estimate outside.
        double low = Math.Min(value, Math.Clamp(middle + shift - (z * sigma), 0, 1)), high = Math.Max(value, Math.Clamp(middle + shift + (z * sigma), 0, 1));
        return new CorrectedFraction(new FractionInterval(value, low, high, levelFraction), uncut);
    }
}
