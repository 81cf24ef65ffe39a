namespace ImageAnalysis.Core;

/// <summary>The anomalous part of an atom's scattering factor at one wavelength: f = f0 + f′ + i f″.</summary>
/// <param name="RealElectrons">f′ in electrons; negative above and near an absorption edge.</param>
/// <param name="ImaginaryElectrons">f″ in electrons; 0 or more.</param>
public readonly record struct AnomalousFactor(double RealElectrons, double ImaginaryElectrons);
