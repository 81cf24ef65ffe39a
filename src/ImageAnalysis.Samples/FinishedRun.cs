using ImageAnalysis.Lattice;
using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>The results of a run whose tables are written, handed out while the results folder is still locked, so that the report belongs to them.</summary>
/// <param name="Result">Samples, files and warnings.</param>
/// <param name="Folder">The results folder, to write to.</param>
/// <param name="Images">
/// Every input file with its particles by their numbers (none for a file that was not measured), in ordinal order of their paths; read from the
/// store while it is walked through, so that only one image's particles are in memory at a time.
/// </param>
public sealed record FinishedRun(RunResult Result, ResultsFolder Folder, IEnumerable<(FileResult File, IReadOnlyList<SizeMeasurement> Particles)> Images)
{
    /// <summary>Every measured HRTEM image with its crystals, in ordinal order of their paths; read in the same way.</summary>
    public IEnumerable<(FileResult File, FringeAnalysis Fringes)> Crystals { get; init; } = [];
}
