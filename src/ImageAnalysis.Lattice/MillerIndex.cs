namespace ImageAnalysis.Lattice;

/// <summary>Indices of lattice planes.</summary>
/// <param name="H">First index.</param>
/// <param name="K">Second index.</param>
/// <param name="L">Third index.</param>
public sealed record MillerIndex(int H, int K, int L)
{
    /// <summary>The indices with blanks between them, such as <c>-1 1 1</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => FormattableString.Invariant($"{H} {K} {L}");
}
