namespace ImageAnalysis.Core;

/// <summary>Fits crystal structures to powder patterns: which occupancies, which cell, which size, and what else would fit as well.</summary>
/// <remarks>docs/methods/occupancy-fit.md has the formulas, the sources and the measured accuracy.</remarks>
public static class PowderFitter
{
    private const int MostMinimaPerFamily = 3;

    /// <summary>A difference of information criteria that is positive evidence: R. E. Kass and A. E. Raftery, J. Am. Stat. Assoc. 90 (1995) 773, doi:10.1080/01621459.1995.10476572.</summary>
    private const double PositiveEvidenceBic = 6;

    /// <summary>Spherical crystals are tried below this size, Å; above it their lines cannot be told from pseudo-Voigts by shape, and other causes of width prevail.</summary>
    private const double LargestSphereAngstrom = 120;

    /// <summary>Fits a structure to a pattern.</summary>
    /// <param name="pattern">The pattern, measured with the Kα line of a laboratory anode.</param>
    /// <param name="structure">The structure: cell to start from, sites, and occupancies of the sites that are not free.</param>
    /// <param name="options">How to fit; defaults where <c>null</c>.</param>
    /// <returns>The best solution, its rivals, and what the pattern leaves open.</returns>
    /// <exception cref="ArgumentException">
    /// The wavelength is none of a laboratory anode, the pattern has fewer than 50 points or angles outside 0…175°, no line of the structure lies in it, or the totals cannot be held by the free sites.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static PowderFit Fit(PowderPattern pattern, CrystalStructure structure, PowderFitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(structure);
        options ??= new();
        options.Validate();
        int pointsPerMean = PatternMeans.PointsPerMean(pattern);
        pattern = PatternMeans.Of(pattern);
        var setup = new PowderSetup(pattern, structure, options) { PointsPerMean = pointsPerMean };
        PatternPoints points = PatternPoints.Of(pattern, PowderCounting.SigmaCounts(pattern), options.Excluded);

        // 1. Where the lines are and how wide, with free strengths; the weights from that smooth curve.
        (FreeLinesFit profile, PowderModel free) = FindProfile(setup, points);
        points = points.WithSigma(PowderCounting.ExpectedSigmaCounts(pattern, free.Curve(profile.X)));
        free.Points = points;

        // 2. Occupancies that explain the strengths, in every family; 3. the whole pattern from each of them.
        var model = setup.ModelOf(points, free.Shape, free: false);
        var bounds = new ModelBounds(setup.Layout, setup.Lines.Axes.StartAngstrom, points, options, free.Shape) { SmallestHaloDeg = profile.Choice.SmallestHaloDeg, HalfOrderTwoThetaDeg = setup.HalfOrderTwoThetaDeg };
        var fitter = new StructureFitter(model, bounds);
        List<CandidateFit> candidates = FitFamilies(setup, fitter, profile, free);

        // 4. With the best structure, does the pattern ask for other parts of the model? Then all families get them.
        candidates = Reconsider(profile.Choice, fitter, candidates);
        return FitReport.Of(setup, fitter, bounds, candidates);
    }

    private static (FreeLinesFit Profile, PowderModel Model) FindProfile(PowderSetup setup, PatternPoints points)
    {
        PowderFitOptions options = setup.Options;
        var bounds = new ModelBounds(setup.FreeLayout, setup.Lines.Axes.StartAngstrom, points, options, PeakShape.PseudoVoigt) { HalfOrderTwoThetaDeg = setup.HalfOrderTwoThetaDeg };
        var voigt = setup.ModelOf(points, PeakShape.PseudoVoigt, free: true);
        FreeLinesFit fit = ProfileSearch.Find(voigt, bounds, options);
        double size = 1 / fit.X[setup.FreeLayout.InverseSize];
        if (options.Shape == PeakShape.PseudoVoigt || (options.Shape == PeakShape.Auto && size > LargestSphereAngstrom))
        {
            return (fit, voigt);
        }

        var spheres = setup.ModelOf(points, PeakShape.Spheres, free: true);
        FreeLinesFit other = ProfileSearch.FromOther(fit, spheres, new ModelBounds(setup.FreeLayout, setup.Lines.Axes.StartAngstrom, points, options, PeakShape.Spheres) { HalfOrderTwoThetaDeg = setup.HalfOrderTwoThetaDeg });
        return options.Shape == PeakShape.Spheres || other.Bic < fit.Bic ? (other, spheres) : (fit, voigt);
    }

    private static List<CandidateFit> FitFamilies(PowderSetup setup, StructureFitter fitter, FreeLinesFit profile, PowderModel free)
    {
        var search = new StrengthSearch(profile, free, setup.Options);
        double spare = (setup.Options.RivalFraction + 0.1) * Math.Max(fitter.Model.Points.UsedCount, profile.Result.Squares);
        List<(FamilySetup Family, StrengthMinimum Minimum)> starts =
            [.. setup.Families.SelectMany(family => search.Find(family, spare, MostMinimaPerFamily).Select(minimum => (family, minimum)))];
        List<CandidateFit> candidates = [];
        foreach ((FamilySetup family, StrengthMinimum minimum) in starts)
        {
            double[] x = profile.X[..setup.Layout.Count];
            x[PowderLayout.Scale] = minimum.Scale;
            x[setup.Layout.Diffuse] = profile.Components.Diffuse ? 1 : 0;
            minimum.Occupancies.CopyTo(x, setup.Layout.Occupancy);
            minimum.Displacements.CopyTo(x, setup.Layout.Displacement);
            candidates.Add(fitter.Fit(family, profile.Components, x));
        }

        return Ordered(candidates);
    }

    private static List<CandidateFit> Reconsider(PartChoice choice, StructureFitter fitter, List<CandidateFit> candidates)
    {
        CandidateFit best = candidates[0];
        CandidateFit chosen = ProfileSearch.Select(best, fit => fit.Components, fit => fit.Bic, choice, fitter.Refit);
        if (choice.HasDiffuse)
        {
            // The diffuse scattering of the structure may do what several terms of the background do, which no single step shows.
            CandidateFit plain = fitter.Refit(best, best.Components with { Diffuse = true, BackgroundTerms = 1 });
            plain = ProfileSearch.Select(plain, fit => fit.Components, fit => fit.Bic, choice, fitter.Refit);
            chosen = plain.Bic < chosen.Bic ? plain : chosen;
        }

        return chosen.Components == best.Components
            ? candidates
            : Ordered(candidates.Select(fit => ReferenceEquals(fit, best) ? chosen : fitter.Refit(fit, chosen.Components)));
    }

    /// <summary>By the information criterion, but first the one with the fewest free occupancies among those that no positive evidence tells from the best.</summary>
    private static List<CandidateFit> Ordered(IEnumerable<CandidateFit> fits)
    {
        List<CandidateFit> ordered = [.. fits.OrderBy(fit => fit.Bic)];
        CandidateFit first = ordered.Where(fit => fit.Bic <= ordered[0].Bic + PositiveEvidenceBic).OrderBy(fit => fit.Family.FreeCount).ThenBy(fit => fit.Bic).First();
        return [first, .. ordered.Where(fit => !ReferenceEquals(fit, first))];
    }
}
