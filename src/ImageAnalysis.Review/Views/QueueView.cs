using ImageAnalysis.Samples;

namespace ImageAnalysis.Review;

/// <summary>The list of particles to look at.</summary>
internal sealed record QueueView
{
    public const int PerPage = 50;

    public required QueueFilter Filter { get; init; }

    public required bool Blind { get; init; }

    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>Number of particles in the queue.</summary>
    public required int Count { get; init; }

    /// <summary>How many of those proposed for review the reviewer has decided on, and how many there are.</summary>
    public required (int Done, int All) Progress { get; init; }

    public required IReadOnlyList<string> Samples { get; init; }

    public required IReadOnlyList<(string Verdict, int Count)> Verdicts { get; init; }

    public required IReadOnlyList<(string Flag, int Count)> Flags { get; init; }

    public required IReadOnlyList<(int Number, FileResult File)> Images { get; init; }

    public int PageCount => Math.Max(1, (Count + PerPage - 1) / PerPage);

    public string Link(Row row) => $"/particle/{row.Item.Id}{Filter.ToQuery()}";

    public int Page => Math.Clamp(Filter.Page, 0, PageCount - 1);

    public static QueueView Of(ReviewDesk desk, ReviewerName who, QueueFilter filter)
    {
        Snapshot now = desk.Now;
        IReadOnlyList<ReviewItem> queue = desk.Queue(filter, who);
        ReviewItem[] proposed = [.. now.Book.Items.Where(item => (who.Blind || item.DoubtScore >= QueueFilter.FlaggedScore) && !now.Book.Replaced.Contains(item.Id))];
        int page = Math.Clamp(filter.Page, 0, Math.Max(0, (queue.Count - 1) / PerPage));
        return new QueueView
        {
            Filter = filter,
            Blind = who.Blind,
            Rows = [.. queue.Skip(page * PerPage).Take(PerPage).Select(item => new Row(item, now.Book.StateOf(item), who))],
            Count = queue.Count,
            Progress = (proposed.Count(item => now.Book.StateOf(item).Judgements.ContainsKey(who.Name)), proposed.Length),
            Samples = desk.Results.Samples,
            Verdicts = who.Blind ? [] : [.. now.Book.Items.CountBy(item => QueueFilter.VerdictOf(item, now.Book.StateOf(item))).OrderByDescending(pair => pair.Value).Select(pair => (pair.Key, pair.Value))],
            Flags = who.Blind ? [] : [.. now.Book.Items.SelectMany(item => item.Seen.Flags).CountBy(flag => flag).OrderByDescending(pair => pair.Value).Select(pair => (pair.Key, pair.Value))],
            Images = [.. desk.Results.Files.Where(file => file.ParticleCount > 0 || file.CrystalCount > 0).Select(file => (desk.NumberOf(file), file))],
        };
    }

    /// <summary>A particle of the list.</summary>
    internal sealed record Row(ReviewItem Item, ReviewState State, ReviewerName Who)
    {
        public string Automatic => Who.Blind ? "hidden" : Item.Crystal is not null ? Item.Seen.Verdict! : Item.Size!.Counted ? "counted" : "left out";

        /// <summary>What was decided: of a blind reviewer, the own decision only.</summary>
        public string? Decided => Who.Blind ? State.Judgements.GetValueOrDefault(Who.Name)?.Action.Word() : State.Word;

        public string Reason => Who.Blind ? string.Empty : Item.Reasons.Count > 0 ? Item.Reasons[0] : string.Empty;
    }
}
