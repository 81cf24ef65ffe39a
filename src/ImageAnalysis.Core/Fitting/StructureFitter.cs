namespace ImageAnalysis.Core;

/// <summary>Fits of the whole pattern in which the structure gives the strengths of the lines.</summary>
internal sealed class StructureFitter(PowderModel model, ModelBounds bounds)
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
        LeastSquaresResult result = LeastSquares.Fit((x, normal, right) => model.Evaluate(x, limits, normal, right), start, limits, MostIterations, Tolerance, bounds.LargestStep);
        return new(family, components, limits, result, Information.Bic(result.Squares, model.Points.UsedCount, ParameterCount(family, components)));
    }

    /// <summary>The same family with other parts of the model.</summary>
    public CandidateFit Refit(CandidateFit from, FitComponents components) => Fit(from.Family, components, bounds.Start(from.X, from.Components, components));

    /// <summary>Independent parameters: scale, cell, size and shape; occupancies less equations; displacement parameters; the other parts.</summary>
    public int ParameterCount(FamilySetup family, FitComponents components) =>
        3 + model.Layout.Edges + Math.Max(0, family.FreeCount) + model.Layout.Displacements + components.ParameterCount;
}
