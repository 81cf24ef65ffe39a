namespace ImageAnalysis.Samples;

/// <summary>One more file is done.</summary>
/// <param name="Done">Number of files done so far.</param>
/// <param name="Total">Number of files of the run.</param>
/// <param name="File">The file, as in the tables.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="FromStore">True when the stored result of an earlier run was taken.</param>
public sealed record RunProgress(int Done, int Total, string File, FileOutcome Outcome, bool FromStore);
