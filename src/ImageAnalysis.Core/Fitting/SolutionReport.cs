namespace ImageAnalysis.Core;

/// <summary>Turns a fit into numbers with names, units and uncertainties.</summary>
internal sealed class SolutionReport(PowderSetup setup, StructureFitter fitter, ModelBounds bounds)
{
    private readonly PowderLayout _layout = setup.Layout;

    /// <summary>The solution with all its uncertainties.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="errorFactor">Factor on all standard deviations.</param>
    public PowderSolution Of(CandidateFit fit, double errorFactor)
    {
        // Sites that the family leaves empty are opened, so that the result can say how much of them would still fit.
        FitLimits open = Opened(fit);
        int n = _layout.Count;
        double[] normal = new double[n * n], right = new double[n];
        fitter.Evaluate(fit.X, open, normal, right);
        int[] held = Held(fit.X, open), free = [.. Enumerable.Range(0, n).Where(p => held[p] == 0 && open.Lower[p] < open.Upper[p])];
        Covariance covariance = Covariance.Of(normal, n, free, open.Rows);
        double[] multipliers = Multipliers(right, free, open.Rows);
        double?[] sigma = [.. Enumerable.Range(0, n).Select(p => SigmaOf(p, open, held, free, normal, right, multipliers, covariance, errorFactor))];
        return Assemble(fit, open, held, covariance, sigma, errorFactor);
    }

    /// <summary>Limits of the fit with all sites free that any family has free.</summary>
    public FitLimits Opened(CandidateFit fit)
    {
        FitLimits limits = bounds.Of(fit.Components, fit.Family);
        double[] upper = [.. limits.Upper];
        foreach (FamilySetup family in setup.Families)
        {
            for (int site = 0; site < _layout.Sites; site++)
            {
                upper[_layout.Occupancy + site] = Math.Max(upper[_layout.Occupancy + site], family.Limits.Upper[site]);
            }
        }

        return limits with { Upper = upper };
    }

    private static int[] Held(double[] x, FitLimits limits) => [.. x.Select((value, p) =>
    {
        double near = 1e-7 * (1 + Math.Abs(value));
        return value <= limits.Lower[p] + near ? -1 : value >= limits.Upper[p] - near ? 1 : 0;
    })];

    /// <summary>Multipliers of the equations at the minimum: JᵀR of the free parameters is their sum over the equations.</summary>
    private static double[] Multipliers(double[] right, int[] free, IReadOnlyList<double[]> rows)
    {
        int m = rows.Count;
        double[] products = new double[m * m], target = new double[m], multipliers = new double[m];
        for (int k = 0; k < m; k++)
        {
            target[k] = free.Sum(p => rows[k][p] * right[p]);
            for (int l = 0; l < m; l++)
            {
                products[(k * m) + l] = free.Sum(p => rows[k][p] * rows[l][p]);
            }
        }

        SmallSystem.SolveSemidefinite(products, target, multipliers, m);
        return multipliers;
    }

    private static double? SigmaOf(
        int p, FitLimits limits, int[] held, int[] free, double[] normal, double[] right, double[] multipliers, Covariance covariance, double errorFactor)
    {
        if (limits.Lower[p] >= limits.Upper[p])
        {
            return null;
        }

        if (held[p] == 0)
        {
            return covariance.Variance(p) is double variance ? errorFactor * Math.Sqrt(variance) : null;
        }

        // On a bound χ² rises as 2·slope·d + d²/variance into the allowed range, all others following.
        if (Covariance.Of(normal, right.Length, [.. free, p], limits.Rows).Variance(p) is not double own || own <= 0)
        {
            return null;
        }

        double slope = Math.Max(0, held[p] * (right[p] - limits.Rows.Select((row, k) => row[p] * multipliers[k]).Sum()));
        return own * (Math.Sqrt((slope * slope) + (errorFactor * errorFactor / own)) - slope);
    }

