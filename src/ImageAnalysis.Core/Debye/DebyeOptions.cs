namespace ImageAnalysis.Core;

/// <summary>What the intensity of a cluster is computed with.</summary>
public sealed record DebyeOptions
{
    /// <summary>Tables of f0, f′ and f″, charges, and B of the sites that have none; defaults as there. Limits of spacing are not looked at.</summary>
    public ReflectionOptions Scattering { get; init; } = new();

    /// <summary>
    /// Whether the thermal diffuse scattering Σ f²(1 − exp(−2Bs²)) of atoms that vibrate independently is in the intensity; default yes, since the
    /// scattering of a real particle contains it. Off: only what the mean of the displaced atoms scatters, as Bragg intensities have it.
    /// </summary>
    public bool ThermalDiffuse { get; init; } = true;

    /// <summary>
    /// Whether the diffuse scattering of partly filled places, Laue's monotonic term Σ n(1 − n)f², is in the intensity; default yes. Off: only
    /// what the mean occupancy scatters, as Bragg intensities have it. Without effect on explicit clusters.
    /// </summary>
    public bool OccupancyDiffuse { get; init; } = true;
}
