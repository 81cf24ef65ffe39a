namespace ImageAnalysis.Lattice;

/// <summary>Patches of fringes that one crystal makes.</summary>
internal sealed class CrystalSeed
{
    public required FringePatch Strongest { get; init; }

    /// <summary>The patch that spans the plane of its reciprocal lattice together with the strongest; <c>null</c> where all fringes run one way.</summary>
    public FringePatch? Partner { get; init; }

    /// <summary>All its patches, strongest first.</summary>
    public required IReadOnlyList<FringePatch> Patches { get; init; }

    /// <summary>The strongest patch of a twin's other half, where there is one: the mirror image of one of these across the planes that both share.</summary>
    public FringePatch? Twin { get; init; }

    public double XNm { get; init; }

    public double YNm { get; init; }

    public double WidthNm { get; init; }

    public double HeightNm { get; init; }

    /// <summary>How far the fringes of a crystal lie from it that shows none in its own place, along x, nm; 0 for others.</summary>
    public double ReachXNm { get; init; }

    /// <summary>The same along y, nm.</summary>
    public double ReachYNm { get; init; }

    /// <summary>True where patches of another crystal overlap this one.</summary>
    public bool Overlaps { get; set; }

    /// <summary>Diameter of the box, nm: as wide as the fringes are seen through the filter.</summary>
    public double DiameterNm => Math.Sqrt(WidthNm * HeightNm);

    /// <summary>Half amplitude's width of the filter through which the outline is seen, nm.</summary>
    public double BlurNm => FullWidth * Strongest.OutlineSigmaNm;

    /// <summary>
    /// Diameter of the crystal itself, nm. The filter widens the outline; the lens shows the fringes to both sides of a crystal, not yet apart, which widened those simulated by multislice by x²/(x + 0.5 nm) for a displacement of x; and the
    /// amplitude of a sphere's fringes falls to half within 0.87 of its diameter.
    /// </summary>
    public double OwnDiameterNm
    {
        get
        {
            double away = Strongest.Displacement.IsKnown && !Strongest.IsDisplaced ? Strongest.Displacement.LengthNm : 0, seen = DiameterNm - (away * away / (away + 0.5));
            return Math.Sqrt(Math.Max((seen * seen) - (BlurNm * BlurNm), LeastShare * LeastShare * DiameterNm * DiameterNm)) / HalfAmplitudeRatio;
        }
    }

    private const double FullWidth = 2.3548; // 2√(2 ln 2)

    private const double HalfAmplitudeRatio = 0.88;

    private const double LeastShare = 0.35;
}
