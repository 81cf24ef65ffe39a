using System.Text;

namespace ImageAnalysis.Samples.Tests;

/// <summary>A reader of RFC 4180 written for the tests alone: strict about byte order mark, line ends and quotes.</summary>
internal static class Csv
{
    public static List<string[]> Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        return Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes[3..]));
    }

    public static List<string[]> Parse(string text)
    {
        List<string[]> rows = [];
        List<string> row = [];
        StringBuilder cell = new();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"')
            {
                Assert.Equal(0, cell.Length);
                quoted = true;
            }
            else if (c == ',')
            {
                row.Add(cell.ToString());
                cell.Clear();
            }
            else if (c == '\r')
            {
                Assert.Equal('\n', text[++i]);
                row.Add(cell.ToString());
                cell.Clear();
                rows.Add([.. row]);
                row.Clear();
            }
            else
            {
                Assert.NotEqual('\n', c);
                cell.Append(c);
            }
        }

        Assert.Empty(row);
        Assert.All(rows, cells => Assert.Equal(rows[0].Length, cells.Length));
        return rows;
    }
}
