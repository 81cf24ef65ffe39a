namespace ImageAnalysis.Lattice;

/// <summary>Something about a crystal or an image that a person should know, with the reason.</summary>
/// <param name="Name">Short fixed word for tables, such as <c>near-threshold</c>, <c>overlap</c> or <c>transfer-zero</c> (docs/methods/superlattice-test.md lists them).</param>
/// <param name="Reason">The reason in plain words, with the numbers.</param>
/// <param name="NeedsReview">True when a person should look at the crystal before its verdict is relied on.</param>
public sealed record CrystalFlag(string Name, string Reason, bool NeedsReview);
