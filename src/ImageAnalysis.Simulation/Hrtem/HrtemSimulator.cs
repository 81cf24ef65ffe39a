using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>Simulates HRTEM images of particles on an amorphous film, with their truth.</summary>
/// <remarks>
/// The parts are those of <see cref="CarbonFilm"/>, <see cref="SpecimenAssembly"/>, <see cref="Multislice"/>, <see cref="LensImaging"/>, <see cref="HrtemDetector"/> and
/// <see cref="ParticleVisibility"/>: docs/methods/hrtem-simulation.md. The defocus is that of the film's middle, as its Thon rings tell it (without film: of the middle of all atoms); particles on the side
/// of the beam's entrance are less underfocused, those on the other side more, by some nm, and their truth is computed with their own defocus. Same particles, options and seed, same bits, on one system and runtime; elsewhere sines and single
/// precision differ in their last digits, and with them a few counts.
/// </remarks>
public static class HrtemSimulator
{
    /// <summary>The image of given particles.</summary>
    /// <param name="particles">The particles, with explicit clusters; they may lie over one another and beyond the image.</param>
    /// <param name="options">Image, film, microscope, camera.</param>
    /// <param name="seed">Where film, thermal displacements and noise come from; each draws from numbers of its own.</param>
    /// <returns>The image with its truth.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    /// <exception cref="ArgumentException">A cluster is statistical, or there are too many atoms.</exception>
    public static SimulatedHrtem Render(IReadOnlyList<HrtemParticle> particles, HrtemOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(particles);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        int width = options.FieldWidthPx, height = options.FieldHeightPx;
        double widthNm = width * options.PixelWidthNm, heightNm = height * options.PixelHeightNm;
        double leftNm = options.LeftPx * options.PixelWidthNm, topNm = options.TopPx * options.PixelHeightNm;
        IReadOnlyList<SpecimenAtom> film = CarbonFilm.Build(widthNm, heightNm, 0, options.Film, RandomStream.Derive(seed, "film"));
        ParticlePlacement[] placed = [.. particles.Select(particle => particle.Placement with { XNm = particle.Placement.XNm + leftNm, YNm = particle.Placement.YNm + topNm })];
        AssembledSpecimen assembled = SpecimenAssembly.Assemble(widthNm, heightNm, film, placed, options.UnknownBAngstrom2);
        AtomicSpecimen specimen = assembled.Specimen;
        double focusNm = options.Film.ThicknessNm > 0 ? 0.5 * options.Film.ThicknessNm : 0.5 * (specimen.TopNm + specimen.BottomNm);
        ObjectiveLens lens = Refocused(options.Lens, focusNm - specimen.BottomNm);
        MultisliceOptions multislice = new() { WidthPx = width, HeightPx = height, VoltageKv = options.VoltageKv, SliceNm = options.SliceNm };
        Raster<float> intensity = LensImaging.MeanIntensity(specimen, multislice, lens, options.ConfigurationCount, RandomStream.Derive(seed, "heat"));
        Raster<ushort> picture = HrtemDetector.Record(intensity, options.PixelWidthNm, options.PixelHeightNm, options.Detector, RandomStream.Derive(seed, "camera"));
        ParticleTruth[] truth = [.. particles.Select((particle, i) =>
            ParticleVisibility.Of(particle.Placement, Questions(particle, options, Refocused(options.Lens, focusNm - assembled.ParticleDepthsNm[i]))))];
        return new SimulatedHrtem(picture.Crop(options.LeftPx, options.TopPx, options.WidthPx, options.HeightPx), options, truth, Overlaps(truth));
    }

    // A wave that goes on by z before it reaches the plane that the defocus is counted from is out of focus by z more: exp(−iπλ(Δf + z)g²).
    private static ObjectiveLens Refocused(ObjectiveLens lens, double byNm) => lens with { DefocusNm = lens.DefocusNm + byNm };

    private static ParticleTruthOptions Questions(HrtemParticle particle, HrtemOptions options, ObjectiveLens lens) => new()
    {
        Cell = particle.Cell,
        Planes = particle.Planes,
        Vacancies = particle.Vacancies,
        TwinNormal = particle.TwinNormal,
        FrameworkAtomicNumber = particle.FrameworkAtomicNumber,
        PixelWidthNm = options.PixelWidthNm,
        PixelHeightNm = options.PixelHeightNm,
        VoltageKv = options.VoltageKv,
        Lens = lens,
        FilmDefocusNm = options.Lens.DefocusNm,
        DosePerAngstrom2 = options.Detector.DosePerAngstrom2,
        UnknownBAngstrom2 = options.UnknownBAngstrom2,
        Film = options.Film.ThicknessNm > 0 ? options.Film : null,
    };

    private static IReadOnlyList<int>[] Overlaps(ParticleTruth[] particles) =>
        [.. particles.Select((particle, i) => (IReadOnlyList<int>)[.. Enumerable.Range(0, particles.Length).Where(j => j != i && Overlap(particle, particles[j]))])];

    private static bool Overlap(ParticleTruth a, ParticleTruth b) =>
        a.FirstPx.XPx < b.EndPx.XPx && b.FirstPx.XPx < a.EndPx.XPx && a.FirstPx.YPx < b.EndPx.YPx && b.FirstPx.YPx < a.EndPx.YPx;
}
