using System.Globalization;

namespace ImageAnalysis.Samples;

/// <summary>
/// Decisions laid upon results: which decision is about which particle now, what holds, and what stands in the place of particles that were split, merged or added.
/// A pure function of both, so that the same decisions give the same reviewed results on every machine.
/// </summary>
public sealed class ReviewBook
{
    /// <summary>Boxes that share less than this of their common area are of different particles.</summary>
    private const double SameParticleFraction = 0.5;

    /// <summary>Boxes that share less than this are of a particle that has changed.</summary>
    private const double UnchangedFraction = 0.7;

    /// <summary>A long axis or spacing that differs by more than this share has changed: five times the usual uncertainty of either.</summary>
    private const double UnchangedSizeFraction = 0.05, UnchangedSpacingFraction = 0.02;

    private readonly Dictionary<string, ReviewState> _states;

    private ReviewBook(IReadOnlyList<ReviewItem> items, Dictionary<string, ReviewState> states, HashSet<string> replaced, IReadOnlyList<Decision> lost)
    {
        (Items, _states, Replaced, Lost) = (items, states, replaced, lost);
    }

    /// <summary>The particles found and those that decisions have put there, in the order of files and numbers.</summary>
    public IReadOnlyList<ReviewItem> Items { get; }

    /// <summary>Names of items that others stand in the place of: split, or merged into another.</summary>
    public IReadOnlySet<string> Replaced { get; }

    /// <summary>Decisions about particles of these images that are not found any more.</summary>
    public IReadOnlyList<Decision> Lost { get; }

    /// <summary>What was decided about a particle.</summary>
    /// <param name="item">One of <see cref="Items"/>.</param>
    /// <returns>Its state.</returns>
    public ReviewState StateOf(ReviewItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return _states.GetValueOrDefault(item.Id, ReviewState.None);
    }

    /// <summary>Lays decisions upon results.</summary>
    /// <param name="found">The particles that the program found.</param>
    /// <param name="decisions">All decisions, in any order.</param>
    /// <param name="optionsHashes">Hash of the options by which each image was measured, by <c>FileResult.File</c>.</param>
    /// <returns>The book.</returns>
    public static ReviewBook Of(IReadOnlyList<ReviewItem> found, IReadOnlyList<Decision> decisions, IReadOnlyDictionary<string, string> optionsHashes)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(optionsHashes);
        if (decisions.Count == 0)
        {
            return new ReviewBook(found, [], [], []);
        }

        IReadOnlyList<Decision> holding = DecisionHistory.Holding(DecisionHistory.Ordered(decisions));
        Dictionary<(string, int, ReviewStage), List<ReviewItem>> byImage = found.GroupBy(Image).ToDictionary(group => group.Key, group => group.ToList());
        foreach (Decision maker in holding.Where(decision => decision.Sizes.Count > 0 || decision is { Action: ReviewAction.Add, Crystal: not null }))
        {
            AddMade(byImage, maker, optionsHashes);
        }

        Dictionary<string, List<(Decision Decision, bool Stale)>> about = [];
        List<Decision> lost = [];
        foreach (Decision decision in holding)
        {
            if (!byImage.TryGetValue(Image(decision.Particle), out List<ReviewItem>? items))
            {
                continue;
            }

            List<ReviewItem> matches = Matches(items, decision);
            if (matches.Count == 0 && decision.Action != ReviewAction.Add)
            {
                lost.Add(decision);
            }

            foreach (ReviewItem item in matches)
            {
                if (!about.TryGetValue(item.Id, out List<(Decision, bool)>? list))
                {
                    about[item.Id] = list = [];
                }

                list.Add((decision, IsStale(item, decision, optionsHashes)));
            }
        }

