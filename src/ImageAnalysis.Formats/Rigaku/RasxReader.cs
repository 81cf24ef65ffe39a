using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ImageAnalysis.Formats.Powder;
using ImageAnalysis.Formats.Zip;

namespace ImageAnalysis.Formats.Rigaku;

/// <summary>Reads RASX, the archive of Rigaku's SmartLab Studio: a ZIP with a text of points and an XML of conditions for each scan.</summary>
/// <remarks>README.md beside this file says what the reading rests on.</remarks>
public static partial class RasxReader
{
    private const string Format = "Rigaku RASX";
    private const int MostTags = 2000;

    /// <summary>What the elements of the conditions are called in RAS.</summary>
    private static readonly (string Parent, string Element, string Keyword)[] _elements =
    [
        ("GeneralInformation", "SampleName", "FILE_SAMPLE"),
        ("GeneralInformation", "Comment", "FILE_COMMENT"),
        ("GeneralInformation", "Memo", "FILE_MEMO"),
        ("GeneralInformation", "Operator", "FILE_OPERATOR"),
        ("XrayGenerator", "TargetName", "HW_XG_TARGET_NAME"),
        ("XrayGenerator", "WavelengthKalpha1", "HW_XG_WAVE_LENGTH_ALPHA1"),
        ("XrayGenerator", "WavelengthKalpha2", "HW_XG_WAVE_LENGTH_ALPHA2"),
        ("XrayGenerator", "WavelengthKbeta", "HW_XG_WAVE_LENGTH_BETA"),
        ("XrayGenerator", "WaveType", "MEAS_COND_XG_WAVE_TYPE"),
        ("ScanInformation", "AxisName", "MEAS_SCAN_AXIS_X_INTERNAL"),
        ("ScanInformation", "Mode", "MEAS_SCAN_MODE"),
        ("ScanInformation", "Start", "MEAS_SCAN_START"),
        ("ScanInformation", "Stop", "MEAS_SCAN_STOP"),
        ("ScanInformation", "Step", "MEAS_SCAN_STEP"),
        ("ScanInformation", "Speed", "MEAS_SCAN_SPEED"),
        ("ScanInformation", "SpeedUnit", "MEAS_SCAN_SPEED_UNIT"),
        ("ScanInformation", "PositionUnit", "MEAS_SCAN_UNIT_X"),
        ("ScanInformation", "IntensityUnit", "MEAS_SCAN_UNIT_Y"),
        ("ScanInformation", "StartTime", "MEAS_SCAN_START_TIME"),
        ("ScanInformation", "EndTime", "MEAS_SCAN_END_TIME"),
    ];

    /// <summary>Whether a ZIP archive names what a RASX holds.</summary>
    /// <param name="bytes">The whole archive, or its beginning.</param>
    /// <returns>True for entries <c>Data0/Profile…</c>, <c>Data0/Image…</c> or the conditions with their famous spelling.</returns>
    public static bool Recognises(ReadOnlySpan<byte> bytes) => ZipDirectory.IsZip(bytes)
        && (bytes.IndexOf("Data0/Profile"u8) >= 0 || bytes.IndexOf("Data0/Image"u8) >= 0 || bytes.IndexOf("/MesurementConditions"u8) >= 0);

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The whole archive.</param>
    /// <returns>A signal for each scan, in the order of their numbers; those that are no scan of 2θ are not measurable.</returns>
    /// <exception cref="MicroscopeFileException">The archive is cut short or broken, or holds no scan of a point detector.</exception>
    public static MicroscopeFile Read(ReadOnlyMemory<byte> bytes)
    {
        ZipDirectory archive = ZipDirectory.Decode(bytes, Format);
        PatternText messages = new(Format, string.Empty);
        (int Number, ZipEntry Entry)[] profiles =
        [
            .. archive.Entries.Select(entry => (Match: Profile().Match(entry.Name), Entry: entry)).Where(found => found.Match.Success)
                .Select(found => (int.Parse(found.Match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), found.Entry)).OrderBy(found => found.Item1),
        ];
        if (profiles.Length == 0)
        {
            throw messages.Problem(
                FileProblem.NotSupported,
                archive.Find(name => name.Contains("/Image", StringComparison.Ordinal)) is null
                    ? "the archive holds no scan (Data0/Profile0.txt)."
                    : "the archive holds pictures of an area detector (Data0/Image0.bin) and no scan; expected Data0/Profile0.txt.");
        }

        List<Signal> signals = [];
        List<Imaging.RawTag> tags = [];
        foreach ((int number, ZipEntry profile) in profiles)
        {
            string folder = profile.Name[..(profile.Name.LastIndexOf('/') + 1)];
            ZipEntry? conditions = archive.Find(name => name.StartsWith(folder, StringComparison.Ordinal) && Conditions().IsMatch(name));
            Dictionary<string, string> keywords = conditions is null ? [] : Keywords(HardenedXml.Read(archive.Unpack(conditions).Span, Format, conditions.Name));
            RigakuScan scan = new(keywords, Rows(archive, profile));
            signals.Add(scan.ToSignal(messages));
            tags.AddRange(scan.Tags(profiles.Length == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"Data{number}.")).Take(MostTags - Math.Min(MostTags, tags.Count)));
        }

        return new MicroscopeFile(Format, signals, tags);
    }

    private static List<RigakuRow> Rows(ZipDirectory archive, ZipEntry profile)
    {
        PatternText text = PatternText.Decode(archive.Unpack(profile).Span, Format);
        List<RigakuRow> rows = [];
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.Text.AsSpan().EnumerateLines())
        {
            number++;
            if (!line.Trim().IsEmpty)
            {
                rows.Add(RigakuRow.Decode(text, line.Trim(), number));
            }
        }

        return rows.Count > 0 ? rows : throw text.Problem(FileProblem.Corrupt, $"'{PatternText.Shown(profile.Name)}' holds no points; expected at least one.");
    }

    /// <summary>The keywords of RAS, which stand in RASHeader as pairs, overruled by the elements that say the same.</summary>
    private static Dictionary<string, string> Keywords(XElement conditions)
    {
        Dictionary<string, string> keywords = new(StringComparer.Ordinal);
        foreach (XElement pair in conditions.Child("RASHeader")?.Elements() ?? [])
        {
            XElement[] words = [.. pair.Children("string")];
            if (words.Length == 2)
            {
                keywords[words[0].Value.Trim().TrimStart('*')] = words[1].Value.Trim();
            }
        }

        foreach ((string parent, string element, string keyword) in _elements)
        {
            XElement? place = conditions.Child(parent) ?? conditions.Child("HWConfigurations").Child(parent);
            if (place.Child(element).Words() is string value)
            {
                keywords[keyword] = value;
            }
        }

        return keywords;
    }

    [GeneratedRegex(@"^Data(?<number>\d{1,6})/Profile\d*\.txt$", RegexOptions.CultureInvariant)]
    private static partial Regex Profile();

    [GeneratedRegex(@"/Mea?surementConditions\d*\.xml$", RegexOptions.CultureInvariant)]
    private static partial Regex Conditions();
}
