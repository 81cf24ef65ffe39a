namespace ImageAnalysis.Samples;

/// <summary>A row of the published table.</summary>
/// <param name="Name">The sample there.</param>
/// <param name="DiameterNm">Its nominal size, nm.</param>
/// <param name="SuperstructurePercent">Share of particles with the superstructure, as printed, %.</param>
/// <param name="Count">Particles that the share is of, about; the counts themselves are not printed.</param>
public sealed record PublishedRow(string Name, double DiameterNm, double SuperstructurePercent, int Count)
{
    /// <summary>Particles with the superstructure that the share stands for, if it is of <see cref="Count"/>.</summary>
    public int OrderedCount => (int)Math.Round(0.01 * SuperstructurePercent * Count);
}

/// <summary>The table of superstructure against size that measurements of copper selenide are set beside.</summary>
/// <remarks>S. L. White, P. Banerjee and P. K. Jain, Nat. Commun. 8 (2017) 14514, doi:10.1038/ncomms14514: about 30 particles a sample.</remarks>
public static class PublishedTable
{
    // A sample of another size than this is none of those published.
    private const double SizeTolerance = 0.3;

    /// <summary>Where the table stands.</summary>
    public const string Source = "White, Banerjee & Jain, Nat. Commun. 8, 14514 (2017), doi:10.1038/ncomms14514";

    /// <summary>The crystal that it is of.</summary>
    public const string Crystal = "Cu2Se";

    /// <summary>The rows.</summary>
    public static IReadOnlyList<PublishedRow> Rows { get; } = [new("2 nm", 2, 0, 30), new("4 nm", 4, 10, 30), new("6 nm", 6, 80, 30)];

    /// <summary>The row of the same size, within 30 %.</summary>
    /// <param name="diameterNm">Mean size of the sample, nm.</param>
    /// <returns>The row; <c>null</c> for other sizes.</returns>
    public static PublishedRow? Of(double? diameterNm) =>
        diameterNm is double d && Rows.MinBy(row => Math.Abs(Math.Log(d / row.DiameterNm))) is { } nearest && Math.Abs((d / nearest.DiameterNm) - 1) <= SizeTolerance ? nearest : null;
}
