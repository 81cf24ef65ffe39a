using ImageAnalysis.Core;

namespace ImageAnalysis.Simulation;

/// <summary>On which side of the film a particle lies.</summary>
public enum FilmSide
{
    /// <summary>Where the beam comes in: the electrons meet the particle first.</summary>
    Entrance,

    /// <summary>Where the beam goes out: the electrons meet the film first.</summary>
    Exit,
}

/// <summary>A particle and where it lies in a specimen.</summary>
/// <param name="Cluster">Its atoms, all of them there, about the origin.</param>
/// <param name="Pose">How it is turned.</param>
/// <param name="XNm">Where its origin lies, from the centre of the image's top-left pixel to the right, nm.</param>
/// <param name="YNm">The same downwards, nm.</param>
/// <param name="Side">On which side of the film it lies.</param>
public sealed record ParticlePlacement(Cluster Cluster, CrystalPose Pose, double XNm, double YNm, FilmSide Side);
