namespace ImageAnalysis.Core;

/// <summary>A pattern described by free strengths of its lines: where they are, how wide, and on what background.</summary>
/// <param name="X">Parameters of the model with free strengths.</param>
/// <param name="Components">Parts of the model that the pattern asks for.</param>
/// <param name="Result">The fit with its normal matrix.</param>
/// <param name="Bic">Its information criterion.</param>
internal sealed record FreeLinesFit(double[] X, FitComponents Components, LeastSquaresResult Result, double Bic)
{
    /// <summary>Which further parts the pattern may ask for.</summary>
    public required PartChoice Choice { get; init; }
}

/// <summary>
/// First look at a pattern, without any assumption on the strengths of the lines (G. S. Pawley, J. Appl. Cryst. 14 (1981) 357, doi:10.1107/S0021889881009618): cell and
/// width from a grid, then a fit, then the parts of the background that pay for their parameters.
/// </summary>
internal static class ProfileSearch
{
    /// <summary>Widths of the grid in degrees at 2θ = 40°.</summary>
    private static readonly double[] GridWidthsDeg = [0.15, 0.4, 1, 2.2, 4.5];

    private const int MostGridPoints = 700, MostIterations = 60, GridBackgroundTerms = 4, Kept = 3;

    private const double SphereSpreadStart = 0.15;

    /// <summary>A second shape that is worse by this much at first is not worth a choice of its own background.</summary>
    private const double HopelessBic = 60;

    /// <summary>Cell and width that describe the pattern best, with the strengths as they come out.</summary>
    public static FreeLinesFit Find(PowderModel model, ModelBounds bounds, PowderFitOptions options)
    {
        FitComponents least = FitComponents.Least(options), wide = least with { BackgroundTerms = Math.Min(Math.Max(GridBackgroundTerms, least.BackgroundTerms), options.MostBackgroundTerms) };
        PartChoice everything = new(options, options.MostBackgroundTerms, bounds.SmallestHaloDeg, true) { HasHalfOrder = bounds.HalfOrderTwoThetaDeg is not null };
        FreeLinesFit? best = null;
        foreach (double[] start in GridStarts(model, bounds, options, wide))
        {
            FreeLinesFit fit = Fit(model, bounds, start, wide, everything);
            best = best is null || fit.Bic < best.Bic ? fit : best;
        }

        PartChoice choice = PartChoice.For(options, model.Points.X[^1] - model.Points.X[0], model.WidthOf(best!.X[model.Layout.InverseSize]), model.LinePlaces(best.X)) with { HasHalfOrder = bounds.HalfOrderTwoThetaDeg is not null };
        bounds.SmallestHaloDeg = choice.SmallestHaloDeg;
        return Select(best with { Choice = choice }, model, bounds);
    }

    /// <summary>The same for spheres, from the result for pseudo-Voigts.</summary>
    public static FreeLinesFit FromOther(FreeLinesFit first, PowderModel model, ModelBounds bounds)
    {
        PartChoice choice = first.Choice with { HasDiffuse = true };
        bounds.SmallestHaloDeg = choice.SmallestHaloDeg;
        FitComponents components = first.Components with { BackgroundTerms = Math.Min(Math.Max(GridBackgroundTerms, first.Components.BackgroundTerms), choice.MostBackgroundTerms) };
        PowderLayout layout = model.Layout;
        double[] start = [.. first.X];

        // A sphere's mean thickness along a direction is 3/4 of its diameter; what is under the wings moves between lines and background.
        start[layout.InverseSize] *= 0.8;
        start[layout.Shape] = SphereSpreadStart;
        Array.Clear(start, layout.Background, layout.BackgroundTerms);
        FitLimits linear = HoldProfile(layout, bounds.Of(components, null), start);
        start = LeastSquares.Fit((x, normal, right) => model.Evaluate(x, linear, normal, right), start, linear, 2, double.PositiveInfinity).X;
        FreeLinesFit fit = Fit(model, bounds, start, components, choice);
        return fit.Bic > first.Bic + HopelessBic ? fit : Select(fit, model, bounds);
    }

