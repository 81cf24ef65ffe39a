using ImageAnalysis.Imaging;

namespace ImageAnalysis.Samples;

/// <summary>What is known of one particle of a HAADF-STEM image.</summary>
public sealed record TruthParticle
{
    /// <summary>Its name in its image, such as <c>p12</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Centroid of its outline, px; may lie outside the image.</summary>
    public required PointPx CentrePx { get; init; }

    /// <summary>Long axis: maximum Feret diameter, nm.</summary>
    public required double LongAxisNm { get; init; }

    /// <summary>Short axis: minimum Feret diameter, nm.</summary>
    public required double ShortAxisNm { get; init; }

    /// <summary>Direction of the long axis, counter-clockwise as seen from +x, in [0, 180), whatever the file's own convention.</summary>
    public required double LongAxisAngleDeg { get; init; }

    /// <summary>Area of its outline, nm².</summary>
    public required double AreaNm2 { get; init; }

    /// <summary>Whether part of it lies outside the image.</summary>
    public required bool OnEdge { get; init; }

    /// <summary>Names of the particles that it touches or overlaps.</summary>
    public required IReadOnlyList<string> Touches { get; init; }
}

/// <summary>Something in an image that is no particle, such as a clump of debris.</summary>
/// <param name="CentrePx">Its middle, px.</param>
/// <param name="ExtentNm">Diameter of the circle about its middle that holds it, nm.</param>
public sealed record TruthDebris(PointPx CentrePx, double ExtentNm);

/// <summary>What is known of one HAADF-STEM image.</summary>
public sealed record TruthImage
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

    /// <summary>Thickness of the support film, nm, where it is known.</summary>
    public double? SupportThicknessNm { get; init; }

    /// <summary>The particles that lie wholly or in part in the image.</summary>
    public required IReadOnlyList<TruthParticle> Particles { get; init; }

    /// <summary>What else lies there.</summary>
    public IReadOnlyList<TruthDebris> Debris { get; init; } = [];

    /// <summary>The particles that lie wholly in the image.</summary>
    internal IEnumerable<TruthParticle> Inside => Particles.Where(p => !p.OnEdge);
}

/// <summary>Long axes of some particles.</summary>
/// <param name="Count">Number of particles.</param>
/// <param name="MeanNm">Mean long axis, nm; <c>null</c> without particles.</param>
/// <param name="SdNm">Standard deviation (n − 1), nm; <c>null</c> for fewer than two.</param>
public sealed record TruthSizes(int Count, double? MeanNm, double? SdNm)
{
    internal static TruthSizes Of(IEnumerable<TruthParticle> particles)
    {
        double[] sizes = [.. particles.Select(p => p.LongAxisNm)];
        double? mean = sizes.Length > 0 ? sizes.Average() : null;
        double? sd = sizes.Length > 1 ? Math.Sqrt(sizes.Sum(s => (s - mean!.Value) * (s - mean.Value)) / (sizes.Length - 1)) : null;
        return new TruthSizes(sizes.Length, mean, sd);
    }
}

/// <summary>A <c>truth.json</c> of HAADF-STEM images: what is known of the images of one sample.</summary>
/// <param name="Sample">The sample's name.</param>
/// <param name="Simulated">Whether the file says that the images were computed.</param>
/// <param name="Images">The images, in the file's order.</param>
public sealed record TruthFile(string Sample, bool Simulated, IReadOnlyList<TruthImage> Images)
{
    /// <summary>Sizes of the particles that lie wholly in an image.</summary>
    public TruthSizes Inside => TruthSizes.Of(Images.SelectMany(image => image.Inside));

    /// <summary>Reads a <c>truth.json</c> of HAADF-STEM images; keys that this program does not know are passed over.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>What it says, angles counter-clockwise as seen.</returns>
    /// <exception cref="InputException">The file cannot be read, or says something else than expected; the message names line and path.</exception>
    public static TruthFile Load(string path) => TruthFileJson.Read(JsonPlace.Load(path, path));

    /// <summary>The file as JSON text.</summary>
    /// <returns>UTF-8 bytes; the same for the same content.</returns>
    public byte[] ToJson() => TruthFileJson.Write(this);
}
