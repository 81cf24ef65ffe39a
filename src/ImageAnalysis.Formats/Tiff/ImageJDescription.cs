using System.Globalization;
using System.Text;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>
/// The image description as ImageJ writes it: lines <c>key=value</c>, the first of them <c>ImageJ=…</c>. The pixel size is one over XResolution and
/// YResolution in the description's unit.
/// </summary>
/// <param name="Lines">The lines, in the file's order.</param>
/// <remarks>Source: ImageJ 1.x, ij.io.FileSaver.getDescriptionString and ij.io.TiffDecoder (public domain).</remarks>
internal sealed record ImageJDescription(IReadOnlyList<KeyValuePair<string, string>> Lines)
{
    public const string FirstKey = "ImageJ=";
    private const int MostLines = 1000;

    /// <summary>Number of frames that the file holds, 1 where it does not say.</summary>
    public int Images => int.TryParse(Value("images"), NumberStyles.None, CultureInfo.InvariantCulture, out int images) && images > 0 ? images : 1;

    /// <summary>Whether a line says that the image was computed.</summary>
    public bool Simulated => string.Equals(Value("simulated"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The description of a page, or <c>null</c> where ImageJ did not write it.</summary>
    public static ImageJDescription? Decode(string? description)
    {
        if (description?.StartsWith(FirstKey, StringComparison.Ordinal) != true)
        {
            return null;
        }

        List<KeyValuePair<string, string>> lines = [];
        foreach (string line in description.Split('\n', MostLines + 1).Take(MostLines))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                lines.Add(new(line[..equals].Trim(), Unescaped(line[(equals + 1)..].Trim())));
            }
        }

        return new ImageJDescription(lines);
    }

    public string? Value(string key)
    {
        foreach (KeyValuePair<string, string> line in Lines)
        {
            if (line.Key == key)
            {
                return line.Value;
            }
        }

        return null;
    }

    public TiffClaim Claim(TiffDirectory directory)
    {
        TiffClaim claim = new("ImageJ")
        {
            Tags = Lines.Select(line => new RawTag("ImageJ." + line.Key, line.Value)),

            // No keys of ImageJ's own: this program's, for the lens of images that it writes.
            Acquisition = new Acquisition
            {
                Simulated = Simulated,
                VoltageKv = TiffClaim.Positive(TiffClaim.Number(Value("voltage_kv"))),
                SphericalAberrationMm = TiffClaim.Number(Value("Cs_mm")),
            },
        };
        string unit = Value("unit") ?? string.Empty;
        if (unit is "pixel" or "pixels" or "")
        {
            return claim;
        }

        double? x = TiffClaim.Positive(1 / directory.Find(TiffTag.XResolution)?.NumberAt(0));
        double? y = TiffClaim.Positive(1 / directory.Find(TiffTag.YResolution)?.NumberAt(0));
        return claim.WithPixel(x, y, unit, Value("yunit"));
    }

    // ImageJ writes characters beyond ASCII as \uXXXX.
    private static string Unescaped(string text)
    {
        int at = text.IndexOf("\\u", StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        StringBuilder plain = new();
        for (int i = 0; i < text.Length; i++)
        {
            bool escape = text[i] == '\\' && i + 5 < text.Length && text[i + 1] == 'u';
            if (escape && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            {
                plain.Append((char)code);
                i += 5;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }
}
