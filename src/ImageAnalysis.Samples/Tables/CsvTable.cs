using System.Globalization;
using System.Text;

namespace ImageAnalysis.Samples;

/// <summary>
/// Writes a CSV table as RFC 4180 has it: UTF-8 with byte order mark, lines ending in CR LF, cells in quotes where they hold a comma, a quote or a
/// line end. Numbers have a point; an empty cell means missing.
/// </summary>
internal sealed class CsvTable : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly int _columns;
    private int _cells;

    public CsvTable(Stream stream, params IReadOnlyList<string> header)
    {
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        _columns = header.Count;
        foreach (string name in header)
        {
            Text(name);
        }

        EndRow();
    }

    public CsvTable Text(string? value)
    {
        if (_cells++ > 0)
        {
            _writer.Write(',');
        }

        if (value is not null && value.AsSpan().ContainsAny(",\"\r\n"))
        {
            _writer.Write('"');
            _writer.Write(value.Replace("\"", "\"\"", StringComparison.Ordinal));
            _writer.Write('"');
        }
        else
        {
            _writer.Write(value);
        }

        return this;
    }

    public CsvTable Whole(long? value) => Text(value?.ToString(CultureInfo.InvariantCulture));

    public CsvTable Flag(bool value) => Text(value ? "true" : "false");

    /// <summary>A number with a fixed number of decimals.</summary>
    public CsvTable Fixed(double? value, int decimals) => Text(value is double number ? FixedText(number, decimals) : null);

    /// <summary>A number in the shortest form that reads back to the same bits.</summary>
    public CsvTable Exact(double? value) => Text(value?.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>A number with six significant digits, for quantities of any size; what is not finite, such as a limit that nothing reaches, is missing.</summary>
    public CsvTable Significant(double? value) => Text(value is double number && double.IsFinite(number) ? number.ToString("G6", CultureInfo.InvariantCulture) : null);

    /// <summary>An angle in [0, 180), which stays there when it is rounded: 179.996 is written as 0.00.</summary>
    public CsvTable Direction(double? angleDeg) =>
        Fixed(angleDeg is double angle && Math.Round(angle, 2, MidpointRounding.AwayFromZero) >= 180 ? 0 : angleDeg, 2);

    public CsvTable Empty(int cells)
    {
        for (int i = 0; i < cells; i++)
        {
            Text(null);
        }

        return this;
    }

    public void EndRow()
    {
        if (_cells != _columns)
        {
            throw new InvalidOperationException($"A row has {_cells} cells; the header has {_columns}.");
        }

        _cells = 0;
        _writer.WriteLine();
    }

    public void Dispose() => _writer.Dispose();

    private static string FixedText(double value, int decimals)
    {
        // Adding 0 turns the −0 of a rounded small negative number into 0.
        double rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0;
        return (rounded == 0 ? 0.0 : value).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
