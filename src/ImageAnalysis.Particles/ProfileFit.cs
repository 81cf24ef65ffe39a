using ImageAnalysis.Imaging;

namespace ImageAnalysis.Particles;

/// <summary>Gaussian expectations that steady a fit where the pixels alone say little: mean and standard deviation of each parameter.</summary>
internal readonly record struct ProfilePriors(double Blur, double LogBlurSd, double Shape, double ShapeSd)
{
    /// <summary>Factor on the standard deviations of the outline's harmonics.</summary>
    public double HarmonicRatio { get; init; } = 1;

    /// <summary>Expected radius, px.</summary>
    public double Radius { get; init; } = 1;

    /// <summary>Standard deviation of the logarithm of the radius; infinite where nothing is expected.</summary>
    public double LogRadiusSd { get; init; } = double.PositiveInfinity;
}

/// <summary>
/// Fits the profile of one particle to its pixels: Levenberg-Marquardt with Huber weights, K. Madsen, H. B. Nielsen and O. Tingleff,
/// Methods for Non-Linear Least Squares Problems (2004), section 3.2.
/// </summary>
/// <remarks>Holds the buffers of one thread; nothing is allocated between fits.</remarks>
internal sealed class ProfileFit(Raster<float> image, Raster<byte>? saturated, double aspect, double noiseCounts)
{
    private const int N = NormalEquations.N;
    private readonly float[] _x = new float[MaxPixels + 8], _y = new float[MaxPixels + 8], _value = new float[MaxPixels + 8];
    private readonly NormalEquations _equations = new();
    private readonly double[] _keptNormal = new double[N * N], _keptRight = new double[N], _trial = new double[N * N], _step = new double[N];
    private readonly double[] _kept = new double[ParticleProfile.Count], _before = new double[ParticleProfile.Count];
    private readonly RowBuffers _row = new();
    private readonly List<ParticleProfile> _near = [];
    private int _count;

    private const double StartingResidualFraction = 0.1;

    /// <summary>Most pixels that one fit looks at; of larger particles every second, third … pixel is used.</summary>
    public const int MaxPixels = 2560;

    /// <summary>Fits one particle in place. Neighbours keep their own pixels (<paramref name="subtract"/> false) or are subtracted.</summary>
    public void Fit(ParticleProfile model, IReadOnlyList<ParticleProfile> neighbours, bool subtract, ProfilePriors priors, int iterations, double tolerancePx, int mostPixels)
    {
        double gathered = 0;
        model.P.CopyTo(_before, 0);
        for (int round = 0; round < 3; round++)
        {
            double reach = model.LargestRadius;
            if (round > 0 && Math.Abs(reach - gathered) < 0.15 * gathered)
            {
                break;
            }

            gathered = reach;
            Gather(model, neighbours, subtract, mostPixels);
            if (_count < 3 * ParticleProfile.Count / 2)
            {
                break;
            }

            Iterate(model, priors, iterations, tolerancePx);
        }

        model.MovedPx = OutlineChange(model.P, _before, aspect);
    }

    /// <summary>The largest of the changes of centre, radius and outline, px.</summary>
    private static double OutlineChange(double[] now, double[] before, double aspect)
    {
        double radius = now[ParticleProfile.Radius], most = Math.Abs(radius - before[ParticleProfile.Radius]);
        most = Math.Max(most, Math.Max(Math.Abs(now[0] - before[0]), Math.Abs(now[1] - before[1]) * aspect));
        for (int k = ParticleProfile.Harmonic; k < ParticleProfile.Harmonic + ParticleProfile.HarmonicCount; k++)
        {
            most = Math.Max(most, Math.Abs(now[k] - before[k]) * radius);
        }

        return most;
    }

