using ImageAnalysis.Samples;

namespace ImageAnalysis.Review;

/// <summary>What every page shows about itself.</summary>
internal sealed record ShellView
{
    public required string Title { get; init; }

    public required string Token { get; init; }

    public required ReviewerName Reviewer { get; init; }

    public required bool Simulated { get; init; }

    public required string Folder { get; init; }

    /// <summary>What the reviewer would take back next, in words; <c>null</c> for nothing.</summary>
    public string? Undo { get; init; }

    public string? Redo { get; init; }

    public static ShellView Of(ReviewDesk desk, ReviewerName who, string token, string title)
    {
        (Decision? undo, Decision? redo) = desk.DecisionSteps(who.Name);
        return new ShellView
        {
            Title = title,
            Token = token,
            Reviewer = who,
            Simulated = desk.Results.Simulated,
            Folder = Path.GetFileName(desk.Results.FolderPath),
            Undo = undo?.Action.Word(),
            Redo = redo?.Action.Word(),
        };
    }
}
