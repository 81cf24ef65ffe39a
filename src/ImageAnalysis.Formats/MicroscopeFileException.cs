namespace ImageAnalysis.Formats;

/// <summary>What is wrong with a file that cannot be read.</summary>
public enum FileProblem
{
    /// <summary>The content is of no known format.</summary>
    NotRecognised,

    /// <summary>The format is known, this dialect of it is not read.</summary>
    NotSupported,

    /// <summary>The file ends before its content does.</summary>
    Truncated,

    /// <summary>The content contradicts itself or the specification.</summary>
    Corrupt,
}

/// <summary>
/// A file could not be read: the only exception that a reader lets out for bad content. It is caught in one place, per file, in Samples.
/// </summary>
public sealed class MicroscopeFileException : Exception
{
    /// <summary>Says what is wrong, and where.</summary>
    /// <param name="problem">The kind of problem.</param>
    /// <param name="format">Name of the format, such as <c>DM3</c>.</param>
    /// <param name="offset">Byte offset in the file where the problem was met, or <c>null</c> where no single place is at fault.</param>
    /// <param name="detail">What was found and what was expected, without file name and format.</param>
    /// <param name="innerException">The exception that led to this one, if any.</param>
    public MicroscopeFileException(FileProblem problem, string format, long? offset, string detail, Exception? innerException = null)
        : base(Compose(problem, format, offset, detail), innerException)
    {
        Problem = problem;
        Format = format;
        Offset = offset;
    }

    /// <summary>The kind of problem.</summary>
    public FileProblem Problem { get; }

    /// <summary>Name of the format, such as <c>DM3</c>.</summary>
    public string Format { get; }

    /// <summary>Byte offset in the file where the problem was met, if one place is at fault.</summary>
    public long? Offset { get; }

    private static string Compose(FileProblem problem, string format, long? offset, string detail)
    {
        string what = problem switch
        {
            FileProblem.NotRecognised => "not recognised",
            FileProblem.NotSupported => "not supported",
            FileProblem.Truncated => "truncated",
            _ => "corrupt",
        };
        string place = offset is long at ? $" at byte {at}" : string.Empty;
        return $"{format}: {what}{place}: {detail}";
    }
}
