using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>A crystal structure that powder patterns are simulated from or fitted with.</summary>
/// <param name="Name">How results name it: the path as the sample sheet or the command line writes it.</param>
/// <param name="Sha256">SHA-256 of its CIF file in lower-case hexadecimal.</param>
/// <param name="Structure">The structure.</param>
/// <param name="Notes">What was assumed while reading, for people.</param>
public sealed record CrystalModel(string Name, string Sha256, CrystalStructure Structure, IReadOnlyList<string> Notes);
