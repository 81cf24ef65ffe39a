using ImageAnalysis.Imaging;

namespace ImageAnalysis.Particles;

/// <summary>Measures particles below the pixel by fitting the profile of each.</summary>
/// <remarks>
/// Each particle is a superelliptic thickness profile with a free exponent inside a star-shaped outline, seen through a probe (see docs/methods/particle-sizes.md);
/// touching and overlapping particles add up, as HAADF intensities do, and are taken out of each other's pixels. By default the outline is where the
/// thickness reaches zero, so that neither threshold nor probe move it.
/// </remarks>
public static class ParticleSizer
{
    /// <summary>Measures every particle of a segmentation.</summary>
    /// <param name="micrograph">The image; its calibration gives the nm.</param>
    /// <param name="segmentation">The particles found in it.</param>
    /// <param name="options">How to measure.</param>
    /// <returns>The particles in reading order (by row, then column of the centroid), numbered from 1; those not counted say why in their flags.</returns>
    /// <exception cref="ArgumentException">The segmentation is of another image's shape, or a pixel of it is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static IReadOnlyList<SizeMeasurement> Measure(Micrograph micrograph, Segmentation segmentation, SizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(micrograph);
        ArgumentNullException.ThrowIfNull(segmentation);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (segmentation.Saturated is { } mask)
        {
            Guard.SameShape(segmentation.Pixels, mask);
        }

        if (segmentation.Pixels.WidthPx != micrograph.Pixels.WidthPx || segmentation.Pixels.HeightPx != micrograph.Pixels.HeightPx)
        {
            throw new ArgumentException($"The segmentation is {segmentation.Pixels.WidthPx} × {segmentation.Pixels.HeightPx} px, the image {micrograph.Pixels.WidthPx} × {micrograph.Pixels.HeightPx} px.", nameof(segmentation));
        }

        Guard.Finite(segmentation.Pixels);
        double aspect = ParticleSegmenter.AspectOf(micrograph);
        FieldFit field = FieldFit.Run(segmentation, aspect, options);
        List<SizeMeasurement> measured = new(field.Particles.Count);
        foreach (ParticleProfile particle in field.Particles)
        {
            measured.Add(ParticleMeasuring.Measure(particle, field, micrograph, segmentation, options));
        }

        LeaveOutWhatLiesOverDebris(measured, field, options);
        measured.Sort(static (a, b) => a.YPx != b.YPx ? a.YPx.CompareTo(b.YPx) : a.XPx.CompareTo(b.XPx));
        for (int i = 0; i < measured.Count; i++)
        {
            measured[i] = measured[i] with { ParticleId = i + 1 };
        }

        return measured;
    }

    /// <summary>
    /// A particle of which much lies over something that is no particle was measured against a guess: it is not counted. Something much fainter than the particle
    /// moves its edge but little, and takes nothing away.
    /// </summary>
    private static void LeaveOutWhatLiesOverDebris(List<SizeMeasurement> measured, FieldFit field, SizeOptions options)
    {
        Dictionary<ParticleProfile, int> numbers = field.Particles.Select(static (particle, number) => (particle, number)).ToDictionary(static pair => pair.particle, static pair => pair.number);
        HashSet<ParticleProfile> debris = [.. field.Particles.Where(particle => ParticleMeasuring.IsNoParticle(measured[numbers[particle]].Flags))];
        for (int i = 0; i < measured.Count; i++)
        {
            ParticleProfile particle = field.Particles[i];
            double over = debris.Contains(particle) ? 0 : field.NeighboursOf(particle, 1.0).Where(other => debris.Contains(other) && other.P[ParticleProfile.Height] >= FieldFit.RivalHeightRatio * particle.P[ParticleProfile.Height]).Select(other => FieldFit.OverlapFraction(particle, other)).DefaultIfEmpty().Max();
            if (over > options.MaxDebrisOverlapFraction)
            {
                string reason = FormattableString.Invariant($"{100 * over:F0} % of its area lies over something that is not measured as a particle");
                measured[i] = measured[i] with { Counted = false, Flags = [.. measured[i].Flags, new ParticleFlag("over-debris", reason)] };
            }
        }
    }
}
