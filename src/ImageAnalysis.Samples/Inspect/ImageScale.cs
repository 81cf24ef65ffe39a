using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;

namespace ImageAnalysis.Samples;

/// <summary>The pixel size that a known crystal gives an image, beside the one that it had. Nothing is changed by it.</summary>
public sealed record ImageScale
{
    private const string NoLattice = "no crystal in it shows planes of the known cell in two directions";

    /// <summary>The file as the user wrote it.</summary>
    public required string File { get; init; }

    /// <summary>The pixel size that was there before: from the command line, else from the file; <c>null</c> where there is none.</summary>
    public Calibration? Nominal { get; init; }

    /// <summary>The pixel size by the crystal; <c>null</c> where it could not be found.</summary>
    public LatticeScale? Scale { get; init; }

    /// <summary>Why there is none.</summary>
    public string? Problem { get; init; }

    /// <summary>True when the file says that its image was computed and not recorded.</summary>
    public bool Simulated { get; init; }

    /// <summary>Reads a structure as a ruler.</summary>
    /// <param name="cif">The CIF.</param>
    /// <returns>The crystal.</returns>
    /// <exception cref="InputException">There is no such file, it cannot be opened, or its structure has no planes that an image could show.</exception>
    /// <exception cref="BadFileException">It is no CIF, or holds no structure that can be read.</exception>
    public static KnownCrystal Ruler(string cif)
    {
        ModelFile model = ModelFile.Read(cif);
        try
        {
            return KnownCrystal.Of(model.Structure);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"{cif}: {e.Message.Split(" (Parameter")[0]}", e);
        }
    }

    /// <summary>Measures the pixel size of one image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="crystal">The known crystal.</param>
    /// <param name="options">How fringes are looked for; reference and spacings are those of the crystal.</param>
    /// <param name="frame">Which frame of a stack, from 0; <c>null</c> for a file with one image.</param>
    /// <param name="pixelNm">Width and height of a pixel in nm to take in place of the file's; <c>null</c> for those of the file.</param>
    /// <returns>What was found.</returns>
    public static ImageScale Measure(string path, KnownCrystal crystal, FringeOptions options, int? frame = null, (double WidthNm, double HeightNm)? pixelNm = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(crystal);
        (byte[]? bytes, string problem) = InputBytes.Read(path);
        if (bytes is null)
        {
            return new ImageScale { File = path, Problem = problem };
        }

        RunRequest request = new() { Input = path, ResultsFolder = string.Empty, PixelWidthNm = pixelNm?.WidthNm, PixelHeightNm = pixelNm?.HeightNm };
        SheetFile file = new(path.Replace('\\', '/'), string.Empty, FileRole.Hrtem) { Frame = frame };
        if (!ImageFile.TryRead(file, bytes, request, out Micrograph? image, out FileOutcome outcome))
        {
            return new ImageScale { File = path, Problem = outcome.Message };
        }

        FringeAnalysis fringes = FringeAnalyser.Analyse(image, crystal.Searching(options));
        LatticeScale? scale = LatticeScaleFitter.Fit(fringes, image.Calibration, crystal);
        return new ImageScale { File = path, Nominal = image.Calibration, Scale = scale, Problem = scale is null ? NoLattice : null, Simulated = image.Acquisition.Simulated };
    }
}
