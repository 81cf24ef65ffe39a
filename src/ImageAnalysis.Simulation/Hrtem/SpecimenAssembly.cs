using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>Film and particles put together, with the depths at which the particles came to lie.</summary>
/// <param name="Specimen">All atoms: those of the film first, then those of the particles in their order.</param>
/// <param name="ParticleDepthsNm">The depth of each particle's origin, nm.</param>
public sealed record AssembledSpecimen(AtomicSpecimen Specimen, IReadOnlyList<double> ParticleDepthsNm);

/// <summary>Puts particles on a film.</summary>
public static class SpecimenAssembly
{
    /// <summary>No two atoms of different bodies come closer than this, nm.</summary>
    public const double ContactGapNm = 0.25;

    /// <summary>Puts particles on a film, one after the other: each is lowered until it touches the film or a particle that lies there already.</summary>
    /// <param name="widthNm">Width of the rectangle, nm.</param>
    /// <param name="heightNm">Height of the rectangle, nm.</param>
    /// <param name="film">The atoms of the film, as <see cref="CarbonFilm.Build"/> gives them; none leaves the particles in mid-air, at depth 0.</param>
    /// <param name="particles">The particles, with explicit clusters; they may lie over one another and beyond the sides.</param>
    /// <param name="unknownBAngstrom2">Displacement parameter of atoms whose site has none, Å², 0…10; default 1.</param>
    /// <returns>The specimen.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its limits.</exception>
    /// <exception cref="ArgumentException">A cluster is statistical.</exception>
    public static AssembledSpecimen Assemble(
        double widthNm, double heightNm, IReadOnlyList<SpecimenAtom> film, IReadOnlyList<ParticlePlacement> particles, double unknownBAngstrom2 = 1)
    {
        ArgumentNullException.ThrowIfNull(film);
        ArgumentNullException.ThrowIfNull(particles);
        Limits.Check(nameof(widthNm), widthNm, 0.5, 1000);
        Limits.Check(nameof(heightNm), heightNm, 0.5, 1000);
        Limits.Check(nameof(unknownBAngstrom2), unknownBAngstrom2, 0, 10);
        List<SpecimenAtom> atoms = [.. film];
        Dictionary<FilmSide, ContactSurface> surfaces = [];
        List<double> depths = [];
        foreach (ParticlePlacement particle in particles)
        {
            if (!particle.Cluster.IsExplicit)
            {
                throw new ArgumentException("A particle is statistical: fill its places first.", nameof(particles));
            }

            // Heights above the film: against the beam on the side of its entrance.
            double sign = particle.Side == FilmSide.Entrance ? -1 : 1;
            if (!surfaces.TryGetValue(particle.Side, out ContactSurface? surface))
            {
                surfaces.Add(particle.Side, surface = new ContactSurface(widthNm, heightNm));
                surface.Add(film, sign);
            }

            SpecimenAtom[] body = [.. Atoms(particle, unknownBAngstrom2)];
            double depth = sign * surface.RestingHeight(body, sign, ContactGapNm);
            body = [.. body.Select(atom => atom with { ZNm = atom.ZNm + depth })];
            surface.Add(body, sign);
            atoms.AddRange(body);
            depths.Add(depth);
        }

        return new AssembledSpecimen(new AtomicSpecimen(widthNm, heightNm, atoms), depths);
    }

    /// <summary>The atoms of a particle in the axes of the image, its origin at depth 0.</summary>
    internal static IEnumerable<SpecimenAtom> Atoms(ParticlePlacement particle, double unknownB)
    {
        // u = √(B/8π²), Å.
        double[] displacements = [.. particle.Cluster.Sites.Select(site => Units.AngstromToNm(Math.Sqrt((site.BIsoAngstrom2 ?? unknownB) / 8) / Math.PI))];
        foreach (ClusterAtom atom in particle.Cluster.Atoms)
        {
            CartesianPosition at = particle.Pose.ToImage(atom.Position);
            yield return new SpecimenAtom(
                particle.Cluster.Sites[atom.SiteIndex].Species.AtomicNumber,
                particle.XNm + Units.AngstromToNm(at.XAngstrom),
                particle.YNm + Units.AngstromToNm(at.YAngstrom),
                Units.AngstromToNm(at.ZAngstrom),
                displacements[atom.SiteIndex]);
        }
    }
}
