namespace ImageAnalysis.Core;

/// <summary>A minimum that the search over line strengths found.</summary>
/// <param name="Misfit">How much worse than free strengths it describes the pattern, in χ².</param>
/// <param name="Scale">Factor on all lines.</param>
/// <param name="Occupancies">Occupancies of all sites.</param>
/// <param name="Displacements">Displacement parameters, Å².</param>
internal sealed record StrengthMinimum(double Misfit, double Scale, double[] Occupancies, double[] Displacements);

/// <summary>
/// Searches the occupancies that explain the line strengths which a pattern gave on its own. The strengths Î of the free fit and their normal matrix A, from which all
/// other parameters have been eliminated, stand for the pattern: χ² ≈ χ²₀ + (I − Î)ᵀA(I − Î). That costs microseconds, so that many starts can be tried.
/// </summary>
internal sealed class StrengthSearch
{
    private const int MostIterations = 40;
    private readonly LineStrengths _lines;
    private readonly double[] _information, _strengths;
    private readonly int _count, _points;
    private readonly PowderFitOptions _options;

    public StrengthSearch(FreeLinesFit fit, PowderModel free, PowderFitOptions options)
    {
        _options = options;
        _lines = free.Lines;
        _count = free.Layout.FreeLines;
        _points = free.Points.Count;
        _strengths = [.. fit.X.Skip(free.Layout.Line).Take(_count)];
        _information = Eliminated(fit.Result, free.Layout);
        _lines.SetCell(fit.X.AsSpan(free.Layout.Edge, free.Layout.Edges));
    }

    /// <summary>The different minima of a family, best first.</summary>
    /// <param name="family">The family.</param>
    /// <param name="spare">How much worse than the best of the family a minimum may be, in χ².</param>
    /// <param name="most">Most minima that are wanted.</param>
    public List<StrengthMinimum> Find(FamilySetup family, double spare, int most)
    {
        int sites = _lines.SiteCount, groups = _lines.DisplacementGroupCount, n = 1 + sites + groups;
        FitLimits limits = LimitsOf(family, n, sites, groups);
        var random = new Random(_options.Seed);
        List<StrengthMinimum> found = [];
        int starts = family.FreeCount <= 0 ? 2 : _options.Starts;
        for (int k = 0; k < starts; k++)
        {
            double[] x = new double[n];
            for (int site = 0; site < sites; site++)
            {
                // Cubes of random numbers: many starts near empty sites, some near full ones.
                double share = Math.Pow(random.NextDouble(), 2);
                x[1 + site] = limits.Lower[1 + site] + (share * (limits.Upper[1 + site] - limits.Lower[1 + site]));
            }

            Array.Fill(x, Math.Clamp(k % 2 == 0 ? 1 : 3, _options.MinBAngstrom2, _options.MaxBAngstrom2), 1 + sites, groups);
            x = LeastSquares.Into(x, limits);
            x[0] = BestScale(x, sites, groups);
            LeastSquaresResult result = LeastSquares.Fit(Evaluate, x, limits, MostIterations, 1e-3);
            found.Add(new(result.Squares, result.X[0], result.X[1..(1 + sites)], result.X[(1 + sites)..]));
        }

        found.Sort((first, second) => first.Misfit.CompareTo(second.Misfit));
        List<StrengthMinimum> distinct = [];
        foreach (StrengthMinimum one in found)
        {
            if (one.Misfit <= found[0].Misfit + spare && distinct.Count < most && distinct.TrueForAll(other => !Same(other, one)))
            {
                distinct.Add(one);
            }
        }

        return distinct;
    }

    private static bool Same(StrengthMinimum first, StrengthMinimum second) => first.Occupancies.Zip(second.Occupancies, (a, b) => Math.Abs(a - b)).Max() < 0.03;

