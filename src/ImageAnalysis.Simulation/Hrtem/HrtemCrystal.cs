using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>A crystal whose particles lie in an HRTEM image as they are, without vacancies made in it.</summary>
/// <param name="Crystal">The crystal; partly filled sites are filled at random, never two atoms at an impossible distance.</param>
public sealed record HrtemCrystal(CrystalStructure Crystal)
{
    /// <summary>Zone axes [uvw] that are drawn from; at least one.</summary>
    public IReadOnlyList<(int U, int V, int W)> Zones { get; init; } = [(1, -1, 0), (1, -1, 0), (1, 1, -2)];

    /// <summary>The planes that are looked for, one of each pair of opposite sides; at least one.</summary>
    public IReadOnlyList<(int H, int K, int L)> Planes { get; init; } = [(1, 1, 1), (-1, 1, 1), (1, -1, 1), (1, 1, -1)];

    /// <summary>No two atoms are closer than this, Å, 0…3; default 2.0.</summary>
    public double ShortestDistanceAngstrom { get; init; } = 2.0;

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its limits; the message names field, value and limits.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Crystal);
        ArgumentNullException.ThrowIfNull(Zones);
        ArgumentNullException.ThrowIfNull(Planes);
        Limits.Check(nameof(Zones), Zones.Count, 1, 100);
        Limits.Check(nameof(Planes), Planes.Count, 1, 100);
        Limits.Check(nameof(ShortestDistanceAngstrom), ShortestDistanceAngstrom, 0, 3);
    }
}
