namespace ImageAnalysis.Core;

/// <summary>One atom of a cluster, or one place where a statistical cluster may have an atom.</summary>
/// <param name="SiteIndex">Number of its site in <see cref="Cluster.Sites"/>, from 0.</param>
/// <param name="Position">Where it is, in Å.</param>
public readonly record struct ClusterAtom(int SiteIndex, CartesianPosition Position);
