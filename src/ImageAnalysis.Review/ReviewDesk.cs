using System.Globalization;
using ImageAnalysis.Imaging;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Review;

/// <summary>
/// What all windows work at: the results, the book of decisions as of now, and the one place where decisions are made. One decision at a time; a window that shows an older
/// state loses nothing, since decisions are only added.
/// </summary>
internal sealed class ReviewDesk
{
    private readonly Lock _gate = new();
    private readonly ReviewServerOptions _options;
    private readonly Dictionary<string, int> _imageNumbers;
    private volatile Snapshot _now;
    private DateTimeOffset _last;
    private int _decisionCount;

    public ReviewDesk(ReviewedResults results, ReviewServerOptions options)
    {
        Results = results;
        _options = options;
        _imageNumbers = results.Files.Select((file, number) => (file.File, number)).ToDictionary(pair => pair.File, pair => pair.number);
        Pictures = new ImagePictures(results);
        Distributions = new SizeDistributions(results.Options.Distribution);
        _now = new Snapshot(results.Book(), results.Log.Decisions);
        _last = results.Log.Decisions.Select(decision => decision.AtUtc).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
    }

    public ReviewedResults Results { get; }

    public ImagePictures Pictures { get; }

    /// <summary>Distributions of sizes that were asked for before.</summary>
    public SizeDistributions Distributions { get; }

    public Snapshot Now => _now;

    public string DefaultReviewer => _options.Reviewer;

    public int DecisionCount => _decisionCount;

    public int NumberOf(FileResult file) => _imageNumbers[file.File];

    public ReviewItem? Find(string id) => _now.Find(id);

    /// <summary>The queue of a reviewer: what is disputed or stale first, then by doubt. For a blind reviewer in the order of files, since the order itself would tell.</summary>
    public IReadOnlyList<ReviewItem> Queue(QueueFilter filter, ReviewerName reviewer)
    {
        Snapshot now = _now;
        IEnumerable<ReviewItem> shown = now.Ranked(reviewer.Blind).Where(item => filter.Holds(item, now.Book.StateOf(item), reviewer, now.Book.Replaced.Contains(item.Id)));
        return reviewer.Blind ? [.. shown] : [.. shown.OrderBy(item => now.Book.StateOf(item).Standing is ReviewStanding.Stale or ReviewStanding.Disputed ? 0 : 1)];
    }

    /// <summary>The particle after another in the queue, and the one before; <c>null</c> at its ends. The other one need not be in the queue any more.</summary>
    public (ReviewItem? Before, ReviewItem? After) Around(ReviewItem item, QueueFilter filter, ReviewerName reviewer)
    {
        Snapshot now = _now;
        IReadOnlyList<ReviewItem> queue = Queue(filter, reviewer);
        int at = IndexOf(queue, item);
        if (at >= 0)
        {
            return (at > 0 ? queue[at - 1] : null, at + 1 < queue.Count ? queue[at + 1] : null);
        }

        // It was decided just now: go on after its place in the ranking.
        IReadOnlyList<ReviewItem> ranked = now.Ranked(reviewer.Blind);
        Dictionary<string, int> places = ranked.Select((one, place) => (one.Id, place)).ToDictionary(pair => pair.Id, pair => pair.place);
        int mine = places.GetValueOrDefault(item.Id, -1);
        return (queue.LastOrDefault(other => places[other.Id] < mine), queue.FirstOrDefault(other => places[other.Id] > mine) ?? (queue.Count > 0 ? queue[0] : null));
    }

    /// <summary>Stores a decision; it is on the disk when this returns.</summary>
    /// <exception cref="InputException">It cannot be made; the message is for the reviewer.</exception>
    public DecisionAnswer Decide(DecisionRequest request)
    {
        ReviewAction action = ReviewActions.Parse(request.Action) is { } parsed and not (ReviewAction.Undo or ReviewAction.Redo)
            ? parsed
            : throw new InputException($"\"{request.Action}\" is not a decision.");
        CheckReviewer(request.Reviewer);
        lock (_gate)
        {
            if (Results.Log.Decisions.FirstOrDefault(decision => decision.Id == request.Id) is not null)
            {
                return Answer(request, _now.Find(request.Item ?? string.Empty), action);
            }

            ReviewItem? item = request.Item is string id ? _now.Find(id) ?? throw new InputException("This particle is not there any more: a decision that put it there was taken back. Reload the page.") : null;
            Decision decision = Make(request, action, item);
            Results.Log.Append(decision);
            _decisionCount++;
            Refresh();
            return Answer(request, _now.Book.Items.FirstOrDefault(made => made.MadeBy?.Id == decision.Id) ?? item, action);
        }
    }

    /// <summary>Takes the reviewer's last decision back, or makes it hold again.</summary>
    /// <exception cref="InputException">There is nothing to take back.</exception>
    public DecisionAnswer Step(StepRequest request, ReviewAction action)
    {
        CheckReviewer(request.Reviewer);
        lock (_gate)
        {
            (Decision? undo, Decision? redo) = DecisionSteps(request.Reviewer);
            Decision target = (action == ReviewAction.Undo ? undo : redo) ?? throw new InputException(action == ReviewAction.Undo ? "There is nothing to take back." : "There is nothing that could hold again.");
            Results.Log.Append(new Decision
            {
                Id = request.Id,
                AtUtc = NextTime(),
                Reviewer = request.Reviewer,
                Blind = request.Blind,
                Action = action,
                Target = target.Id,
                File = target.File,
                Particle = target.Particle,
            });
            _decisionCount++;
            Refresh();
            ReviewItem? item = _now.Book.Items.MaxBy(candidate => candidate.Key.IsSameImage(target.Particle) ? Overlap(candidate.Key, target.Particle) : -1);
            bool there = item is not null && item.Key.IsSameImage(target.Particle);
            string what = $"{target.Action.Word()} {(action == ReviewAction.Undo ? "taken back" : "holds again")}";
            return new DecisionAnswer { Done = what, Next = there ? $"/particle/{item!.Id}" : "/" };
        }
    }

