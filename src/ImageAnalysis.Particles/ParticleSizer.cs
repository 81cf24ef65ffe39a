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
        Check(micrograph, segmentation, options);
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

    /// <summary>Measures particles that a person has pointed out, in the place of what was found there; the rest of the image is fitted beside them as always.</summary>
    /// <param name="micrograph">The image; its calibration gives the nm.</param>
    /// <param name="segmentation">What was found in it.</param>
    /// <param name="chosen">Where the particles are and about how large; they are neither split nor joined.</param>
    /// <param name="replaced">Outlines of measured particles in whose place they stand.</param>
    /// <param name="options">How to measure.</param>
    /// <returns>A measurement for each, in the order given and numbered so, from 1; <c>null</c> where the image shows no particle. A person's choice does not make a particle counted: its flags say why it is not.</returns>
    /// <exception cref="ArgumentException">The segmentation is of another image's shape, a pixel of it is not finite, or a chosen place lies outside the image.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static IReadOnlyList<SizeMeasurement?> MeasureChosen(
        Micrograph micrograph, Segmentation segmentation, IReadOnlyList<Particle> chosen, IReadOnlyList<IReadOnlyList<PointPx>> replaced, SizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(micrograph);
        ArgumentNullException.ThrowIfNull(segmentation);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(replaced);
        ArgumentNullException.ThrowIfNull(options);
        Check(micrograph, segmentation, options);
        if (chosen.FirstOrDefault(particle => !(particle.XPx >= 0 && particle.YPx >= 0 && particle.XPx < micrograph.Pixels.WidthPx && particle.YPx < micrograph.Pixels.HeightPx && particle.RadiusPx >= 1)) is Particle bad)
        {
            throw new ArgumentException(FormattableString.Invariant($"A chosen particle is at ({bad.XPx}, {bad.YPx}) with a radius of {bad.RadiusPx} px; expected a place in the image of {micrograph.Pixels.WidthPx} × {micrograph.Pixels.HeightPx} px and 1 px or more."), nameof(chosen));
        }

        double aspect = ParticleSegmenter.AspectOf(micrograph);
        Particle[] others = [.. segmentation.Particles.Where(found => !chosen.Any(particle => IsAt(found, particle, aspect)) && !replaced.Any(outline => Polygons.Contains(outline, new PointPx(found.XPx, found.YPx))))];
        FieldFit field = FieldFit.Run(segmentation with { Particles = others }, aspect, options, chosen);
        HashSet<ParticleProfile> left = [.. field.Particles];
        return [.. field.Chosen.Select((particle, number) => left.Contains(particle) ? ParticleMeasuring.Measure(particle, field, micrograph, segmentation, options) with { ParticleId = number + 1 } : null)];
    }

    /// <summary>Whether what was found is what a person points at: its centre lies well inside.</summary>
    private static bool IsAt(Particle found, Particle chosen, double aspect)
    {
        double dx = found.XPx - chosen.XPx, dy = (found.YPx - chosen.YPx) * aspect;
        return (dx * dx) + (dy * dy) < 0.5 * chosen.RadiusPx * chosen.RadiusPx;
    }

    private static void Check(Micrograph micrograph, Segmentation segmentation, SizeOptions options)
    {
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
