namespace ImageAnalysis.Core;

/// <summary>The Bayesian information criterion of a weighted fit.</summary>
internal static class Information
{
    /// <summary>N·g(χ²/N) + p·ln N, with g(u) = u − 1 up to 1 and ln u above.</summary>
    /// <remarks>
    /// G. Schwarz, Ann. Statist. 6 (1978) 461, doi:10.1214/aos/1176344136. Up to u = 1 the weights are taken at their word; above, where the model or the weights leave more
    /// scatter than the weights allow, their common factor is unknown and enters by its own maximum likelihood. The two meet with one slope.
    /// </remarks>
    public static double Bic(double squares, int points, int parameters)
    {
        double u = squares / points;
        return (points * (u <= 1 ? u - 1 : Math.Log(u))) + (parameters * Math.Log(points));
    }
}
