using ImageAnalysis.Core;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>What is to be simulated: read from a recipe, version 1.</summary>
/// <param name="Samples">The samples, in the recipe's order; at least one.</param>
public sealed record Recipe(IReadOnlyList<RecipeSample> Samples)
{
    /// <summary>Reads a recipe.</summary>
    /// <param name="path">Path of the JSON file; crystal structures are looked for from its folder.</param>
    /// <returns>The recipe, every value checked.</returns>
    /// <exception cref="InputException">
    /// The file cannot be read, is not JSON, or has an unknown key or a value outside its limits; the message names file, line, path, what was found and what is expected.
    /// </exception>
    public static Recipe Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return RecipeJson.Read(JsonPlace.Load(path, path), Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
    }
}

/// <summary>One sample of a recipe: HAADF-STEM images, HRTEM images, powder patterns, or several of these.</summary>
/// <param name="Name">Its name, which names its folder and files too.</param>
/// <param name="Seed">Where its randomness comes from.</param>
/// <param name="Haadf">Groups of HAADF-STEM images taken under equal conditions.</param>
public sealed record RecipeSample(string Name, int Seed, IReadOnlyList<RecipeHaadf> Haadf)
{
    /// <summary>The HRTEM images; <c>null</c> where there are none.</summary>
    public RecipeHrtem? Hrtem { get; init; }

    /// <summary>The powder patterns.</summary>
    public IReadOnlyList<RecipePxrd> Pxrd { get; init; } = [];

    /// <summary>Structures that the sample sheet names for the sample; none: the sheet names none.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Frequency of a phonon of the sample, cm⁻¹, that the sample sheet gives; <c>null</c>: none.</summary>
    public double? PhononPerCm { get; init; }
}

/// <summary>A group of HAADF-STEM images taken under equal conditions.</summary>
/// <param name="Count">Number of images, 1…1000.</param>
/// <param name="Field">The particles in each of them.</param>
/// <param name="Image">Image, film, microscope and detector.</param>
public sealed record RecipeHaadf(int Count, HaadfFieldOptions Field, HaadfOptions Image);

/// <summary>File formats of images.</summary>
public enum RecipeImageFormat
{
    /// <summary>TIFF, with the pixel size as ImageJ writes it.</summary>
    Tiff,

    /// <summary>DM3, with the tags of a camera in DigitalMicrograph.</summary>
    Dm3,
}

/// <summary>The HRTEM images of a sample.</summary>
/// <param name="Field">Crystals, sizes, order, orientation.</param>
/// <param name="Population">How many particles of each kind there are in all images together.</param>
/// <param name="Images">Groups of images taken under equal conditions; at least one.</param>
public sealed record RecipeHrtem(HrtemFieldOptions Field, HrtemPopulation Population, IReadOnlyList<RecipeHrtemImages> Images);

/// <summary>A group of HRTEM images taken under equal conditions.</summary>
/// <param name="Count">Number of images, 1…1000.</param>
/// <param name="Format">File format.</param>
/// <param name="Image">Image, film, microscope and camera.</param>
public sealed record RecipeHrtemImages(int Count, RecipeImageFormat Format, HrtemOptions Image);

/// <summary>File formats of powder patterns.</summary>
public enum RecipePatternFormat
{
    /// <summary>RAS of Rigaku's diffractometers.</summary>
    Ras,

    /// <summary>A table of 2θ and counts.</summary>
    Xy,
}

/// <summary>A group of powder patterns measured under equal conditions.</summary>
/// <param name="Count">Number of patterns, 1…100.</param>
/// <param name="Format">File format.</param>
/// <param name="Model">The structure's file as the recipe names it.</param>
/// <param name="Crystal">The structure, with the recipe's displacement parameters.</param>
/// <param name="Options">Size, instrument, counts.</param>
public sealed record RecipePxrd(int Count, RecipePatternFormat Format, string Model, CrystalStructure Crystal, PowderSampleOptions Options);
