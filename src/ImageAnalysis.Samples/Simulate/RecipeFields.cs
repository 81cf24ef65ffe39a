namespace ImageAnalysis.Samples;

/// <summary>
/// Takes the values of one part of a recipe, and remembers which place each option came from, so that an option found to be outside its limits
/// is reported at that place.
/// </summary>
internal sealed class RecipeFields
{
    private const string AllowedKey = "allowed";

    private readonly Dictionary<string, (JsonPlace Parent, string Key, JsonPlace? Value)> _origins = [];

    /// <summary>A number, or the default where the key is absent.</summary>
    /// <param name="parent">The object that may hold it.</param>
    /// <param name="key">The key.</param>
    /// <param name="option">The option that it sets.</param>
    /// <param name="fallback">The default.</param>
    public double Number(JsonPlace parent, string key, string option, double fallback) =>
        Take(parent, key, option) is JsonPlace value ? value.AsNumber("a number") : fallback;

    /// <summary>A number that has to be there.</summary>
    public double Number(JsonPlace parent, string key, string option)
    {
        Take(parent, key, option);
        return parent.Require(key, "a number").AsNumber("a number");
    }

    /// <summary>A whole number, or the default where the key is absent.</summary>
    public int Whole(JsonPlace parent, string key, string option, int fallback) =>
        Take(parent, key, option) is JsonPlace value ? value.AsWhole(int.MinValue, int.MaxValue, "a whole number") : fallback;

    /// <summary>A whole number that has to be there.</summary>
    public int Whole(JsonPlace parent, string key, string option)
    {
        Take(parent, key, option);
        return parent.Require(key, "a whole number").AsWhole(int.MinValue, int.MaxValue, "a whole number");
    }

    /// <summary>A number, or <c>null</c> where the key is absent.</summary>
    public double? NumberOrNull(JsonPlace parent, string key, string option) => Take(parent, key, option)?.AsNumber("a number");

    /// <summary>A list of numbers, or the default where the key is absent.</summary>
    public IReadOnlyList<double> Numbers(JsonPlace parent, string key, string option, IReadOnlyList<double> fallback) =>
        Take(parent, key, option) is JsonPlace list ? [.. list.AsList("a list of numbers").Select(item => item.AsNumber("a number"))] : fallback;

    /// <summary>A list of triples of whole numbers such as zone axes or planes, or the default where the key is absent.</summary>
    public IReadOnlyList<(int, int, int)> Triples(JsonPlace parent, string key, string option, IReadOnlyList<(int, int, int)> fallback)
    {
        const string triple = "three whole numbers, -99…99, not all 0, such as [1, -1, 0]";
        return Take(parent, key, option) is JsonPlace list ? [.. list.AsList("a list of triples of whole numbers").Select(Triple)] : fallback;

        static (int, int, int) Triple(JsonPlace place)
        {
            int[] items = [.. place.AsList(triple).Select(item => item.AsWhole(-99, 99, "a whole number, -99…99"))];
            return items.Length == 3 && items.Any(item => item != 0) ? (items[0], items[1], items[2]) : throw place.Wrong(triple);
        }
    }

    /// <summary>One of several words, or the default where the key is absent.</summary>
    public static T Choice<T>(JsonPlace parent, string key, T fallback, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        if (parent.Find(key) is not JsonPlace place)
        {
            return fallback;
        }

        List<string> words = [];
        foreach ((string word, T value) in choices)
        {
            if (place.Kind == System.Text.Json.JsonValueKind.String && place.Text == word)
            {
                return value;
            }

            words.Add($"\"{word}\"");
        }

        throw place.Wrong(string.Join(" or ", words));
    }

    /// <summary>Runs the check of an options record and reports what it finds at the place in the recipe.</summary>
    /// <param name="part">The part of the recipe, for an option that stands nowhere in it.</param>
    /// <param name="check">The check.</param>
    /// <exception cref="InputException">An option is outside its limits.</exception>
    public void Check(JsonPlace part, Action check)
    {
        try
        {
            check();
        }
        catch (ArgumentOutOfRangeException e)
        {
            string allowed = e.Data[AllowedKey] as string ?? "another value";
            if (e.ParamName is null || !_origins.TryGetValue(e.ParamName, out (JsonPlace Parent, string Key, JsonPlace? Value) origin))
            {
                throw new InputException($"{part.Where}: {e.ParamName} is {e.ActualValue}; expected {allowed}.", e);
            }

            throw origin.Value is JsonPlace value
                ? value.Wrong(allowed)
                : new InputException($"{origin.Parent.Where}: \"{origin.Key}\" is not given and would be {e.ActualValue}; expected {allowed}.", e);
        }
    }

    private JsonPlace? Take(JsonPlace parent, string key, string option)
    {
        JsonPlace? value = parent.Find(key);
        _origins[option] = (parent, key, value);
        return value;
    }
}
