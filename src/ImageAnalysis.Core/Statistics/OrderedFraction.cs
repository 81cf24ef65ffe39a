namespace ImageAnalysis.Core;

/// <summary>The fraction of a sample's judged particles that show the superstructure, with what the undetermined ones could change.</summary>
/// <param name="SuperstructureCount">Particles called superstructure.</param>
/// <param name="RegularCount">Particles called regular.</param>
/// <param name="UndeterminedCount">Particles that show ⟨111⟩ fringes but could not be called either.</param>
/// <param name="Exact">Superstructure out of all three, with the exact (Clopper-Pearson) interval; <c>null</c> without particles.</param>
/// <param name="Score">The same with the score (Wilson) interval.</param>
/// <param name="IfUndeterminedOrdered">The fraction with its exact interval, were all undetermined particles ordered.</param>
/// <param name="AmongDetermined">Superstructure out of superstructure and regular, with the exact interval: right where being undetermined has nothing to do with order; <c>null</c> where all are undetermined.</param>
/// <remarks>
/// <see cref="Exact"/> counts the undetermined particles as not ordered: it is the lower of the two extremes, <see cref="IfUndeterminedOrdered"/> the upper one. From the lower end of the first interval to the upper end of the second any fraction is possible.
/// </remarks>
public sealed record OrderedFraction(
    int SuperstructureCount,
    int RegularCount,
    int UndeterminedCount,
    FractionInterval? Exact,
    FractionInterval? Score,
    FractionInterval? IfUndeterminedOrdered,
    FractionInterval? AmongDetermined)
{
    /// <summary>All judged particles: the denominator.</summary>
    public int AllCount => SuperstructureCount + RegularCount + UndeterminedCount;

    /// <summary>Counts of verdicts turned into fractions with intervals.</summary>
    /// <param name="superstructureCount">Particles called superstructure, 0 or more.</param>
    /// <param name="regularCount">Particles called regular, 0 or more.</param>
    /// <param name="undeterminedCount">Particles called undetermined, 0 or more.</param>
    /// <param name="levelFraction">Confidence level; 0.5 to 0.9999.</param>
    /// <returns>The fractions; those of no particles are <c>null</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or the level outside its range.</exception>
    public static OrderedFraction Of(int superstructureCount, int regularCount, int undeterminedCount, double levelFraction = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(superstructureCount);
        ArgumentOutOfRangeException.ThrowIfNegative(regularCount);
        ArgumentOutOfRangeException.ThrowIfNegative(undeterminedCount);
        int all = checked(superstructureCount + regularCount + undeterminedCount);
        return new OrderedFraction(
            superstructureCount,
            regularCount,
            undeterminedCount,
            FractionIntervals.ClopperPearson(superstructureCount, all, levelFraction),
            FractionIntervals.Wilson(superstructureCount, all, levelFraction),
            FractionIntervals.ClopperPearson(superstructureCount + undeterminedCount, all, levelFraction),
            FractionIntervals.ClopperPearson(superstructureCount, superstructureCount + regularCount, levelFraction));
    }
}
