namespace ImageAnalysis.Core;

/// <summary>
/// A crystallographic information file could not be read: the only exception that <see cref="CifReader"/> lets out for bad content. The name of the file is
/// not known here; who opened it adds it.
/// </summary>
public sealed class CifException : Exception
{
    /// <summary>Says what is wrong, and where.</summary>
    /// <param name="line">Number of the line, from 1.</param>
    /// <param name="found">What was found there.</param>
    /// <param name="expected">What was expected instead.</param>
    /// <param name="innerException">The exception that led to this one, if any.</param>
    public CifException(int line, string found, string expected, Exception? innerException = null)
        : base($"CIF: line {line}: {found}; expected {expected}.", innerException) => (Line, Found, Expected) = (line, found, expected);

    /// <summary>Number of the line, from 1.</summary>
    public int Line { get; }

    /// <summary>What was found there.</summary>
    public string Found { get; }

    /// <summary>What was expected instead.</summary>
    public string Expected { get; }
}