        Dictionary<string, ReviewState> states = about.ToDictionary(pair => pair.Key, pair => Fold(pair.Value));
        return Assemble(byImage, states, lost, found);
    }

    private static (string, int, ReviewStage) Image(ReviewItem item) => Image(item.Key);

    private static (string, int, ReviewStage) Image(ParticleKey key) => (key.Sha256, key.Frame ?? 0, key.Stage);

    /// <summary>The particles that a split, merge or addition has put there; those of other options than the run's are not.</summary>
    private static void AddMade(Dictionary<(string, int, ReviewStage), List<ReviewItem>> byImage, Decision maker, IReadOnlyDictionary<string, string> optionsHashes)
    {
        if (!byImage.TryGetValue(Image(maker.Particle), out List<ReviewItem>? items))
        {
            return;
        }

        // The same bytes under two names have the particle twice, as everything else.
        foreach (FileResult file in items.Where(item => item.MadeBy is null).Select(item => item.File).Distinct().ToArray())
        {
            if (maker.OptionsHash != optionsHashes.GetValueOrDefault(file.File))
            {
                continue;
            }

            // What the program finds by itself, or another person has added, needs no adding.
            if (maker.Action == ReviewAction.Add && items.Any(item => item.File == file && item.Key.OverlapFraction(maker.Particle) >= SameParticleFraction))
            {
                continue;
            }

            string resultId = items.First(item => item.File == file).Seen.ResultId;
            for (int part = 0; part < maker.Sizes.Count; part++)
            {
                items.Add(ReviewItem.Of(file, Name(file, part), resultId, maker.Sizes[part], maker));
            }

            if (maker is { Action: ReviewAction.Add, Crystal: { } crystal })
            {
                items.Add(ReviewItem.Of(file, Name(file, 0), resultId, crystal, maker));
            }
        }

        string Name(FileResult file, int part) => string.Create(CultureInfo.InvariantCulture, $"m{StageKey.HashOf($"{file.File} {maker.Id}")[..12]}-{part}");
    }

    /// <summary>The particle that a decision is about: the one whose box fits best; in every file that has these bytes.</summary>
    private static List<ReviewItem> Matches(List<ReviewItem> items, Decision decision)
    {
        List<ReviewItem> best = [];
        double most = SameParticleFraction;
        foreach (ReviewItem item in items)
        {
            if (Math.Abs(item.Key.XPx - decision.Particle.XPx) > decision.Particle.X1Px - decision.Particle.X0Px)
            {
                continue;
            }

            double overlap = item.Key.OverlapFraction(decision.Particle);
            if (overlap > most || (overlap == most && best.Count > 0 && best.TrueForAll(other => other.File != item.File)))
            {
                if (overlap > most)
                {
                    best.Clear();
                }

                best.Add(item);
                most = overlap;
            }
        }

        return best;
    }

    private static bool IsStale(ReviewItem item, Decision decision, IReadOnlyDictionary<string, string> optionsHashes)
    {
        SeenResult? seen = decision.Seen;
        bool changed = item.Key.OverlapFraction(decision.Particle) < UnchangedFraction
            || (seen is not null && (seen.Verdict != item.Seen.Verdict || seen.Counted != item.Seen.Counted
                || Differ(seen.FeretMaxPx, item.Seen.FeretMaxPx, UnchangedSizeFraction) || Differ(seen.SpacingPx, item.Seen.SpacingPx, UnchangedSpacingFraction)));
        return changed || (decision.OptionsHash is string hash && hash != optionsHashes.GetValueOrDefault(item.File.File));
    }

    private static bool Differ(double? then, double? now, double fraction) => then is double a && now is double b ? Math.Abs(a - b) > fraction * Math.Max(a, b) : then.HasValue != now.HasValue;

    private static ReviewState Fold(List<(Decision Decision, bool Stale)> about)
    {
        Dictionary<string, Decision> judgements = [], stale = [], firstSight = [];
        HashSet<string> skipped = [];
        List<Decision> notes = [];
        Decision? settled = null, redrawn = null;
        foreach ((Decision decision, bool isStale) in about)
        {
            if (decision.Note is not null || decision.Reason is not null)
            {
                notes.Add(decision);
            }

            if (decision.Action == ReviewAction.Skip)
            {
                skipped.Add(decision.Reviewer);
            }
            else if (decision.Action == ReviewAction.Redraw)
            {
                redrawn = isStale ? redrawn : decision;
            }
            else if (decision.Action.IsJudgement())
            {
                judgements.Remove(decision.Reviewer);
                stale.Remove(decision.Reviewer);
                (isStale ? stale : judgements)[decision.Reviewer] = decision;
                if (!decision.Adjudication && !isStale)
                {
                    firstSight[decision.Reviewer] = decision;
                }

                settled = isStale ? settled : decision.Adjudication ? decision : settled;
            }
        }

        // A difference stays settled until somebody decides anew.
        Decision? latest = judgements.Values.MaxBy(decision => (decision.AtUtc, decision.Id));
        bool holdsSettled = settled is not null && settled == latest;
        bool agree = judgements.Values.Select(decision => decision.Action).Distinct().Count() == 1;
        return new ReviewState
        {
            Judgements = judgements,
            FirstSight = firstSight,
            Stale = [.. stale.Values],
            Redrawn = redrawn,
            Notes = notes,
            SkippedBy = skipped,
            Effective = holdsSettled || agree ? latest : null,
            Standing = holdsSettled ? ReviewStanding.Adjudicated : judgements.Count == 0 ? stale.Count > 0 ? ReviewStanding.Stale : ReviewStanding.Open
                : !agree ? ReviewStanding.Disputed : judgements.Count > 1 ? ReviewStanding.Agreed : ReviewStanding.Single,
        };
    }

    /// <summary>Leaves out particles whose maker does not hold, and notes those that others stand in the place of.</summary>
    private static ReviewBook Assemble(Dictionary<(string, int, ReviewStage), List<ReviewItem>> byImage, Dictionary<string, ReviewState> states, List<Decision> lost, IReadOnlyList<ReviewItem> found)
    {
        HashSet<string> effective = [.. states.Values.Select(state => state.Effective?.Id).OfType<string>()], replaced = [];
        List<ReviewItem> made = [];
        foreach (List<ReviewItem> items in byImage.Values)
        {
            foreach (ReviewItem item in items)
            {
                if (item.MadeBy is Decision maker && (maker.Action == ReviewAction.Add || effective.Contains(maker.Id)))
                {
                    made.Add(item);
                }

                if (states.GetValueOrDefault(item.Id)?.Effective is not { Action: ReviewAction.Split or ReviewAction.Merge, Sizes.Count: > 0 } reshaped)
                {
                    continue;
                }

                replaced.Add(item.Id);
                foreach (ParticleKey other in reshaped.Others)
                {
                    if (items.Where(candidate => candidate.File == item.File && candidate.MadeBy != reshaped).MaxBy(candidate => candidate.Key.OverlapFraction(other)) is ReviewItem merged
                        && merged.Key.OverlapFraction(other) >= SameParticleFraction)
                    {
                        replaced.Add(merged.Id);
                    }
                }
            }
        }

        ReviewItem[] all = [.. found.Concat(made).OrderBy(item => item.File.File, StringComparer.Ordinal).ThenBy(item => item.MadeBy is not null).ThenBy(item => item.Seen.ParticleId)];
        return new ReviewBook(all, states, replaced, lost);
    }
}
