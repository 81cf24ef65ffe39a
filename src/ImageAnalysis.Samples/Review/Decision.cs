using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>One decision of one person about one particle. Decisions are only ever added; taking one back is a decision of its own.</summary>
public sealed record Decision
{
    /// <summary>Name of the decision, unlike any other's; the same decision sent or imported twice is kept once.</summary>
    public required string Id { get; init; }

    /// <summary>When it was made, in universal time.</summary>
    public required DateTimeOffset AtUtc { get; init; }

    /// <summary>Who made it.</summary>
    public required string Reviewer { get; init; }

    /// <summary>True when the automatic verdict and other reviewers' decisions were hidden.</summary>
    public bool Blind { get; init; }

    /// <summary>True when it settles a difference between reviewers.</summary>
    public bool Adjudication { get; init; }

    /// <summary>What was decided.</summary>
    public required ReviewAction Action { get; init; }

    /// <summary>The decision that is taken back or holds again; <c>null</c> for all others.</summary>
    public string? Target { get; init; }

    /// <summary>Why a particle is excluded; <c>null</c> where nothing was said.</summary>
    public string? Reason { get; init; }

    /// <summary>A remark.</summary>
    public string? Note { get; init; }

    /// <summary>Name of the image file at that time, for people.</summary>
    public required string File { get; init; }

    /// <summary>Which particle it is about.</summary>
    public required ParticleKey Particle { get; init; }

    /// <summary>What the program said about the particle at that time; <c>null</c> for a region that a person has drawn.</summary>
    public SeenResult? Seen { get; init; }

    /// <summary>The other particles that are merged into this one; empty for all other decisions.</summary>
    public IReadOnlyList<ParticleKey> Others { get; init; } = [];

    /// <summary>What was drawn: the line of a split from one end to the other, or the outline of a region; empty where nothing was.</summary>
    public IReadOnlyList<PointPx> DrawnPx { get; init; } = [];

    /// <summary>Hash of the options with which drawn regions were measured; <c>null</c> where nothing was measured.</summary>
    public string? OptionsHash { get; init; }

    /// <summary>Sizes of what stands in the place of the particle after a split, merge or addition; empty for all other decisions.</summary>
    public IReadOnlyList<SizeMeasurement> Sizes { get; init; } = [];

    /// <summary>The crystal as measured in a region that was drawn; <c>null</c> where none was.</summary>
    public CrystalMeasurement? Crystal { get; init; }
}

/// <summary>What the program had said about a particle when a person decided on it.</summary>
public sealed record SeenResult
{
    /// <summary>Name of the stored result of the image: bytes, stage, options and code.</summary>
    public required string ResultId { get; init; }

    /// <summary>Number of the particle within its image then.</summary>
    public required int ParticleId { get; init; }

    /// <summary>The automatic verdict; <c>null</c> for particles of HAADF images.</summary>
    public string? Verdict { get; init; }

    /// <summary>Whether it was counted; <c>null</c> for crystals.</summary>
    public bool? Counted { get; init; }

    /// <summary>Long axis in px; <c>null</c> for crystals.</summary>
    public double? FeretMaxPx { get; init; }

    /// <summary>Spacing of the fringe that stands for the crystal, px; <c>null</c> without one.</summary>
    public double? SpacingPx { get; init; }

    /// <summary>Short words of its flags.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];
}
