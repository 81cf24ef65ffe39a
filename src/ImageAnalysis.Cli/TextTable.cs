namespace ImageAnalysis.Cli;

/// <summary>A plain table of at most 80 columns: the first column to the left and shortened where need be, the others to the right.</summary>
internal sealed class TextTable(params IReadOnlyList<string> header)
{
    private const string Gap = "  ";
    private const int MinFirstWidth = 6;

    private readonly List<IReadOnlyList<string>> _rows = [header];

    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    public void Write(TextWriter output)
    {
        int[] widths = [.. Enumerable.Range(0, header.Count).Select(column => _rows.Max(row => row[column].Length))];
        int rest = widths.Skip(1).Sum() + (Gap.Length * (widths.Length - 1));
        widths[0] = Math.Max(MinFirstWidth, Math.Min(widths[0], Terminal.FixedWidth - rest));
        WriteRow(output, _rows[0], widths);
        output.WriteLine(string.Join(Gap, widths.Select(width => new string('-', width))));
        foreach (IReadOnlyList<string> row in _rows.Skip(1))
        {
            WriteRow(output, row, widths);
        }
    }

    private static void WriteRow(TextWriter output, IReadOnlyList<string> cells, int[] widths)
    {
        string first = cells[0].Length <= widths[0] ? cells[0].PadRight(widths[0]) : cells[0][..(widths[0] - 1)] + "…";
        output.WriteLine(string.Join(Gap, [first, .. cells.Skip(1).Select((cell, column) => cell.PadLeft(widths[column + 1]))]));
    }
}
