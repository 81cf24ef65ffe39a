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

    public double DiameterNm => Math.Sqrt(WidthNm * HeightNm);
}
