using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace ImageAnalysis.Formats.Powder;

/// <summary>Reads XML of pattern files: document types are refused and nothing outside is fetched, so that nothing can be expanded.</summary>
internal static class HardenedXml
{
    private const int DeepestLevel = 64;
    private const int LongestTag = 1000;

    /// <summary>The root element.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="format">Name of the format, for messages.</param>
    /// <param name="place">Name of the document within an archive, or empty.</param>
    public static XElement Read(ReadOnlySpan<byte> bytes, string format, string place = "")
    {
        string where = place.Length == 0 ? string.Empty : $"in '{PatternText.Shown(place)}': ";
        Encoding? declared = bytes.StartsWith("<?xml"u8) && bytes[..Math.Min(bytes.Length, 100)].IndexOf("1252"u8) >= 0 ? Encoding.Latin1 : null;
        string text = PatternText.Decode(bytes, format, declared).Text;
        try
        {
            CheckDepth(text);
            using XmlReader reader = Open(text);
            return XElement.Load(reader, LoadOptions.None);
        }
        catch (XmlException problem)
        {
            // A document that ends too soon ends at its last line.
            bool isCut = problem.Message.Contains("end of file", StringComparison.Ordinal);
            throw new MicroscopeFileException(
                isCut ? FileProblem.Truncated : FileProblem.Corrupt,
                format,
                null,
                string.Create(CultureInfo.InvariantCulture, $"{where}line {problem.LineNumber}, column {problem.LinePosition}: {problem.Message}"),
                problem);
        }
    }

    /// <summary>The children of a name, whatever their namespace.</summary>
    public static IEnumerable<XElement> Children(this XElement element, string name) => element.Elements().Where(child => child.Name.LocalName == name);

    /// <summary>The first child of a name, or <c>null</c>.</summary>
    public static XElement? Child(this XElement? element, string name) => element?.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    /// <summary>The first element of a name at any depth, or <c>null</c>.</summary>
    public static XElement? First(this XElement? element, string name) => element?.Descendants().FirstOrDefault(child => child.Name.LocalName == name);

    /// <summary>The text of an attribute, whatever its namespace, or <c>null</c>.</summary>
    public static string? AttributeText(this XElement? element, string name) => element?.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == name)?.Value;

    /// <summary>The trimmed text of an element, or <c>null</c> where it is missing or empty.</summary>
    public static string? Words(this XElement? element) => element?.Value.Trim() is { Length: > 0 } words ? words : null;

    /// <summary>The finite number that an element holds, or <c>null</c>.</summary>
    public static double? Number(this XElement? element) => element is null ? null : PatternText.NumberOrNull(element.Value.AsSpan().Trim());

    /// <summary>Elements with a short text and their attributes as tags, at most a number of them.</summary>
    public static IEnumerable<Imaging.RawTag> Tags(this XElement root, Func<XElement, bool> isLeftOut, int most)
    {
        return Walk(root, root.Name.LocalName).Take(most);

        IEnumerable<Imaging.RawTag> Walk(XElement element, string path)
        {
            foreach (XAttribute attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && attribute.Name.LocalName != "schemaLocation"))
            {
                yield return new Imaging.RawTag($"{path}.@{attribute.Name.LocalName}", Short(attribute.Value));
            }

            if (!element.HasElements && element.Words() is string words)
            {
                yield return new Imaging.RawTag(path, Short(words));
            }

            foreach (XElement child in element.Elements().Where(child => !isLeftOut(child)))
            {
                foreach (Imaging.RawTag tag in Walk(child, $"{path}.{child.Name.LocalName}"))
                {
                    yield return tag;
                }
            }
        }
    }

    private static string Short(string text) => text.Length <= LongestTag ? text : text[..LongestTag] + "…";

    /// <summary>Elements within elements without end would not fit on a stack later on.</summary>
    private static void CheckDepth(string text)
    {
        using XmlReader reader = Open(text);
        while (reader.Read())
        {
            if (reader.Depth > DeepestLevel)
            {
                IXmlLineInfo place = (IXmlLineInfo)reader;
                throw new XmlException($"elements are nested deeper than {DeepestLevel} levels.", null, place.LineNumber, place.LinePosition);
            }
        }
    }

    private static XmlReader Open(string text) => XmlReader.Create(new StringReader(text), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        MaxCharactersInDocument = 200_000_000,
    });
}
