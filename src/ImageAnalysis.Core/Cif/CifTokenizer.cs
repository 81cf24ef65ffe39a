namespace ImageAnalysis.Core;

/// <summary>Cuts the text of a CIF into its pieces.</summary>
/// <remarks>
/// The grammar of CIF 1.1: S. R. Hall and J. D. Westbrook, International Tables for Crystallography G (2005), chapter 2.2. Lenient where programs are
/// careless: line ends of any kind, long lines, characters beyond ASCII, and values that begin with a bracket. Lists and tables of CIF 2.0 are not read.
/// </remarks>
internal sealed class CifTokenizer
{
    private readonly string text;
    private int at;
    private int line = 1;

    private CifTokenizer(string text) => this.text = text;

    public static List<CifToken> Cut(string text)
    {
        CifTokenizer tokenizer = new(text);
        List<CifToken> tokens = [];
        while (tokenizer.Next() is { } token)
        {
            tokens.Add(token);
        }

        return tokens;
    }

    private bool AtLineStart => at == 0 || text[at - 1] is '\n' or '\r';

    private CifToken? Next()
    {
        bool alone = true;
        for (int scan = at; scan > 0 && text[scan - 1] is not ('\n' or '\r'); scan--)
        {
            if (!IsSpace(text[scan - 1]) && text[scan - 1] != '\uFEFF')
            {
                alone = false;
                break;
            }
        }

        while (at < text.Length)
        {
            char c = text[at];
            if (c is '\n' or '\r')
            {
                SkipLineEnd();
                alone = true;
            }
            else if (IsSpace(c) || c == '\uFEFF')
            {
                at++;
            }
            else if (c == '#')
            {
                int start = at + 1;
                SkipLine();
                if (alone)
                {
                    return new(CifTokenKind.Comment, text[start..at].Trim(), line);
                }
            }
            else
            {
                return c switch
                {
                    ';' when AtLineStart => TextField(),
                    '\'' or '"' => Quoted(c),
                    _ => Word(),
                };
            }
        }

        return null;
    }

    private CifToken TextField()
    {
        int startLine = line;
        int start = ++at;
        while (true)
        {
            SkipLine();
            int end = at;
            if (at == text.Length)
            {
                throw new CifException(startLine, "a text field that begins here with ';' does not end", "a line that begins with ';'");
            }

            SkipLineEnd();
            if (at < text.Length && text[at] == ';')
            {
                at++;
                return new(CifTokenKind.Quoted, text[start..end], startLine);
            }
        }
    }

    // A quote ends a value only where white space follows: 'a dog's life' is one value.
    private CifToken Quoted(char quote)
    {
        int start = ++at;
        while (at < text.Length && text[at] is not ('\n' or '\r'))
        {
            if (text[at] == quote && (at + 1 == text.Length || IsSpace(text[at + 1]) || text[at + 1] is '\n' or '\r'))
            {
                at++;
                return new(CifTokenKind.Quoted, text[start..(at - 1)], line);
            }

            at++;
        }

        throw new CifException(line, $"a value that begins with {quote} does not end in its line", $"a closing {quote}");
    }

    private CifToken Word()
    {
        int start = at;
        while (at < text.Length && !IsSpace(text[at]) && text[at] is not ('\n' or '\r'))
        {
            at++;
        }

        string word = text[start..at];
        if (word[0] == '_')
        {
            return new(CifTokenKind.Tag, word, line);
        }

        if (word.StartsWith("data_", StringComparison.OrdinalIgnoreCase))
        {
            return new(CifTokenKind.DataBlock, word[5..], line);
        }

        if (word.Equals("loop_", StringComparison.OrdinalIgnoreCase))
        {
            return new(CifTokenKind.Loop, word, line);
        }

        if (word.StartsWith("save_", StringComparison.OrdinalIgnoreCase) || word.Equals("global_", StringComparison.OrdinalIgnoreCase)
            || word.Equals("stop_", StringComparison.OrdinalIgnoreCase))
        {
            throw new CifException(line, $"'{Short(word)}', a word of dictionaries and STAR files", "a data name, a value, 'loop_' or 'data_'");
        }

        return new(CifTokenKind.Bare, word, line);
    }

    /// <summary>Text from a file for a message: not long, and on one line.</summary>
    public static string Short(string found) => (found.Length <= 40 ? found : found[..40] + "…").Replace('\n', ' ').Replace('\r', ' ');

    private void SkipLine()
    {
        int next = text.AsSpan(at).IndexOfAny('\n', '\r');
        at = next < 0 ? text.Length : at + next;
    }

    private void SkipLineEnd()
    {
        at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        line++;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\v' or '\f' or '\0' or '\u00A0';
}
