namespace ImageAnalysis.Core;

/// <summary>From all fits of a pattern to its result: the best, the rivals, and the words.</summary>
internal static class FitReport
{
    /// <summary>Two solutions that differ by less than this on every site are one, atoms per cell.</summary>
    private const double SameAtomsPerCell = 0.3;

    public static PowderFit Of(PowderSetup setup, StructureFitter fitter, ModelBounds bounds, IReadOnlyList<CandidateFit> candidates)
    {
        CandidateFit best = candidates[0];
        var report = new SolutionReport(setup, fitter, bounds);
        int freedom = Math.Max(1, fitter.Model.Points.UsedCount - fitter.ParameterCount(best.Family, best.Components));
        double factor = Math.Sqrt(Math.Max(1, best.Result.Squares / freedom));
        PowderSolution solution = report.Of(best, factor);
        List<CandidateFit> rivals = RivalsOf(setup, candidates);
        FamilyComparison[] families = [.. candidates.GroupBy(fit => fit.Family.Name).Select(group => group.MinBy(fit => fit.Bic)!).OrderBy(fit => fit.Bic).Select(fit => new FamilyComparison(
            fit.Family.Name, fit.Result.Squares, fit.Bic, fit.Bic - best.Bic, fitter.ParameterCount(fit.Family, fit.Components)))];
        RivalSolution[] named = [.. rivals.Select(fit => new RivalSolution(report.Of(fit, factor), fit.Result.Squares - best.Result.Squares, fit.Bic - best.Bic))];
        solution = WithRivals(solution, named);
        PowderCurve curve = CurveOf(setup, fitter.Model, best);
        PowderTick[] ticks = TicksOf(setup, best);
        var words = new FitWords(setup, fitter, report, best, solution, factor);
        PowderFit fit = new()
        {
            Best = solution,
            Rivals = named,
            Families = families,
            Intervals = new OccupancyIntervals(setup, fitter, best, report.Opened(best), factor).Of(setup.Options.Intervals),
            NotIdentifiable = words.NotIdentifiable(families),
            Warnings = words.Warnings(named),
            Failure = words.Failure(),
            Scattering = FitWords.ScatteringOf(setup),
            Wavelengths = setup.Wavelengths,
            SigmaBasis = PowderCounting.Basis(setup.Pattern),
            ErrorFactorRatio = factor,
            Curve = curve,
            Ticks = ticks,
        };
        return fit with { HalfOrder = HalfOrderLine.Of(fit, setup.ScatteringOptions) };
    }

    /// <summary>
    /// The best solution with errors of the occupancies that allow for its rivals: σ² becomes Σ w(σᵣ² + (xᵣ − x)²)/Σ w over the best and the rivals, with the weights exp(−ΔBIC/2)
    /// of Bayesian model averaging (R. E. Kass and A. E. Raftery, J. Am. Stat. Assoc. 90 (1995) 773, doi:10.1080/01621459.1995.10476572).
    /// </summary>
    private static PowderSolution WithRivals(PowderSolution best, IReadOnlyList<RivalSolution> rivals)
    {
        (PowderSolution Solution, double Weight)[] all = [(best, 1), .. rivals.Select(rival => (rival.Solution, Math.Exp(-Math.Max(0, rival.DeltaBic) / 2)))];
        double weights = all.Sum(one => one.Weight);
        return best with
        {
            Sites = [.. best.Sites.Select((site, i) => site.OccupancySigmaFraction is null ? site : site with
            {
                OccupancySigmaFraction = Math.Sqrt(all.Sum(one =>
                {
                    SiteOccupancy other = one.Solution.Sites[i];
                    double sigma = other.OccupancySigmaFraction ?? 0, apart = other.OccupancyFraction - site.OccupancyFraction;
                    return one.Weight * ((sigma * sigma) + (apart * apart));
                }) / weights),
            })],
        };
    }

    /// <summary>Solutions apart from the best and from each other that are worse by no more than the options allow; the nearest first.</summary>
    private static List<CandidateFit> RivalsOf(PowderSetup setup, IReadOnlyList<CandidateFit> candidates)
    {
        CandidateFit best = candidates[0];
        double limit = best.Result.Squares * (1 + setup.Options.RivalFraction);
        List<CandidateFit> rivals = [];
        foreach (CandidateFit fit in candidates.Skip(1).OrderBy(fit => fit.Bic))
        {
            bool near = fit.Result.Squares <= limit || fit.Bic <= best.Bic + 10;
            if (near && rivals.Count < setup.Options.MostRivals && !Same(setup, best, fit) && !rivals.Exists(other => Same(setup, other, fit)))
            {
                rivals.Add(fit);
            }
        }

        return rivals;
    }

    private static bool Same(PowderSetup setup, CandidateFit first, CandidateFit second)
    {
        for (int site = 0; site < setup.Layout.Sites; site++)
        {
            int p = setup.Layout.Occupancy + site;
            if (Math.Abs(first.X[p] - second.X[p]) * setup.Structure.MultiplicityCount(site) > SameAtomsPerCell)
            {
                return false;
            }
        }

        return true;
    }

    private static PowderCurve CurveOf(PowderSetup setup, PowderModel model, CandidateFit fit)
    {
        double[] calculated = model.Curve(fit.X);
        return new(
            setup.Pattern.TwoThetaDeg, setup.Pattern.IntensityCounts, calculated, model.DarkCurve(fit.X), PowderCounting.ExpectedSigmaCounts(setup.Pattern, calculated));
    }

    private static PowderTick[] TicksOf(PowderSetup setup, CandidateFit fit)
    {
        LineStrengths lines = setup.Lines;
        lines.SetCell(fit.X.AsSpan(setup.Layout.Edge, setup.Layout.Edges));
        double first = setup.Pattern.TwoThetaDeg[0], last = setup.Pattern.TwoThetaDeg[^1];
        lines.SetStructure(fit.X.AsSpan(setup.Layout.Occupancy, setup.Layout.Sites), fit.X.AsSpan(setup.Layout.Displacement, setup.Layout.Displacements));
        double strongest = lines.Strength.DefaultIfEmpty(0).Max();
        List<PowderTick> ticks = [];
        for (int line = 0; line < lines.Count; line++)
        {
            // Lines that the occupancies extinguish are none: a face-centred crystal may be given without its symmetry.
            bool isThere = lines.Strength[line] > 1e-9 * strongest;
            if (isThere && BraggLine.Of(lines.InverseSquare[line], setup.Wavelengths.Alpha1Angstrom, setup.Instrument, fit.X, setup.Layout) is { } at && at.Centre >= first && at.Centre <= last)
            {
                ReflectionFamily name = lines.NameOf(line);
                ticks.Add(new(name.H, name.K, name.L, at.Centre));
            }
        }

        return [.. ticks];
    }
}