    private void Gather(ParticleProfile model, IReadOnlyList<ParticleProfile> neighbours, bool subtract, int mostPixels)
    {
        double reach = model.LargestRadius, margin = Math.Max(0.45 * model.P[ParticleProfile.Radius], (3 * model.Blur) + 3);
        double outer = (reach + margin) / model.P[ParticleProfile.Radius];
        int x0 = Math.Max(0, (int)(model.P[0] - reach - margin)), x1 = Math.Min(image.WidthPx - 1, (int)Math.Ceiling(model.P[0] + reach + margin));
        int y0 = Math.Max(0, (int)(model.P[1] - ((reach + margin) / aspect))), y1 = Math.Min(image.HeightPx - 1, (int)Math.Ceiling(model.P[1] + ((reach + margin) / aspect)));
        int step = 1;
        while ((long)((x1 - x0) / step + 1) * ((y1 - y0) / step + 1) > mostPixels)
        {
            step++;
        }

        model.P[ParticleProfile.Background] = model.Plane(model.P[0], model.P[1]);
        model.AnchorX = model.P[0];
        model.AnchorY = model.P[1];
        _count = 0;
        int across = ((x1 - x0) / step) + 1;
        _near.Clear();
        foreach (ParticleProfile other in neighbours)
        {
            if (Reaches(other, x0, x1, y0, y1, subtract))
            {
                _near.Add(other);
            }
        }

        _row.Hold(across);
        for (int y = y0; y <= y1 && across > 0; y += step)
        {
            ReadOnlySpan<float> row = image.Row(y);
            ReadOnlySpan<byte> full = saturated is null ? default : saturated.Row(y);
            Span<float> own = _row.Own(across), value = _row.Value(across);
            ProfileRow.Distances(model, y, x0, step, own);
            for (int i = 0, x = x0; i < across; i++, x += step)
            {
                value[i] = !full.IsEmpty && full[x] != 0 ? float.NaN : row[x];
            }

            foreach (ParticleProfile other in _near)
            {
                if (Math.Abs(y - other.P[1]) * aspect < ReachOf(other, subtract))
                {
                    TakeOut(other, y, x0, step, own, value, subtract);
                }
            }

            // A pixel that belongs to another particle is NaN, which no comparison lets through.
            for (int i = 0, x = x0; i < across; i++, x += step)
            {
                if (own[i] <= outer && !float.IsNaN(value[i]))
                {
                    _x[_count] = x;
                    _y[_count] = y;
                    _value[_count++] = value[i];
                }
            }
        }

    }

    /// <summary>Subtracts a neighbour from a row of pixels, or strikes out those that are its own.</summary>
    private void TakeOut(ParticleProfile other, int y, int x0, int step, ReadOnlySpan<float> own, Span<float> value, bool subtract)
    {
        double reach = ReachOf(other, subtract);
        int from = Math.Clamp((int)((other.P[0] - reach - x0) / step), 0, value.Length), to = Math.Clamp((int)((other.P[0] + reach - x0) / step) + 2, from, value.Length);
        Span<float> distance = _row.Distance(to - from), added = _row.Added(to - from);
        if (subtract)
        {
            ProfileRow.Contributions(other, y, x0 + (from * step), step, distance, added);
            for (int i = from; i < to; i++)
            {
                value[i] = distance[i - from] < 0.85f && own[i] > 1.1f ? float.NaN : value[i] - added[i - from];
            }
        }
        else
        {
            ProfileRow.Distances(other, y, x0 + (from * step), step, distance);
            for (int i = from; i < to; i++)
            {
                value[i] = distance[i - from] < 1.25f && distance[i - from] < own[i] ? float.NaN : value[i];
            }
        }
    }

    private static double ReachOf(ParticleProfile other, bool subtract) => subtract ? other.Reach : 1.25 * other.LargestRadius;

    private bool Reaches(ParticleProfile other, int x0, int x1, int y0, int y1, bool subtract)
    {
        double reach = ReachOf(other, subtract);
        return other.P[0] + reach > x0 && other.P[0] - reach < x1 && other.P[1] + (reach / aspect) > y0 && other.P[1] - (reach / aspect) < y1;
    }

