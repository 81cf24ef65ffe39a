using System.Globalization;
using System.Text;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Dm;

/// <summary>The tag tree as a flat list of paths and words.</summary>
internal sealed class DmRawTags
{
    /// <summary>Memory of an entry or a group besides its characters: objects, strings' heads, places in lists.</summary>
    private const long EntryBytes = 160;

    /// <summary>Characters of one text that are kept.</summary>
    private const int LongestText = 4096;

    private readonly DmDocument _document;
    private readonly List<RawTag> _tags = [];
    private readonly StringBuilder _words = new();
    private long _budgetBytes;
    private int _leftOut;

    private DmRawTags(DmDocument document)
    {
        _document = document;
        _budgetBytes = (3L * document.Bytes.Length) + (512 * 1024);
    }

    /// <summary>
    /// Flattens the tree. Paths repeat the names of all groups above, so that a hostile file could make them grow without bounds: beyond
    /// three times the file's size plus half a megabyte the list ends with a line that says how many tags are missing.
    /// </summary>
    public static IReadOnlyList<RawTag> Flatten(DmDocument document)
    {
        var flattening = new DmRawTags(document);
        flattening.Add(document.Root, string.Empty);
        if (flattening._leftOut > 0)
        {
            flattening._tags.Add(new RawTag("…", $"{flattening._leftOut} more tags"));
        }

        return flattening._tags;
    }

    private void Add(DmTagGroup group, string prefix)
    {
        for (int i = 0; i < group.Tags.Count; i++)
        {
            DmTag tag = group.Tags[i];
            if (tag.Group is { Tags.Count: 0 })
            {
                continue;
            }

            _budgetBytes -= EntryBytes + (2 * (prefix.Length + tag.Name.Length));
            if (_budgetBytes < 0)
            {
                _leftOut++;
                continue;
            }

            string name = tag.Name.Length > 0 ? tag.Name : i.ToString(CultureInfo.InvariantCulture);
            if (tag.Group is not null)
            {
                Add(tag.Group, string.Concat(prefix, name, "."));
                continue;
            }

            string words = WordsOf(tag);
            _budgetBytes -= 2 * words.Length;
            _tags.Add(new RawTag(prefix + name, words));
        }
    }

    private string WordsOf(DmTag tag)
    {
        DmType type = tag.Type!;
        ReadOnlySpan<byte> value = _document.ValueOf(tag);
        bool isPixels = tag.Name == "Data" && type.Encoding == DmEncoding.Array;
        if (isPixels)
        {
            string element = type.Element!.Encoding == DmEncoding.Struct ? $"structures of {type.Element.SizeBytes} bytes" : type.Element.Encoding.ToString();
            return $"{type.Count} {element}";
        }

        if (DmValues.IsText(type) && value.Length > 2 * LongestText)
        {
            return DmValues.ToText(type, value[..(2 * LongestText)], _document.Header.LittleEndian) + "…";
        }

        _words.Clear();
        DmValues.Describe(type, value, _document.Header.LittleEndian, _words);
        return _words.ToString();
    }
}
