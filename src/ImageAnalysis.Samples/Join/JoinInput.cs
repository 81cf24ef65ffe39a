using ImageAnalysis.Particles;

namespace ImageAnalysis.Samples;

/// <summary>What the join needs of one sample.</summary>
/// <param name="Summary">The sample without its join.</param>
/// <param name="Diameters">Area-equivalent diameters of its counted particles with their weights.</param>
/// <param name="PhononPerCm">Frequency of its phonon by the sheet, cm⁻¹, or <c>null</c>.</param>
internal sealed record JoinInput(SampleSummary Summary, IReadOnlyList<CountedSize> Diameters, double? PhononPerCm)
{
    /// <summary>What samples are ordered by to find the largest: the microscope's mean diameter.</summary>
    public double? DiameterNm => Summary.Diameter?.Mean.ValueNm;
}
