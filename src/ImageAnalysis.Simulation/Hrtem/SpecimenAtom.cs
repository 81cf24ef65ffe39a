namespace ImageAnalysis.Simulation;

/// <summary>One atom of a specimen in the microscope.</summary>
/// <param name="AtomicNumber">Number of protons, 1 (H) to 98 (Cf).</param>
/// <param name="XNm">Place from the centre of the image's top-left pixel to the right, nm.</param>
/// <param name="YNm">The same downwards, nm.</param>
/// <param name="ZNm">Depth along the beam, nm; the beam meets smaller depths first.</param>
/// <param name="DisplacementSigmaNm">Standard deviation of its thermal displacement along each axis, √⟨u²⟩ with B = 8π²⟨u²⟩, nm, 0…0.1.</param>
public readonly record struct SpecimenAtom(int AtomicNumber, double XNm, double YNm, double ZNm, double DisplacementSigmaNm);
