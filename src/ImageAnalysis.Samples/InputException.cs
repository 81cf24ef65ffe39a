namespace ImageAnalysis.Samples;

/// <summary>
/// What was handed in (a folder, a sample sheet, options, a results folder) cannot be used. The message is for a person: it names the file,
/// the place in it, what was found there and what is expected. The program ends with exit code 64.
/// </summary>
public sealed class InputException : Exception
{
    /// <summary>Says what is wrong and what to do.</summary>
    /// <param name="message">File, place, found, expected.</param>
    /// <param name="innerException">The exception that led to this one, if any.</param>
    public InputException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
