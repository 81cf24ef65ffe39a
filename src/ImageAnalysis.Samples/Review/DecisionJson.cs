using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>Decisions as JSON Lines: one object a line, keys in snake case, so that files can be joined, sorted and compared line by line.</summary>
public static class DecisionJson
{
    private const int Version = 1, MostLineCharacters = 1_000_000, MostTextCharacters = 4000;

    private static readonly DecisionJsonContext _json = new(new JsonSerializerOptions(DecisionJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>One decision as one line without its end.</summary>
    /// <param name="decision">The decision.</param>
    /// <returns>The JSON text.</returns>
    public static string Write(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return JsonSerializer.Serialize(new DecisionLine { Version = Version, Decision = decision }, _json.DecisionLine);
    }

    /// <summary>Reads one line.</summary>
    /// <param name="line">The JSON text.</param>
    /// <param name="shownAs">File and line number, for messages.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="InputException">It is no decision, or one that cannot be.</exception>
    public static Decision Read(string line, string shownAs)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Length > MostLineCharacters)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{shownAs}: found {line.Length} characters in a line; expected at most {MostLineCharacters}."));
        }

        DecisionLine? read;
        try
        {
            read = JsonSerializer.Deserialize(line, _json.DecisionLine);
        }
        catch (JsonException e)
        {
            throw new InputException($"{shownAs}: found no decision at {e.Path ?? "its start"}; expected a line as written by ima review --export. ({e.Message.Split(" Path:")[0]})", e);
        }

        if (read is null || read.Version != Version)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{shownAs}: version: found {read?.Version}; expected {Version}."));
        }

        Check(read.Decision, shownAs);

        // The fringe that stands for a crystal is one of its fringes, not a copy.
        return read.Decision.Crystal is { Carrier: { } carrier } crystal
            ? read.Decision with { Crystal = crystal with { Carrier = crystal.Fringes.FirstOrDefault(fringe => fringe.G == carrier.G) } }
            : read.Decision;
    }

    /// <summary>Reads a file of decisions.</summary>
    /// <param name="text">The file.</param>
    /// <param name="shownAs">Its name in messages.</param>
    /// <returns>The decisions in the order of their lines; empty lines are passed over.</returns>
    /// <exception cref="InputException">A line is no decision; none of the file is to be used then.</exception>
    public static IReadOnlyList<Decision> ReadAll(TextReader text, string shownAs)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<Decision> decisions = [];
        int number = 0;
        while (text.ReadLine() is string line)
        {
            number++;
            if (line.Trim().Length > 0)
            {
                decisions.Add(Read(line, string.Create(CultureInfo.InvariantCulture, $"{shownAs}: line {number}")));
            }
        }

        return decisions;
    }

    /// <summary>Holds a decision to what it may say.</summary>
    /// <exception cref="InputException">A part of it is missing or cannot be.</exception>
    internal static void Check(Decision decision, string shownAs)
    {
        Expect(decision.Id is { Length: > 0 and <= 100 }, "id", decision.Id, "a name of 1 to 100 characters");
        Expect(decision.Reviewer is { Length: > 0 and <= 100 } && decision.Reviewer.Trim() == decision.Reviewer && !decision.Reviewer.Any(char.IsControl), "reviewer", decision.Reviewer, "a name of 1 to 100 characters");
        Expect(decision.File is { Length: <= MostTextCharacters }, "file", decision.File, "the name of a file");
        Expect(decision.Note is null or { Length: <= MostTextCharacters }, "note", "a long text", "at most 4000 characters");
        Expect(decision.Reason is null or { Length: <= MostTextCharacters }, "reason", "a long text", "at most 4000 characters");
        Expect(Enum.IsDefined(decision.Action), "action", decision.Action.ToString(), "a decision");
        ParticleKey? key = decision.Particle;
        Expect(key is { Sha256.Length: 64 } && key.Sha256.All(char.IsAsciiHexDigitLower), "particle.sha256", key?.Sha256, "64 digits 0-9 a-f");
        Expect(key!.X1Px > key.X0Px && key.Y1Px > key.Y0Px && double.IsFinite(key.XPx) && double.IsFinite(key.YPx), "particle", "an empty box", "x0 < x1 and y0 < y1");
        Expect(decision.Action.IsFor(key.Stage), "action", decision.Action.Word(), $"a decision about a particle of the stage {key.Stage.ToString().ToLowerInvariant()}");
        Expect(decision.Action is ReviewAction.Undo or ReviewAction.Redo == decision.Target is not null, "target", decision.Target, "the decision that is taken back, for undo and redo alone");
        Expect(decision.Others is not null && decision.DrawnPx is not null && decision.Sizes is not null, "others", "null", "a list");

        void Expect(bool holds, string key, string? found, string expected)
        {
            if (!holds)
            {
                throw new InputException($"{shownAs}: {key}: found {(found is null ? "nothing" : $"\"{found}\"")}; expected {expected}.");
            }
        }
    }
}

/// <summary>A line of an export.</summary>
internal sealed record DecisionLine
{
    public required int Version { get; init; }

    public required Decision Decision { get; init; }
}

/// <summary>Words such as <c>no-fringe</c>, where the library would write the names of the code.</summary>
internal sealed class WordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>What the compiler writes for reading and writing decisions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, Converters = [typeof(WordConverter<ReviewAction>), typeof(WordConverter<ReviewStage>), typeof(WordConverter<Verdict>)])]
[JsonSerializable(typeof(DecisionLine))]
internal sealed partial class DecisionJsonContext : JsonSerializerContext;
