using System.Xml;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>XML that an instrument left in a tag, as a list of paths and values in the file's order.</summary>
/// <param name="Values">
/// Paths of local names joined by points, attributes as <c>@name</c>, with the text of elements that have any; at most 2,000, the rest is left out.
/// </param>
/// <remarks>Document types and anything outside the text are refused, so that nothing is ever fetched or expanded.</remarks>
internal sealed record MetadataXml(IReadOnlyList<KeyValuePair<string, string>> Values)
{
    private const int MostValues = 2000;
    private const int DeepestLevel = 32;
    private const int LongestValue = 1000;

    /// <summary>The XML, or <c>null</c> where the text is none that can be read to the end of its root.</summary>
    public static MetadataXml? Decode(string? text)
    {
        string trimmed = (text ?? string.Empty).Trim('\uFEFF', ' ', '\t', '\r', '\n', '\u0001');
        if (!trimmed.StartsWith('<'))
        {
            return null;
        }

        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(trimmed), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                IgnoreWhitespace = true,
                MaxCharactersInDocument = 50_000_000,
            });
            // Paths repeat the names around, so that hostile text could make them grow without bounds.
            return new MetadataXml(Flatten(reader, (2L * trimmed.Length) + 50_000));
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The first value whose path is the given one or ends with it, or <c>null</c>.</summary>
    /// <param name="path">One or several names joined by points.</param>
    public string? Find(string path)
    {
        foreach ((string at, string value) in Values)
        {
            if (at.EndsWith(path, StringComparison.Ordinal) && (at.Length == path.Length || at[at.Length - path.Length - 1] == '.'))
            {
                return value;
            }
        }

        return null;
    }

    private static List<KeyValuePair<string, string>> Flatten(XmlReader reader, long pathBudget)
    {
        List<KeyValuePair<string, string>> values = [];
        // The paths of the elements around the present place.
        Stack<string> around = [];
        while (reader.Read() && values.Count < MostValues)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (around.Count == DeepestLevel || pathBudget < 0)
                    {
                        return values;
                    }

                    bool empty = reader.IsEmptyElement;
                    string name = Shortened(reader.LocalName);
                    string element = around.Count == 0 ? name : $"{around.Peek()}.{name}";
                    pathBudget -= element.Length;
                    while (reader.MoveToNextAttribute() && values.Count < MostValues)
                    {
                        if (reader.Prefix != "xmlns" && reader.Name != "xmlns" && pathBudget >= 0)
                        {
                            pathBudget -= element.Length;
                            values.Add(new($"{element}.@{Shortened(reader.LocalName)}", Shortened(reader.Value)));
                        }
                    }

                    if (!empty)
                    {
                        around.Push(element);
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    values.Add(new(around.Peek(), Shortened(reader.Value.Trim())));
                    break;
                case XmlNodeType.EndElement:
                    around.Pop();
                    break;
                default:
                    break;
            }

            // What follows the root, such as the padding that some instruments write, is not looked at.
            if (around.Count == 0 && reader.NodeType == XmlNodeType.EndElement)
            {
                break;
            }
        }

        return values;
    }

    private static string Shortened(string text) => text.Length <= LongestValue ? text : text[..LongestValue] + "…";
}
