using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>Options as JSON: an object a stage, keys in snake case. A file names only what it changes; everything else keeps its default.</summary>
public static class OptionsJson
{
    private static readonly OptionsJsonContext Compact = new(new JsonSerializerOptions(OptionsJsonContext.Default.Options) { WriteIndented = false });

    /// <summary>Writes the whole set, readable, ending in a line feed.</summary>
    /// <param name="options">The options.</param>
    /// <returns>The JSON text.</returns>
    public static string Write(PipelineOptions options) => JsonSerializer.Serialize(options, OptionsJsonContext.Default.PipelineOptions) + "\n";

    /// <summary>Reads options from a file.</summary>
    /// <param name="path">The file; also its name in messages.</param>
    /// <returns>The defaults, changed by what the file says.</returns>
    /// <exception cref="InputException">The file cannot be read, has an unknown key, or a value outside its limits.</exception>
    public static PipelineOptions Read(string path) => Parse(JsonPlace.Load(path, path));

    /// <summary>Reads options from UTF-8 text.</summary>
    /// <param name="utf8">The JSON text.</param>
    /// <param name="shownAs">Its name in messages.</param>
    /// <returns>The defaults, changed by what the text says.</returns>
    /// <exception cref="InputException">It is no JSON, has an unknown key, or a value outside its limits.</exception>
    public static PipelineOptions Parse(ReadOnlySpan<byte> utf8, string shownAs) => Parse(JsonPlace.Parse(utf8, shownAs));

    /// <summary>One compact line, the same for equal options: what stored results are keyed by.</summary>
    internal static string Canonical<T>(T options) => JsonSerializer.Serialize(options, (JsonTypeInfo<T>)Compact.GetTypeInfo(typeof(T))!);

    private static PipelineOptions Parse(JsonPlace place)
    {
        JsonTypeInfo<PipelineOptions> type = OptionsJsonContext.Default.PipelineOptions;
        using JsonDocument defaults = JsonSerializer.SerializeToDocument(new PipelineOptions(), type);
        string merged = JsonText.Write(json => Merge(json, place, defaults.RootElement, type));
        PipelineOptions options = JsonSerializer.Deserialize(merged, type)!;
        Check(place, "segmentation", options.Segmentation.Validate);
        Check(place, "size", options.Size.Validate);
        Check(place, "distribution", options.Distribution.Validate);
        Check(place, "fringes", options.Fringes.Validate);
        Check(place, "pxrd", options.Pxrd.Validate);
        Check(place, "join", options.Join.Validate);
        return options;
    }

    /// <summary>Writes the defaults of a type with what the file says in their place, and holds the file to the type's keys and kinds.</summary>
    private static void Merge(Utf8JsonWriter json, JsonPlace place, JsonElement defaults, JsonTypeInfo type)
    {
        place.AllowKeys([.. type.Properties.Select(property => property.Name)]);
        json.WriteStartObject();
        foreach (JsonPropertyInfo property in type.Properties)
        {
            json.WritePropertyName(property.Name);
            JsonElement standard = defaults.GetProperty(property.Name);
            JsonPlace? given = place.Members.FirstOrDefault(member => member.Key == property.Name).Value;
            if (given is null)
            {
                standard.WriteTo(json);
            }
            else if (standard.ValueKind == JsonValueKind.Object)
            {
                Merge(json, given, standard, OptionsJsonContext.Default.GetTypeInfo(property.PropertyType)!);
            }
            else
            {
                WriteValue(json, given, property.PropertyType);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, JsonPlace given, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (given.Kind == JsonValueKind.Null && plain != type)
        {
            json.WriteNullValue();
        }
        else if (plain == typeof(bool))
        {
            json.WriteBooleanValue(given.AsBool());
        }
        else if (plain == typeof(int))
        {
            json.WriteNumberValue(given.AsWhole(int.MinValue, int.MaxValue, "a whole number"));
        }
        else if (plain == typeof(string))
        {
            json.WriteStringValue(given.AsText("a text"));
        }
        else if (plain == typeof(MillerIndex))
        {
            WriteIndex(json, given);
        }
        else if (plain == typeof(IReadOnlyList<MillerIndex>))
        {
            json.WriteStartArray();
            foreach (JsonPlace index in given.AsList("a list of indices such as [[1, 1, 1], [2, 0, 0]]"))
            {
                WriteIndex(json, index);
            }

            json.WriteEndArray();
        }
        else if (plain == typeof(double))
        {
            json.WriteNumberValue(given.AsNumber("a number"));
        }
        else
        {
            throw new InvalidOperationException($"An option of type {type} cannot be read.");
        }
    }

    private static void WriteIndex(Utf8JsonWriter json, JsonPlace given)
    {
        const string expected = "the three indices of a lattice plane, such as [1, 1, 1]";
        IReadOnlyList<JsonPlace> indices = given.AsList(expected);
        if (indices.Count != 3)
        {
            throw given.Wrong(expected);
        }

        json.WriteStartArray();
        foreach (JsonPlace index in indices)
        {
            json.WriteNumberValue(index.AsWhole(-99, 99, "a whole number"));
        }

        json.WriteEndArray();
    }

    /// <summary>Validates one stage, and says where in the file a bad value stands.</summary>
    private static void Check(JsonPlace root, string stage, Action validate)
    {
        try
        {
            validate();
        }
        catch (ArgumentException e)
        {
            JsonPlace at = root.Find(stage) ?? root;
            string key = JsonNamingPolicy.SnakeCaseLower.ConvertName(e.ParamName ?? string.Empty);
            at = at.Find(key) ?? at.Members.Select(member => member.Value.Find(key)).FirstOrDefault(found => found is not null) ?? at;
            string detail = e.Message.Split(" (Parameter")[0];
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{at.Where}: {detail}"), e);
        }
    }
}

/// <summary>What the compiler writes for reading and writing options.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n", IndentSize = 2, Converters = [typeof(MillerIndexConverter)])]
[JsonSerializable(typeof(PipelineOptions))]
internal sealed partial class OptionsJsonContext : JsonSerializerContext;
