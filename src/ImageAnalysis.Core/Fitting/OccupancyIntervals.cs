using MathNet.Numerics.Distributions;

namespace ImageAnalysis.Core;

/// <summary>Intervals of occupancies that do not rest on the curvature at the minimum.</summary>
internal sealed class OccupancyIntervals(PowderSetup setup, StructureFitter fitter, CandidateFit best, FitLimits open, double errorFactor)
{
    /// <summary>95 % quantile of χ² with one degree of freedom.</summary>
    private const double Rise = 3.841;

    private const int Bisections = 12;
    private readonly FamilySetup _family = best.Family with { Limits = OpenedFamily(setup, best, open) };

    /// <summary>The intervals of all sites that may hold atoms in any family.</summary>
    public OccupancyInterval[] Of(IntervalKind kind)
    {
        int[] sites = [.. Enumerable.Range(0, setup.Layout.Sites).Where(site => _family.Limits.Lower[site] < _family.Limits.Upper[site])];
        return kind switch
        {
            IntervalKind.Profile => ByProfile(sites),
            IntervalKind.Bootstrap => ByBootstrap(sites),
            _ => [],
        };
    }

    private static FitLimits OpenedFamily(PowderSetup setup, CandidateFit best, FitLimits open)
    {
        bool hypotheses = setup.Options.Families is not null;
        return hypotheses ? best.Family.Limits : best.Family.Limits with { Upper = open.Upper[setup.Layout.Occupancy..(setup.Layout.Occupancy + setup.Layout.Sites)] };
    }

    private OccupancyInterval[] ByProfile(int[] sites)
    {
        CandidateFit start = fitter.Fit(_family, best.Components, best.X);
        double limit = start.Result.Squares + (Rise * errorFactor * errorFactor);
        return [.. sites.Select(site => Interval(site, End(start, site, limit, _family.Limits.Lower[site]), End(start, site, limit, _family.Limits.Upper[site]), IntervalKind.Profile))];
    }

    private OccupancyInterval Interval(int site, double first, double second, IntervalKind kind)
    {
        double multiplicity = setup.Structure.MultiplicityCount(site);
        return new(setup.Structure.Sites[site].Label, multiplicity * Math.Min(first, second), multiplicity * Math.Max(first, second), kind);
    }

    /// <summary>Where χ² reaches the limit on the way from the best occupancy to a bound.</summary>
    private double End(CandidateFit start, int site, double limit, double bound)
    {
        double inside = start.X[setup.Layout.Occupancy + site], outside = bound;
        double[] x = start.X;
        if (Squares(site, bound, ref x) <= limit)
        {
            return bound;
        }

        x = start.X;
        for (int k = 0; k < Bisections; k++)
        {
            double middle = (inside + outside) / 2;
            double[] trial = x;
            if (Squares(site, middle, ref trial) <= limit)
            {
                (inside, x) = (middle, trial);
            }
            else
            {
                outside = middle;
            }
        }

        return (inside + outside) / 2;
    }

    /// <summary>χ² with one occupancy held; infinite where the equations cannot hold with it.</summary>
    private double Squares(int site, double occupancy, ref double[] x)
    {
        double[] lower = [.. _family.Limits.Lower], upper = [.. _family.Limits.Upper];
        (lower[site], upper[site]) = (occupancy, occupancy);
        FamilySetup held = _family with { Limits = _family.Limits with { Lower = lower, Upper = upper } };
        if (!FamilySetups.Holds(held.Limits))
        {
            return double.PositiveInfinity;
        }

        CandidateFit fit = fitter.Fit(held, best.Components, x);
        x = fit.X;
        return fit.Result.Squares;
    }

    private OccupancyInterval[] ByBootstrap(int[] sites)
    {
        PowderModel model = fitter.Model;
        PatternPoints real = model.Points;
        double[] curve = model.Curve(best.X), sigma = [.. real.RootWeight.Select(root => root > 0 ? errorFactor / root : 0)];
        var random = new Random(setup.Options.Seed);
        int draws = setup.Options.BootstrapDraws;
        double[][] values = [.. sites.Select(_ => new double[draws])];
        for (int draw = 0; draw < draws; draw++)
        {
            double[] drawn = [.. real.Y];
            for (int i = 0; i < curve.Length; i++)
            {
                drawn[i] = Normal.Sample(random, curve[i], sigma[i]);
            }

            model.Points = real.WithIntensities(drawn);
            double[] x = fitter.Fit(_family, best.Components, best.X).X;
            for (int k = 0; k < sites.Length; k++)
            {
                values[k][draw] = x[setup.Layout.Occupancy + sites[k]];
            }
        }

        model.Points = real;
        return [.. sites.Select((site, k) =>
        {
            Array.Sort(values[k]);
            return Interval(site, Quantile(values[k], 0.025), Quantile(values[k], 0.975), IntervalKind.Bootstrap);
        })];
    }

    private static double Quantile(double[] sorted, double fraction)
    {
        double place = fraction * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
