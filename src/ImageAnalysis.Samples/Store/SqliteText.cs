using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ImageAnalysis.Samples;

/// <summary>Short words for what SQLite's classes say at length.</summary>
internal static class SqliteText
{
    /// <summary>Sets a parameter; <c>null</c> becomes NULL.</summary>
    public static SqliteCommand Set(this SqliteCommand command, string name, object? value)
    {
        object stored = value ?? DBNull.Value;
        int at = command.Parameters.IndexOf(name);
        if (at < 0)
        {
            command.Parameters.AddWithValue(name, stored);
        }
        else
        {
            command.Parameters[at].Value = stored;
        }

        return command;
    }

    public static double? NumberAt(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    public static int? WholeAt(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static string? TextAt(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A list of texts as JSON.</summary>
    public static string ListJson(IEnumerable<string> items) => JsonText.Write(json =>
    {
        json.WriteStartArray();
        foreach (string item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    });

    /// <summary>The texts of a list in JSON.</summary>
    public static string[] List(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        return [.. json.RootElement.EnumerateArray().Select(item => item.GetString()!)];
    }
}
