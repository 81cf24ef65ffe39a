namespace ImageAnalysis.Core;

/// <summary>What is known of the number of atoms of one element in a unit cell, over all its sites.</summary>
/// <param name="Element">The element's symbol, such as <c>Cu</c>.</param>
/// <param name="AtomsPerCell">Atoms in the unit cell, above 0.</param>
/// <param name="SigmaPerCell">
/// Its standard deviation where it was measured, by EDS for instance, in atoms per cell and above 0: the fit treats it as one more observation. <c>null</c> (default)
/// holds the total exactly.
/// </param>
public sealed record ElementTotal(string Element, double AtomsPerCell, double? SigmaPerCell = null);
