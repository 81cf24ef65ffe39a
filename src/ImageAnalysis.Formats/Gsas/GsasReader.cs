using System.Globalization;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Columns;
using ImageAnalysis.Formats.Powder;

namespace ImageAnalysis.Formats.Gsas;

/// <summary>Reads powder data of GSAS with even steps of 2θ (.gsas, .gsa, .gda, .xra, .raw, .fxye): layouts STD, ESD, FXY and FXYE.</summary>
/// <remarks>README.md beside this file says what the reading rests on.</remarks>
public static class GsasReader
{
    private const string Format = "GSAS";

    /// <summary>Whether a text has a line that starts with <c>BANK</c> and four numbers or words.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <returns>False for a BANK record on the first line, which is the title's.</returns>
    public static bool Recognises(ReadOnlySpan<byte> start)
    {
        if (!TextSniffing.TryDecode(start, out string? text))
        {
            return false;
        }

        int at = text.IndexOf("\nBANK ", StringComparison.Ordinal);
        if (at < 0)
        {
            return false;
        }

        string[] words = text[(at + 1)..].Split('\n', 2)[0].Split((char[]?)null, 5, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 5 && words.Skip(1).Take(3).All(word => word.All(char.IsAsciiDigit));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <returns>A signal for each bank.</returns>
    /// <exception cref="MicroscopeFileException">A bank is cut short or broken, binned in another way than even steps of 2θ, or in another layout.</exception>
    public static MicroscopeFile Read(ReadOnlyMemory<byte> bytes)
    {
        PatternText text = PatternText.Decode(bytes.Span, Format);
        List<Signal> signals = [];
        List<(int Number, string Text)> header = [];
        GsasBank? bank = null;
        GsasNumbers numbers = new(text);
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.Text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.StartsWith("BANK ") && number > 1)
            {
                Finish(text, bank, numbers, header, signals);
                bank = GsasBank.Decode(text, line, number);
                numbers = new GsasNumbers(text);
            }
            else if (bank is null || line.StartsWith('#'))
            {
                if (header.Count < ColumnHeader.MostLines && !line.Trim().IsEmpty)
                {
                    header.Add((number, line[..Math.Min(line.Length, ColumnHeader.LongestLine)].ToString()));
                }
            }
            else if (numbers.Count < bank.Points)
            {
                numbers.Add(bank, line.TrimEnd('\u001A'), number);
            }
        }

        Finish(text, bank, numbers, header, signals);
        return signals.Count > 0
            ? new MicroscopeFile(Format, signals, [.. new ColumnHeader(header).Tags])
            : throw text.Problem(FileProblem.Truncated, "the file holds no BANK record with points; expected at least one.");
    }

    private static void Finish(PatternText text, GsasBank? bank, GsasNumbers numbers, List<(int, string Text)> header, List<Signal> signals)
    {
        if (bank is null)
        {
            return;
        }

        if (numbers.Count < bank.Points)
        {
            throw text.Problem(
                FileProblem.Truncated,
                bank.Line,
                string.Create(CultureInfo.InvariantCulture, $"the BANK record announces {bank.Points} points; {numbers.Count} follow."));
        }

        ColumnHeader words = new(header);
        PowderPattern pattern = numbers.ToPoints(bank).ToPattern(text) with
        {
            Title = header.Count > 0 ? header[0].Text.Trim() : string.Empty,
            IsSimulated = words.IsSimulated,
            Wavelengths = words.Wavelengths,
        };
        bool isCounts = bank.Layout is GsasLayout.Std or GsasLayout.Fxy && pattern.IntensitySigmaCounts is null;
        signals.Add(PowderSignals.Of(isCounts ? PatternFacts.WithEvidentScale(pattern) : pattern));
    }
}
