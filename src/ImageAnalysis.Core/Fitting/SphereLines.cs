using System.Runtime.Intrinsics;

namespace ImageAnalysis.Core;

/// <summary>
/// The lines of spherical crystals, with scattering factors, Debye-Waller factors and polarisation at each scattering angle instead of the Bragg angle: what Debye's equation gives,
/// averaged over where the sphere is cut from the crystal.
/// </summary>
/// <remarks>
/// I(q) = P(2θ)·Σ_G m|F_G(q)|²·(p(q − G) − p(q + G))/(G q), G = 0 (small-angle scattering, of which 2 nm particles show the tail) included, p the profile of <see cref="SphereProfile"/>; lines too far away to be
/// listed come in as a continuum (<see cref="LinesBeyond"/>; docs/methods/powder-patterns.md). With T_e = Σ n S over the sites of one kind e of scatterer, |F_G(q)|² = Σ g_ee′(q)·Re(T_e T_e′*), g_ee′ = (f_e f_e′ + f″_e f″_e′)·exp(−(B_e + B_e′)s²).
/// </remarks>
internal sealed class SphereLines
{
    /// <summary>The origin of reciprocal space counts as a line so close to it, (p(q − G) − p(q + G))/(Gq) having the limit −2p′(q)/q.</summary>
    private const double CentrePerAngstrom = 0.02;

    /// <summary>Smallest relative standard deviation of the diameters.</summary>
    public const double SmallestSpread = 0.02;

    private readonly LineStrengths _lines;
    private readonly InstrumentGeometry _instrument;
    private readonly PowderLayout _layout;
    private readonly SphereTable _table = new();
    private readonly int _length, _kinds;
    private readonly double[][] _q, _s2, _turn, _cosine, _reference;
    private readonly double[] _front, _polarisation, _pairs, _amplitude, _profiles, _work, _beyond;
    private readonly double[][] _products;

    public SphereLines(PatternPoints points, LineStrengths lines, InstrumentGeometry instrument, PowderLayout layout)
    {
        (_lines, _instrument, _layout) = (lines, instrument, layout);
        _length = points.X.Length;
        _kinds = lines.Kinds.Length;
        _polarisation = new double[_length];

        // So normalised a line has the area of LP·|F|² in degrees of 2θ, as a pseudo-Voigt has: ∫p dq = 1, dq = (2π²/90)(cos θ/λ) d2θ.
        _front = [.. instrument.Wavelengths.Select(line => 32 * Math.Pow(Math.PI, 4) / (180 * Math.Pow(line.WavelengthAngstrom, 3)))];
        int wavelengths = instrument.Wavelengths.Length;
        (_q, _s2, _turn, _cosine, _reference) = (new double[wavelengths][], new double[wavelengths][], new double[wavelengths][], new double[wavelengths][], new double[wavelengths][]);
        _products = new double[wavelengths][];
        for (int w = 0; w < wavelengths; w++)
        {
            SetAngles(points.X, w);
        }

        _pairs = new double[_kinds * _kinds * _length];
        _amplitude = new double[_length];
        _profiles = new double[(lines.Count + 1) * _length];
        _work = new double[_length];
        _beyond = new double[_length];
    }

    /// <summary>Adds all lines to the model and to the columns of their parameters.</summary>
    /// <param name="x">Parameters.</param>
    /// <param name="columnOf">Column of each parameter, −1 where it has none.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="model">The model's intensities.</param>
    public void Add(double[] x, int[] columnOf, double[] columns, double[] model)
    {
        double mean = 1 / x[_layout.InverseSize], reach = 0.2;
        for (int line = 0; line < _lines.Count; line++)
        {
            double g = 2 * Math.PI * Math.Sqrt(_lines.InverseSquare[line]);
            reach = Math.Max(reach, Math.Max(Math.Abs(g - _q[0][0]), Math.Abs(g - _q[0][^1])) + 0.1);
        }

        _table.Fill(mean, Math.Max(x[_layout.Shape], SmallestSpread), Math.Max(reach, _q[0].Max() + 0.1));
        for (int w = 0; w < _instrument.Wavelengths.Length; w++)
        {
            if (_layout.FreeLines == 0)
            {
                SetPairs(x, w);
            }

            for (int line = 0; line <= _lines.Count; line++)
            {
                AddLine(x, w, line, columnOf, columns, model);
            }

            if (_layout.FreeLines == 0)
            {
                AddOccupancies(x, w, columnOf, columns);
                AddSingleAtoms(x, w, columnOf, columns, model);
            }
            else
            {
                AddFreeDiffuse(x, w, columnOf, columns, model);
            }
        }
    }

