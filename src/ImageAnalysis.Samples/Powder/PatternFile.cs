using ImageAnalysis.Core;
using ImageAnalysis.Formats;

namespace ImageAnalysis.Samples;

/// <summary>A powder pattern as read from its file.</summary>
/// <param name="Path">The path as given.</param>
/// <param name="Sha256">SHA-256 of the file, in lower-case hexadecimal digits.</param>
/// <param name="Pattern">The pattern.</param>
public sealed record PatternFile(string Path, string Sha256, PowderPattern Pattern)
{
    /// <summary>Reads a pattern.</summary>
    /// <param name="path">The file.</param>
    /// <param name="range">Number of the range in a file that holds several, from 0; <c>null</c> where there is one.</param>
    /// <returns>The pattern.</returns>
    /// <exception cref="InputException">There is no such file, or it cannot be opened.</exception>
    /// <exception cref="BadFileException">It is damaged, of no known format, or holds no powder pattern over 2θ; a pair distribution function and the like are named.</exception>
    public static PatternFile Read(string path, int? range = null)
    {
        byte[] bytes = NamedFile.Read(path, "a powder pattern");
        try
        {
            return PowderPatternReader.Read(bytes, path, range) switch
            {
                PowderPatternResult.Measurable found => new(path, StageKey.HashOf(bytes), found.Pattern),
                PowderPatternResult.NotMeasurable none => throw new BadFileException($"{path}: {Here(none.Reason)}."),
                _ => throw new InvalidOperationException("A result of a kind that was unknown when this was written."),
            };
        }
        catch (MicroscopeFileException e)
        {
            throw new BadFileException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>The reader's advice is for sample sheets; a file that is named by itself has an option instead.</summary>
    private static string Here(string reason) => reason.TrimEnd('.').Replace("with \"frame\":", "with --range", StringComparison.Ordinal).Replace(" in samples.json", string.Empty, StringComparison.Ordinal);
}
