using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ImageAnalysis.Report;

/// <summary>Text that is markup already and is not escaped again.</summary>
/// <param name="Text">Well-formed XHTML or SVG.</param>
internal readonly record struct Markup(string Text)
{
    /// <summary>
    /// Escapes a text for element content and attribute values. Characters that no page may hold (controls, halves of pairs) become the
    /// replacement character, so that a file's name cannot break the page.
    /// </summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\n' or '\t' => escaped.Append((char)rune.Value),
                < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    /// <summary>A name from outside: escaped, and kept from turning the direction of the text around it.</summary>
    public static Markup Name(string text) => new($"<bdi>{Escape(text)}</bdi>");
}

/// <summary>Collects markup. Whatever is filled into an interpolated text is escaped, unless it is <see cref="Markup"/>.</summary>
internal sealed class MarkupWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a line.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] ref EscapingHandler line) => _text.Append('\n');

    /// <summary>Adds lines that are markup already.</summary>
    public void Add(Markup markup) => _text.Append(markup.Text);

    /// <summary>All that was written.</summary>
    public Markup ToMarkup() => new(_text.ToString());

    [InterpolatedStringHandler]
    internal readonly ref struct EscapingHandler
    {
        private readonly StringBuilder _text;

        public EscapingHandler(int literalLength, int formattedCount, MarkupWriter writer)
        {
            _ = (literalLength, formattedCount);
            _text = writer._text;
        }

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(Markup markup) => _text.Append(markup.Text);

        public void AppendFormatted(string text) => _text.Append(Markup.Escape(text));

        public void AppendFormatted(int number) => _text.Append(number.ToString(CultureInfo.InvariantCulture));

        /// <summary>Coordinates of drawings: two decimals are finer than any screen.</summary>
        public void AppendFormatted(double number) => _text.Append(Math.Round(number, 2).ToString("0.##", CultureInfo.InvariantCulture));
    }
}
