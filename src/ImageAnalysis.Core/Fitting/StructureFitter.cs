namespace ImageAnalysis.Core;

/// <summary>Fits of the whole pattern in which the structure gives the strengths of the lines.</summary>
internal sealed class StructureFitter(PowderModel model, ModelBounds bounds, IReadOnlyList<(double[] Row, double Value, double Sigma)> measuredTotals)
{
    private const int MostIterations = 80;
    private const double Tolerance = 1e-3;

    /// <summary>The model.</summary>
    public PowderModel Model => model;

    /// <summary>Bounds and equations of a family with a choice of parts.</summary>
    public FitLimits LimitsOf(FitComponents components, FamilySetup family) => bounds.Of(components, family);

    /// <summary>Fits one family from one start.</summary>
    public CandidateFit Fit(FamilySetup family, FitComponents components, double[] start)
    {
        FitLimits limits = bounds.Of(components, family);
        LeastSquaresResult result = LeastSquares.Fit((x, normal, right) => Evaluate(x, limits, normal, right), start, limits, MostIterations, Tolerance, bounds.LargestStep);
        return new(family, components, limits, result, Information.Bic(result.Squares, model.Points.Count, ParameterCount(family, components)));
    }

    /// <summary>The same family with other parts of the model.</summary>
    public CandidateFit Refit(CandidateFit from, FitComponents components) => Fit(from.Family, components, bounds.Start(from.X, from.Components, components));

    /// <summary>Independent parameters: scale, cell, size and shape; occupancies less equations; displacement parameters; the other parts.</summary>
    public int ParameterCount(FamilySetup family, FitComponents components) =>
        3 + model.Layout.Edges + Math.Max(0, family.FreeCount) + model.Layout.Displacements + components.ParameterCount;

    /// <summary>χ² of the pattern and of the measured totals, with the normal equations.</summary>
    public double Evaluate(double[] x, FitLimits limits, double[] normal, double[] right)
    {
        double squares = model.Evaluate(x, limits, normal, right);
        int first = model.Layout.Occupancy, n = x.Length;
        foreach ((double[] row, double value, double sigma) in measuredTotals)
        {
            double residual = value;
            for (int i = 0; i < row.Length; i++)
            {
                residual -= row[i] * x[first + i];
            }

            residual /= sigma;
            squares += residual * residual;
            for (int i = 0; i < row.Length; i++)
            {
                if (limits.Lower[first + i] < limits.Upper[first + i])
                {
                    right[first + i] += row[i] / sigma * residual;
                    for (int j = 0; j < row.Length; j++)
                    {
                        normal[((first + i) * n) + first + j] += limits.Lower[first + j] < limits.Upper[first + j] ? row[i] / sigma * row[j] / sigma : 0;
                    }
                }
            }
        }

        return squares;
    }
}
