using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>What is to be simulated: read from a recipe, version 1.</summary>
/// <param name="Samples">The samples, in the recipe's order; at least one.</param>
public sealed record Recipe(IReadOnlyList<RecipeSample> Samples)
{
    /// <summary>Reads a recipe.</summary>
    /// <param name="path">Path of the JSON file.</param>
    /// <returns>The recipe, every value checked.</returns>
    /// <exception cref="InputException">
    /// The file cannot be read, is not JSON, or has an unknown key or a value outside its limits; the message names file, line, path, what was found and what is expected.
    /// </exception>
    public static Recipe Load(string path) => RecipeJson.Read(JsonPlace.Load(path, path));
}

/// <summary>One sample of a recipe.</summary>
/// <param name="Name">Its name, which names its folder and files too.</param>
/// <param name="Seed">Where its randomness comes from.</param>
/// <param name="Haadf">Groups of HAADF-STEM images taken under equal conditions.</param>
public sealed record RecipeSample(string Name, int Seed, IReadOnlyList<RecipeHaadf> Haadf);

/// <summary>A group of HAADF-STEM images taken under equal conditions.</summary>
/// <param name="Count">Number of images, 1…1000.</param>
/// <param name="Field">The particles in each of them.</param>
/// <param name="Image">Image, film, microscope and detector.</param>
public sealed record RecipeHaadf(int Count, HaadfFieldOptions Field, HaadfOptions Image);