    private FitLimits LimitsOf(FamilySetup family, int n, int sites, int groups)
    {
        double[] lower = new double[n], upper = new double[n];
        upper[0] = double.PositiveInfinity;
        family.Limits.Lower.CopyTo(lower, 1);
        family.Limits.Upper.CopyTo(upper, 1);
        Array.Fill(lower, _options.MinBAngstrom2, 1 + sites, groups);
        Array.Fill(upper, _options.MaxBAngstrom2, 1 + sites, groups);
        double[][] rows = [.. family.Limits.Rows.Select(row => (double[])[0, .. row, .. new double[groups]])];
        return new(lower, upper, rows, family.Limits.Values);
    }

    private double BestScale(double[] x, int sites, int groups)
    {
        _lines.SetStructure(x.AsSpan(1, sites), x.AsSpan(1 + sites, groups));
        double top = 0, bottom = 1e-300;
        for (int i = 0; i < _count; i++)
        {
            for (int j = 0; j < _count; j++)
            {
                top += _lines.Strength[i] * _information[(i * _count) + j] * _strengths[j];
                bottom += _lines.Strength[i] * _information[(i * _count) + j] * _lines.Strength[j];
            }
        }

        return Math.Max(top / bottom, 0);
    }

    private double Evaluate(double[] x, double[] normal, double[] right)
    {
        int sites = _lines.SiteCount, groups = _lines.DisplacementGroupCount, n = x.Length;
        _lines.SetStructure(x.AsSpan(1, sites), x.AsSpan(1 + sites, groups));
        double[] difference = new double[_count], jacobian = new double[_count * n], weighted = new double[_count * n], pull = new double[_count];
        for (int line = 0; line < _count; line++)
        {
            difference[line] = _strengths[line] - (x[0] * _lines.Strength[line]);
            jacobian[line * n] = _lines.Strength[line];
            for (int site = 0; site < sites; site++)
            {
                jacobian[(line * n) + 1 + site] = x[0] * _lines.ByOccupancy[(line * sites) + site];
            }

            for (int group = 0; group < groups; group++)
            {
                jacobian[(line * n) + 1 + sites + group] = x[0] * _lines.ByDisplacement[(line * groups) + group];
            }
        }

        double squares = 0;
        for (int i = 0; i < _count; i++)
        {
            for (int j = 0; j < _count; j++)
            {
                double a = _information[(i * _count) + j];
                pull[i] += a * difference[j];
                for (int p = 0; p < n; p++)
                {
                    weighted[(i * n) + p] += a * jacobian[(j * n) + p];
                }
            }

            squares += pull[i] * difference[i];
        }

        Array.Clear(normal);
        Array.Clear(right);
        for (int p = 0; p < n; p++)
        {
            for (int i = 0; i < _count; i++)
            {
                right[p] += jacobian[(i * n) + p] * pull[i];
                for (int q = 0; q < n; q++)
                {
                    normal[(p * n) + q] += jacobian[(i * n) + p] * weighted[(i * n) + q];
                }
            }
        }

        return squares;
    }

    /// <summary>The lines' part of the normal matrix after all other free parameters have been eliminated: A = H_LL − H_LN H_NN⁻¹ H_NL.</summary>
    private static double[] Eliminated(LeastSquaresResult fit, PowderLayout layout)
    {
        int n = layout.Count, count = layout.FreeLines;
        double[] normal = [.. fit.Normal], lines = new double[count * count];
        foreach (int p in Enumerable.Range(0, layout.Line).Append(layout.Centre))
        {
            double pivot = normal[(p * n) + p];
            if (fit.Held[p] != 0 || pivot <= 1e-12 * fit.Normal[(p * n) + p] || fit.Normal[(p * n) + p] == 0)
            {
                continue;
            }

            for (int i = 0; i < n; i++)
            {
                double factor = i == p ? 0 : normal[(i * n) + p] / pivot;
                for (int j = 0; j < n && factor != 0; j++)
                {
                    normal[(i * n) + j] -= factor * normal[(p * n) + j];
                }
            }
        }

        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                lines[(i * count) + j] = normal[((layout.Line + i) * n) + layout.Line + j];
            }
        }

        return lines;
    }
}
