namespace ImageAnalysis.Core;

/// <summary>
/// The whole pattern as a function of its parameters, with exact derivatives: lines of the crystal, background, holder's peak and halo. The notation is that of
/// docs/methods/occupancy-fit.md.
/// </summary>
/// <remarks>Holds the buffers of one thread; nothing is allocated between evaluations.</remarks>
internal sealed class PowderModel
{
    private const double HolderEta = 0.5;

    private readonly LineStrengths _lines;
    private readonly InstrumentGeometry _instrument;
    private readonly double[] _chebyshev, _profiles, _columns, _model, _residual;
    private readonly int[] _columnOf, _parameters;
    private readonly int _length;
    private readonly SphereLines? _spheres;
    private PatternPoints _points;

    public PowderModel(PatternPoints points, LineStrengths lines, InstrumentGeometry instrument, PowderLayout layout, PeakShape shape)
    {
        (_points, _lines, _instrument, Layout, Shape) = (points, lines, instrument, layout, shape);
        _spheres = shape == PeakShape.Spheres ? new SphereLines(points, lines, instrument, layout) : null;
        _length = points.X.Length;
        _profiles = new double[lines.Count * _length];
        _columns = new double[layout.Count * _length];
        _model = new double[_length];
        _residual = new double[_length];
        _columnOf = new int[layout.Count];
        _parameters = new int[layout.Count];
        _chebyshev = new double[layout.BackgroundTerms * _length];
        double[] places = ChebyshevBackground.Places(points.X);
        for (int k = 0; k < layout.BackgroundTerms; k++)
        {
            ChebyshevBackground.Column(places, k, _chebyshev.AsSpan(k * _length, _length));
        }
    }

    /// <summary>Where the parameters stand.</summary>
    public PowderLayout Layout { get; }

    /// <summary>Shape of the lines.</summary>
    public PeakShape Shape { get; }

    /// <summary>The points, whose weights may change between fits.</summary>
    public PatternPoints Points
    {
        get => _points;
        set => _points = value.X.Length == _length ? value : throw new ArgumentException("Another number of points.", nameof(value));
    }

    /// <summary>What is known of the parameters beside the pattern.</summary>
    public IReadOnlyList<LinearObservation> Observations { get; init; } = [];

    /// <summary>The lines.</summary>
    public LineStrengths Lines => _lines;

    /// <summary>The same model over means of neighbouring points.</summary>
    public PowderModel Binned(int pointsPerBin) => pointsPerBin <= 1 ? this : new(_points.Binned(pointsPerBin), _lines, _instrument, Layout, Shape) { Observations = Observations };

    /// <summary>1/size of crystals whose lines have a width at 2θ = 40°.</summary>
    public double InverseSizeOf(double widthDeg)
    {
        double own = Math.Sqrt(Math.Max((widthDeg * widthDeg) - (_instrument.InstrumentFwhmDeg * _instrument.InstrumentFwhmDeg), 1e-4));
        return own * Math.PI / 180 * Math.Cos(Math.PI / 9) / (_instrument.ScherrerK * _instrument.Wavelengths[0].WavelengthAngstrom);
    }

    /// <summary>Width at 2θ = 40° of the lines of crystals with an inverse size.</summary>
    public double WidthOf(double inverseSize)
    {
        double own = inverseSize * 180 / Math.PI / Math.Cos(Math.PI / 9) * _instrument.ScherrerK * _instrument.Wavelengths[0].WavelengthAngstrom;
        return Math.Sqrt((own * own) + (_instrument.InstrumentFwhmDeg * _instrument.InstrumentFwhmDeg));
    }

    /// <summary>Where the lines lie for the first wavelength, degrees 2θ.</summary>
    public double[] LinePlaces(double[] x)
    {
        _lines.SetCell(x.AsSpan(Layout.Edge, Layout.Edges));
        double[] lines = _lines.InverseSquare;
        return [.. lines.Select(inverse => BraggLine.Of(inverse, _instrument.Wavelengths[0].WavelengthAngstrom, _instrument, x, Layout)).OfType<BraggLine>().Select(line => line.Centre)];
    }

    /// <summary>The model's intensities without derivatives, counts.</summary>
    public double[] Curve(double[] x)
    {
        Compute(x, default);
        return _model[.._points.Count];
    }

    /// <summary>The same without the crystal: background, holder's peak and halo, counts.</summary>
    public double[] DarkCurve(double[] x)
    {
        Array.Fill(_columnOf, -1);
        Array.Clear(_model);
        AddSmoothParts(x);
        return _model[.._points.Count];
    }

