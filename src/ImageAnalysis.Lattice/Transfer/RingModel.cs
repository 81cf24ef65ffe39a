namespace ImageAnalysis.Lattice;

/// <summary>
/// The expected power of an image of an amorphous film: M = F(ν) [1 + B(g) E²(g) T²(g) + L(g)]. F is the floor of noise with the camera's transfer in it, B the film's scattering over the floor, E the
/// envelopes, T² the mean of sin² χ over the window, the film's thickness and what fills zeros, L what thickness and shapes leave at low frequency.
/// </summary>
internal sealed class RingModel
{
    public const int Defocus = 0;
    public const int AstigmatismCos = 1;
    public const int AstigmatismSin = 2;
    public const int Spherical = 3;
    public const int Floor = 4;
    public const int FloorTerms = 4;
    public const int Strength = Floor + FloorTerms;
    public const int ShapeTerms = 3;
    public const int LogSpread = Strength + 1 + ShapeTerms;
    public const int LogConvergence = LogSpread + 1;
    public const int LogFill = LogConvergence + 1;
    public const int LogLow = LogFill + 1;
    public const int ParameterCount = LogLow + 1;

    private readonly double lambda;
    private readonly double window2;
    private readonly Place[] places;
    private readonly bool allDirections;

    public RingModel(RingData data, TransferLens lens, TransferOptions options, double window2)
    {
        Data = data;
        lambda = lens.WavelengthNm;
        this.window2 = window2 + data.Smear2;
        allDirections = data.AllDirections;
        double nuScale = 1 / data.Nu2.Max();
        FilmScattering film = new(options.FilmElement);
        places = [.. Enumerable.Range(0, data.Count).Select(i => Place.Of(data.G2[i], data.Cos2[i], data.Sin2[i], data.Nu2[i] * nuScale, lambda, film, options.FilmThicknessNm))];
        Prior = MakePrior(lens, options);
    }

    public RingData Data { get; }

    /// <summary>Expected value and standard deviation of each parameter; a deviation of infinity is none.</summary>
    public (double Mean, double Sigma)[] Prior { get; }

    /// <summary>The logarithm of the expected power of one value, and its derivatives.</summary>
    /// <param name="i">Number of the value.</param>
    /// <param name="p">The parameters.</param>
    /// <param name="shared">What <see cref="SharedOf"/> makes of them.</param>
    /// <param name="slope">Takes the derivatives; may be empty.</param>
    public double LogPower(int i, ReadOnlySpan<double> p, in Shared shared, Span<double> slope)
    {
        ref readonly Place at = ref places[i];
        double s = at.Nu;
        double floor = p[Floor] + (s * (p[Floor + 1] + (s * (p[Floor + 2] + (s * p[Floor + 3])))));
        double film = Film(at, p, shared, slope, window2, allDirections);
        double low = shared.Low / (at.G2 * at.G2);
        if (!slope.IsEmpty)
        {
            double share = 1 / (1 + film + low);
            for (int k = 0; k < ParameterCount; k++)
            {
                slope[k] *= share;
            }

            (slope[Floor], slope[Floor + 1], slope[Floor + 2], slope[Floor + 3]) = (1, s, s * s, s * s * s);
            slope[LogLow] = share * low;
        }

        return floor + Math.Log(1 + film + low);
    }

    /// <summary>What all values share.</summary>
    public Shared SharedOf(ReadOnlySpan<double> p) => Shared.Of(p, lambda);

    /// <summary>The film's power over the floor at any frequency, without window: what <see cref="LogPower"/> adds to 1.</summary>
    public static double FilmOverFloor(double g2, double cos2, double sin2, ReadOnlySpan<double> p, TransferLens lens, FilmScattering scattering, double filmNm) =>
        Film(Place.Of(g2, cos2, sin2, 0, lens.WavelengthNm, scattering, filmNm), p, Shared.Of(p, lens.WavelengthNm), [], 0, false);

