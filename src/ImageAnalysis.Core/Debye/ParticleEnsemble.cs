namespace ImageAnalysis.Core;

/// <summary>Draws sets of explicit particles whose diameters follow a distribution: each with its own centre and its own configuration of partly filled sites.</summary>
public static class ParticleEnsemble
{
    /// <summary>Draws spheres.</summary>
    /// <param name="structure">The crystal.</param>
    /// <param name="sizes">Their diameters.</param>
    /// <param name="particleCount">How many, 1 to 100,000.</param>
    /// <param name="seed">Where the randomness comes from; same seed, same particles.</param>
    /// <param name="options">How sites are filled; defaults where <c>null</c>.</param>
    /// <returns>
    /// The particles by increasing diameter. Diameters are the quantiles (i + ½)/n of the distribution by number, so that small sets follow it closely; a particle that came
    /// out empty, as can happen below the size of a cell, is left out.
    /// </returns>
    /// <exception cref="ArgumentException">A number or an option is outside its range, or all particles came out empty.</exception>
    public static IReadOnlyList<FilledCluster> DrawSpheres(CrystalStructure structure, DiameterDistribution sizes, int particleCount, ulong seed, SiteFillingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(sizes);
        if (particleCount is < 1 or > 100_000)
        {
            throw new ArgumentOutOfRangeException(nameof(particleCount), particleCount, "Expected 1…100000 particles.");
        }

        SeededRandom seeds = new(seed);
        List<FilledCluster> particles = [];
        for (int i = 0; i < particleCount; i++)
        {
            ulong centreSeed = seeds.NextBits();
            ulong fillSeed = seeds.NextBits();
            ParticleShape sphere = ParticleShape.Sphere(sizes.QuantileAngstrom((i + 0.5) / particleCount));
            if (ParticleCutter.TryCut(structure, sphere, ParticleCutter.RandomCentre(centreSeed)) is Cluster cluster
                && SiteFilling.TryFill(cluster, fillSeed, options ?? new()) is FilledCluster filled)
            {
                particles.Add(filled);
            }
        }

        return particles.Count > 0 ? particles : throw new ArgumentException("All particles came out empty: they are smaller than the distances between atoms.", nameof(sizes));
    }
}