    /// <summary>The weighted sum of squares with the normal equations of the parameters that move between their bounds.</summary>
    public double Evaluate(double[] x, FitLimits limits, double[] normal, double[] right)
    {
        int active = 0;
        for (int p = 0; p < Layout.Count; p++)
        {
            _columnOf[p] = -1;
            if (limits.Lower[p] < limits.Upper[p])
            {
                _columnOf[p] = active;
                _parameters[active++] = p;
            }
        }

        ReadOnlySpan<int> parameters = _parameters.AsSpan(0, active);
        Compute(x, parameters);
        double squares = 0;
        double[] root = _points.RootWeight;
        for (int i = 0; i < _length; i++)
        {
            double residual = (_points.Y[i] - _model[i]) * root[i];
            _residual[i] = residual;
            squares += residual * residual;
        }

        for (int c = 0; c < active; c++)
        {
            ColumnProducts.Scale(root, Column(c));
        }

        ColumnProducts.Sum(_columns, _length, _residual, parameters, normal, right);
        foreach (LinearObservation observation in Observations)
        {
            squares += observation.Add(x, limits, normal, right);
        }

        return squares;
    }

    /// <summary>Derivatives of the model by one parameter, as the last evaluation left them times the roots of the weights; for tests.</summary>
    internal double[]? WeightedDerivative(int parameter) => _columnOf[parameter] < 0 ? null : [.. Column(_columnOf[parameter])];

    private Span<double> Column(int column) => _columns.AsSpan(column * _length, _length);

    private Span<double> Profile(int line) => _profiles.AsSpan(line * _length, _length);

    private void Compute(double[] x, ReadOnlySpan<int> parameters)
    {
        if (parameters.IsEmpty)
        {
            Array.Fill(_columnOf, -1);
        }

        Array.Clear(_columns, 0, parameters.Length * _length);
        Array.Clear(_model);
        Array.Clear(_profiles);
        _lines.SetCell(x.AsSpan(Layout.Edge, Layout.Edges));
        if (Layout.FreeLines == 0)
        {
            _lines.SetStructure(x.AsSpan(Layout.Occupancy, Layout.Sites), x.AsSpan(Layout.Displacement, Layout.Displacements));
        }

        if (_spheres is not null)
        {
            _lines.SetKindProducts(x.AsSpan(Layout.Occupancy, Layout.Sites));
            _spheres.Add(x, _columnOf, _columns, _model);
        }
        else
        {
            for (int line = 0; line < _lines.Count; line++)
            {
                AddLine(x, line);
            }

            AddStructureColumns(x);
        }

        AddSmoothParts(x);
    }

    /// <summary>Strength of a line without the scale; a free one is the strength itself.</summary>
    private double StrengthOf(double[] x, int line) => Layout.FreeLines == 0 ? _lines.Strength[line] : line < Layout.FreeLines ? x[Layout.Line + line] : 0;

    /// <summary>Adds the profile of a line for all wavelengths, and its share of the columns of cell, zero, displacement, size, strain and shape.</summary>
    private void AddLine(double[] x, int line)
    {
        double strength = x[PowderLayout.Scale] * StrengthOf(x, line);
        Span<ProfileShare> shares = stackalloc ProfileShare[9];
        foreach ((double wavelength, double share) in _instrument.Wavelengths)
        {
            if (BraggLine.Of(_lines.InverseSquare[line], wavelength, _instrument, x, Layout) is not BraggLine at)
            {
                continue;
            }

            double area = share * at.Lorentz, area0 = strength * area;
            int count = 0;
            for (int edge = 0; edge < Layout.Edges; edge++)
            {
                if (_columnOf[Layout.Edge + edge] is int column and >= 0)
                {
                    double theta = at.ThetaByInverseSquare * _lines.InverseSquareByEdge[(line * Layout.Edges) + edge];
                    shares[count++] = new(column, strength * share * at.LorentzByTheta * theta, area0 * at.CentreByTheta * theta, area0 * at.WidthByTheta * theta, 0);
                }
            }

            count = With(shares, count, Layout.Zero, 0, area0, 0, 0);
            count = With(shares, count, Layout.Offset, 0, area0 * at.CentreByOffset, 0, 0);
            count = With(shares, count, Layout.InverseSize, 0, 0, area0 * at.WidthByInverseSize, 0);
            count = With(shares, count, Layout.Strain, 0, 0, area0 * at.WidthByStrain, 0);
            count = With(shares, count, Layout.Shape, 0, 0, 0, area0);
            PseudoVoigt.Add(_points.X, at.Centre, at.Width, x[Layout.Shape], _columns, shares[..count], Profile(line), area);
        }
    }

