namespace ImageAnalysis.Core;

/// <summary>The 95 % interval of the atoms on one site, with all free sites of all families allowed to hold atoms.</summary>
/// <param name="Label">Label of the site.</param>
/// <param name="LowPerCell">Lower end, atoms per cell.</param>
/// <param name="HighPerCell">Upper end, atoms per cell.</param>
/// <param name="Kind">How it was found.</param>
public sealed record OccupancyInterval(string Label, double LowPerCell, double HighPerCell, IntervalKind Kind);
