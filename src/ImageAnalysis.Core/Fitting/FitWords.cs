using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace ImageAnalysis.Core;

/// <summary>What a fit leaves open and what to beware of, in words.</summary>
internal sealed class FitWords(PowderSetup setup, StructureFitter fitter, SolutionReport report, CandidateFit best, PowderSolution solution, double errorFactor)
{
    /// <summary>A direction of occupancies with a larger standard deviation than this is not determined, atoms per cell.</summary>
    private const double LooseAtomsPerCell = 0.3;

    /// <summary>A fit that leaves more than noise, and so much of the signal above the background (in weighted squares), describes something else: measured patterns of the right phase leave a few percent, weak and textured ones 30 %, of a wrong one 75 to 99 %.</summary>
    private const double HopelessChi2 = 1.5, HopelessFraction = 0.5;

    private const double StrongCorrelation = 0.95, NullEigenvalue = 1e-5;

    /// <summary>What the pattern does not determine.</summary>
    public List<string> NotIdentifiable(IReadOnlyList<FamilyComparison> families)
    {
        List<string> words = [];
        FitLimits open = report.Opened(best);
        int n = setup.Layout.Count;
        double[] normal = new double[n * n], right = new double[n];
        fitter.Model.Evaluate(best.X, open, normal, right);
        AddExchanges(words, normal, open, [.. Enumerable.Range(0, n).Where(p => open.Lower[p] < open.Upper[p])]);
        AddWeakDirections(words, normal, best.Limits);
        AddCorrelations(words);
        string[] close = [.. families.Where(family => family.Name != best.Family.Name && family.DeltaBic < 6).Select(family => Invariant($"{family.Name} ({family.DeltaBic:+0.0;-0.0})"))];
        if (close.Length > 0)
        {
            words.Add($"These sets of sites describe the pattern as well as {best.Family.Name}; difference of the information criterion in brackets: {string.Join(", ", close)}.");
        }

        AddDisplacement(words);
        return words;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>Exchanges of atoms between sites that hardly change the pattern when all sites are free at once.</summary>
    private void AddExchanges(List<string> words, double[] normal, FitLimits open, int[] free)
    {
        int first = setup.Layout.Occupancy;
        int[] sites = [.. Enumerable.Range(0, setup.Layout.Sites).Where(site => free.Contains(first + site))];
        if (sites.Length < 2)
        {
            return;
        }

        Covariance covariance = Covariance.Of(normal, setup.Layout.Count, free, open.Rows);
        double Scale(int site) => setup.Structure.MultiplicityCount(site);
        Evd<double> evd = Matrix<double>.Build.Dense(sites.Length, sites.Length, (a, b) => covariance.Between(first + sites[a], first + sites[b]) * Scale(sites[a]) * Scale(sites[b])).Evd(Symmetricity.Symmetric);
        for (int k = sites.Length - 1; k >= 0; k--)
        {
            double sigma = errorFactor * Math.Sqrt(Math.Max(0, evd.EigenValues[k].Real));
            if (sigma > LooseAtomsPerCell)
            {
                double[] direction = [.. evd.EigenVectors.Column(k)];
                double largest = direction.Max(Math.Abs);
                string[] parts = [.. sites.Select((site, i) => (Site: site, Share: direction[i] * Math.Sign(direction[Array.FindIndex(direction, value => Math.Abs(value) == largest)])))
                    .Where(part => Math.Abs(part.Share) > 0.15).Select(part => Invariant($"{part.Share:+0.00;-0.00} {setup.Structure.Sites[part.Site].Species.Element} on {NameOf(part.Site)}"))];
                words.Add(Invariant($"With all {sites.Length} sites free the pattern hardly sees an exchange of {string.Join(", ", parts)}: one standard deviation is {sigma:0.0} times that."));
            }
        }
    }

    private string NameOf(int site) => setup.Structure.Sites[site].Group ?? setup.Structure.Sites[site].Label;

    private void AddWeakDirections(List<string> words, double[] normal, FitLimits limits)
    {
        int n = setup.Layout.Count;
        int[] free = [.. Enumerable.Range(0, n).Where(p => limits.Lower[p] < limits.Upper[p] && best.X[p] > limits.Lower[p] && best.X[p] < limits.Upper[p])];
        foreach ((double eigenvalue, double[] direction) in Covariance.Of(normal, n, free, limits.Rows).Weak.Where(one => one.Eigenvalue < NullEigenvalue))
        {
            string[] names = [.. direction.Select((share, i) => (share, i)).Where(part => Math.Abs(part.share) > 0.2).OrderByDescending(part => Math.Abs(part.share)).Select(part => ParameterTable.NameOf(setup, free[part.i]))];
            words.Add(Invariant($"Together these parameters are hardly determined, each alone is (eigenvalue {eigenvalue:0.0e+0} of the scaled normal matrix): {string.Join(", ", names)}."));
        }
    }

    private void AddCorrelations(List<string> words)
    {
        for (int a = 0; a < solution.CorrelationNames.Count; a++)
        {
            for (int b = 0; b < a; b++)
            {
                string first = solution.CorrelationNames[b], second = solution.CorrelationNames[a];
                double correlation = solution.CorrelationRatio[a][b];

                // Two occupancies under one equation are bound together.
                bool bound = first.StartsWith("occupancy", StringComparison.Ordinal) && second.StartsWith("occupancy", StringComparison.Ordinal) && Math.Abs(correlation) > 0.999;
                if (Math.Abs(correlation) >= StrongCorrelation && !bound && !IsBackground(first) && !IsBackground(second))
                {
                    words.Add(Invariant($"{first} and {second} are hardly told apart: correlation {correlation:0.00}."));
                }
            }
        }
    }

    /// <summary>Parameters of the background are nobody's concern as long as the others do not depend on them.</summary>
    private static bool IsBackground(string name) => name.StartsWith("background", StringComparison.Ordinal) || name.StartsWith("halo", StringComparison.Ordinal);

    /// <summary>What the cell's error rests on.</summary>
    private void AddDisplacement(List<string> words)
    {
        FitParameter displacement = solution.Parameters.Single(parameter => parameter.Name == "sample displacement");
        if (setup.Options.Displacement == Refine.Auto && displacement.Sigma > 0.5 * setup.Options.DisplacementSigmaMm)
        {
            words.Add(Invariant($"The pattern does not tell the sample's displacement from the cell: a and its error rest on the expectation of 0 ± {setup.Options.DisplacementSigmaMm} mm (goniometer radius {setup.Options.GoniometerRadiusMm} mm)."));
        }
    }

    /// <summary>What to beware of.</summary>
    public List<string> Warnings(IReadOnlyList<RivalSolution> rivals)
    {
        List<string> words = [.. new[] { Failure() }.OfType<string>()];
        foreach (FitParameter parameter in solution.Parameters.Where(parameter => parameter.IsAtBound && !parameter.Name.StartsWith("occupancy", StringComparison.Ordinal) && !IsBackground(parameter.Name)))
        {
            words.Add(Invariant($"{parameter.Name} rests on its bound, {parameter.Value:0.####} {parameter.Unit}").TrimEnd() + ": its true value may lie beyond, and what depends on it is biased.");
        }

        if (solution.ReducedChi2 > 1.5)
        {
            words.Add(Invariant($"The fit leaves more than noise: reduced χ² is {solution.ReducedChi2:0.0}. All errors are {errorFactor:0.0} times those of the weights, and systematic ones may be larger."));
        }

        if (setup.Options.Anomalous is null)
        {
            words.Add("f′ and f″ are left out. That is right only for patterns that a program made without them; real data contain them, and occupancies would be off by up to half a Cu.");
        }

        if (setup.PointsPerMean > 1)
        {
            words.Add(Invariant($"The file has more than {PatternMeans.MostPoints} points: means of {setup.PointsPerMean} neighbours were fitted."));
        }

        AddWeights(words);
        AddTotal(words);
        foreach (Contact contact in Contacts.Of(solution.Structure).Where(contact => contact.FirstOccupancyFraction > 0.005 && contact.SecondOccupancyFraction > 0.005))
        {
            string verdict = contact.IsContradiction ? " No arrangement of atoms has these occupancies: they describe a mean only." : string.Empty;
            words.Add(contact.Reason + "." + verdict);
        }

        if (rivals.Count > 0)
        {
            double least = rivals.Min(rival => rival.DeltaChi2);
            string apart = least < 1 ? "nothing in χ² tells them apart" : Invariant($"what tells them apart is a difference of {least:0} or more in χ², as small errors of scattering factors or background make too");
            words.Add(Invariant($"{rivals.Count} other {(rivals.Count == 1 ? "solution fits" : "solutions fit")} nearly as well; {apart}."));
        }

        return words;
    }

    /// <summary>Why the numbers mean nothing; <c>null</c> where they mean something.</summary>
    public string? Failure() => NothingSeen() ?? (solution.ReducedChi2 > HopelessChi2 && UnexplainedFraction() is double share and > HopelessFraction
        ? Invariant($"The model does not describe the pattern: {100 * share:0} % of the signal above the background remain unexplained (weighted squares; reduced χ² {solution.ReducedChi2:0.0}). It may be of another substance, or of more than one. The numbers mean nothing.")
        : null);

    /// <summary>What the fit leaves beyond noise, over the signal of everything above the fitted background; noise as the fitted curve has it.</summary>
    private double UnexplainedFraction()
    {
        double[] fitted = fitter.Model.Curve(best.X), dark = fitter.Model.DarkCurve(best.X), sigma = PowderCounting.ExpectedSigmaCounts(setup.Pattern, fitted);
        PatternPoints points = fitter.Model.Points;
        double left = -points.UsedCount, signal = -points.UsedCount;
        for (int i = 0; i < dark.Length; i++)
        {
            double weight = points.RootWeight[i] > 0 ? 1 / (sigma[i] * sigma[i]) : 0;
            left += weight * (points.Y[i] - fitted[i]) * (points.Y[i] - fitted[i]);
            signal += weight * (points.Y[i] - dark[i]) * (points.Y[i] - dark[i]);
        }

        return signal > 0 ? left / signal : 0;
    }

    /// <summary>Does the pattern show the crystal at all? The same background alone must be clearly worse.</summary>
    private string? NothingSeen()
    {
        double[] lower = [.. best.Limits.Lower], upper = [.. best.Limits.Upper];
        for (int p = 0; p < setup.Layout.Holder; p++)
        {
            (lower[p], upper[p]) = p == PowderLayout.Scale ? (0, 0) : (best.X[p], best.X[p]);
        }

        double[] start = [.. best.X];
        start[PowderLayout.Scale] = 0;
        FitLimits limits = new(lower, upper, [], []);
        double dark = LeastSquares.Fit((x, normal, right) => fitter.Model.Evaluate(x, limits, normal, right), start, limits, 40, 1e-2).Squares;
        int parameters = fitter.ParameterCount(best.Family, best.Components) - best.Components.ParameterCount;
        double gain = (dark - best.Result.Squares) / (errorFactor * errorFactor), needed = (parameters * Math.Log(fitter.Model.Points.UsedCount)) + 10;
        return gain < needed
            ? Invariant($"The pattern shows no sign of the crystal: its lines lower χ² by {Math.Max(0, gain):0} only, where {needed:0} would be the least. The numbers mean nothing.")
            : null;
    }

    private void AddWeights(List<string> words)
    {
        switch (PowderCounting.Basis(setup.Pattern))
        {
            case SigmaBasis.AsIfCounts:
                words.Add("The scale of the intensities is not known and the curve is smooth: it was weighted as if it were counts, and errors have no absolute meaning.");
                break;
            case SigmaBasis.Scatter:
                words.Add("The scale of the intensities is not known: the weights rest on the scatter of neighbouring points.");
                break;
            case SigmaBasis.Counting when PowderCounting.ScatterPerCountRatio(setup.Pattern) / setup.Pattern.IntensityPerCountRatio is double ratio and (< 0.7 or > 1.4):
                words.Add(Invariant($"Neighbouring points scatter {ratio:0.00} times as much (in variance) as counts would: the pattern was smoothed or scaled on its way, and its errors with it."));
                break;
        }
    }

    /// <summary>Would the pattern rather have another number of atoms?</summary>
    private void AddTotal(List<string> words)
    {
        if (best.Limits.Rows.Count == 0 || setup.Options.Families is not null || setup.Options.Constraints.Count > 0 || FamilySetups.SharedPlaces(setup.Structure, FamilySetups.FreeSites(setup.Structure, setup.Options)).Any())
        {
            return;
        }

        FamilySetup family = best.Family with { Limits = best.Family.Limits with { Rows = [], Values = [] }, FreeCount = best.Family.FreeCount + best.Limits.Rows.Count };
        CandidateFit free = fitter.Fit(family, best.Components, best.X);
        double gain = (best.Result.Squares - free.Result.Squares) / (errorFactor * errorFactor);
        if (gain > 10)
        {
            IEnumerable<string> totals = solution.Sites.Where(site => site.IsFree).Select(site => site.Element).Distinct().Select(element => Invariant(
                $"{Enumerable.Range(0, setup.Layout.Sites).Where(site => setup.Structure.Sites[site].Species.Element == element).Sum(site => setup.Structure.MultiplicityCount(site) * free.X[setup.Layout.Occupancy + site]):0.00} {element}"));
            words.Add(Invariant($"With the total number of atoms free χ² falls by {gain:0} (in units of its noise) and the cell holds {string.Join(", ", totals)} on the same sites: a wrong total puts atoms on wrong sites."));
        }
    }

    /// <summary>Which tables were used.</summary>
    public static string ScatteringOf(PowderSetup setup)
    {
        string table = setup.Options.Table == ScatteringTable.WaasmaierKirfel1995 ? "Waasmaier & Kirfel (1995)" : "Cromer & Mann, International Tables C 6.1.1.4 (1992)";
        string charges = setup.Options.Charges == AtomCharges.Neutral
            ? "neutral atoms"
            : string.Join(", ", setup.Structure.Sites.Select(site => ScatteringFactors.OfIonOrAtom(setup.Options.Table, site.Species).Species.ToString()).Distinct());
        string anomalous = setup.Options.Anomalous switch
        {
            AnomalousTable.Sasaki1989 => Invariant($"f′ and f″ of Sasaki (1989) at {setup.Wavelengths.Alpha1Angstrom} Å"),
            AnomalousTable.CromerLiberman1981 => Invariant($"f′ and f″ of Cromer & Liberman (1981) at {setup.Wavelengths.Alpha1Angstrom} Å"),
            _ => "without f′ and f″",
        };
        return $"{table}, {charges}; {anomalous}";
    }
}
