namespace ImageAnalysis.Samples;

/// <summary>What a person decides about a particle.</summary>
public enum ReviewAction
{
    /// <summary>The crystal shows the superstructure.</summary>
    Superstructure,

    /// <summary>The crystal shows its fringes without superstructure.</summary>
    Regular,

    /// <summary>It cannot be told.</summary>
    Undetermined,

    /// <summary>The tested fringes are not in view.</summary>
    NoFringe,

    /// <summary>Not to be counted at all; the reason stands with it.</summary>
    Exclude,

    /// <summary>HAADF: the particle is counted as it was measured.</summary>
    Accept,

    /// <summary>HAADF: what was measured is no particle, and is left out.</summary>
    Delete,

    /// <summary>HAADF: two particles in the place of one.</summary>
    Split,

    /// <summary>HAADF: one particle in the place of several.</summary>
    Merge,

    /// <summary>A particle that was overlooked.</summary>
    Add,

    /// <summary>The region of a crystal is another one than was found.</summary>
    Redraw,

    /// <summary>Nothing is said about the particle now.</summary>
    Skip,

    /// <summary>A remark that changes no result.</summary>
    Note,

    /// <summary>An earlier decision of the same person is taken back.</summary>
    Undo,

    /// <summary>A decision that was taken back holds again.</summary>
    Redo,
}

/// <summary>The words for decisions, and what kind each is of.</summary>
public static class ReviewActions
{
    private static readonly string[] _words =
        ["superstructure", "regular", "undetermined", "no-fringe", "exclude", "accept", "delete", "split", "merge", "add", "redraw", "skip", "note", "undo", "redo"];

    /// <summary>All decisions, in the order of the words.</summary>
    public static IReadOnlyList<ReviewAction> All { get; } = Enum.GetValues<ReviewAction>();

    /// <summary>The word of a decision, such as <c>no-fringe</c>.</summary>
    /// <param name="action">The decision.</param>
    /// <returns>The word in lower case.</returns>
    public static string Word(this ReviewAction action) => _words[(int)action];

    /// <summary>The decision that a word means.</summary>
    /// <param name="word">A word such as <c>no-fringe</c>.</param>
    /// <returns>The decision, or <c>null</c> for any other word.</returns>
    public static ReviewAction? Parse(string? word) => Array.IndexOf(_words, word) is int at and >= 0 ? (ReviewAction)at : null;

    /// <summary>Whether it is a verdict on a crystal, as in the column <c>verdict</c> of <c>fringes.csv</c>.</summary>
    /// <param name="action">The decision.</param>
    /// <returns>True for the four verdicts.</returns>
    public static bool IsVerdict(this ReviewAction action) => action <= ReviewAction.NoFringe;

    /// <summary>Whether it says what becomes of the particle; the others are remarks, regions, and steps back and forth.</summary>
    /// <param name="action">The decision.</param>
    /// <returns>True where two reviewers can agree or disagree on it.</returns>
    public static bool IsJudgement(this ReviewAction action) => action <= ReviewAction.Merge;

    /// <summary>Whether it can be made about a particle of a stage.</summary>
    /// <param name="action">The decision.</param>
    /// <param name="stage">The stage that measured the particle.</param>
    /// <returns>False for verdicts on particles of HAADF images and the like.</returns>
    public static bool IsFor(this ReviewAction action, ReviewStage stage) => action switch
    {
        ReviewAction.Accept or ReviewAction.Delete or ReviewAction.Split or ReviewAction.Merge => stage == ReviewStage.Sizes,
        ReviewAction.Exclude => true,
        ReviewAction.Redraw => stage == ReviewStage.Fringes,
        _ => !action.IsVerdict() || stage == ReviewStage.Fringes,
    };
}

/// <summary>The stage whose particles are reviewed.</summary>
public enum ReviewStage
{
    /// <summary>Particle sizes of HAADF-STEM images.</summary>
    Sizes,

    /// <summary>Lattice fringes of HRTEM images.</summary>
    Fringes,
}
