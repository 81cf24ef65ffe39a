using System.Globalization;
using System.Text;

namespace ImageAnalysis.Formats.Powder;

/// <summary>The text of a pattern file, with its numbers and the messages that name its lines.</summary>
/// <param name="Format">Name of the format, for messages.</param>
/// <param name="Text">The text without byte order mark.</param>
internal sealed record PatternText(string Format, string Text)
{
    /// <summary>Decodes the bytes: by their byte order mark, else as UTF-8 where they are valid, else as given.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="format">Name of the format.</param>
    /// <param name="otherwise">The encoding of bytes that are not UTF-8; Latin-1 where <c>null</c>.</param>
    public static PatternText Decode(ReadOnlySpan<byte> bytes, string format, Encoding? otherwise = null)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return new PatternText(format, Encoding.Unicode.GetString(bytes[2..]));
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return new PatternText(format, Encoding.BigEndianUnicode.GetString(bytes[2..]));
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
        }

        Encoding encoding = System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : otherwise ?? Encoding.Latin1;
        return new PatternText(format, encoding.GetString(bytes));
    }

    /// <summary>Reads a number with a decimal point; not a number and infinities pass, since <see cref="Finite"/> names them better.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>A finite number from a text, or <c>null</c>.</summary>
    public static double? NumberOrNull(ReadOnlySpan<char> text) => TryNumber(text, out double number) && double.IsFinite(number) ? number : null;

    /// <summary>A short piece of a file for a message, control characters replaced.</summary>
    public static string Shown(ReadOnlySpan<char> text)
    {
        const int longest = 60;
        text = text.Trim();
        string piece = text.Length > longest ? string.Concat(text[..longest], "…") : text.ToString();
        return string.Concat(piece.Select(character => char.IsControl(character) ? '?' : character));
    }

    /// <summary>A finite number that must be there.</summary>
    /// <param name="text">The number as written.</param>
    /// <param name="line">Number of the line, from 1.</param>
    /// <param name="what">What it is.</param>
    public double Finite(ReadOnlySpan<char> text, int line, string what) => TryNumber(text, out double number) && double.IsFinite(number)
        ? number
        : throw Problem(FileProblem.Corrupt, line, $"{what} is '{Shown(text)}'; expected a finite number.");

    /// <summary>A problem met on a line, to be thrown.</summary>
    public MicroscopeFileException Problem(FileProblem problem, int line, string detail) => new(problem, Format, null, $"line {line.ToString(CultureInfo.InvariantCulture)}: {detail}");

    /// <summary>A problem of the whole file, to be thrown.</summary>
    public MicroscopeFileException Problem(FileProblem problem, string detail) => new(problem, Format, null, detail);
}
