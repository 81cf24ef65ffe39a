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
        fitter.Model.Evaluate(fit.X, open, normal, right);
        int[] held = Held(fit.X, open), free = [.. Enumerable.Range(0, n).Where(p => held[p] == 0 && open.Lower[p] < open.Upper[p])];
        Covariance covariance = Covariance.Of(normal, n, free, open.Rows);
        double?[] sigma = [.. Enumerable.Range(0, n).Select(p => SigmaOf(p, open, held, free, normal, right, covariance, errorFactor))];
        double?[] wide = WideSigma(open, free, normal, errorFactor);
        return Assemble(fit, open, held, covariance, sigma, wide, errorFactor);
    }

    /// <summary>
    /// Standard deviations of occupancies where all sites may hold atoms, not only those of the family that was chosen: the choice is uncertain too. Families that are hypotheses of
    /// their own, with equations that exclude one another, keep to their own sites.
    /// </summary>
    private double?[] WideSigma(FitLimits open, int[] free, double[] normal, double errorFactor)
    {
        int n = _layout.Count;
        // A displacement parameter on its bound counts as free too: held there it would make the occupancies look far too sure.
        int[] occupancies = [.. Enumerable.Range(_layout.Occupancy, _layout.Sites).Where(p => open.Lower[p] < open.Upper[p])];
        int[] displacements = [.. Enumerable.Range(_layout.Displacement, _layout.Displacements).Where(p => open.Lower[p] < open.Upper[p])];
        Covariance covariance = Covariance.Of(normal, n, [.. free.Union(occupancies).Union(displacements)], open.Rows);
        return [.. Enumerable.Range(0, n).Select(p => occupancies.Contains(p) && covariance.Variance(p) is double variance ? errorFactor * Math.Sqrt(variance) : (double?)null)];
    }

    /// <summary>Limits of the fit with all sites free that any family has free.</summary>
    public FitLimits Opened(CandidateFit fit)
    {
        FitLimits limits = bounds.Of(fit.Components, fit.Family);
        double[] upper = [.. limits.Upper];
        foreach (FamilySetup family in setup.Options.Families is null ? setup.Families : [])
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

    private static double? SigmaOf(int p, FitLimits limits, int[] held, int[] free, double[] normal, double[] right, Covariance covariance, double errorFactor)
    {
        if (limits.Lower[p] >= limits.Upper[p])
        {
            return null;
        }

        if (held[p] == 0)
        {
            return covariance.Variance(p) is double variance ? errorFactor * Math.Sqrt(variance) : null;
        }

        // A parameter on a bound moves alone, or where an equation forbids that, together with another one that rests on a bound of its own.
        double? alone = OneSided([p], limits, held, free, normal, right, errorFactor);
        IEnumerable<int> partners = Enumerable.Range(0, held.Length).Where(q => q != p && held[q] != 0 && limits.Lower[q] < limits.Upper[q] && limits.Rows.Any(row => row[p] != 0 && row[q] != 0));
        return alone ?? partners.Max(q => OneSided([p, q], limits, held, free, normal, right, errorFactor));
    }

    /// <summary>
    /// How far the first of some parameters on bounds can move into its allowed range until χ² has risen by the square of the error factor, all others following: χ² rises as
    /// 2·slope·d + d²/variance. <c>null</c> where it cannot move.
    /// </summary>
    private static double? OneSided(int[] moving, FitLimits limits, int[] held, int[] free, double[] normal, double[] right, double errorFactor)
    {
        int p = moving[0];
        int[] all = [.. free, .. moving];
        Covariance covariance = Covariance.Of(normal, right.Length, all, limits.Rows);
        if (covariance.Variance(p) is not double variance || variance <= 1e-12 / Math.Max(1, normal[(p * right.Length) + p]))
        {
            return null;
        }

        double way = -held[p], slope = 0;
        foreach (int k in all)
        {
            double share = way * covariance.Between(k, p) / variance;
            if (k != p && held[k] != 0 && share * held[k] > 0)
            {
                return null;
            }

            slope -= right[k] * share;
        }

        slope = Math.Max(0, slope);
        return variance * (Math.Sqrt((slope * slope) + (errorFactor * errorFactor / variance)) - slope);
    }

    private PowderSolution Assemble(CandidateFit fit, FitLimits limits, int[] held, Covariance covariance, double?[] sigma, double?[] wide, double errorFactor)
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
            ReducedChi2 = fit.Result.Squares / Math.Max(1, fitter.Model.Points.UsedCount - fitter.ParameterCount(fit.Family, fit.Components)),
            RwpPercent = observed > 0 ? 100 * Math.Sqrt(fit.Result.Squares / observed) : 0,
            Bic = fit.Bic,
            Structure = structure,
            AAngstrom = structure.Cell.AAngstrom,
            ASigmaAngstrom = sigma[_layout.Edge],
            SizeAngstrom = size,
            SizeSigmaAngstrom = sigma[_layout.InverseSize] * size * size,
            Sites = [.. Enumerable.Range(0, _layout.Sites).Select(site => SiteOf(site, fit, limits, held, sigma, wide))],
            Parameters = parameters,
            CorrelationNames = [.. named.Select(p => ParameterTable.NameOf(setup, p))],
            CorrelationRatio = [.. named.Select(a => (IReadOnlyList<double>)[.. named.Select(b => covariance.Between(a, b) / Math.Sqrt(covariance.Between(a, a) * covariance.Between(b, b)))])],
            Derived = [.. setup.Options.Derived.Select(quantity => DerivedOf(quantity, x, covariance, errorFactor))],
        };
    }

    private SiteOccupancy SiteOf(int site, CandidateFit fit, FitLimits limits, int[] held, double?[] sigma, double?[] wide)
    {
        CrystalSite own = setup.Structure.Sites[site];
        int p = _layout.Occupancy + site;
        bool open = limits.Lower[p] < limits.Upper[p], isFree = fit.Family.Limits.Lower[site] < fit.Family.Limits.Upper[site];
        double? error = held[p] == 0 ? wide[p] ?? sigma[p] : sigma[p];
        return new(own.Label, own.Group ?? own.Label, own.Species.Element, setup.Structure.MultiplicityCount(site), Math.Clamp(fit.X[p], 0, 1), error, isFree, open && held[p] != 0)
        {
            ConditionalSigmaFraction = sigma[p],
        };
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
