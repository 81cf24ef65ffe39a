using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>What became of the particles of a power study.</summary>
/// <param name="Options">The particle and its images.</param>
/// <param name="OrderedAnswers">Number of ordered particles by answer.</param>
/// <param name="RegularAnswers">Number of regular particles by answer.</param>
/// <param name="FringeTransferRatio">Contrast transfer at the fringe, −1…1, in the mean.</param>
/// <param name="HalfTransferRatio">Contrast transfer at half its frequency.</param>
/// <param name="Interrupted">Whether it was stopped before all images were made; the counts are of those that were.</param>
public sealed record PowerResult(
    PowerOptions Options, IReadOnlyDictionary<CrystalAnswer, int> OrderedAnswers, IReadOnlyDictionary<CrystalAnswer, int> RegularAnswers, double FringeTransferRatio, double HalfTransferRatio, bool Interrupted)
{
    /// <summary>Number of images with an ordered particle.</summary>
    public int OrderedCount => OrderedAnswers.Values.Sum();

    /// <summary>Number of images with a regular particle.</summary>
    public int RegularCount => RegularAnswers.Values.Sum();

    /// <summary>Share of the ordered particles that get an answer, with its exact 95 % interval.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The share; <c>null</c> without images.</returns>
    public FractionInterval? Ordered(CrystalAnswer answer) => FractionIntervals.ClopperPearson(OrderedAnswers.GetValueOrDefault(answer), OrderedCount);

    /// <summary>Share of the regular particles that get an answer, with its exact 95 % interval.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The share; <c>null</c> without images.</returns>
    public FractionInterval? Regular(CrystalAnswer answer) => FractionIntervals.ClopperPearson(RegularAnswers.GetValueOrDefault(answer), RegularCount);

    /// <summary>The share of superstructures that a sample shows in the mean, of particles like these.</summary>
    /// <param name="trueFraction">The true share of ordered particles, 0…1.</param>
    /// <returns>The share among the particles in the percentage; <c>null</c> where none would be in it.</returns>
    public double? ShownFraction(double trueFraction)
    {
        double Counted(IReadOnlyDictionary<CrystalAnswer, int> answers, int all) =>
            all == 0 ? 0 : (double)(answers.GetValueOrDefault(CrystalAnswer.Superstructure) + answers.GetValueOrDefault(CrystalAnswer.Regular) + answers.GetValueOrDefault(CrystalAnswer.Undetermined)) / all;
        double ordered = trueFraction * Counted(OrderedAnswers, OrderedCount), regular = (1 - trueFraction) * Counted(RegularAnswers, RegularCount);
        double called = (trueFraction * (Ordered(CrystalAnswer.Superstructure)?.ValueFraction ?? 0)) + ((1 - trueFraction) * (Regular(CrystalAnswer.Superstructure)?.ValueFraction ?? 0));
        return ordered + regular > 0 ? called / (ordered + regular) : null;
    }
}
