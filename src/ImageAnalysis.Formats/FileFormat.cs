namespace ImageAnalysis.Formats;

/// <summary>One row of the table of formats.</summary>
/// <param name="Name">Name of the format, such as <c>DM3</c>.</param>
/// <param name="Extensions">Usual extensions with the dot, lower case; used only to break ties.</param>
/// <param name="Recognises">Whether the first bytes of a file (up to <see cref="SniffedBytes"/>) are of this format.</param>
/// <param name="Read">Reads the whole file, or <c>null</c> for a format that is recognised but not read.</param>
/// <param name="WhyNotRead">Why a format without a reader is refused, as a sentence, or <c>null</c> where it is only not read yet.</param>
public sealed record FileFormat(
    string Name,
    IReadOnlyList<string> Extensions,
    Func<ReadOnlySpan<byte>, bool> Recognises,
    Func<ReadOnlyMemory<byte>, MicroscopeFile>? Read,
    string? WhyNotRead = null)
{
    /// <summary>Number of bytes at the start of a file that decide about its format; texts of instruments have headers of several thousand.</summary>
    public const int SniffedBytes = 16384;
}
