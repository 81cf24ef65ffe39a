using System.Text;

namespace ImageAnalysis.Cli;

/// <summary>Text for a terminal: names of files may hold line ends and codes that move the cursor or change colours.</summary>
internal static class Printable
{
    /// <summary>The text on one line, with a visible sign in the place of each control character.</summary>
    public static string Line(string text) => Replace(text, keepLines: false);

    /// <summary>The same for a text of several lines.</summary>
    public static string Lines(string text) => Replace(text, keepLines: true);

    private static string Replace(string text, bool keepLines)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        StringBuilder shown = new(text.Length);
        foreach (char c in text)
        {
            // U+2400 and on are the pictures of the control characters; U+2421 is that of 0x7F.
            shown.Append(!char.IsControl(c) || (keepLines && c == '\n') ? c : c < ' ' ? (char)(0x2400 + c) : c == '\u007f' ? '\u2421' : '\ufffd');
        }

        return shown.ToString();
    }
}