    private void Iterate(ParticleProfile model, ProfilePriors priors, int iterations, double tolerancePx)
    {
        double scale = model.ResidualRms, lambda = 1e-3;
        if (scale <= 0)
        {
            scale = Math.Max(noiseCounts, StartingResidualFraction * Math.Abs(model.P[ParticleProfile.Height]));
        }

        double cost = Accumulate(model, priors, scale);
        for (int i = 0; i < iterations; i++)
        {
            model.P.CopyTo(_kept, 0);
            _equations.Normal.CopyTo(_keptNormal, 0);
            _equations.Right.CopyTo(_keptRight, 0);
            bool better = false, settled = false;
            for (int attempt = 0; attempt < 5 && !better; attempt++)
            {
                Solve(_keptNormal, _keptRight, lambda);
                settled = Step(model, _kept, tolerancePx);
                if (settled)
                {
                    // A first step that changes nothing of weight is taken without looking again: the sums of the place before serve.
                    settled = attempt == 0;
                    break;
                }

                double next = Accumulate(model, priors, scale);
                better = next <= cost * (1 + 1e-6);
                if (better)
                {
                    cost = next;
                    lambda = Math.Max(1e-7, lambda * 0.2);
                }
                else
                {
                    lambda *= 10;
                    _kept.CopyTo(model.P, 0);
                }
            }

            if (settled)
            {
                break;
            }

            if (!better)
            {
                _kept.CopyTo(model.P, 0);
                model.Refresh();
                Accumulate(model, priors, scale);
                break;
            }

            if (i == 1 && Scale() < 0.8 * scale)
            {
                scale = Scale();
                cost = Accumulate(model, priors, scale);
            }
        }

        model.ResidualRms = Scale();
        model.Information ??= new double[N * N];
        _equations.Normal.CopyTo(model.Information, 0);
    }

    /// <summary>Applies a step within the bounds; true when nothing moved by more than a hundredth of what could matter.</summary>
    private bool Step(ParticleProfile model, double[] from, double tolerancePx)
    {
        double[] p = model.P;
        double radius = from[ParticleProfile.Radius], most = 0.5 * radius;
        for (int k = 0; k < ParticleProfile.Count; k++)
        {
            p[k] = from[k] + _step[k];
        }

        p[0] = from[0] + Math.Clamp(_step[0], -most, most);
        p[1] = from[1] + Math.Clamp(_step[1], -most, most);
        p[ParticleProfile.Radius] = Math.Clamp(p[ParticleProfile.Radius], Math.Max(0.8, 0.6 * radius), 1.6 * radius);
        for (int k = 0; k < ParticleProfile.HarmonicCount; k++)
        {
            double limit = k < 2 ? 0.35 : 0.15;
            p[ParticleProfile.Harmonic + k] = Math.Clamp(p[ParticleProfile.Harmonic + k], -limit, limit);
        }

        p[ParticleProfile.Shape] = Math.Clamp(p[ParticleProfile.Shape], Math.Max(BlurredDisc.ShapeMin, from[ParticleProfile.Shape] - 0.2), Math.Min(BlurredDisc.ShapeMax, from[ParticleProfile.Shape] + 0.2));
        p[ParticleProfile.LogBlur] = Math.Clamp(p[ParticleProfile.LogBlur], Math.Max(Math.Log(0.25), from[ParticleProfile.LogBlur] - 0.6), Math.Min(Math.Log(0.7 * radius), from[ParticleProfile.LogBlur] + 0.6));
        model.Refresh();
        double moved = Math.Max(Math.Max(Math.Abs(_step[0]), Math.Abs(_step[1]) * aspect), Math.Abs(_step[2]));
        for (int k = 0; k < ParticleProfile.HarmonicCount; k++)
        {
            moved = Math.Max(moved, Math.Abs(_step[ParticleProfile.Harmonic + k]) * radius);
        }

        return moved < tolerancePx && Math.Abs(_step[ParticleProfile.Shape]) < 2 * tolerancePx;
    }

