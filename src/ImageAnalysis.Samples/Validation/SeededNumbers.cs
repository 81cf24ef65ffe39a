using System.Globalization;
using ImageAnalysis.Simulation;

namespace ImageAnalysis.Samples;

/// <summary>Random numbers from a seed and a name: the n-th is the n-th seed derived from them, so they are the same on every machine.</summary>
internal sealed class SeededNumbers(ulong seed, string name)
{
    private int _drawn;

    /// <summary>A number evenly between two others.</summary>
    public double Uniform(double low, double high)
    {
        ulong bits = SimulationSeed.Derive(seed, string.Create(CultureInfo.InvariantCulture, $"{name} {_drawn++}"));
        return low + ((high - low) * ((bits >> 11) * (1.0 / (1UL << 53))));
    }

    /// <summary>A number of the normal distribution with mean 0 and standard deviation 1 (Box and Muller's formula).</summary>
    public double Gaussian()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(0, 1)));
        return radius * Math.Cos(2 * Math.PI * Uniform(0, 1));
    }
}
