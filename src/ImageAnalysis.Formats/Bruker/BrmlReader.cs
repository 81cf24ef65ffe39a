using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Powder;
using ImageAnalysis.Formats.Zip;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Bruker;

/// <summary>Reads BRML, the archive of Bruker's DIFFRAC.SUITE: a ZIP with an XML for each scan.</summary>
/// <remarks>README.md beside this file says what the reading rests on and where it is in doubt.</remarks>
public static partial class BrmlReader
{
    private const string Format = "Bruker BRML";
    private const int MostScans = 10_000;
    private const int MostTags = 1000;

    /// <summary>Whether a ZIP archive names what a BRML holds.</summary>
    /// <param name="bytes">The whole archive, or its beginning.</param>
    /// <returns>True for entries <c>Experiment0/RawData…</c>, <c>Experiment0/DataContainer.xml</c> or <c>experimentCollection.xml</c>.</returns>
    public static bool Recognises(ReadOnlySpan<byte> bytes) => ZipDirectory.IsZip(bytes)
        && (bytes.IndexOf("Experiment0/RawData"u8) >= 0 || bytes.IndexOf("Experiment0/DataContainer.xml"u8) >= 0 || bytes.IndexOf("experimentCollection.xml"u8) >= 0);

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The whole archive.</param>
    /// <returns>A signal for each scan, in the order of their numbers; those that are no measured scan of 2θ are not measurable.</returns>
    /// <exception cref="MicroscopeFileException">The archive is cut short or broken, or holds no scan.</exception>
    public static MicroscopeFile Read(ReadOnlyMemory<byte> bytes)
    {
        ZipDirectory archive = ZipDirectory.Decode(bytes, Format);
        PatternText messages = new(Format, string.Empty);
        ZipEntry[] scans =
        [
            .. archive.Entries.Select(entry => (Match: RawData().Match(entry.Name), Entry: entry)).Where(found => found.Match.Success)
                .OrderBy(found => Number(found.Match, "experiment")).ThenBy(found => Number(found.Match, "scan")).Select(found => found.Entry),
        ];
        if (scans.Length is 0 or > MostScans)
        {
            throw messages.Problem(
                FileProblem.NotSupported,
                string.Create(CultureInfo.InvariantCulture, $"the archive holds {scans.Length} scans (Experiment0/RawData0.xml); expected 1…{MostScans}."));
        }

        List<Signal> signals = [];
        List<RawTag> tags = [];
        string sample = SampleName(archive);
        foreach (ZipEntry entry in scans)
        {
            XElement root = HardenedXml.Read(archive.Unpack(entry).Span, Format, entry.Name);
            Collect(root, sample, messages, signals);
            if (tags.Count < MostTags)
            {
                string prefix = scans.Length == 1 ? string.Empty : entry.Name[(entry.Name.LastIndexOf('/') + 1)..^4] + ".";
                tags.AddRange(root.Tags(element => element.Name.LocalName is "Datum" or "DataViews", MostTags - tags.Count).Select(tag => tag with { Path = prefix + tag.Path }));
            }
        }

        return signals.Count > 0
            ? new MicroscopeFile(Format, signals, tags)
            : throw messages.Problem(FileProblem.Corrupt, "no scan has points; expected elements Datum in a DataRoute.");
    }

    private static void Collect(XElement root, string sample, PatternText text, List<Signal> signals)
    {
        XElement[] routes = [.. root.Descendants().Where(element => element.Name.LocalName == "DataRoute")];
        PowderWavelengths? wavelengths = PatternFacts.Wavelengths(
            Value(root, "WaveLengthAlpha1"),
            Value(root, "WaveLengthAlpha2"),
            Value(root, "WaveLengthRatio"),
            root.First("TubeMaterial").Words());
        string title = root.Descendants().FirstOrDefault(element => element.AttributeText("Name") == "SampleName").AttributeText("Value") is { Length: > 0 } name ? name : sample;
        foreach (XElement element in routes)
        {
            if (BrmlRoute.Decode(element, routes.Length == 1, text) is BrmlRoute route)
            {
                signals.Add(route.ToSignal(wavelengths, title, root.Child("TimeStampStarted").Words(), text));
            }
        }
    }

    /// <summary>A number that stands in the attribute Value, or as text.</summary>
    private static double? Value(XElement root, string name)
    {
        XElement? element = root.First(name);
        return element.AttributeText("Value") is string value ? PatternText.NumberOrNull(value) : element.Number();
    }

    /// <summary>The sample's name as the manifest gives it, or an empty text.</summary>
    private static string SampleName(ZipDirectory archive)
    {
        ZipEntry? manifest = archive.Find(name => name.EndsWith("/DataContainer.xml", StringComparison.Ordinal));
        if (manifest is null)
        {
            return string.Empty;
        }

        XElement root = HardenedXml.Read(archive.Unpack(manifest).Span, Format, manifest.Name);
        return root.First("MeasurementInfo").AttributeText("SampleName") ?? root.First("SampleName").Words() ?? string.Empty;
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Experiment(?<experiment>\d{1,6})/RawData(?<scan>\d{1,6})\.xml$", RegexOptions.CultureInvariant)]
    private static partial Regex RawData();
}
