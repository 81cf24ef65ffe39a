using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>A particle that a person can decide on: one that the program found, or one that a decision has put there.</summary>
public sealed record ReviewItem
{
    /// <summary>Name of the item within its results, of letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>Its image.</summary>
    public required FileResult File { get; init; }

    /// <summary>Which particle it is.</summary>
    public required ParticleKey Key { get; init; }

    /// <summary>What the program says about it now.</summary>
    public required SeenResult Seen { get; init; }

    /// <summary>Its size; <c>null</c> for crystals.</summary>
    public SizeMeasurement? Size { get; init; }

    /// <summary>Its fringes; <c>null</c> for particles of HAADF images.</summary>
    public CrystalMeasurement? Crystal { get; init; }

    /// <summary>The decision that put it there; <c>null</c> for what the program found.</summary>
    public Decision? MadeBy { get; init; }

    /// <summary>How much a person's look is worth, 0…1: the chance, roughly, that the automatic result is not what a person would say.</summary>
    public double DoubtScore => Size is not null ? Doubt.OfSize(Size) : Doubt.OfCrystal(Crystal!);

    /// <summary>Why it should be looked at, in plain words; empty where nothing speaks for it.</summary>
    public IReadOnlyList<string> Reasons => Size is not null ? Doubt.ReasonsOf(Size) : Doubt.ReasonsOf(Crystal!);

    /// <summary>The particle of a HAADF image.</summary>
    internal static ReviewItem Of(FileResult file, string id, string resultId, SizeMeasurement size, Decision? madeBy = null) => new()
    {
        Id = id,
        File = file,
        Size = size,
        MadeBy = madeBy,
        Key = KeyOf(file, size),
        Seen = new SeenResult { ResultId = resultId, ParticleId = size.ParticleId, Counted = size.Counted, FeretMaxPx = size.FeretMaxPx, Flags = [.. size.Flags.Select(flag => flag.Name)] },
    };

    /// <summary>The crystal of an HRTEM image.</summary>
    internal static ReviewItem Of(FileResult file, string id, string resultId, CrystalMeasurement crystal, Decision? madeBy = null) => new()
    {
        Id = id,
        File = file,
        Crystal = crystal,
        MadeBy = madeBy,
        Key = new ParticleKey
        {
            Sha256 = file.Sha256!,
            Frame = file.Frame,
            Stage = ReviewStage.Fringes,
            XPx = crystal.XPx,
            YPx = crystal.YPx,
            X0Px = crystal.X0Px,
            Y0Px = crystal.Y0Px,
            X1Px = crystal.X1Px,
            Y1Px = crystal.Y1Px,
        },
        Seen = new SeenResult { ResultId = resultId, ParticleId = crystal.ParticleId, Verdict = VerdictWords.Of(crystal.Verdict), SpacingPx = crystal.Carrier?.SpacingPx, Flags = [.. crystal.Flags.Select(flag => flag.Name)] },
    };

    /// <summary>Which particle a measurement of a HAADF image is about: the box of its outline.</summary>
    /// <param name="file">The image.</param>
    /// <param name="size">The measurement.</param>
    /// <returns>The key.</returns>
    public static ParticleKey KeyOf(FileResult file, SizeMeasurement size) => new()
    {
        Sha256 = file.Sha256!,
        Frame = file.Frame,
        Stage = ReviewStage.Sizes,
        XPx = size.XPx,
        YPx = size.YPx,
        X0Px = size.OutlinePx.Min(point => point.XPx),
        Y0Px = size.OutlinePx.Min(point => point.YPx),
        X1Px = size.OutlinePx.Max(point => point.XPx),
        Y1Px = size.OutlinePx.Max(point => point.YPx),
    };
}