    public (Decision? Undo, Decision? Redo) DecisionSteps(string reviewer) => _now.Steps(reviewer);

    /// <summary>Writes tables and report.</summary>
    public void WriteTables()
    {
        lock (_gate)
        {
            Results.WriteTables(_options.OnFinished);
        }
    }

    private static void CheckReviewer(string reviewer)
    {
        if (!ReviewerName.IsValid(reviewer))
        {
            throw new InputException($"The reviewer's name is \"{reviewer}\"; expected 1 to {ReviewerName.MostCharacters} characters.");
        }
    }

    private DecisionAnswer Answer(DecisionRequest request, ReviewItem? item, ReviewAction action)
    {
        QueueFilter filter = QueueFilter.Of(new Microsoft.AspNetCore.Http.QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(request.Queue)));

        // What was drawn is looked at before the next one.
        bool stays = action is ReviewAction.Note or ReviewAction.Redraw or ReviewAction.Add or ReviewAction.Split or ReviewAction.Merge || item is null;
        ReviewItem? next = stays ? item : Around(item!, filter, new ReviewerName(request.Reviewer, request.Blind)).After;
        string place = request.Adjudication ? "/compare" : next is null ? "/" : $"/particle/{next.Id}";
        return new DecisionAnswer { Done = action.Word(), Next = place + filter.ToQuery() };
    }

    private Decision Make(DecisionRequest request, ReviewAction action, ReviewItem? item)
    {
        PointPx[] drawn = new PointPx[request.Drawn.Length / 2];
        for (int i = 0; i < drawn.Length; i++)
        {
            drawn[i] = new PointPx(request.Drawn[2 * i], request.Drawn[(2 * i) + 1]);
        }

        if (drawn.Length > 2000 || drawn.Any(point => !double.IsFinite(point.XPx) || !double.IsFinite(point.YPx)))
        {
            throw new InputException("What was drawn has more than 2000 points, or one that is no number.");
        }

        FileResult file = item?.File ?? (request.Image is int number && number >= 0 && number < Results.Files.Count ? Results.Files[number] : throw new InputException("The decision names neither a particle nor an image."));
        if (item is null != (action == ReviewAction.Add))
        {
            throw new InputException($"\"{action.Word()}\" {(item is null ? "needs a particle" : "is made about an image, not about a particle")}.");
        }

        if (item is not null && !action.IsFor(item.Key.Stage))
        {
            throw new InputException($"\"{action.Word()}\" is not said of {(item.Size is not null ? "particles of HAADF images" : "crystals of HRTEM images")}.");
        }

        if (action == ReviewAction.Accept && item!.Size!.TouchesBorder)
        {
            throw new InputException("Part of this particle may lie outside the image, so it has no size that could be counted.");
        }

        if (action == ReviewAction.Exclude && string.IsNullOrWhiteSpace(request.Reason))
        {
            throw new InputException("An exclusion needs its reason.");
        }

        Decision decision = new()
        {
            Id = request.Id,
            AtUtc = NextTime(),
            Reviewer = request.Reviewer,
            Blind = request.Blind,
            Adjudication = request.Adjudication,
            Action = action,
            Reason = Clean(request.Reason),
            Note = Clean(request.Note),
            File = file.File,
            Particle = item?.Key ?? DrawnRegion.KeyOf(file, drawn),
            Seen = item?.Seen,
            DrawnPx = drawn,
        };
        Decision measured = DrawnRegion.Measured(decision, item, file, [.. request.Others.Select(id => _now.Find(id)).OfType<ReviewItem>()], Results);
        return action == ReviewAction.Add && _now.OfFile(file).FirstOrDefault(other => !_now.Book.Replaced.Contains(other.Id) && other.Key.OverlapFraction(measured.Particle) >= 0.5) is ReviewItem there
            ? throw new InputException(string.Create(CultureInfo.InvariantCulture, $"What is there is particle {there.Seen.ParticleId} already; decide on that one. Nothing was changed."))
            : measured;
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Times of decisions never stand still or go back, whatever the computer's clock does: their order is that of the work.</summary>
    private DateTimeOffset NextTime()
    {
        DateTimeOffset now = _options.Clock.GetUtcNow();
        _last = now > _last ? now : _last.AddTicks(1);
        return _last;
    }

    private void Refresh() => _now = new Snapshot(Results.Book(), Results.Log.Decisions, _now);

    private static double Overlap(ParticleKey a, ParticleKey b)
    {
        double width = Math.Min(a.X1Px, b.X1Px) - Math.Max(a.X0Px, b.X0Px), height = Math.Min(a.Y1Px, b.Y1Px) - Math.Max(a.Y0Px, b.Y0Px);
        return Math.Max(0, width) * Math.Max(0, height);
    }

    private static int IndexOf(IReadOnlyList<ReviewItem> queue, ReviewItem item)
    {
        for (int i = 0; i < queue.Count; i++)
        {
            if (queue[i].Id == item.Id)
            {
                return i;
            }
        }

        return -1;
    }
}
