using ImageAnalysis.Formats;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>The closed set of what can become of an input file.</summary>
public enum OutcomeKind
{
    /// <summary>It was read and measured.</summary>
    Measured,

    /// <summary>It was read, but there is nothing in it that this version measures; the message says why.</summary>
    NotMeasurable,

    /// <summary>It could not be read; the message says where and why.</summary>
    BadFile,

    /// <summary>The program failed on it: a bug. The stack is in the store.</summary>
    Crashed,
}

/// <summary>What became of an input file.</summary>
/// <param name="Kind">Which of the four.</param>
/// <param name="Message">Why, for a person; for a measured file what there is to know about it. Empty where there is nothing to say.</param>
/// <param name="Stack">The stack of a crash, else <c>null</c>.</param>
public sealed record FileOutcome(OutcomeKind Kind, string Message = "", string? Stack = null)
{
    /// <summary>Short words for what there is to know, as in the column <c>flags</c> of <c>files.csv</c>; the message gives the reasons.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>The outcome of an image that can be measured.</summary>
    /// <param name="findings">What there is to know about it.</param>
    /// <returns>Measured, with the reasons of the findings as its message.</returns>
    public static FileOutcome Measured(IReadOnlyList<FileFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return new FileOutcome(OutcomeKind.Measured, string.Join("; ", findings.Select(finding => finding.Reason))) { Flags = [.. findings.Select(finding => finding.Name).Distinct()] };
    }

    /// <summary>The outcome with what the analysis found out about the image as a whole.</summary>
    /// <param name="flags">Further things to know.</param>
    /// <returns>The same outcome, their names and reasons behind those that are there.</returns>
    public FileOutcome With(IReadOnlyList<CrystalFlag> flags) => this with
    {
        Message = string.Join("; ", [.. Message.Length > 0 ? [Message] : Array.Empty<string>(), .. flags.Select(flag => flag.Reason)]),
        Flags = [.. Flags.Concat(flags.Select(flag => flag.Name)).Distinct()],
    };

    /// <summary>The word of <c>files.csv</c>: <c>measured</c>, <c>not-measurable</c>, <c>bad-file</c> or <c>crashed</c>.</summary>
    public string Word => Kind switch
    {
        OutcomeKind.Measured => "measured",
        OutcomeKind.NotMeasurable => "not-measurable",
        OutcomeKind.BadFile => "bad-file",
        OutcomeKind.Crashed => "crashed",
        _ => throw new InvalidOperationException($"Unknown outcome {Kind}."),
    };

    /// <summary>The kind that a word of <c>files.csv</c> means.</summary>
    /// <param name="word">One of the four words.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="ArgumentException">It is another word.</exception>
    public static OutcomeKind Parse(string word) => word switch
    {
        "measured" => OutcomeKind.Measured,
        "not-measurable" => OutcomeKind.NotMeasurable,
        "bad-file" => OutcomeKind.BadFile,
        "crashed" => OutcomeKind.Crashed,
        _ => throw new ArgumentException($"\"{word}\" is not an outcome.", nameof(word)),
    };
}
