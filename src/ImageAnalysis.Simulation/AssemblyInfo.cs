using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("ImageAnalysis.Simulation.Tests")]