    private void SetAngles(double[] x, int w)
    {
        (double wavelength, double share) = _instrument.Wavelengths[w];
        double[] q = new double[_length], s2 = new double[_length], turn = new double[_length], cosine = new double[_length], reference = new double[_length];
        double[] products = new double[_kinds * _kinds * _length];
        for (int i = 0; i < _length; i++)
        {
            (double sin, double cos) = Math.SinCos(x[i] * Math.PI / 360);
            double cos2 = 1 - (2 * sin * sin), s = sin / wavelength;
            q[i] = 4 * Math.PI * s;
            s2[i] = s * s;
            cosine[i] = cos;
            turn[i] = 4 * Math.PI / wavelength * cos * Math.PI / 360;
            _polarisation[i] = 1 + (_instrument.PolarisationRatio * cos2 * cos2);
            reference[i] = _lines.MeanSquareAt(s2[i]);
            for (int a = 0; a < _kinds; a++)
            {
                for (int b = 0; b < _kinds; b++)
                {
                    products[(((a * _kinds) + b) * _length) + i] = share * _polarisation[i] * _lines.ProductAt(a, b, s2[i]);
                }
            }
        }

        (_q[w], _s2[w], _turn[w], _cosine[w], _reference[w], _products[w]) = (q, s2, turn, cosine, reference, products);
    }

    /// <summary>g_ee′ of all points, times polarisation and the share of the wavelength.</summary>
    private void SetPairs(double[] x, int w)
    {
        for (int a = 0; a < _kinds; a++)
        {
            for (int b = a; b < _kinds; b++)
            {
                double sum = x[_layout.Displacement + _lines.Kinds[a].Displacement] + x[_layout.Displacement + _lines.Kinds[b].Displacement];
                Span<double> pair = Pair(a, b), mirrored = Pair(b, a);
                ReadOnlySpan<double> product = _products[w].AsSpan(((a * _kinds) + b) * _length, _length);
                for (int i = 0; i < _length; i++)
                {
                    pair[i] = product[i] * Math.Exp(-sum * _s2[w][i]);
                }

                if (a != b)
                {
                    pair.CopyTo(mirrored);
                }
            }
        }
    }

    private Span<double> Pair(int a, int b) => _pairs.AsSpan(((a * _kinds) + b) * _length, _length);

    /// <summary>Adds one line for one wavelength; keeps its profile for the occupancies.</summary>
    private void AddLine(double[] x, int w, int line, int[] columnOf, double[] columns, double[] model)
    {
        SetAmplitude(x, w, line);
        bool centre = line == _lines.Count;
        double g = centre ? CentrePerAngstrom : 2 * Math.PI * Math.Sqrt(_lines.InverseSquare[line]), mean = 1 / x[_layout.InverseSize];
        double front = _front[w] / g, tail = centre ? 0 : LinesBeyond.TailPerAngstrom(x[_layout.InverseSize], x[_layout.Shape]), tailByShape = LinesBeyond.TailByShapeRatio(x[_layout.Shape]);
        double perOffset = 360 / Math.PI / _instrument.RadiusMm;
        double[] q = _q[w], turn = _turn[w], cosine = _cosine[w];
        Span<double> profile = _profiles.AsSpan(line * _length, _length), size = ColumnOf(columnOf[_layout.InverseSize], columns), shape = ColumnOf(columnOf[_layout.Shape], columns);
        Span<double> zero = ColumnOf(columnOf[_layout.Zero], columns), offset = ColumnOf(columnOf[_layout.Offset], columns);
        for (int i = 0; i < _length; i++)
        {
            double here = q[i] - (turn[i] * (x[_layout.Zero] - (perOffset * x[_layout.Offset] * cosine[i]))), factor = front / here;
            Vector256<double> at = centre ? _table.At(here - g) - _table.At(here + g) : _table.At(here - g);

            // p(q + G) is so far out that only its tail is left; for the origin it is in the table's value.
            double sum = here + g, far = tail / (sum * sum), farSlope = 2 * far / sum;
            double value = at[0] - far, byS = at[1], amplitude = _amplitude[i] * factor;
            profile[i] = value * factor;
            model[i] += amplitude * value;
            double byQ = amplitude * (byS + farSlope - (value / here));
            _work[i] = amplitude * (farSlope - (value / g) - byS);
            if (!size.IsEmpty)
            {
                size[i] -= amplitude * ((at[2] * mean) + far) * mean;
            }

            if (!shape.IsEmpty)
            {
                shape[i] += amplitude * (at[3] + (far * tailByShape));
            }

            if (!zero.IsEmpty)
            {
                zero[i] -= byQ * turn[i];
            }

            if (!offset.IsEmpty)
            {
                offset[i] += byQ * turn[i] * perOffset * cosine[i];
            }
        }

        if (!centre)
        {
            AddEdges(line, g, columnOf, columns);
        }

        Span<double> scale = ColumnOf(columnOf[PowderLayout.Scale], columns);
        if (!scale.IsEmpty)
        {
            AddProduct(profile, _amplitude, 1 / x[PowderLayout.Scale], scale);
        }

        if (StrengthOf(line) is int parameter and >= 0)
        {
            Span<double> strength = ColumnOf(columnOf[parameter], columns);
            if (!strength.IsEmpty)
            {
                SetReference(w, line, x[PowderLayout.Scale]);
                AddProduct(profile, _amplitude, 1, strength);
            }
        }
    }

