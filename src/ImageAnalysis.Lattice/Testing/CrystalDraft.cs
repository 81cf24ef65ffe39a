namespace ImageAnalysis.Lattice;

/// <summary>A crystal on its way to its verdict.</summary>
internal sealed class CrystalDraft
{
    public required CrystalSeed Seed { get; init; }

    public required CrystalWindow Window { get; init; }

    public required WindowMoments Moments { get; init; }

    /// <summary>Spots that count, the strongest fringe's first, then its partner's where there is one.</summary>
    public required IReadOnlyList<FringeDraft> Spots { get; init; }

    public bool HasPartner { get; init; }

    public CrystalName Name { get; set; } = new(-1, null, 0);
}

/// <summary>A spot of a crystal.</summary>
internal sealed class FringeDraft
{
    public required WindowSpot Spot { get; init; }

    /// <summary>The background at its |g|.</summary>
    public required LocalBackground Background { get; init; }

    /// <summary>What it is in the reference; <c>null</c> where it is nothing.</summary>
    public ReferenceSpot? Reference { get; set; }

    public string? Hkl { get; set; }

    /// <summary>The test along it; <c>null</c> where it is not tested.</summary>
    public FringeTest? Test { get; set; }

    /// <summary>The places of its test: g/n first, then its higher orders, then those beside other fringes; empty where it is not tested.</summary>
    public IReadOnlyList<PlaceTest> Tests => Test?.Places ?? [];

    /// <summary>The free search's find, with its period.</summary>
    public (int Period, PlaceTest Test)? OtherPeriod { get; set; }
}