    private static double Film(in Place at, ReadOnlySpan<double> p, in Shared shared, Span<double> slope, double window2, bool allDirections)
    {
        double g = at.G, g2 = at.G2, x = at.X, unit = shared.Unit;
        double focus = (p[Defocus] * g2) + (p[AstigmatismCos] * at.Cos2) + (p[AstigmatismSin] * at.Sin2), fourth = at.PerMm * p[Spherical];
        double chi = (unit * focus) + fourth, steep = ((2 * unit * focus) + (4 * fourth)) / g;
        double spread = unit * g2 * shared.Spread, spread2 = spread * spread, source2 = shared.Source2;
        double strength = Math.Exp(p[Strength] + at.LogScattering + (x * (p[Strength + 1] + (x * (p[Strength + 2] + (x * p[Strength + 3]))))) - spread2 - (0.5 * source2 * steep * steep));

        // cos(z cos θ) in the mean over all directions θ is J₀(z).
        double turn = 2 * unit * g2, width = turn * p[AstigmatismCos], spoilt = window2 > 0 ? Math.Exp(-2 * window2 * steep * steep) : 1;
        double damped = spoilt * at.Thick * (allDirections ? Bessel.J0(width) : 1), visible = damped * Math.Max(0, 1 - shared.Fill);

        // The window averages over neighbours, of which |g|² is larger by 2σ² and |g|⁴ by 8σ²|g|²; where the power falls it sees more of the lower frequencies: their centre lies σ² d(ln power)/dg away.
        double bent = ((2 * unit * focus) + (12 * fourth)) / g2;
        double fall = at.ScatteringSlope + (0.5 * (p[Strength + 1] + (x * ((2 * p[Strength + 2]) + (3 * x * p[Strength + 3]))))) - (4 * spread2 / g) - (source2 * steep * bent);
        double moved = window2 * fall, extra = window2 * ((2 * unit * p[Defocus]) + (8 * fourth / g2));
        (double sin, double cos) = Math.SinCos(2 * (chi + extra + (moved * steep)));
        double film = 0.5 * strength * (1 - (visible * cos));
        if (!slope.IsEmpty)
        {
            // By χ and by its slope along the radius, which move together with the defocus. How the fall moves is left out: it is small, and steps are checked by the cost.
            double byPhase = strength * visible * sin, perSteep = 2 * unit / g;
            double bySteep = (strength * 2 * window2 * steep * visible * cos) - (film * source2 * steep) + (byPhase * moved);
            slope[Defocus] = (byPhase * unit * (g2 + (2 * window2))) + (bySteep * perSteep * g2);
            slope[AstigmatismCos] = allDirections
                ? 0.5 * strength * spoilt * at.Thick * Math.Max(0, 1 - shared.Fill) * cos * Bessel.J1(width) * turn
                : ((byPhase * unit) + (bySteep * perSteep)) * at.Cos2;
            slope[AstigmatismSin] = ((byPhase * unit) + (bySteep * perSteep)) * at.Sin2;
            slope[Spherical] = (byPhase * at.PerMm * (1 + (8 * window2 / g2))) + (bySteep * 4 * at.PerMm / g);
            slope[Strength] = film;
            slope[Strength + 1] = film * x;
            slope[Strength + 2] = film * x * x;
            slope[Strength + 3] = film * x * x * x;
            slope[LogSpread] = -2 * spread2 * film;
            slope[LogConvergence] = -source2 * steep * steep * film;
            slope[LogFill] = shared.Fill < 1 ? 0.5 * strength * shared.Fill * damped * cos : 0;
        }

        return film;
    }

    private static (double Mean, double Sigma)[] MakePrior(TransferLens lens, TransferOptions options)
    {
        (double Mean, double Sigma)[] prior = [.. Enumerable.Repeat((0.0, double.PositiveInfinity), ParameterCount)];
        prior[AstigmatismCos] = prior[AstigmatismSin] = (0, options.TwofoldAstigmatismSigmaNm);
        prior[Spherical] = (lens.SphericalMm, lens.SphericalSigmaMm);

        // Shape of the film's scattering against that of its atoms: a factor of e^0.5 from 3 to 5 nm⁻¹, less in its curvature.
        (prior[Strength + 1], prior[Strength + 2], prior[Strength + 3]) = ((0, 0.5), (0, 0.4), (0, 0.25));
        prior[LogSpread] = (Math.Log(options.FocalSpreadNm), 0.4);
        prior[LogConvergence] = (Math.Log(options.ConvergenceMrad), 0.4);
        prior[LogFill] = (Math.Log(0.03), 1);
        prior[Floor + 1] = (-0.5, 2);
        prior[Floor + 2] = (0, 2);
        prior[Floor + 3] = (0, 2);
        prior[Strength] = (2, 4);
        prior[LogLow] = (-2, 4);
        return prior;
    }

    /// <summary>What a set of parameters is at every frequency.</summary>
    internal readonly record struct Shared(double Unit, double Spread, double Source2, double Fill, double Low)
    {
        public static Shared Of(ReadOnlySpan<double> p, double wavelengthNm)
        {
            double source = Math.Exp(p[LogConvergence]) * 1e-3 / wavelengthNm;
            return new(Math.PI * wavelengthNm, Math.Exp(p[LogSpread]), source * source, Math.Exp(p[LogFill]), Math.Exp(p[LogLow]));
        }
    }

    /// <summary>What a frequency is for every set of parameters.</summary>
    private readonly record struct Place(
        double G, double G2, double Cos2, double Sin2, double Nu, double X, double PerMm, double LogScattering, double ScatteringSlope, double Thick)
    {
        public static Place Of(double g2, double cos2, double sin2, double nu, double lambda, FilmScattering film, double filmNm)
        {
            // Half of the phase by which the film's two sides differ: cos 2χ in the mean over its thickness.
            double g = Math.Sqrt(g2), half = lambda * Math.PI * g2 * filmNm;
            return new(g, g2, cos2, sin2, nu, (g - 3) / 2, TransferLens.PhasePerMm(lambda, g2), film.Log(g2), film.SlopeOfLog(g2), half < 1e-6 ? 1 : Math.Sin(half) / half);
        }
    }
}