    private void AddEdges(int line, double g, int[] columnOf, double[] columns)
    {
        for (int edge = 0; edge < _layout.Edges; edge++)
        {
            Span<double> column = ColumnOf(columnOf[_layout.Edge + edge], columns);
            if (!column.IsEmpty)
            {
                // G = 2π/d follows the edge.
                double byEdge = 2 * Math.PI * Math.PI / g * _lines.InverseSquareByEdge[(line * _layout.Edges) + edge];
                ColumnProducts.AddMultiple(_work, byEdge, column);
            }
        }
    }

    /// <summary>Parameter that is the free strength of a line; −1 where there is none.</summary>
    private int StrengthOf(int line) => _layout.FreeLines == 0 ? -1 : line < _layout.FreeLines ? _layout.Line + line : line == _lines.Count ? _layout.Centre : -1;

    /// <summary>What multiplies the profile of a line at each point: scale, |F|², polarisation and the share of the wavelength.</summary>
    private void SetAmplitude(double[] x, int w, int line)
    {
        if (_layout.FreeLines > 0)
        {
            SetReference(w, line, StrengthOf(line) is int parameter and >= 0 ? x[PowderLayout.Scale] * x[parameter] : 0);
            return;
        }

        Array.Clear(_amplitude);
        for (int a = 0; a < _kinds; a++)
        {
            for (int b = a; b < _kinds; b++)
            {
                double factor = x[PowderLayout.Scale] * (a == b ? 1 : 2) * _lines.KindProducts[(((line * _kinds) + a) * _kinds) + b];
                ColumnProducts.AddMultiple(Pair(a, b), factor, _amplitude);
            }
        }
    }

    /// <summary>The course of a line whose strength is free: the mean square of the scattering factors, relative to that at its Bragg angle.</summary>
    private void SetReference(int w, int line, double strength)
    {
        double factor = strength * _instrument.Wavelengths[w].ShareFraction / _lines.MeanSquare[line];
        for (int i = 0; i < _length; i++)
        {
            _amplitude[i] = factor * _polarisation[i] * _reference[w][i];
        }
    }

    /// <summary>Columns of occupancies and displacement parameters for one wavelength: ∂/∂Bᵍ = −s²·Σ n·∂/∂n over the sites of the group.</summary>
    private void AddOccupancies(double[] x, int w, int[] columnOf, double[] columns)
    {
        double scale = x[PowderLayout.Scale];
        for (int site = 0; site < _layout.Sites; site++)
        {
            Span<double> own = ColumnOf(columnOf[_layout.Occupancy + site], columns), group = ColumnOf(columnOf[_layout.Displacement + _lines.DisplacementGroupOf[site]], columns);
            double occupancy = x[_layout.Occupancy + site];
            if (own.IsEmpty && (group.IsEmpty || occupancy == 0))
            {
                continue;
            }

            for (int kind = 0; kind < _kinds; kind++)
            {
                Array.Clear(_work);
                for (int line = 0; line <= _lines.Count; line++)
                {
                    double factor = 2 * scale * _lines.KindProductsBySite[(((line * _layout.Sites) + site) * _kinds) + kind];
                    ColumnProducts.AddMultiple(_profiles.AsSpan(line * _length, _length), factor, _work);
                }

                ColumnProducts.Scale(Pair(_lines.KindOf[site], kind), _work);
                if (!own.IsEmpty)
                {
                    ColumnProducts.AddMultiple(_work, 1, own);
                }

                if (!group.IsEmpty)
                {
                    AddProduct(_work, _s2[w], -occupancy, group);
                }
            }
        }
    }

