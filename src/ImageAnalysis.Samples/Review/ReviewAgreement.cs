using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>How far two reviewers agree on the particles that both have judged.</summary>
public sealed record ReviewAgreement
{
    /// <summary>The stage whose particles were judged.</summary>
    public required ReviewStage Stage { get; init; }

    /// <summary>The first reviewer.</summary>
    public required string First { get; init; }

    /// <summary>The second reviewer.</summary>
    public required string Second { get; init; }

    /// <summary>What either has said, in the order of the table.</summary>
    public required IReadOnlyList<ReviewAction> Kinds { get; init; }

    /// <summary>Table[i][j]: particles of which the first said kind i and the second kind j.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Table { get; init; }

    /// <summary>Particles on which one or both could see what the program or the other had said: agreement on them is no evidence.</summary>
    public required int NotBlindCount { get; init; }

    /// <summary>Particles that both have judged.</summary>
    public int Count => Table.Sum(row => row.Sum());

    /// <summary>Cohen's κ with its interval; <c>null</c> where there is none, such as where both say the same of every particle.</summary>
    public CohenKappa? Kappa => Kinds.Count < 2 ? null : CohenKappa.Of(Table);

    /// <summary>Agreement of two reviewers, for each stage that both have judged particles of. Differences that were settled count as the two first saw them, as far as they stand.</summary>
    /// <param name="book">Decisions laid upon results.</param>
    /// <param name="first">Name of the one.</param>
    /// <param name="second">Name of the other.</param>
    /// <returns>An agreement for each stage.</returns>
    public static IReadOnlyList<ReviewAgreement> Of(ReviewBook book, string first, string second)
    {
        ArgumentNullException.ThrowIfNull(book);
        List<ReviewAgreement> agreements = [];
        foreach (ReviewStage stage in Enum.GetValues<ReviewStage>())
        {
            (Decision First, Decision Second)[] pairs =
            [
                .. book.Items.Where(item => item.Key.Stage == stage).Select(book.StateOf)
                    .Where(state => state.FirstSight.ContainsKey(first) && state.FirstSight.ContainsKey(second))
                    .Select(state => (state.FirstSight[first], state.FirstSight[second])),
            ];
            if (pairs.Length == 0)
            {
                continue;
            }

            ReviewAction[] kinds = [.. pairs.SelectMany(pair => new[] { pair.First.Action, pair.Second.Action }).Distinct().Order()];
            agreements.Add(new ReviewAgreement
            {
                Stage = stage,
                First = first,
                Second = second,
                Kinds = kinds,
                Table = [.. kinds.Select(row => (IReadOnlyList<int>)[.. kinds.Select(column => pairs.Count(pair => pair.First.Action == row && pair.Second.Action == column))])],
                NotBlindCount = pairs.Count(pair => !pair.First.Blind || !pair.Second.Blind),
            });
        }

        return agreements;
    }
}
