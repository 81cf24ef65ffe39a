using System.Text.Json.Serialization;

namespace ImageAnalysis.Review;

/// <summary>What a page sends when a person decides. (What may be left out is settable: only so does the reader leave it at its default.)</summary>
internal sealed record DecisionRequest
{
    /// <summary>Name that the page gave to the decision, so that sending it twice stores it once.</summary>
    public required string Id { get; init; }

    /// <summary>Who decides, as the page showed it.</summary>
    public required string Reviewer { get; init; }

    public required bool Blind { get; init; }

    public required string Action { get; init; }

    /// <summary>The particle; <c>null</c> for one that is added.</summary>
    public string? Item { get; init; }

    /// <summary>Number of the image, for a particle that is added.</summary>
    public int? Image { get; init; }

    public string? Reason { get; init; }

    public string? Note { get; init; }

    public bool Adjudication { get; init; }

    /// <summary>The other particles of a merge.</summary>
    public string[] Others { get; set; } = [];

    /// <summary>Points of what was drawn, x and y in turn, px.</summary>
    public double[] Drawn { get; set; } = [];

    /// <summary>The queue that the person works through, as in its address.</summary>
    public string Queue { get; set; } = string.Empty;
}

/// <summary>What a page sends to go a step back or forth.</summary>
internal sealed record StepRequest
{
    public required string Id { get; init; }

    public required string Reviewer { get; init; }

    public required bool Blind { get; init; }
}

/// <summary>What a page sends when another person sits down, or begins to work blind.</summary>
internal sealed record ReviewerRequest
{
    public required string Reviewer { get; init; }

    public required bool Blind { get; init; }
}

/// <summary>The answer to a decision that is stored.</summary>
internal sealed record DecisionAnswer
{
    /// <summary>Path of the page to show now.</summary>
    public required string Next { get; init; }

    /// <summary>What was done, in plain words.</summary>
    public required string Done { get; init; }
}

/// <summary>The answer to a request that cannot be done.</summary>
internal sealed record ErrorAnswer(string Error);

/// <summary>What the compiler writes for reading and writing these.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DecisionRequest))]
[JsonSerializable(typeof(StepRequest))]
[JsonSerializable(typeof(ReviewerRequest))]
[JsonSerializable(typeof(DecisionAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class RequestJson : JsonSerializerContext;
