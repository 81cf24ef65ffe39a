namespace ImageAnalysis.Core;

/// <summary>A difference of energies between two samples, read from how many of their particles are in a state; one of the three numbers or a bound.</summary>
/// <param name="ValueKjPerMol">The difference, kJ/mol; <c>null</c> where a fraction is 0 (or, for the logit, 1) and only a bound can be given.</param>
/// <param name="SigmaKjPerMol">One standard deviation of the value, from the numbers of particles; <c>null</c> without a value.</param>
/// <param name="LowKjPerMol">The difference is at least this, kJ/mol, at the 95 % limit of the fraction that is 0 or 1; else <c>null</c>.</param>
/// <param name="HighKjPerMol">The difference is at most this, kJ/mol; else <c>null</c>.</param>
public sealed record EnergyDifference(double? ValueKjPerMol, double? SigmaKjPerMol, double? LowKjPerMol, double? HighKjPerMol)
{
    /// <summary>Molar gas constant, kJ/(mol K): exact in the SI since 2019.</summary>
    private const double GasConstant = 8.314_462_618e-3;

    /// <summary>RT ln(f₁/f₂): how much more the state costs in the second sample, if its fractions are Boltzmann factors against one common state.</summary>
    /// <param name="first">Count in the first sample.</param>
    /// <param name="second">Count in the second sample.</param>
    /// <param name="temperatureKelvin">Temperature at which the fractions froze in, K; 1 to 5000.</param>
    /// <returns>The difference. 24 of 30 against 3 of 30 at 298.15 K: 5.2 kJ/mol.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range.</exception>
    /// <remarks>
    /// The estimate of S. L. White, P. Banerjee and P. K. Jain, Nat. Commun. 8, 14514 (2017), doi:10.1038/ncomms14514. Its standard deviation is that of the logarithms, (1 − f)/(n f) in variance each. Where one fraction
    /// is 0, its upper 95 % limit (Clopper-Pearson) gives a bound.
    /// </remarks>
    public static EnergyDifference OfFractions(OrderedCount first, OrderedCount second, double temperatureKelvin = 298.15) =>
        Of(first, second, temperatureKelvin, Math.Log, count => (1 - count.ValueFraction) / (count.AllCount * count.ValueFraction), onlyBelow: true);

    /// <summary>
    /// RT ln[(f₁/(1 − f₁))/(f₂/(1 − f₂))]: the same for particles in one of two states, whose ratio is the Boltzmann factor. This is the difference of the two samples' differences between the states.
    /// </summary>
    /// <param name="first">Count in the first sample.</param>
    /// <param name="second">Count in the second sample.</param>
    /// <param name="temperatureKelvin">Temperature at which the fractions froze in, K; 1 to 5000.</param>
    /// <returns>The difference. 24 of 30 against 3 of 30 at 298.15 K: 8.9 kJ/mol.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range.</exception>
    /// <remarks>The variance of a logit is 1/(n f (1 − f)). Where a fraction is 0 or 1, its 95 % limit gives a bound.</remarks>
    public static EnergyDifference OfTwoStates(OrderedCount first, OrderedCount second, double temperatureKelvin = 298.15) =>
        Of(first, second, temperatureKelvin, f => Math.Log(f / (1 - f)), count => 1 / (count.AllCount * count.ValueFraction * (1 - count.ValueFraction)), onlyBelow: false);

    private static EnergyDifference Of(
        OrderedCount first, OrderedCount second, double temperature, Func<double, double> score, Func<OrderedCount, double> variance, bool onlyBelow)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        first.Validate();
        second.Validate();
        OptionCheck.Within(temperature, 1, 5000, "temperatureKelvin");
        double rt = GasConstant * temperature;
        (double? a, int aside) = ScoreOf(first, score, onlyBelow);
        (double? b, int bside) = ScoreOf(second, score, onlyBelow);
        if (aside == 0 && bside == 0)
        {
            return new(rt * (a - b), rt * Math.Sqrt(variance(first) + variance(second)), null, null);
        }

        // The first below its limit lowers the difference from above, the second below its limit raises it from below; together they say nothing.
        bool isHigh = aside <= 0 && bside >= 0, isLow = aside >= 0 && bside <= 0;
        return new(null, null, isLow ? rt * (a - b) : null, isHigh ? rt * (a - b) : null);
    }

    /// <summary>The score of a fraction, or of its limit: −1 where the true score lies below it, 1 where above.</summary>
    private static (double? Score, int Side) ScoreOf(OrderedCount count, Func<double, double> score, bool onlyBelow) =>
        count.InStateCount == 0 ? (score(count.HighFraction), -1)
        : count.InStateCount == count.AllCount && !onlyBelow ? (score(count.LowFraction), 1)
        : (score(count.ValueFraction), 0);
}
