using ImageAnalysis.Samples;

namespace ImageAnalysis.Review;

/// <summary>The book of decisions at one moment, with what is looked up in it often. Pages read it without waiting for one another.</summary>
internal sealed class Snapshot
{
    private readonly Dictionary<string, ReviewItem> _byId;
    private readonly Lazy<IReadOnlyList<Decision>> _ordered;
    private readonly Lazy<IReadOnlyList<ReviewItem>> _byDoubt;
    private readonly Lazy<ILookup<string, ReviewItem>> _byFile;

    public Snapshot(ReviewBook book, IReadOnlyList<Decision> decisions, Snapshot? before = null)
    {
        Book = book;
        Decisions = decisions;
        _byId = book.Items.ToDictionary(item => item.Id);
        _ordered = new(() => DecisionHistory.Ordered(decisions));

        // The ranking rests on what the program says, and changes only with the particles themselves.
        bool sameItems = before is not null && before.Book.Items.Count == book.Items.Count && before.Book.Items.Zip(book.Items).All(pair => pair.First.Id == pair.Second.Id);
        _byDoubt = sameItems ? before!._byDoubt : new(() => [.. book.Items.OrderByDescending(item => item.DoubtScore)]);
        _byFile = new(() => book.Items.ToLookup(item => item.File.File));
    }

    public ReviewBook Book { get; }

    public IReadOnlyList<Decision> Decisions { get; }

    public ReviewItem? Find(string id) => _byId.GetValueOrDefault(id);

    public IEnumerable<ReviewItem> OfFile(FileResult file) => _byFile.Value[file.File];

    public IReadOnlyList<ReviewItem> Ranked(bool blind) => blind ? Book.Items : _byDoubt.Value;

    public (Decision? Undo, Decision? Redo) Steps(string reviewer) => DecisionHistory.Steps(_ordered.Value, reviewer);

    /// <summary>Everybody who has judged a particle, by name.</summary>
    public IReadOnlyList<string> Reviewers => [.. Decisions.Where(decision => decision.Action.IsJudgement()).Select(decision => decision.Reviewer).Distinct().Order(StringComparer.Ordinal)];
}