    /// <summary>Normal equations and cost at the model's parameters; a scale of the residuals sets the Huber weights.</summary>
    private double Accumulate(ParticleProfile model, ProfilePriors priors, double scale)
    {
        _equations.Sum(model, _x, _y, _value, _count, double.IsFinite(scale) ? 2.5 * scale : double.PositiveInfinity);
        double unit = double.IsFinite(scale) ? scale : Scale();
        return _equations.Cost + AddPriors(model.P, priors, unit * unit);
    }

    /// <summary>Scale of the residuals of the last sum; half of the noise at least.</summary>
    private double Scale() => Math.Max(Math.Sqrt(_equations.Squares / Math.Max(1, _equations.Weights - ParticleProfile.Count)), 0.5 * noiseCounts);

    private double AddPriors(double[] p, ProfilePriors priors, double unit)
    {
        double cost = 0;
        for (int k = 0; k < ParticleProfile.HarmonicCount; k++)
        {
            double sd = priors.HarmonicRatio * (k < 2 ? 0.12 : k < 4 ? 0.05 : k < 6 ? 0.03 : 0.02);
            cost += Prior(ParticleProfile.Harmonic + k, p[ParticleProfile.Harmonic + k], sd, unit);
        }

        if (double.IsFinite(priors.LogRadiusSd))
        {
            cost += Prior(ParticleProfile.Radius, p[ParticleProfile.Radius] - priors.Radius, priors.LogRadiusSd * priors.Radius, unit);
        }

        cost += Prior(ParticleProfile.Shape, p[ParticleProfile.Shape] - priors.Shape, priors.ShapeSd, unit);
        cost += Prior(ParticleProfile.LogBlur, p[ParticleProfile.LogBlur] - Math.Log(priors.Blur), priors.LogBlurSd, unit);
        return cost;
    }

    private double Prior(int k, double off, double sd, double unit)
    {
        double weight = unit / (sd * sd);
        _equations.Normal[(k * N) + k] += weight;
        _equations.Right[k] -= weight * off;
        return 0.5 * weight * off * off;
    }

    /// <summary>Solves (A + λ diag A) step = right by Cholesky's decomposition, scaled to a unit diagonal.</summary>
    private void Solve(double[] normal, double[] right, double lambda)
    {
        Decompose(normal, lambda);
        Substitute(right);
    }

    private void Substitute(double[] right)
    {
        const int n = ParticleProfile.Count;
        for (int i = 0; i < n; i++)
        {
            double sum = right[i];
            for (int j = 0; j < i; j++)
            {
                sum -= _trial[(i * N) + j] * _step[j];
            }

            _step[i] = sum / _trial[(i * N) + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double sum = _step[i];
            for (int j = i + 1; j < n; j++)
            {
                sum -= _trial[(j * N) + i] * _step[j];
            }

            _step[i] = sum / _trial[(i * N) + i];
        }
    }

    private void Decompose(double[] normal, double lambda)
    {
        const int n = ParticleProfile.Count;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = normal[(i * N) + j];
                if (i == j)
                {
                    sum += (lambda * sum) + 1e-300;
                }

                double diagonal = sum;
                for (int k = 0; k < j; k++)
                {
                    sum -= _trial[(i * N) + k] * _trial[(j * N) + k];
                }

                _trial[(i * N) + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-10 * diagonal)) : sum / _trial[(j * N) + j];
            }
        }
    }

    /// <summary>Covariance of a fitted particle's parameters, row by row; <c>null</c> for one that was never fitted.</summary>
    public double[]? Covariance(ParticleProfile model)
    {
        if (model.Information is null)
        {
            return null;
        }

        const int n = ParticleProfile.Count;
        double[] covariance = new double[n * n], unitVector = _keptRight;
        Decompose(model.Information, 0);
        for (int k = 0; k < n; k++)
        {
            Array.Clear(unitVector);
            unitVector[k] = model.ResidualRms * model.ResidualRms;
            Substitute(unitVector);
            for (int j = 0; j < n; j++)
            {
                covariance[(j * n) + k] = _step[j];
            }
        }

        return covariance;
    }
}
