using ImageAnalysis.Imaging;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>One member of the family of planes that a particle of an HRTEM image has in view.</summary>
/// <param name="AngleDeg">Angle of the planes' normal, counter-clockwise as seen from +x, in [0, 180), whatever the file's own convention.</param>
/// <param name="ElevationDeg">Angle between the normal and the image plane, 0…90.</param>
/// <param name="SuperlatticeAxis">Whether the depleted layers are stacked along it.</param>
public sealed record HrtemTruthFringe(double AngleDeg, double ElevationDeg, bool SuperlatticeAxis)
{
    /// <summary>Indices, such as <c>-1 1 1</c>; empty where the file does not give them.</summary>
    public string Hkl { get; init; } = string.Empty;

    /// <summary>Spacing, nm; <c>null</c> where the file gives one for the particle alone.</summary>
    public double? SpacingNm { get; init; }

    /// <summary>Share of a depleted layer's atoms that are missing, where this is the superlattice axis, else 0; <c>null</c> where the file does not say.</summary>
    public double? OrderFraction { get; init; }

    /// <summary>Kinematic amplitude over that of the framework all in phase.</summary>
    public double? AmplitudeRatio { get; init; }

    /// <summary>Contrast transfer, −1…1.</summary>
    public double? TransferRatio { get; init; }

    /// <summary>Expected power over that of film and shot noise.</summary>
    public double? ExpectedSnr { get; init; }

    /// <summary>Kinematic amplitude at half the frequency over that of the framework all in phase.</summary>
    public double? HalfAmplitudeRatio { get; init; }

    /// <summary>Contrast transfer at half the frequency, −1…1.</summary>
    public double? HalfTransferRatio { get; init; }

    /// <summary>Expected power at half the frequency over that of film and shot noise.</summary>
    public double? HalfExpectedSnr { get; init; }

    /// <summary>Kinematic amplitude at half the frequency over that at the whole.</summary>
    public double? HalfOverWholeRatio { get; init; }
}

/// <summary>What is known of one particle of an HRTEM image.</summary>
public sealed record HrtemTruthParticle
{
    /// <summary>Its name, such as <c>4nm_hrtem_01_p3</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it shows.</summary>
    public required LatticeLabel Label { get; init; }

    /// <summary>Centre of its box, px.</summary>
    public required PointPx CentrePx { get; init; }

    /// <summary>Left and top side of its box, px.</summary>
    public required PointPx FirstPx { get; init; }

    /// <summary>Right and bottom side of its box, exclusive, px.</summary>
    public required PointPx EndPx { get; init; }

    /// <summary>Corners of its convex outline, px; empty where the file gives none.</summary>
    public IReadOnlyList<PointPx> OutlinePx { get; init; } = [];

    /// <summary>Diameter, nm.</summary>
    public required double DiameterNm { get; init; }

    /// <summary>Longest over shortest extent of its outline; <c>null</c> where the file does not say.</summary>
    public double? AspectRatio { get; init; }

    /// <summary>Shape; empty where the file does not say.</summary>
    public string Shape { get; init; } = string.Empty;

    /// <summary>Zone axis; empty where there is none of low indices.</summary>
    public string Zone { get; init; } = string.Empty;

    /// <summary>Angle between zone axis and beam, degree.</summary>
    public double? TiltDeg { get; init; }

    /// <summary>Defocus of its own middle, nm, which differs from the film's by where it lies; <c>null</c> where the file does not say.</summary>
    public double? DefocusNm { get; init; }

    /// <summary>Cell edge, nm.</summary>
    public double? CellEdgeNm { get; init; }

    /// <summary>Spacing of the planes, nm: of those that carry the superlattice, else of the strongest in view, else of the crystal's.</summary>
    public double? SpacingNm { get; init; }

    /// <summary>Period along the fringe that carries the superlattice, or the spacing where there is no superlattice in view; <c>null</c> without fringes.</summary>
    public double? PeriodNm { get; init; }

