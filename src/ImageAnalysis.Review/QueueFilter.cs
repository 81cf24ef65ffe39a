using System.Globalization;
using ImageAnalysis.Samples;
using Microsoft.AspNetCore.Http;

namespace ImageAnalysis.Review;

/// <summary>Which particles the queue shows: what follows the question mark in its address.</summary>
internal sealed record QueueFilter
{
    /// <summary>Doubt from which a particle is proposed for review.</summary>
    public const double FlaggedScore = 0.25;

    public static IReadOnlyList<(string Word, string Text)> Shows { get; } =
    [
        ("flagged", "flagged, not yet decided by me"), ("open", "all, not yet decided by me"), ("mine", "decided by me"), ("reviewed", "decided by anybody"),
        ("disputed", "reviewers differ"), ("stale", "changed since the decision"), ("all", "all"),
    ];

    public string Show { get; init; } = "flagged";

    public string? Sample { get; init; }

    public string? Stage { get; init; }

    public string? Verdict { get; init; }

    public string? Flag { get; init; }

    public int Page { get; init; }

    public static QueueFilter Of(IQueryCollection query) => new()
    {
        Show = Shows.Any(show => show.Word == query["show"]) ? query["show"].ToString() : "flagged",
        Sample = Text(query["sample"]),
        Stage = query["stage"].ToString() is "sizes" or "fringes" ? query["stage"].ToString() : null,
        Verdict = Text(query["verdict"]),
        Flag = Text(query["flag"]),
        Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out int page) ? page : 0,
    };

    /// <summary>The same as an address, with the question mark; empty for the default.</summary>
    public string ToQuery(int page = 0)
    {
        List<string> parts = [];
        Add("show", Show == "flagged" ? null : Show);
        Add("sample", Sample);
        Add("stage", Stage);
        Add("verdict", Verdict);
        Add("flag", Flag);
        Add("page", page > 0 ? page.ToString(CultureInfo.InvariantCulture) : null);
        return parts.Count == 0 ? string.Empty : "?" + string.Join('&', parts);

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                parts.Add($"{key}={Uri.EscapeDataString(value)}");
            }
        }
    }

    /// <summary>Whether a particle is shown. A blind reviewer is shown no selection that would tell verdicts.</summary>
    public bool Holds(ReviewItem item, ReviewState state, ReviewerName reviewer, bool replaced)
    {
        bool mine = state.Judgements.ContainsKey(reviewer.Name);
        bool passedOver = state.SkippedBy.Contains(reviewer.Name);
        bool shown = Show switch
        {
            "flagged" => !mine && !passedOver && !replaced && (reviewer.Blind || item.DoubtScore >= FlaggedScore || state.Standing is ReviewStanding.Stale or ReviewStanding.Disputed),
            "open" => !mine && !passedOver && !replaced,
            "mine" => mine,
            "reviewed" => reviewer.Blind ? mine : state.Judgements.Count > 0,
            "disputed" => !reviewer.Blind && state.Standing == ReviewStanding.Disputed,
            "stale" => state.Standing == ReviewStanding.Stale,
            _ => true,
        };
        return shown && (Sample is null || item.File.Sample == Sample)
            && (Stage is null || (Stage == "sizes") == (item.Size is not null))
            && (reviewer.Blind || Verdict is null || VerdictOf(item, state) == Verdict)
            && (reviewer.Blind || Flag is null || item.Seen.Flags.Contains(Flag));
    }

    /// <summary>What is said of a particle now: after review where somebody has decided, else by the program.</summary>
    public static string VerdictOf(ReviewItem item, ReviewState state) => item.Crystal is not null
        ? ReviewSummary.VerdictOf(item, state) ?? "excluded"
        : state.Effective?.Action switch
        {
            ReviewAction.Delete or ReviewAction.Exclude => "left out",
            ReviewAction.Accept => "counted",
            ReviewAction.Split => "split",
            ReviewAction.Merge => "merged",
            _ => item.Size!.Counted ? "counted" : "left out",
        };

    private static string? Text(string? value) => value is { Length: > 0 and < 300 } ? value : null;
}
