namespace ImageAnalysis.Core;

/// <summary>Simulates powder patterns from the Bragg reflections of a crystal.</summary>
/// <remarks>The model is the one that <see cref="PowderFitter"/> fits: docs/methods/powder-patterns.md.</remarks>
public static class BraggPattern
{
    /// <summary>The pattern without noise.</summary>
    /// <param name="structure">The crystal, with its occupancies and displacement parameters.</param>
    /// <param name="options">Radiation, profile and background; defaults where <c>null</c>.</param>
    /// <returns>The pattern.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <exception cref="ArgumentException">A table lacks an element, or the crystal has no line that reaches the range.</exception>
    public static PowderPattern Simulate(CrystalStructure structure, BraggPatternOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(structure);
        return new BraggSimulation(structure, options ?? new()).Pattern(structure);
    }
}