    /// <summary>The planes in view, strongest first.</summary>
    public required IReadOnlyList<HrtemTruthFringe> Fringes { get; init; }

    /// <summary>Share of a depleted layer's atoms that are missing, 0…1; 0 without order.</summary>
    public double? OrderFraction { get; init; }

    /// <summary>Whether one side of it only is ordered.</summary>
    public bool HalfDomain { get; init; }

    /// <summary>What it is: <c>ordered</c>, <c>vac</c> (vacancies at random), <c>stat</c> (partly filled sites), <c>twin</c>, or the name of another crystal.</summary>
    public string Model { get; init; } = string.Empty;

    /// <summary>Names of the particles whose boxes overlap its own.</summary>
    public IReadOnlyList<string> Overlaps { get; init; } = [];

    /// <summary>Whether a fringe can be expected to stand out; <c>null</c> where the file does not say.</summary>
    public bool? ObservableFringe { get; init; }

    /// <summary>Whether the superlattice can be expected to stand out; <c>null</c> where there is none in view.</summary>
    public bool? ObservableSuperlattice { get; init; }
}

/// <summary>What is known of one HRTEM image.</summary>
public sealed record HrtemTruthImage
{
    /// <summary>Name of the image file, without folder.</summary>
    public required string File { get; init; }

    /// <summary>Width in px.</summary>
    public required int WidthPx { get; init; }

    /// <summary>Height in px.</summary>
    public required int HeightPx { get; init; }

    /// <summary>Distance of horizontal neighbours, nm.</summary>
    public required double PixelWidthNm { get; init; }

    /// <summary>Distance of vertical neighbours, nm.</summary>
    public required double PixelHeightNm { get; init; }

    /// <summary>Accelerating voltage, kV; <c>null</c> where the file does not say.</summary>
    public double? VoltageKv { get; init; }

    /// <summary>The lens; <c>null</c> where the file does not say enough.</summary>
    public ObjectiveLens? Lens { get; init; }

    /// <summary>Electrons on a Å².</summary>
    public double? DosePerAngstrom2 { get; init; }

    /// <summary>Thickness of the carbon, nm.</summary>
    public double? SupportThicknessNm { get; init; }

    /// <summary>Contrast transfer at the planes' frequency, along x.</summary>
    public double? TransferRatio { get; init; }

    /// <summary>The same at half the frequency.</summary>
    public double? HalfTransferRatio { get; init; }

    /// <summary>The particles.</summary>
    public required IReadOnlyList<HrtemTruthParticle> Particles { get; init; }
}

/// <summary>A <c>truth.json</c> of HRTEM images: what is known of the images of one sample.</summary>
/// <param name="Sample">The sample's name.</param>
/// <param name="Simulated">Whether the file says that the images were computed.</param>
/// <param name="Images">The images, in the file's order.</param>
public sealed record HrtemTruthFile(string Sample, bool Simulated, IReadOnlyList<HrtemTruthImage> Images)
{
    /// <summary>All particles.</summary>
    public IEnumerable<HrtemTruthParticle> Particles => Images.SelectMany(image => image.Particles);

    /// <summary>Number of particles with a label.</summary>
    /// <param name="label">The label.</param>
    /// <returns>The number in all images.</returns>
    public int Count(LatticeLabel label) => Particles.Count(particle => particle.Label == label);

    /// <summary>Reads a <c>truth.json</c> of HRTEM images; keys that this program does not know are passed over.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>What it says, angles counter-clockwise as seen.</returns>
    /// <exception cref="InputException">The file cannot be read, or says something else than expected; the message names line and path.</exception>
    public static HrtemTruthFile Load(string path) => HrtemTruthJson.Read(JsonPlace.Load(path, path));

    /// <summary>The file as JSON text.</summary>
    /// <returns>UTF-8 bytes; the same for the same content.</returns>
    public byte[] ToJson() => HrtemTruthJson.Write(this);
}
