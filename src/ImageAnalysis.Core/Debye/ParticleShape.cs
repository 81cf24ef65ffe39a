namespace ImageAnalysis.Core;

/// <summary>The outline of a particle: a sphere, a body bounded by planes, or what both have in common. Its centre is the origin.</summary>
public sealed class ParticleShape
{
    private readonly ParticleFacet[] facets;

    private ParticleShape(double radius, IEnumerable<ParticleFacet> facets)
    {
        this.facets = [.. facets.Select(Normalised)];
        RadiusAngstrom = radius;
        Facets = Array.AsReadOnly(this.facets);
    }

    /// <summary>Radius of the sphere that holds the particle, Å; above 0.</summary>
    public double RadiusAngstrom { get; }

    /// <summary>The planes that bound the particle, with normals of length 1; none for a sphere.</summary>
    public IReadOnlyList<ParticleFacet> Facets { get; }

    /// <summary>A sphere.</summary>
    /// <param name="diameterAngstrom">Its diameter, Å; above 0, at most 10,000.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The diameter is NaN or outside its range.</exception>
    public static ParticleShape Sphere(double diameterAngstrom) => new(Checked(diameterAngstrom, nameof(diameterAngstrom)) / 2, []);

    /// <summary>A body bounded by planes, within a sphere.</summary>
    /// <param name="facets">The planes.</param>
    /// <param name="largestDiameterAngstrom">Diameter of a sphere that cuts off what lies beyond it, Å; above 0, at most 10,000.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="ArgumentException">A normal is 0, or a number is not finite or outside its range.</exception>
    public static ParticleShape Polyhedron(IEnumerable<ParticleFacet> facets, double largestDiameterAngstrom) =>
        new(Checked(largestDiameterAngstrom, nameof(largestDiameterAngstrom)) / 2, facets);

    /// <summary>A regular octahedron with faces {111} of a cubic crystal.</summary>
    /// <param name="diameterAngstrom">Diameter of the sphere of equal volume, Å; above 0, at most 10,000.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The diameter is NaN or outside its range.</exception>
    /// <remarks>Faces at distance d enclose 4√3 d³; the corners lie at √3 d.</remarks>
    public static ParticleShape Octahedron(double diameterAngstrom)
    {
        double d = Math.Cbrt(SphereVolume(diameterAngstrom) / (4 * Math.Sqrt(3)));
        return new(Math.Sqrt(3) * d * Wider, Faces(d, null));
    }

    /// <summary>A cuboctahedron with triangles {111} and squares {100} of one edge length, of a cubic crystal.</summary>
    /// <param name="diameterAngstrom">Diameter of the sphere of equal volume, Å; above 0, at most 10,000.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The diameter is NaN or outside its range.</exception>
    /// <remarks>Edge e: volume 5√2/3 e³, triangles at √(2/3) e, squares at e/√2, corners at e.</remarks>
    public static ParticleShape Cuboctahedron(double diameterAngstrom)
    {
        double e = Math.Cbrt(SphereVolume(diameterAngstrom) * 3 / (5 * Math.Sqrt(2)));
        return new(e * Wider, Faces(Math.Sqrt(2.0 / 3) * e, e / Math.Sqrt(2)));
    }

    /// <summary>A truncated octahedron with hexagons {111} and squares {100} of one edge length, of a cubic crystal.</summary>
    /// <param name="diameterAngstrom">Diameter of the sphere of equal volume, Å; above 0, at most 10,000.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The diameter is NaN or outside its range.</exception>
    /// <remarks>Edge e: volume 8√2 e³, hexagons at √(3/2) e, squares at √2 e, corners at √(5/2) e.</remarks>
    public static ParticleShape TruncatedOctahedron(double diameterAngstrom)
    {
        double e = Math.Cbrt(SphereVolume(diameterAngstrom) / (8 * Math.Sqrt(2)));
        return new(Math.Sqrt(2.5) * e * Wider, Faces(Math.Sqrt(1.5) * e, Math.Sqrt(2) * e));
    }

    /// <summary>Whether a position lies inside or on the outline (to 10⁻⁶ Å).</summary>
    /// <param name="position">The position from the centre, Å.</param>
    /// <returns>True inside.</returns>
    public bool Contains(CartesianPosition position)
    {
        const double rim = 1e-6;
        if (position.LengthAngstrom > RadiusAngstrom + rim)
        {
            return false;
        }

        foreach (ParticleFacet facet in facets)
        {
            double height = (facet.Normal.XAngstrom * position.XAngstrom) + (facet.Normal.YAngstrom * position.YAngstrom) + (facet.Normal.ZAngstrom * position.ZAngstrom);
            if (height > facet.DistanceAngstrom + rim)
            {
                return false;
            }
        }

        return true;
    }

    // The sphere around a polyhedron only says where to look for atoms; it must not cut corners.
    private const double Wider = 1.000001;

    private static double SphereVolume(double diameter) => Math.PI / 6 * Math.Pow(Checked(diameter, "diameterAngstrom"), 3);

    private static IEnumerable<ParticleFacet> Faces(double at111, double? at100)
    {
        foreach (int x in (int[])[-1, 1])
        {
            foreach (int y in (int[])[-1, 1])
            {
                yield return new(new(x, y, 1), at111);
                yield return new(new(x, y, -1), at111);
            }

            if (at100 is double d)
            {
                yield return new(new(x, 0, 0), d);
                yield return new(new(0, x, 0), d);
                yield return new(new(0, 0, x), d);
            }
        }
    }

    private static ParticleFacet Normalised(ParticleFacet facet)
    {
        double length = facet.Normal.LengthAngstrom;
        return length is > 0 and < double.PositiveInfinity && facet.DistanceAngstrom is > 0 and < double.PositiveInfinity
            ? facet with { Normal = new(facet.Normal.XAngstrom / length, facet.Normal.YAngstrom / length, facet.Normal.ZAngstrom / length) }
            : throw new ArgumentException($"{facet} is no plane around the centre: its normal must not be 0, its distance above 0 and both finite.");
    }

    private static double Checked(double diameter, string name) => diameter is > 0 and <= 10_000
        ? diameter
        : throw new ArgumentOutOfRangeException(name, diameter, "A diameter must be above 0 and at most 10,000 Å.");
}
