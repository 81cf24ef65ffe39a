namespace ImageAnalysis.Samples;

/// <summary>How far the review of a particle is.</summary>
public enum ReviewStanding
{
    /// <summary>Nobody has decided.</summary>
    Open,

    /// <summary>Decisions are there, but the particle has changed since: they are to be made again.</summary>
    Stale,

    /// <summary>Reviewers differ, and nobody has settled it.</summary>
    Disputed,

    /// <summary>One reviewer has decided.</summary>
    Single,

    /// <summary>Two or more reviewers have decided the same.</summary>
    Agreed,

    /// <summary>A difference was settled.</summary>
    Adjudicated,
}

/// <summary>What was decided about one particle.</summary>
public sealed record ReviewState
{
    /// <summary>The state of a particle that nobody has decided on.</summary>
    public static ReviewState None { get; } = new();

    /// <summary>How far its review is.</summary>
    public ReviewStanding Standing { get; init; }

    /// <summary>The decision that holds; <c>null</c> where none does.</summary>
    public Decision? Effective { get; init; }

    /// <summary>Each reviewer's judgement that is neither taken back nor stale, by name.</summary>
    public IReadOnlyDictionary<string, Decision> Judgements { get; init; } = new Dictionary<string, Decision>();

    /// <summary>Each reviewer's last judgement of their own, settling of differences aside: what their agreement is counted on.</summary>
    public IReadOnlyDictionary<string, Decision> FirstSight { get; init; } = new Dictionary<string, Decision>();

    /// <summary>Judgements that were made about another result and do not hold any more.</summary>
    public IReadOnlyList<Decision> Stale { get; init; } = [];

    /// <summary>The region as a person has drawn it; <c>null</c> where it is as found.</summary>
    public Decision? Redrawn { get; init; }

    /// <summary>Remarks and reasons, oldest first.</summary>
    public IReadOnlyList<Decision> Notes { get; init; } = [];

    /// <summary>Reviewers who have passed the particle over.</summary>
    public IReadOnlySet<string> SkippedBy { get; init; } = new HashSet<string>();

    /// <summary>The verdict after review: that of the decision which holds, else that of the region as redrawn; <c>null</c> where the automatic one stands or the particle is excluded.</summary>
    public string? ReviewedVerdict =>
        Effective is Decision decision ? decision.Action.IsVerdict() ? decision.Action.Word() : null
        : Standing == ReviewStanding.Open && Redrawn?.Crystal is { } crystal ? Lattice.VerdictWords.Of(crystal.Verdict) : null;

    /// <summary>True where a person has taken the particle out.</summary>
    public bool IsExcluded => Effective?.Action is ReviewAction.Exclude or ReviewAction.Delete;

    /// <summary>The word of the decision that holds, <c>disputed</c> or <c>stale</c>; <c>null</c> where there is nothing to say.</summary>
    public string? Word => Effective is Decision decision ? decision.Action.Word() : Standing switch
    {
        ReviewStanding.Disputed => "disputed",
        ReviewStanding.Stale => "stale",
        _ => Redrawn is null ? null : "redraw",
    };
}
