namespace ImageAnalysis.Samples;

/// <summary>
/// A file that was named by itself is there, but cannot be used: it is damaged, of another kind, or refused. The message names the file and says why. The program ends with exit code 3.
/// </summary>
public sealed class BadFileException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">File, what was found, what was expected.</param>
    /// <param name="innerException">The exception that led to this one, if any.</param>
    public BadFileException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
