namespace ImageAnalysis.Core;

/// <summary>How far two people, or a person and the program, agree beyond chance.</summary>
/// <param name="KappaRatio">κ = (p_o − p_e)/(1 − p_e): 1 for full agreement, 0 for that of chance, below 0 for less.</param>
/// <param name="KappaSigmaRatio">One standard deviation of κ for many particles; 0, and of no use, where all agree.</param>
/// <param name="LowRatio">Lower end of the interval of κ.</param>
/// <param name="HighRatio">Upper end of the interval of κ.</param>
/// <param name="LevelFraction">Confidence level of the interval.</param>
/// <param name="Agreement">p_o, the fraction of particles on which both agree, with its exact interval.</param>
/// <param name="ChanceAgreementFraction">p_e, the agreement expected if both gave their verdicts at random, each as often as they do.</param>
/// <param name="AllCount">Particles that both judged.</param>
public sealed record CohenKappa(
    double KappaRatio, double KappaSigmaRatio, double LowRatio, double HighRatio, double LevelFraction, FractionInterval Agreement, double ChanceAgreementFraction, int AllCount)
{
    /// <summary>κ of a square table of counts.</summary>
    /// <param name="table">table[i][j]: particles that the first called i and the second j; square, of two kinds or more.</param>
    /// <param name="levelFraction">Confidence level; 0.5 to 0.9999.</param>
    /// <returns>κ with its interval; <c>null</c> where there is no particle, or where both call all of them the same, so that chance alone would agree.</returns>
    /// <exception cref="ArgumentException">The table is not square.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or the level outside its range.</exception>
    /// <remarks>
    /// κ: J. Cohen, Educ. Psychol. Meas. 20 (1960) 37, doi:10.1177/001316446002000104. Standard deviation: J. L. Fleiss, J. Cohen and B. S. Everitt, Psychol. Bull. 72 (1969) 323, doi:10.1037/h0028106 (neither opened; checked against a published
    /// example). That standard deviation makes intervals far too short for the few disagreements of good reviewers (they then cover the truth in as little as a tenth of cases), so the interval is the exact one of p_o, with
    /// p_e held.
    /// </remarks>
    public static CohenKappa? Of(IReadOnlyList<IReadOnlyList<int>> table, double levelFraction = 0.95)
    {
        ArgumentNullException.ThrowIfNull(table);
        FractionIntervals.CheckLevel(levelFraction);
        int kinds = table.Count, agreed = 0, all = 0;
        if (kinds < 2 || table.Any(row => row.Count != kinds))
        {
            throw new ArgumentException(FormattableString.Invariant($"The table has {kinds} rows of {string.Join(", ", table.Select(row => row.Count))} counts; expected a square of 2 × 2 or more."), nameof(table));
        }

        double[] rows = new double[kinds], columns = new double[kinds];
        for (int i = 0; i < kinds; i++)
        {
            for (int j = 0; j < kinds; j++)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(table[i][j], nameof(table));
                all = checked(all + table[i][j]);
                agreed += i == j ? table[i][j] : 0;
                rows[i] += table[i][j];
                columns[j] += table[i][j];
            }
        }

        double chance = all == 0 ? 1 : Enumerable.Range(0, kinds).Sum(i => rows[i] * columns[i]) / ((double)all * all);
        if (chance >= 1)
        {
            return null;
        }

        FractionInterval agreement = FractionIntervals.ClopperPearson(agreed, all, levelFraction)!;
        double OfAgreement(double fraction) => (fraction - chance) / (1 - chance);
        double kappa = OfAgreement(agreement.ValueFraction);

        // Fleiss, Cohen and Everitt's equation for unweighted κ, with fractions p_ij, p_i., p_.j of the table.
        double a = 0, b = 0, c = Math.Pow(kappa - (chance * (1 - kappa)), 2);
        for (int i = 0; i < kinds; i++)
        {
            for (int j = 0; j < kinds; j++)
            {
                double p = (double)table[i][j] / all;
                a += i == j ? p * Math.Pow(1 - ((rows[i] + columns[i]) / all * (1 - kappa)), 2) : 0;
                b += i == j ? 0 : p * Math.Pow((1 - kappa) * (columns[i] + rows[j]) / all, 2);
            }
        }

        double sigma = Math.Sqrt(Math.Max(0, a + b - c) / all) / (1 - chance);
        return new CohenKappa(kappa, sigma, Math.Max(-1, OfAgreement(agreement.LowFraction)), OfAgreement(agreement.HighFraction), levelFraction, agreement, chance, all);
    }
}
