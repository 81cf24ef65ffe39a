using System.Globalization;
using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Report;

/// <summary>What a colour of a picture means.</summary>
/// <param name="Text">A few words, with the number of particles.</param>
/// <param name="Colour">Colour of the line.</param>
/// <param name="Dash">How the line is broken.</param>
/// <param name="Mark">The verdict whose mark stands before the words, or <c>null</c> for none.</param>
internal sealed record LegendEntry(string Text, Colour Colour, Dash Dash, Verdict? Mark = null);

/// <summary>The strip below the image: what file it is, whether it is simulated, the pixel size, a scale bar, and what the colours mean.</summary>
internal sealed class OverlayLegend
{
    private static readonly Colour _ink = new(235, 235, 235);
    private static readonly Colour _ground = new(24, 24, 28);
    private static readonly Colour _warning = new(0xF0, 0xE4, 0x42);

    private readonly int _fontScale;
    private readonly int _widthPx;
    private readonly List<List<Item>> _lines;

    /// <summary>Lays the strip out for a picture of a given width.</summary>
    public OverlayLegend(Micrograph micrograph, IReadOnlyList<LegendEntry> entries, string none, int widthPx, double scale, string? remark = null)
    {
        _widthPx = widthPx;
        _fontScale = widthPx >= 1500 ? 3 : widthPx >= 700 ? 2 : 1;
        List<Item> items = [];
        if (micrograph.Acquisition.Simulated)
        {
            items.Add(new Item(Fit("SIMULATED"), Kind.Warning));
        }

        items.Add(new Item(ScaleBar.Choose(micrograph.Calibration, scale, widthPx / 6.0)));
        string frame = micrograph.Frame > 0 ? string.Create(CultureInfo.InvariantCulture, $" frame {micrograph.Frame}") : string.Empty;
        items.Add(new Item(Fit(micrograph.File + frame), Kind.Text));
        items.Add(new Item(Fit(PixelSize(micrograph.Calibration)), Kind.Text));
        if (remark is not null)
        {
            items.Add(new Item(Fit(remark), Kind.Text));
        }

        items.AddRange(entries.Select(entry => new Item(Fit(entry.Text), Kind.Sample, entry)));
        if (entries.Count == 0)
        {
            items.Add(new Item(Fit(none), Kind.Text));
        }

        _lines = Wrapped(items);
    }

    private enum Kind
    {
        Text,
        Warning,
        Sample,
        Bar,
    }

    /// <summary>Height of the strip in px.</summary>
    public int HeightPx => (_lines.Count * LineHeight) + (2 * Margin);

    private int Margin => 4 * _fontScale;

    private int LineHeight => (BitmapFont.GlyphHeight + 5) * _fontScale;

    private int Gap => 16 * _fontScale;

    private int SampleWidth => 18 * _fontScale;

    /// <summary>Draws the strip below the image.</summary>
    public void Draw(Canvas canvas, int top)
    {
        canvas.FillRectangle(0, top, canvas.WidthPx, HeightPx, _ground);
        for (int i = 0; i < _lines.Count; i++)
        {
            int x = 2 * Margin;
            int y = top + Margin + (i * LineHeight) + (2 * _fontScale);
            foreach (Item item in _lines[i])
            {
                DrawItem(canvas, item, x, y);
                x += WidthOf(item) + Gap;
            }
        }
    }

    private static string PixelSize(Calibration? calibration)
    {
        if (calibration is null)
        {
            return "no pixel size known";
        }

        static string Nm(double sizeNm) => sizeNm.ToString("G4", CultureInfo.InvariantCulture);
        string width = Nm(calibration.PixelWidthNm);
        string height = Nm(calibration.PixelHeightNm);
        return $"1 px = {(width == height ? width : $"{width} \u00d7 {height}")} nm ({calibration.Source})";
    }

    private void DrawItem(Canvas canvas, Item item, int x, int y)
    {
        double middle = y + (BitmapFont.CapHeight * _fontScale / 2.0);
        switch (item.Kind)
        {
            case Kind.Warning:
                canvas.FillRectangle(x, y - (2 * _fontScale), WidthOf(item), (BitmapFont.CapHeight + 4) * _fontScale, _warning);
                canvas.Text(item.Text, x + (3 * _fontScale), y, _fontScale, _ground);
                break;
            case Kind.Sample:
                PointPx[] sample = [new(x, middle), new(x + SampleWidth, middle)];
                canvas.Line(sample, false, 1 + _fontScale, item.Entry!.Colour, 1, item.Entry.Dash);
                if (item.Entry.Mark is Verdict mark)
                {
                    VerdictStyle.Draw(canvas, mark, x + (SampleWidth / 2.0), middle, 4 * _fontScale);
                }

                canvas.Text(item.Text, x + SampleWidth + (4 * _fontScale), y, _fontScale, _ink);
                break;
            case Kind.Bar:
                int length = (int)Math.Round(item.Bar!.LengthPx);
                canvas.FillRectangle(x, (int)middle - _fontScale, length, 2 * _fontScale, _ink);
                canvas.FillRectangle(x, (int)middle - (3 * _fontScale), _fontScale, 6 * _fontScale, _ink);
                canvas.FillRectangle(x + length - _fontScale, (int)middle - (3 * _fontScale), _fontScale, 6 * _fontScale, _ink);
                canvas.Text(item.Text, x + length + (4 * _fontScale), y, _fontScale, _ink);
                break;
            default:
                canvas.Text(item.Text, x, y, _fontScale, _ink);
                break;
        }
    }

    private int WidthOf(Item item)
    {
        int text = BitmapFont.WidthOf(item.Text, _fontScale);
        return item.Kind switch
        {
            Kind.Warning => text + (6 * _fontScale),
            Kind.Sample => text + SampleWidth + (4 * _fontScale),
            Kind.Bar => text + (int)Math.Round(item.Bar!.LengthPx) + (4 * _fontScale),
            _ => text,
        };
    }

    private List<List<Item>> Wrapped(List<Item> items)
    {
        List<List<Item>> lines = [];
        List<Item> line = [];
        int used = 4 * Margin;
        foreach (Item item in items)
        {
            int width = WidthOf(item);
            if (line.Count > 0 && used + width > _widthPx)
            {
                lines.Add(line);
                line = [];
                used = 4 * Margin;
            }

            line.Add(item);
            used += width + Gap;
        }

        lines.Add(line);
        return lines;
    }

    // Of a path that is too long its end is the part that tells files apart.
    private string Fit(string text)
    {
        int room = Math.Max(4, (_widthPx - (4 * Margin) - SampleWidth - (6 * _fontScale)) / (BitmapFont.Advance * _fontScale));
        return text.Length <= room ? text : "\u2026" + text[^(room - 1)..];
    }

    private sealed record Item(string Text, Kind Kind, LegendEntry? Entry = null, ScaleBar? Bar = null)
    {
        public Item(ScaleBar bar)
            : this(bar.Label, Kind.Bar, Bar: bar)
        {
        }
    }
}