    /// <summary>Adds and takes away parts of the model one at a time as long as the information criterion falls.</summary>
    public static T Select<T>(T fit, Func<T, FitComponents> components, Func<T, double> bic, PartChoice choice, Func<T, FitComponents, T> refit)
        where T : class
    {
        for (int round = 0; round < 20; round++)
        {
            T current = fit;
            foreach (FitComponents other in components(current).Larger(choice).Concat(components(current).Smaller(choice)))
            {
                T next = refit(current, other);
                fit = bic(next) < bic(fit) - 1e-6 ? next : fit;
            }

            if (ReferenceEquals(fit, current))
            {
                break;
            }
        }

        return fit;
    }

    private static FreeLinesFit Select(FreeLinesFit fit, PowderModel model, ModelBounds bounds) => Select(
        fit, one => one.Components, one => one.Bic, fit.Choice, (from, components) => Fit(model, bounds, bounds.Start(from.X, from.Components, components), components, fit.Choice));

    private static FreeLinesFit Fit(PowderModel model, ModelBounds bounds, double[] start, FitComponents components, PartChoice choice)
    {
        FitLimits limits = bounds.Of(components, null);
        LeastSquaresResult result = LeastSquares.Fit((x, normal, right) => model.Evaluate(x, limits, normal, right), start, limits, MostIterations, 1e-2, bounds.LargestStep);
        int parameters = components.ParameterCount + model.Layout.Edges + 2 + model.Layout.FreeLines + (model.Shape == PeakShape.Spheres ? 1 : 0);
        return new(result.X, components, result, Information.Bic(result.Squares, model.Points.UsedCount, parameters)) { Choice = choice };
    }

    /// <summary>The best places of a grid of cells and widths; at each the strengths and the background follow from one linear step.</summary>
    private static List<double[]> GridStarts(PowderModel model, ModelBounds bounds, PowderFitOptions options, FitComponents components)
    {
        FitLimits limits = bounds.Of(components, null);
        List<(double Squares, double[] X)> tried = [];
        PowderModel coarse = model.Binned((model.Points.Count + MostGridPoints - 1) / MostGridPoints);
        foreach (double width in GridWidthsDeg)
        {
            // Neighbours on the grid move a line at 2θ = 60° by half its width.
            double step = Math.Min(width / 2 / (360 / Math.PI * Math.Tan(Math.PI / 6)), 0.02), reach = options.CellSearchPercent / 100;
            int steps = (int)Math.Ceiling(reach / step);
            for (int k = -steps; k <= steps; k++)
            {
                double[] x = StartOf(model, limits, 1 + (steps == 0 ? 0 : k * reach / steps), width);
                FitLimits linear = HoldProfile(model.Layout, limits, x);
                LeastSquaresResult result = LeastSquares.Fit((p, normal, right) => coarse.Evaluate(p, linear, normal, right), x, linear, 2, double.PositiveInfinity);
                tried.Add((result.Squares, result.X));
            }
        }

        List<double[]> starts = [];
        foreach ((_, double[] x) in tried.OrderBy(one => one.Squares))
        {
            int edge = model.Layout.Edge, size = model.Layout.InverseSize;
            if (starts.Count < Kept && starts.TrueForAll(other => Math.Abs((other[edge] / x[edge]) - 1) > 0.01 || other[size] != x[size]))
            {
                starts.Add(x);
            }
        }

        return starts;
    }

    private static double[] StartOf(PowderModel model, FitLimits limits, double cellRatio, double widthDeg)
    {
        PowderLayout layout = model.Layout;
        double[] x = [.. limits.Lower.Zip(limits.Upper, (low, high) => double.IsInfinity(low) || double.IsInfinity(high) ? 0 : (low + high) / 2)];
        for (int edge = 0; edge < layout.Edges; edge++)
        {
            x[layout.Edge + edge] *= cellRatio;
        }

        x[layout.Strain] = 0;
        x[layout.Shape] = 0.5;
        x[layout.InverseSize] = model.InverseSizeOf(widthDeg);
        return x;
    }

    /// <summary>The same limits with all parameters held but those that the model is linear in.</summary>
    private static FitLimits HoldProfile(PowderLayout layout, FitLimits limits, double[] x)
    {
        double[] lower = [.. limits.Lower], upper = [.. limits.Upper];
        for (int p = 0; p < layout.Background; p++)
        {
            (lower[p], upper[p]) = p == layout.Diffuse ? (lower[p], upper[p]) : (x[p], x[p]);
        }

        return new(lower, upper, limits.Rows, limits.Values);
    }
}
