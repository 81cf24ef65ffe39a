using ImageAnalysis.Core;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>Sizes of one sample's particles as a microscope measured them, and what a powder pattern of these particles would read.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="ParticleCount">Number of particles.</param>
/// <param name="MeanNm">Mean of their diameters (of a circle of equal area), nm.</param>
/// <param name="SdNm">Standard deviation of the diameters, nm.</param>
/// <param name="ScherrerSizeAngstrom">Size that Scherrer's equation reads from the width of the lines of such spheres, Å (<see cref="ScherrerSize.FromWidthAngstrom"/>).</param>
public sealed record ExpectedSize(string Sample, int ParticleCount, double MeanNm, double SdNm, double ScherrerSizeAngstrom)
{
    /// <summary>Computes what is expected for the particles of a results folder: those that are counted, weighted for the ones that the border cuts off, as in the size statistics.</summary>
    /// <param name="resultsFolder">A results folder.</param>
    /// <param name="sample">Name of the sample; <c>null</c> where the folder has sizes of one sample only.</param>
    /// <param name="scherrerKRatio">K of Scherrer's equation, 0.5 to 1.5.</param>
    /// <returns>The sizes.</returns>
    /// <exception cref="InputException">The folder is no results folder or in use, has no sizes in nm of that sample, or has those of several samples and none was named.</exception>
    public static ExpectedSize Of(string resultsFolder, string? sample = null, double scherrerKRatio = 0.9)
    {
        Dictionary<string, List<(double DiameterNm, double Weight)>> sizes = [];
        using ResultsFolder folder = ResultsFolder.Open(resultsFolder, mustExist: true);
        using ResultsStore store = ResultsStore.Open(folder);
        foreach (FileResult file in store.Files().Where(file => file.ParticleCount > 0))
        {
            foreach (SizeMeasurement particle in store.Particles(file.File).Where(particle => particle is { Counted: true, DiameterNm: > 0 }))
            {
                if (!sizes.TryGetValue(file.Sample, out List<(double, double)>? list))
                {
                    sizes[file.Sample] = list = [];
                }

                list.Add((particle.DiameterNm!.Value, particle.BorderWeightRatio));
            }
        }

        string[] known = [.. sizes.Keys.Order(StringComparer.Ordinal)];
        string chosen = sample ?? (known.Length == 1 ? known[0] : known.Length == 0
            ? throw new InputException($"{resultsFolder}: found no counted particle with a size in nm; expected a results folder with measured HAADF-STEM images.")
            : throw new InputException($"{resultsFolder}: found sizes of {known.Length} samples ({string.Join(", ", known)}); expected --sample NAME to say whose pattern this is."));
        if (!sizes.TryGetValue(chosen, out List<(double DiameterNm, double Weight)>? particlesOf))
        {
            throw new InputException($"{resultsFolder}: found no sizes in nm of a sample \"{chosen}\"; it has {(known.Length == 0 ? "none at all" : string.Join(", ", known))}.");
        }

        DiameterDistribution distribution = DiameterDistribution.OfCounts([.. particlesOf.Select(one => one.DiameterNm * Units.AngstromPerNmRatio)], [.. particlesOf.Select(one => one.Weight)]);
        return new(
            chosen,
            particlesOf.Count,
            distribution.MeanAngstrom / Units.AngstromPerNmRatio,
            distribution.SdAngstrom / Units.AngstromPerNmRatio,
            ScherrerSize.FromWidthAngstrom(distribution, scherrerKRatio));
    }
}
