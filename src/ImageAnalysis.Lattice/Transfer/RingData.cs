using MathNet.Numerics.Distributions;

namespace ImageAnalysis.Lattice;

/// <summary>Mean powers at frequencies, for a fit.</summary>
internal sealed class RingData
{
    private RingData(List<double[]> rows, double smear2, bool allDirections)
    {
        AllDirections = allDirections;
        Count = rows.Count;
        (G2, Cos2, Sin2, Nu2, Power, Weight, Independent) = (Column(0), Column(1), Column(2), Column(3), Column(4), Column(5), Column(6));
        Smear2 = smear2;
        MeanPower = Count == 0 ? 0 : Power.Average();
        double[] Column(int i) => [.. rows.Select(row => row[i])];
    }

    public int Count { get; }

    /// <summary>|g|², nm⁻².</summary>
    public double[] G2 { get; }

    /// <summary>|g|² cos 2φ, φ counter-clockwise as seen.</summary>
    public double[] Cos2 { get; }

    /// <summary>|g|² sin 2φ.</summary>
    public double[] Sin2 { get; }

    /// <summary>Square of the frequency in cycles a pixel.</summary>
    public double[] Nu2 { get; }

    public double[] Power { get; }

    /// <summary>Independent values that each mean is worth in sums.</summary>
    public double[] Weight { get; }

    /// <summary>Independent values that each mean is made of: its relative variance is 1 over this.</summary>
    public double[] Independent { get; }

    /// <summary>Variance of the frequencies that a mean is made of along the radius, nm⁻²: bins only, without the window.</summary>
    public double Smear2 { get; }

    public double MeanPower { get; }

    /// <summary>Whether every mean is that of all directions.</summary>
    public bool AllDirections { get; }

    /// <summary>Every nth value: for a first look, n times faster.</summary>
    public RingData Thinned(int n)
    {
        List<double[]> rows = [];
        for (int i = 0; i < Count; i++)
        {
            // Averages of the floor are few, and stay.
            if (i % n == 0 || Weight[i] > 2 * Weight[0])
            {
                rows.Add([G2[i], Cos2[i], Sin2[i], Nu2[i], Power[i], Weight[i], Independent[i]]);
            }
        }

        return new RingData(rows, Smear2, AllDirections);
    }

    /// <summary>
    /// Collects means: those below <paramref name="highest"/> one by one (<paramref name="step"/> is <c>null</c>) or in rings of a step's width, those above it in rings of the wider step of the floor.
    /// </summary>
    public static RingData Of(
        List<SupportSpectrum.Frequency> frequencies, double[] power, double worth, double windowWorth, double lowest, double highest, double? step, double floorStep, double end)
    {
        List<double[]> rows = [];
        int rings = step is double width ? (int)Math.Ceiling((highest - lowest) / width) : 0, floors = Math.Max(0, (int)Math.Ceiling((end - highest) / floorStep));
        List<int>[] members = [.. Enumerable.Range(0, rings + floors).Select(_ => new List<int>())];
        for (int i = 0; i < frequencies.Count; i++)
        {
            double g = Math.Sqrt(frequencies[i].G2);
            if (g >= highest)
            {
                members[rings + Math.Min(floors - 1, (int)((g - highest) / floorStep))].Add(i);
            }
            else if (step is double wide)
            {
                members[Math.Min(rings - 1, (int)((g - lowest) / wide))].Add(i);
            }
            else
            {
                // y points down.
                SupportSpectrum.Frequency at = frequencies[i];
                rows.Add([at.G2, (at.Gx * at.Gx) - (at.Gy * at.Gy), -2 * at.Gx * at.Gy, at.Nu2, power[i], worth * windowWorth, worth]);
            }
        }

        foreach (List<int> ring in members)
        {
            if (ring.Count > 0)
            {
                // Spots of crystals that the tiles' own selection has left: the strongest tenth is out, by the same rule in every ring.
                double[] sorted = [.. ring.Select(i => power[i]).Order()];
                int taken = sorted.Length >= 10 ? (int)Math.Ceiling(0.9 * sorted.Length) : sorted.Length;
                double mean = sorted.Take(taken).Average() / Trim(worth, (double)taken / sorted.Length);
                double values = Math.Max(1, ring.Count * worth * windowWorth);
                rows.Add([ring.Average(i => frequencies[i].G2), 0, 0, ring.Average(i => frequencies[i].Nu2), mean, values, values]);
            }
        }

        return new RingData(rows, step is double bin ? bin * bin / 12 : 0, step is not null);
    }

    /// <summary>Mean of what is left of gamma-distributed values of mean 1 and shape k without the largest part; by the normal law of ∛x (Wilson and Hilferty), numerically.</summary>
    private static double Trim(double shape, double left)
    {
        if (left >= 1)
        {
            return 1;
        }

        const int Steps = 100;
        double sum = 0;
        for (int i = 0; i < Steps; i++)
        {
            double z = Normal.InvCDF(0, 1, left * (i + 0.5) / Steps);
            double root = 1 - (1 / (9 * shape)) + (z / (3 * Math.Sqrt(shape)));
            sum += root > 0 ? root * root * root : 0;
        }

        return sum / Steps;
    }
}
