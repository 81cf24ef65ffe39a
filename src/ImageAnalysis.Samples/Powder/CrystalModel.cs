using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>A crystal structure that powder patterns are fitted with.</summary>
/// <param name="Name">How results name it: as the sample sheet writes it.</param>
/// <param name="Sha256">SHA-256 of its CIF file in lower-case hexadecimal.</param>
/// <param name="Structure">The structure.</param>
public sealed record CrystalModel(string Name, string Sha256, CrystalStructure Structure);