    private int With(Span<ProfileShare> shares, int count, int parameter, double value, double centre, double width, double shape)
    {
        if (_columnOf[parameter] is int column and >= 0)
        {
            shares[count++] = new(column, value, centre, width, shape);
        }

        return count;
    }

    /// <summary>From the profiles of the lines: the model, and the columns of scale, occupancies, displacement parameters, cell (through the strengths) and free strengths.</summary>
    private void AddStructureColumns(double[] x)
    {
        double scale = x[PowderLayout.Scale];
        bool free = Layout.FreeLines > 0;
        for (int line = 0; line < _lines.Count; line++)
        {
            Span<double> profile = Profile(line);
            double strength = StrengthOf(x, line);
            ColumnProducts.AddMultiple(profile, scale * strength, _model);
            AddTo(PowderLayout.Scale, profile, strength);
            if (free)
            {
                if (line < Layout.FreeLines)
                {
                    AddTo(Layout.Line + line, profile, scale);
                }

                continue;
            }

            for (int site = 0; site < Layout.Sites; site++)
            {
                AddTo(Layout.Occupancy + site, profile, scale * _lines.ByOccupancy[(line * Layout.Sites) + site]);
            }

            for (int group = 0; group < Layout.Displacements; group++)
            {
                AddTo(Layout.Displacement + group, profile, scale * _lines.ByDisplacement[(line * Layout.Displacements) + group]);
            }

            for (int edge = 0; edge < Layout.Edges; edge++)
            {
                AddTo(Layout.Edge + edge, profile, scale * _lines.ByInverseSquare[line] * _lines.InverseSquareByEdge[(line * Layout.Edges) + edge]);
            }
        }
    }

    private void AddTo(int parameter, ReadOnlySpan<double> profile, double factor)
    {
        if (_columnOf[parameter] is int column and >= 0 && factor != 0)
        {
            ColumnProducts.AddMultiple(profile, factor, Column(column));
        }
    }

    private void AddSmoothParts(double[] x)
    {
        for (int k = 0; k < Layout.BackgroundTerms; k++)
        {
            ReadOnlySpan<double> term = _chebyshev.AsSpan(k * _length, _length);
            if (x[Layout.Background + k] != 0)
            {
                ColumnProducts.AddMultiple(term, x[Layout.Background + k], _model);
            }

            AddTo(Layout.Background + k, term, 1);
        }

        AddBump(x, Layout.Halo, 0, 1, 0);
        (double first, double firstShare) = _instrument.Wavelengths[0];
        foreach ((double wavelength, double share) in _instrument.Wavelengths)
        {
            // The holder's peak and ½½½ are doublets too; their heights are those of the first line.
            AddBump(x, Layout.Holder, HolderEta, share / firstShare, (wavelength / first) - 1);
            AddBump(x, Layout.HalfOrder, HolderEta, share / firstShare, (wavelength / first) - 1);
        }
    }

    /// <summary>Adds one bump of a height, place and width: a pseudo-Voigt profile that is as high as its parameter says, whatever its width.</summary>
    private void AddBump(double[] x, int parameter, double eta, double share, double wavelengthRatio)
    {
        double height = x[parameter], place = x[parameter + 1], width = x[parameter + 2];
        if (height == 0 && _columnOf[parameter] < 0)
        {
            return;
        }

        // A line of another wavelength follows the first: Δ2θ = 2 tan θ·Δλ/λ.
        double half = place * Math.PI / 360, shift = wavelengthRatio * Math.Tan(half) * 360 / Math.PI, byPlace = 1 + (wavelengthRatio / (Math.Cos(half) * Math.Cos(half)));
        double area = share * width / PseudoVoigt.At(0, 0, 1, eta);
        Span<ProfileShare> shares = stackalloc ProfileShare[3];
        int count = With(shares, 0, parameter, area, 0, 0, 0);
        count = With(shares, count, parameter + 1, 0, height * area * byPlace, 0, 0);
        count = With(shares, count, parameter + 2, height * area / width, 0, height * area, 0);
        PseudoVoigt.Add(_points.X, place + shift, width, eta, _columns, shares[..count], _model, height * area);
    }
}
