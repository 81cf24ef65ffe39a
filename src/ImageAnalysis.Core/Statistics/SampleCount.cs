namespace ImageAnalysis.Core;

/// <summary>How many of a sample's particles are in a state, such as ordered.</summary>
/// <param name="Name">Name of the sample.</param>
/// <param name="InStateCount">Particles in the state, 0 to <paramref name="AllCount"/>.</param>
/// <param name="AllCount">All particles that were judged, 0 or more.</param>
public sealed record SampleCount(string Name, int InStateCount, int AllCount);
