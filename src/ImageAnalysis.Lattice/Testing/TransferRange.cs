namespace ImageAnalysis.Lattice;

/// <summary>The contrast transfer at one spatial frequency.</summary>
/// <param name="AmplitudeFraction">Its root mean square over what is left open, 0…1.</param>
/// <param name="LowFraction">Lower end of its 90 % interval.</param>
/// <param name="HighFraction">Upper end of its 90 % interval.</param>
internal readonly record struct TransferRange(double AmplitudeFraction, double LowFraction, double HighFraction);
