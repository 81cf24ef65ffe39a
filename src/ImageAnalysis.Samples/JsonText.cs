using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ImageAnalysis.Samples;

/// <summary>Writes JSON in one way everywhere: UTF-8, letters such as ± and µ as themselves, numbers in their shortest exact form.</summary>
internal static class JsonText
{
    /// <summary>Writes to a stream, with a line feed at the end where it is indented.</summary>
    public static void Write(Stream stream, bool indented, Action<Utf8JsonWriter> content)
    {
        using (Utf8JsonWriter json = new(stream, Settings(indented)))
        {
            content(json);
        }

        if (indented)
        {
            stream.WriteByte((byte)'\n');
        }
    }

    /// <summary>Compact JSON as a text.</summary>
    public static string Write(Action<Utf8JsonWriter> content)
    {
        using MemoryStream stream = new();
        Write(stream, indented: false, content);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes a number, or null where it is missing.</summary>
    public static void Number(this Utf8JsonWriter json, string key, double? value)
    {
        json.WritePropertyName(key);
        json.Number(value);
    }

    /// <summary>Writes a number, or null where it is missing.</summary>
    public static void Number(this Utf8JsonWriter json, double? value)
    {
        if (value is double number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static JsonWriterOptions Settings(bool indented) =>
        new() { Indented = indented, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