    private PowderSolution Assemble(CandidateFit fit, FitLimits limits, int[] held, Covariance covariance, double?[] sigma, double errorFactor)
    {
        double[] x = fit.X;
        FitParameter[] parameters = [.. ParameterTable.Of(setup, fit, limits, held, sigma)];
        CrystalStructure structure = StructureOf(x, fit.Family.Name);
        double observed = 0;
        for (int i = 0; i < fitter.Model.Points.Count; i++)
        {
            double weighted = fitter.Model.Points.Y[i] * fitter.Model.Points.RootWeight[i];
            observed += weighted * weighted;
        }

        int[] named = [.. covariance.Free.Where(p => covariance.Variance(p) > 0)];
        double size = 1 / x[_layout.InverseSize];
        return new PowderSolution
        {
            Name = fit.Family.Name,
            Shape = fitter.Model.Shape,
            Chi2 = fit.Result.Squares,
            ReducedChi2 = fit.Result.Squares / Math.Max(1, fitter.Model.Points.Count - fitter.ParameterCount(fit.Family, fit.Components)),
            RwpPercent = observed > 0 ? 100 * Math.Sqrt(fit.Result.Squares / observed) : 0,
            Bic = fit.Bic,
            Structure = structure,
            AAngstrom = structure.Cell.AAngstrom,
            ASigmaAngstrom = sigma[_layout.Edge],
            SizeAngstrom = size,
            SizeSigmaAngstrom = sigma[_layout.InverseSize] * size * size,
            Sites = [.. Enumerable.Range(0, _layout.Sites).Select(site => SiteOf(site, fit, limits, held, sigma))],
            Parameters = parameters,
            CorrelationNames = [.. named.Select(p => ParameterTable.NameOf(setup, p))],
            CorrelationRatio = [.. named.Select(a => (IReadOnlyList<double>)[.. named.Select(b => covariance.Between(a, b) / Math.Sqrt(covariance.Between(a, a) * covariance.Between(b, b)))])],
            Derived = [.. setup.Options.Derived.Select(quantity => DerivedOf(quantity, x, covariance, errorFactor))],
        };
    }

    private SiteOccupancy SiteOf(int site, CandidateFit fit, FitLimits limits, int[] held, double?[] sigma)
    {
        CrystalSite own = setup.Structure.Sites[site];
        int p = _layout.Occupancy + site;
        bool open = limits.Lower[p] < limits.Upper[p], isFree = fit.Family.Limits.Lower[site] < fit.Family.Limits.Upper[site];
        return new(own.Label, own.Group ?? own.Label, own.Species.Element, setup.Structure.MultiplicityCount(site), Math.Clamp(fit.X[p], 0, 1), sigma[p], isFree, open && held[p] != 0);
    }

    private DerivedValue DerivedOf(DerivedQuantity quantity, double[] x, Covariance covariance, double errorFactor)
    {
        (int Parameter, double Factor)[] terms = [.. quantity.Terms.Select(term => (_layout.Occupancy + setup.Structure.IndexOf(term.Key), term.Value))];
        double variance = terms.Sum(a => terms.Sum(b => a.Factor * b.Factor * covariance.Between(a.Parameter, b.Parameter)));
        bool isHeld = terms.All(term => covariance.Variance(term.Parameter) is null);
        return new(quantity.Name, quantity.ConstantRatio + terms.Sum(term => term.Factor * x[term.Parameter]), isHeld ? null : errorFactor * Math.Sqrt(Math.Max(0, variance)));
    }

    private CrystalStructure StructureOf(double[] x, string family)
    {
        UnitCell cell = setup.Lines.Axes.With(x.AsSpan(_layout.Edge, _layout.Edges));
        int site = 0;
        return setup.Structure.WithCell(cell).WithSites(old =>
        {
            double b = x[_layout.Displacement + setup.Lines.DisplacementGroupOf[site]], occupancy = Math.Clamp(x[_layout.Occupancy + site], 0, 1);
            site++;
            return old with { OccupancyFraction = occupancy, BIsoAngstrom2 = b };
        }).WithName($"{setup.Structure.Name} {family}");
    }
}