    /// <summary>
    /// What the atoms scatter each by itself, (16π²v/(180λ³)) times that of a cell on the scale of the lines (docs/methods/debye-scattering.md). Diffuse: atoms that fill their sites and vibrate independently of one another
    /// give Σ N n(1 − n·exp(−2Bs²))|f|², with a factor of its own, since exclusive sites and correlated vibrations change it. And the lines beyond the listed ones, whose |F|² is Σ N n²·exp(−2Bs²)|f|² on average.
    /// </summary>
    private void AddSingleAtoms(double[] x, int w, int[] columnOf, double[] columns, double[] model)
    {
        double factor = x[_layout.Diffuse], scale = x[PowderLayout.Scale], wavelength = _instrument.Wavelengths[w].WavelengthAngstrom;
        double volume = _lines.Axes.With(x.AsSpan(_layout.Edge, _layout.Edges)).VolumeAngstrom3;
        double front = 16 * Math.PI * Math.PI * volume / (180 * Math.Pow(wavelength, 3));
        var beyond = new LinesBeyond(x[_layout.InverseSize], x[_layout.Shape], _lines.ReachPerAngstrom(volume));
        Array.Clear(_work);
        Array.Clear(_beyond);
        for (int site = 0; site < _layout.Sites; site++)
        {
            int group = _layout.Displacement + _lines.DisplacementGroupOf[site];
            double n = x[_layout.Occupancy + site], b = x[group], strength = front * _lines.Multiplicity[site];
            Span<double> occupancy = ColumnOf(columnOf[_layout.Occupancy + site], columns), displacement = ColumnOf(columnOf[group], columns);
            ReadOnlySpan<double> product = _products[w].AsSpan(((_lines.KindOf[site] * _kinds) + _lines.KindOf[site]) * _length, _length);
            if (n == 0 && occupancy.IsEmpty)
            {
                continue;
            }

            for (int i = 0; i < _length; i++)
            {
                double still = n * Math.Exp(-2 * b * _s2[w][i]), atom = strength * product[i], share = beyond.At(_q[w][i]);
                _work[i] += atom * n * (1 - still);
                _beyond[i] += atom * n * still * share;
                if (!occupancy.IsEmpty)
                {
                    occupancy[i] += scale * atom * (factor + (2 * still * (share - factor)));
                }

                if (!displacement.IsEmpty)
                {
                    displacement[i] += scale * atom * n * still * 2 * _s2[w][i] * (factor - share);
                }
            }
        }

        ColumnProducts.AddMultiple(_work, scale * factor, model);
        ColumnProducts.AddMultiple(_beyond, scale, model);
        AddTo(_layout.Diffuse, _work, scale);
        AddTo(PowderLayout.Scale, _work, factor);
        AddTo(PowderLayout.Scale, _beyond, 1);
        AddTo(_layout.InverseSize, _beyond, scale / x[_layout.InverseSize]);
        AddTo(_layout.Shape, _beyond, -scale * LinesBeyond.TailByShapeRatio(x[_layout.Shape]));
        for (int edge = 0; edge < _layout.Edges; edge++)
        {
            Span<double> column = ColumnOf(columnOf[_layout.Edge + edge], columns);
            double perEdge = scale * _lines.Axes.Of.Count(axis => axis == edge) / x[_layout.Edge + edge];
            for (int i = 0; i < column.Length; i++)
            {
                column[i] += perEdge * ((factor * _work[i]) + (_beyond[i] * beyond.VolumePowerAt(_q[w][i])));
            }
        }

        void AddTo(int parameter, double[] values, double times)
        {
            if (columnOf[parameter] is int column and >= 0)
            {
                ColumnProducts.AddMultiple(values, times, columns.AsSpan(column * _length, _length));
            }
        }
    }

    /// <summary>The same where no structure is known yet: the mean square of the scattering factors, as strong as its parameter says at the primary beam.</summary>
    private void AddFreeDiffuse(double[] x, int w, int[] columnOf, double[] columns, double[] model)
    {
        Span<double> own = ColumnOf(columnOf[_layout.Diffuse], columns);
        if (x[_layout.Diffuse] == 0 && own.IsEmpty)
        {
            return;
        }

        double front = _instrument.Wavelengths[w].ShareFraction / _lines.MeanSquare[_lines.Count];
        for (int i = 0; i < _length; i++)
        {
            double value = front * _polarisation[i] * _reference[w][i];
            model[i] += x[_layout.Diffuse] * value;
            if (!own.IsEmpty)
            {
                own[i] += value;
            }
        }
    }

    private Span<double> ColumnOf(int column, double[] columns) => column < 0 ? default : columns.AsSpan(column * _length, _length);

    private static void AddProduct(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double factor, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * first[i] * second[i];
        }
    }
}
