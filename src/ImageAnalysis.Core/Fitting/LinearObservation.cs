namespace ImageAnalysis.Core;

/// <summary>Something known of the parameters beside the pattern, that the fit treats as one more observation: Σ coefficient × parameter = value ± sigma.</summary>
/// <param name="Terms">Parameters and their coefficients.</param>
/// <param name="Value">The value.</param>
/// <param name="Sigma">Its standard deviation.</param>
internal sealed record LinearObservation((int Parameter, double Factor)[] Terms, double Value, double Sigma)
{
    /// <summary>Adds it to the sum of squares and the normal equations of the parameters that move.</summary>
    public double Add(double[] x, FitLimits limits, double[] normal, double[] right)
    {
        double residual = Value;
        foreach ((int parameter, double factor) in Terms)
        {
            residual -= factor * x[parameter];
        }

        residual /= Sigma;
        foreach ((int parameter, double factor) in Terms)
        {
            if (limits.Lower[parameter] < limits.Upper[parameter])
            {
                right[parameter] += factor / Sigma * residual;
                foreach ((int other, double otherFactor) in Terms)
                {
                    normal[(parameter * x.Length) + other] += limits.Lower[other] < limits.Upper[other] ? factor / Sigma * otherFactor / Sigma : 0;
                }
            }
        }

        return residual * residual;
    }
}
