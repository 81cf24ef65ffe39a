using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>
/// What FEI and Thermo Fisher instruments leave in tags 34680, 34682 and 34683: lines <c>key=value</c> under <c>[sections]</c> (SEM, DualBeam), or XML
/// (TIA on Tecnai and Titan: Data with Label, Value and Unit; newer ones: Metadata). TIA writes its pixel size in tags 65450-65452.
/// </summary>
/// <param name="Values">Section and key, path, or label, with the value.</param>
/// <remarks>
/// No specification is published; the keys are those read by tifffile (read_fei_metadata), RosettaSciIO, Bio-Formats (FEITiffReader), pynxtools-em, and for
/// TIA scm_electron_microscopes.
/// </remarks>
internal sealed record FeiMetadata(IReadOnlyList<KeyValuePair<string, string>> Values)
{
    private const int MostValues = 2000;

    private static readonly char[] LineEnds = ['\r', '\n'];

    /// <summary>The metadata of a page, or <c>null</c>.</summary>
    public static FeiMetadata? Decode(TiffDirectory directory)
    {
        foreach (ushort tag in (ReadOnlySpan<ushort>)[TiffTag.FeiTitan, TiffTag.FeiHelios, TiffTag.FeiSfeg])
        {
            List<KeyValuePair<string, string>> values = directory.Text(tag) switch
            {
                null => [],
                ['<', ..] xml => Labelled(MetadataXml.Decode(xml)),
                string lines => OfLines(lines),
            };
            if (values.Count > 0)
            {
                return new FeiMetadata(values);
            }
        }

        return directory.Find(TiffTag.TiaResolutionX) is null ? null : new FeiMetadata([]);
    }

    public TiffClaim Claim(TiffDirectory directory)
    {
        string? scan = Value("Beam.Scan");
        double? x = Number("Scan.PixelWidth") ?? Number($"{scan}.PixelWidth") ?? Number("Metadata.BinaryResult.PixelSize.X");
        double? y = Number("Scan.PixelHeight") ?? Number($"{scan}.PixelHeight") ?? Number("Metadata.BinaryResult.PixelSize.Y");
        if (x is null && Number("IRBeam.HFW") is { } width && Number("IRBeam.VFW") is { } height)
        {
            // Navigation cameras give the width of the field.
            x = width / Number("Image.ResolutionX");
            y = height / Number("Image.ResolutionY");
        }

        string unit = Value("Metadata.BinaryResult.PixelSize.X.@unit") ?? "m";
        if (x is null && directory.Whole(TiffTag.TiaResolutionUnit, 0) == 3)
        {
            unit = "cm";
            x = TiffClaim.Positive(1 / directory.Find(TiffTag.TiaResolutionX)?.NumberAt(0));
            y = TiffClaim.Positive(1 / directory.Find(TiffTag.TiaResolutionY)?.NumberAt(0));
        }

        double? volt = Number("Beam.HV") ?? Number("Metadata.Optics.AccelerationVoltage");
        TiffClaim claim = new("FEI")
        {
            Tags = Values.Select(value => new RawTag("FEI." + value.Key, value.Value)),
            Acquisition = new Acquisition
            {
                VoltageKv = volt / 1000 ?? Number("High tension"),
                MagnificationRatio = Number("Magnification"),
                ExposureSeconds = Number("Scan.Dwelltime") ?? Number("Metadata.ScanSettings.DwellTime"),
                Mode = Value("Mode") ?? Value("Beam.ImageMode"),
                Detector = Value("Detectors.Name") ?? Value("Metadata.Detectors.ScanningDetector.DetectorName"),
                Instrument = Value("System.SystemType") ?? Value("Metadata.Instrument.InstrumentClass") ?? Value("Microscope"),
                AcquiredAt = Value("User.Date") is { } date ? $"{date} {Value("User.Time")}".TrimEnd() : Value("Metadata.Acquisition.AcquisitionDatetime"),
            },
        };
        return x is null ? claim : claim.WithPixel(x, y, unit);
    }

    private string? Value(string key)
    {
        foreach ((string at, string value) in Values)
        {
            if (at == key && value.Length > 0)
            {
                return value;
            }
        }

        return null;
    }

    private double? Number(string key) => TiffClaim.Positive(TiffClaim.Number(Value(key)));

    // <Data><Label>High tension</Label><Value>200</Value><Unit>kV</Unit></Data>: the label becomes the key. Everything else keeps its path.
    private static List<KeyValuePair<string, string>> Labelled(MetadataXml? xml)
    {
        List<KeyValuePair<string, string>> values = [];
        string? label = null;
        foreach ((string path, string value) in xml?.Values ?? [])
        {
            string name = path[(path.LastIndexOf('.') + 1)..];
            switch (name)
            {
                case "Label":
                    label = value;
                    break;
                case "Value" when label is not null:
                    values.Add(new(label, value));
                    break;
                case "Unit" when label is not null:
                    values.Add(new(label + ".Unit", value));
                    break;
                default:
                    values.Add(new(path, value));
                    break;
            }
        }

        return values;
    }

    private static List<KeyValuePair<string, string>> OfLines(string text)
    {
        List<KeyValuePair<string, string>> values = [];
        string section = string.Empty;
        foreach (string line in text.Split(LineEnds, MostValues * 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line is ['[', .., ']'])
            {
                section = line[1..^1] + ".";
            }
            else if (equals > 0 && values.Count < MostValues)
            {
                values.Add(new(section + line[..equals].Trim(), line[(equals + 1)..].Trim()));
            }
        }

        return values;
    }
}
