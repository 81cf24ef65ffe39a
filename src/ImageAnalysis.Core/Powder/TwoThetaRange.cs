namespace ImageAnalysis.Core;

/// <summary>A range of scattering angles, both ends included.</summary>
/// <param name="FirstTwoThetaDeg">First angle 2θ, degrees.</param>
/// <param name="LastTwoThetaDeg">Last angle 2θ, degrees; not below the first.</param>
public readonly record struct TwoThetaRange(double FirstTwoThetaDeg, double LastTwoThetaDeg);
