namespace ImageAnalysis.Core;

/// <summary>Two readings of the cell from one pattern of small particles: from the maximum of a peak and from the pattern as a whole.</summary>
/// <param name="PeakTwoThetaDeg">Where the peak has its maximum, degrees.</param>
/// <param name="PeakCellRatio">The cell edge that Bragg's equation gives for that maximum (mean wavelength of the doublet), over that of the structure.</param>
/// <param name="PatternCellRatio">The cell edge, over that of the structure, with which the Debye equation reproduces the whole pattern best.</param>
public sealed record ApparentLattice(double PeakTwoThetaDeg, double PeakCellRatio, double PatternCellRatio);
