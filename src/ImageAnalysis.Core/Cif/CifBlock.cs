namespace ImageAnalysis.Core;

/// <summary>A data block of a CIF: single items, loops, and the comments at its head. Names are in small letters with underscores only.</summary>
internal sealed class CifBlock
{
    private readonly Dictionary<string, CifToken> items = [];
    private readonly Dictionary<string, (CifLoop Loop, int Column)> columns = [];

    private CifBlock(string name, int line) => (Name, Line) = (name, line);

    public string Name { get; }

    /// <summary>The line of <c>data_</c>.</summary>
    public int Line { get; }

    /// <summary>Comments on lines of their own before the first item.</summary>
    public List<string> Comments { get; } = [];

    /// <summary>Reads all blocks of a file.</summary>
    public static List<CifBlock> Parse(string text)
    {
        List<CifToken> tokens = CifTokenizer.Cut(text);
        List<CifBlock> blocks = [];
        List<string> comments = [];
        int at = 0;
        while (at < tokens.Count)
        {
            CifToken token = tokens[at++];
            CifBlock? block = blocks.LastOrDefault();
            switch (token.Kind)
            {
                case CifTokenKind.Comment:
                    if (block is null)
                    {
                        comments.Add(token.Text);
                    }
                    else if (block.items.Count == 0 && block.columns.Count == 0)
                    {
                        block.Comments.Add(token.Text);
                    }

                    break;
                case CifTokenKind.DataBlock:
                    blocks.Add(new(token.Text, token.Line));
                    blocks[^1].Comments.AddRange(comments);
                    comments = [];
                    break;
                case CifTokenKind.Loop when block is not null:
                    block.AddLoop(tokens, ref at, token.Line);
                    break;
                case CifTokenKind.Tag when block is not null:
                    SkipComments(tokens, ref at);
                    if (at == tokens.Count || !tokens[at].IsValue)
                    {
                        throw new CifException(token.Line, $"'{CifTokenizer.Short(token.Text)}' has no value", "a value after it");
                    }

                    // Where a name comes twice the first value stands; the standard forbids it, and files do it.
                    block.items.TryAdd(Normal(token.Text), tokens[at++]);
                    break;
                default:
                    throw block is null
                        ? new CifException(token.Line, $"'{CifTokenizer.Short(token.Text)}' before any data block", "'data_' and a name first (is this a CIF?)")
                        : new CifException(token.Line, $"the value '{CifTokenizer.Short(token.Text)}' has no data name", "a data name before it, or quotes around a value with spaces");
            }
        }

        return blocks;
    }

    /// <summary>The first single item (or first row of a column) of several names, or nothing.</summary>
    public CifToken? Item(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (items.TryGetValue(name, out CifToken value))
            {
                return value;
            }

            if (columns.TryGetValue(name, out (CifLoop Loop, int Column) place) && place.Loop.RowCount > 0)
            {
                return place.Loop.At(0, place.Column);
            }
        }

        return null;
    }

    /// <summary>The values of the first column of several names, or of a single item; empty where there is none.</summary>
    public IReadOnlyList<CifToken> Column(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (columns.TryGetValue(name, out (CifLoop Loop, int Column) place))
            {
                return [.. Enumerable.Range(0, place.Loop.RowCount).Select(row => place.Loop.At(row, place.Column))];
            }

            if (items.TryGetValue(name, out CifToken value))
            {
                return [value];
            }
        }

        return [];
    }

    // `_cell.length_a` of newer dictionaries is `_cell_length_a`.
    private static string Normal(string tag) => tag.ToLowerInvariant().Replace('.', '_');

    private static void SkipComments(List<CifToken> tokens, ref int at)
    {
        while (at < tokens.Count && tokens[at].Kind == CifTokenKind.Comment)
        {
            at++;
        }
    }

    private void AddLoop(List<CifToken> tokens, ref int at, int line)
    {
        List<string> names = [];
        List<CifToken> values = [];
        for (; at < tokens.Count && tokens[at].Kind is CifTokenKind.Tag or CifTokenKind.Comment; at++)
        {
            if (tokens[at].Kind == CifTokenKind.Tag)
            {
                names.Add(Normal(tokens[at].Text));
            }
        }

        if (names.Count == 0)
        {
            throw new CifException(line, "a loop without data names", "data names after 'loop_'");
        }

        for (; at < tokens.Count && (tokens[at].IsValue || tokens[at].Kind == CifTokenKind.Comment); at++)
        {
            if (tokens[at].IsValue)
            {
                values.Add(tokens[at]);
            }
        }

        if (values.Count % names.Count != 0)
        {
            throw new CifException(
                values[^1].Line, $"the loop that begins in line {line} has {values.Count} values for {names.Count} names", "whole rows: is a value missing, or one with spaces not in quotes?");
        }

        CifLoop loop = new(names.Count, values);
        for (int i = 0; i < names.Count; i++)
        {
            columns.TryAdd(names[i], (loop, i));
        }
    }

    /// <summary>The values of a loop.</summary>
    private sealed class CifLoop(int columnCount, List<CifToken> values)
    {
        public int RowCount => values.Count / columnCount;

        public CifToken At(int row, int column) => values[(row * columnCount) + column];
    }
}
