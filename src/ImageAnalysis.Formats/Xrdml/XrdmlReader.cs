using System.Xml.Linq;
using ImageAnalysis.Core;
using ImageAnalysis.Formats.Powder;

namespace ImageAnalysis.Formats.Xrdml;

/// <summary>Reads XRDML, the XML of PANalytical (Malvern Panalytical), schema versions 1 and 2.</summary>
/// <remarks>README.md beside this file says what the reading rests on.</remarks>
public static class XrdmlReader
{
    private const string Format = "XRDML";
    private const int MostTags = 1000;

    /// <summary>Whether a text is XML with the root of XRDML.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <returns>True where the root's tag stands within them, whatever its namespace.</returns>
    public static bool Recognises(ReadOnlySpan<byte> start) =>
        TextSniffing.TryDecode(start, out string? text) && text.TrimStart().StartsWith('<')
        && (text.Contains("<xrdMeasurements", StringComparison.Ordinal) || text.Contains(":xrdMeasurements", StringComparison.Ordinal));

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <returns>A signal for each scan of each measurement; those that are no scan of 2θ are not measurable.</returns>
    /// <exception cref="MicroscopeFileException">The XML is cut short, broken or holds a document type, or no scan has points.</exception>
    public static MicroscopeFile Read(ReadOnlyMemory<byte> bytes)
    {
        PatternText text = new(Format, string.Empty);
        XElement root = HardenedXml.Read(bytes.Span, Format);
        string title = root.Child("sample").Child("name").Words() ?? root.Child("sample").Child("id").Words() ?? string.Empty;
        bool isSimulated = PatternFacts.SaysSimulated(root.Child("comment")?.Value) || PatternFacts.SaysSimulated(title);
        List<Signal> signals = [];
        foreach (XElement measurement in root.Children("xrdMeasurement"))
        {
            PowderWavelengths? wavelengths = Wavelengths(measurement);
            foreach (XElement element in measurement.Children("scan"))
            {
                if (XrdmlScan.Decode(element, text) is XrdmlScan scan)
                {
                    signals.Add(scan.ToSignal(wavelengths, title, isSimulated, text));
                }
            }
        }

        return signals.Count > 0
            ? new MicroscopeFile(Format, signals, [.. root.Tags(element => element.Name.LocalName == "dataPoints", MostTags)])
            : throw text.Problem(FileProblem.Corrupt, "no scan has points; expected xrdMeasurement, scan, dataPoints with intensities or counts.");
    }

    private static PowderWavelengths? Wavelengths(XElement measurement)
    {
        XElement? used = measurement.Child("usedWavelength");
        string? anode = measurement.Child("incidentBeamPath").Child("xRayTube").Child("anodeMaterial").Words();
        // Kβ is used where a monochromator is set to it.
        return string.Equals(used.AttributeText("intended"), "K-Beta", StringComparison.OrdinalIgnoreCase)
            ? PatternFacts.Wavelengths(used.Child("kBeta").Number(), anode: anode)
            : PatternFacts.Wavelengths(used.Child("kAlpha1").Number(), used.Child("kAlpha2").Number(), used.Child("ratioKAlpha2KAlpha1").Number(), anode);
    }
}
