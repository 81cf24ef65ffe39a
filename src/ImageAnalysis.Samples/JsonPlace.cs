using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ImageAnalysis.Samples;

/// <summary>
/// One value of a JSON file that knows where it stands, so that an error can name file, line and path. Comments and trailing commas are
/// accepted; a key that occurs twice in one object is an error.
/// </summary>
internal sealed class JsonPlace
{
    private readonly List<KeyValuePair<string, JsonPlace>> _members = [];
    private readonly List<JsonPlace> _items = [];

    private JsonPlace(string file, string path, int line, JsonValueKind kind, string text)
    {
        (File, Path, Line, Kind, Text) = (file, path, line, kind, text);
    }

    /// <summary>The file's name as it was given.</summary>
    public string File { get; }

    /// <summary>The place, such as <c>$.samples[0].name</c>.</summary>
    public string Path { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The kind of value.</summary>
    public JsonValueKind Kind { get; }

    /// <summary>The text of a string (unescaped) or number (as written); empty for the rest.</summary>
    public string Text { get; }

    /// <summary>Keys and values of an object, in the file's order.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonPlace>> Members => _members;

    /// <summary>Items of an array.</summary>
    public IReadOnlyList<JsonPlace> Items => _items;

    /// <summary>Reads a file; <paramref name="shownAs"/> is its name in messages.</summary>
    /// <exception cref="InputException">The file cannot be opened or is not JSON.</exception>
    public static JsonPlace Load(string path, string shownAs)
    {
        try
        {
            return Parse(System.IO.File.ReadAllBytes(path), shownAs);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{shownAs}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Parses UTF-8 text, with or without a byte order mark.</summary>
    /// <exception cref="InputException">The text is not JSON.</exception>
    public static JsonPlace Parse(ReadOnlySpan<byte> utf8, string shownAs)
    {
        ReadOnlySpan<byte> bom = Encoding.UTF8.Preamble;
        utf8 = utf8.StartsWith(bom) ? utf8[bom.Length..] : utf8;
        Lines lines = new(utf8);
        if (FirstInvalid(utf8) is int at)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{shownAs}: line {lines.Of(at)}: found the byte 0x{utf8[at]:X2}, which is no UTF-8; expected a file saved as UTF-8."));
        }

        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            reader.Read();
            JsonPlace root = ReadValue(ref reader, lines, shownAs, "$");
            reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            long line = (e.LineNumber ?? 0) + 1;
            string detail = e.Message.Split(" LineNumber:")[0];
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{shownAs}: line {line}: not valid JSON: {detail}"), e);
        }
        catch (InvalidOperationException e)
        {
            // What the reader throws for half of a surrogate pair, such as "\ud800".
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{shownAs}: line {lines.Of(reader.TokenStartIndex)}: not valid text: {e.Message}"), e);
        }
    }

    /// <summary>An error about this value.</summary>
    public InputException Wrong(string expected) => new($"{Where}: found {Shown}; expected {expected}.");

    /// <summary>File, line and path, for messages.</summary>
    public string Where => string.Create(CultureInfo.InvariantCulture, $"{File}: line {Line}, {Path}");

    /// <summary>The value as shown in messages: a string in quotes, a number as written, else the kind.</summary>
    public string Shown => Kind switch
    {
        JsonValueKind.String => $"\"{Text}\"",
        JsonValueKind.Number => Text,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object {…}",
        _ => "a list […]",
    };

    /// <summary>Holds an object to its known keys.</summary>
    /// <exception cref="InputException">It is no object, or has another key.</exception>
    public void AllowKeys(params ReadOnlySpan<string> known)
    {
        if (Kind != JsonValueKind.Object)
        {
            throw Wrong($"an object with the keys {string.Join(", ", known)}");
        }

        foreach ((string key, JsonPlace value) in _members)
        {
            if (!known.Contains(key))
            {
                throw new InputException($"{value.Where}: found the unknown key \"{key}\"; known here: {string.Join(", ", known)}.");
            }
        }
    }

    /// <summary>The value of a key, or <c>null</c> where it is absent or null.</summary>
    public JsonPlace? Find(string key)
    {
        JsonPlace? value = _members.Find(member => member.Key == key).Value;
        return value is { Kind: JsonValueKind.Null } ? null : value;
    }

    /// <summary>The value of a key that has to be there.</summary>
    /// <exception cref="InputException">It is absent or null.</exception>
    public JsonPlace Require(string key, string expected) =>
        Find(key) ?? throw new InputException($"{Where}: \"{key}\" is missing; expected {expected}.");

    /// <summary>The text of a string that is not blank.</summary>
    public string AsText(string expected) => Kind == JsonValueKind.String && !string.IsNullOrWhiteSpace(Text) ? Text : throw Wrong(expected);

    /// <summary>A finite number.</summary>
    public double AsNumber(string expected) =>
        Kind == JsonValueKind.Number && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value)
            ? value
            : throw Wrong(expected);

    /// <summary>A finite number above 0.</summary>
    public double AsPositive(string expected) => AsNumber(expected) is > 0 and double value ? value : throw Wrong(expected);

    /// <summary>A whole number in a range.</summary>
    public int AsWhole(int low, int high, string expected) =>
        Kind == JsonValueKind.Number && int.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
        && value >= low && value <= high
            ? value
            : throw Wrong(expected);

    /// <summary>True or false.</summary>
    public bool AsBool() => Kind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong("true or false"),
    };

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<JsonPlace> AsList(string expected) => Kind == JsonValueKind.Array ? _items : throw Wrong(expected);

    private static int? FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        for (int at = 0; at < utf8.Length;)
        {
            if (Rune.DecodeFromUtf8(utf8[at..], out _, out int length) != OperationStatus.Done)
            {
                return at;
            }

            at += length;
        }

        return null;
    }

    private static JsonPlace ReadValue(ref Utf8JsonReader reader, Lines lines, string file, string path)
    {
        int line = lines.Of(reader.TokenStartIndex);
        JsonPlace place = new(file, path, line, KindOf(reader.TokenType), TextOf(ref reader));
        if (place.Kind == JsonValueKind.Object)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                string key = reader.GetString()!;
                int keyLine = lines.Of(reader.TokenStartIndex);
                reader.Read();
                if (place._members.Exists(member => member.Key == key))
                {
                    throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{file}: line {keyLine}, {path}: the key \"{key}\" occurs twice; expected once."));
                }

                place._members.Add(new(key, ReadValue(ref reader, lines, file, $"{path}.{key}")));
            }
        }
        else if (place.Kind == JsonValueKind.Array)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                place._items.Add(ReadValue(ref reader, lines, file, string.Create(CultureInfo.InvariantCulture, $"{path}[{place._items.Count}]")));
            }
        }

        return place;
    }

    private static string TextOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => string.Empty,
    };

    private static JsonValueKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        _ => JsonValueKind.Null,
    };

    /// <summary>Turns a byte offset into a line number.</summary>
    private sealed class Lines
    {
        private readonly List<long> _starts = [0];

        public Lines(ReadOnlySpan<byte> utf8)
        {
            for (int i = 0; i < utf8.Length; i++)
            {
                if (utf8[i] == (byte)'\n')
                {
                    _starts.Add(i + 1);
                }
            }
        }

        public int Of(long offset)
        {
            int found = _starts.BinarySearch(offset);
            return found >= 0 ? found + 1 : ~found;
        }
    }
}
