using MathNet.Numerics.LinearAlgebra;

namespace ImageAnalysis.Lattice;

/// <summary>
/// What several places say together: Σ w_j (−ln p_j), each place's p-value weighed by how much order would show there. Without order the −ln p_j are exponentially distributed, whatever the places' own backgrounds. What the
/// film adds to them is independent. What vacancies add that are strewn at random is not: their wave of vector k shows at all G ± k, as order's does. So the sum is that of the weighted powers of a complex normal vector with
/// coherences √(c_i c_j), c the crystal's own share of the background, and passes through stages whose means are the eigenvalues of √(w_i w_j) γ_ij.
/// </summary>
/// <remarks>R. A. Fisher, Statistical Methods for Research Workers (1932), § 21.1, for independent places and equal weights; I. J. Good, J. R. Stat. Soc. B 17 (1955) 264, for others (neither was opened).</remarks>
internal static class JointTest
{
    /// <summary>Beyond this many of the shortest stages the probability is below what a double holds.</summary>
    private const double Farthest = 690;

    /// <summary>Shorter stages than this take no time to speak of.</summary>
    private const double LeastStage = 0.08;

    private const double MostOwn = 0.8;

    /// <summary>Smallest p-value of a place that counts.</summary>
    private const double LeastPValue = 1e-60;

    /// <summary>What a place adds to the sum.</summary>
    public static double Score(double weight, double pValue) => -weight * Math.Log(Math.Max(pValue, LeastPValue));

    /// <summary>The crystal's own share of a background that is so many times the support's.</summary>
    public static double OwnShare(double backgroundRatio) => Math.Clamp(1 - (1 / backgroundRatio), 0, MostOwn);

    /// <summary>Means of the stages that the sum passes through.</summary>
    /// <param name="weights">Weights of the places.</param>
    /// <param name="own">The crystal's own share of the background at each.</param>
    public static double[] Stages(double[] weights, double[] own)
    {
        if (weights.Length == 1)
        {
            return weights;
        }

        Matrix<double> matrix = Matrix<double>.Build.Dense(weights.Length, weights.Length, (i, j) => i == j ? weights[i] : Math.Sqrt(weights[i] * weights[j] * own[i] * own[j]));
        return [.. matrix.Evd(Symmetricity.Symmetric).EigenValues.Select(static value => Math.Max(value.Real, LeastStage))];
    }

    /// <summary>Probability that the weighted sum exceeds a value.</summary>
    /// <param name="sum">The value.</param>
    /// <param name="weights">Means of the stages, above 0.</param>
    public static double Tail(double sum, ReadOnlySpan<double> weights)
    {
        if (sum <= 0)
        {
            return 1;
        }

        if (weights.Length == 1)
        {
            return Math.Exp(-sum / weights[0]);
        }

        // Uniformization: of a Poisson number of steps at the fastest stage's rate each leaves stage j with w_min/w_j. All terms are positive, so the smallest tails are as exact as others.
        double fastest = double.MaxValue;
        foreach (double weight in weights)
        {
            fastest = Math.Min(fastest, weight);
        }

        double mean = Math.Min(sum / fastest, Farthest), poisson = Math.Exp(-mean), tail = 0;
        Span<double> stages = stackalloc double[weights.Length];
        stages[0] = 1;
        int last = (int)(mean + (12 * Math.Sqrt(mean)) + 30);
        for (int step = 0; step <= last; step++)
        {
            double inside = 0;
            foreach (double stage in stages)
            {
                inside += stage;
            }

            tail += poisson * inside;
            poisson *= mean / (step + 1);
            for (int j = stages.Length - 1; j >= 0; j--)
            {
                stages[j] *= 1 - (fastest / weights[j]);
                stages[j] += j > 0 ? stages[j - 1] * (fastest / weights[j - 1]) : 0;
            }
        }

        return Math.Min(1, tail);
    }
}
