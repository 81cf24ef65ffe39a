using MathNet.Numerics.Distributions;

namespace ImageAnalysis.Core;

/// <summary>Confidence intervals of a fraction from a count: k of n particles are in a state, each independently with the same probability.</summary>
/// <remarks>
/// Particles that share a grid, a batch or an operator's choice are not independent; no interval here knows of that. Which of the two to quote: the exact one never covers the truth in less than its level, the score one is
/// shorter and covers it in about its level on average over fractions (L. D. Brown, T. T. Cai and A. DasGupta, Stat. Sci. 16 (2001) 101, doi:10.1214/ss/1009213286; not opened).
/// </remarks>
public static class FractionIntervals
{
    /// <summary>The exact interval: each end is the fraction at which what was counted, or more extreme, has half of 1 − level as its probability.</summary>
    /// <param name="inStateCount">k, particles in the state; 0 to <paramref name="allCount"/>.</param>
    /// <param name="allCount">n, all particles; 0 or more.</param>
    /// <param name="levelFraction">Confidence level; 0.5 to 0.9999.</param>
    /// <returns>The interval; <c>null</c> where no particle was counted. 0 of 30: 0 to 0.116; 3 of 30: 0.021 to 0.265; 24 of 30: 0.614 to 0.923.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <remarks>
    /// C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404, doi:10.1093/biomet/26.4.404 (not opened), by quantiles of the beta distribution. At k = 0 the lower end is 0 and the upper 1 − (α/2)^(1/n), at k = n the mirror image:
    /// half of 1 − level lies outside there, so a level of 0.95 is one of 0.975 in fact.
    /// </remarks>
    public static FractionInterval? ClopperPearson(int inStateCount, int allCount, double levelFraction = 0.95)
    {
        if (!Check(inStateCount, allCount, levelFraction))
        {
            return null;
        }

        double k = inStateCount, n = allCount, tail = (1 - levelFraction) / 2;
        double low = inStateCount == 0 ? 0 : inStateCount == allCount ? Math.Pow(tail, 1 / n) : Beta.InvCDF(k, n - k + 1, tail);
        double high = inStateCount == allCount ? 1 : inStateCount == 0 ? 1 - Math.Pow(tail, 1 / n) : Beta.InvCDF(k + 1, n - k, 1 - tail);
        return new FractionInterval(k / n, low, high, levelFraction);
    }

    /// <summary>The score interval: all fractions that a normal test with its own standard deviation √(p(1 − p)/n) does not reject.</summary>
    /// <param name="inStateCount">k, particles in the state; 0 to <paramref name="allCount"/>.</param>
    /// <param name="allCount">n, all particles; 0 or more.</param>
    /// <param name="levelFraction">Confidence level; 0.5 to 0.9999.</param>
    /// <returns>The interval; <c>null</c> where no particle was counted. 3 of 30: 0.035 to 0.256.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <remarks>E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209, doi:10.1080/01621459.1927.10502953 (not opened): (k + z²/2 ± z√(k(n − k)/n + z²/4)) / (n + z²).</remarks>
    public static FractionInterval? Wilson(int inStateCount, int allCount, double levelFraction = 0.95)
    {
        if (!Check(inStateCount, allCount, levelFraction))
        {
            return null;
        }

        double k = inStateCount, n = allCount, z = NormalQuantile(levelFraction);
        double middle = (k + (z * z / 2)) / (n + (z * z)), half = z * Math.Sqrt((k * (n - k) / n) + (z * z / 4)) / (n + (z * z));

        // Rounding would leave 1e-17 where the ends are 0 and 1 exactly.
        double low = inStateCount == 0 ? 0 : middle - half, high = inStateCount == allCount ? 1 : middle + half;
        return new FractionInterval(k / n, low, high, levelFraction);
    }

    /// <summary>z of a two-sided level: 1.96 for 0.95.</summary>
    internal static double NormalQuantile(double level) => Normal.InvCDF(0, 1, (1 + level) / 2);

    /// <summary>Checks a level.</summary>
    internal static void CheckLevel(double level) => OptionCheck.Within(level, 0.5, 0.9999, "levelFraction");

    /// <summary>Checks a count and tells whether there is anything to count.</summary>
    internal static bool Check(int inState, int all, double level)
    {
        CheckCount(inState, all);
        CheckLevel(level);
        return all > 0;
    }

    /// <summary>Checks a count; none of none is one.</summary>
    internal static void CheckCount(int inState, int all)
    {
        if (all < 0 || inState < 0 || inState > all)
        {
            throw new ArgumentOutOfRangeException(nameof(inState), FormattableString.Invariant($"{inState} of {all} particles are counted; expected a count between 0 and the number of all."));
        }
    }
}
