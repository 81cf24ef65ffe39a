namespace ImageAnalysis.Core;

/// <summary>
/// The lines of a crystal's powder pattern, with their strengths m·|F|² and all derivatives by occupancies, displacement parameters and cell.
/// Families with one d for every cell (333 and 511 of a cube) are one line.
/// </summary>
/// <remarks>
/// With g = (f0 + f′)·exp(−B s²) and q = f″·exp(−B s²) of an atom, n the occupancy and S the site sum (<see cref="SiteSums"/>): |F|² = |Σ n g S|² + |Σ n q S|².
/// ∂|F|²/∂nᵢ = 2 Re[(Σ n g S)* gᵢSᵢ + (Σ n q S)* qᵢSᵢ]; by Bᵢ the same times −nᵢs²; by s² with nᵢ(∂f0/∂s² − Bᵢ(f0 + f′))·exp(−B s²) for gᵢ and −nᵢBᵢqᵢ for qᵢ.
/// </remarks>
internal sealed class LineStrengths
{
    private readonly SiteSums _sums;
    private readonly int[] _firstFamily;
    private readonly double[][] _parts;
    private readonly ScatteringFactor[] _factors;
    private readonly AnomalousFactor[] _anomalous;
    private readonly int[] _factorOf;
    private readonly double[] _atoms;
    private readonly double _cellVolume, _smallestSpacing;
    private readonly double[] _g, _q, _gSlope, _qSlope;

    public LineStrengths(CrystalStructure structure, ReflectionOptions options, int[] displacementGroupOf)
    {
        Axes = new CellAxes(structure.Cell);
        DisplacementGroupOf = displacementGroupOf;
        DisplacementGroupCount = displacementGroupOf.Max() + 1;
        SiteCount = structure.Sites.Count;
        SiteScattering[] scattering = [.. structure.Sites.Select(site => SiteScattering.Of(site, options))];
        (_factors, _anomalous, _factorOf) = Distinct(scattering);
        Kinds = [.. _factorOf.Zip(displacementGroupOf).Distinct()];
        KindOf = [.. _factorOf.Zip(displacementGroupOf).Select(kind => Array.IndexOf(Kinds, kind))];
        Multiplicity = [.. structure.Sites.Select((_, i) => (double)structure.MultiplicityCount(i))];
        _atoms = [.. structure.Sites.Select((site, i) => site.OccupancyFraction * Multiplicity[i])];
        (ReflectionFamily[] families, _firstFamily, _parts) = Grouped(structure, Axes, options.SmallestSpacingAngstrom);
        _sums = SiteSums.Of(structure, families);
        Families = families;
        _cellVolume = structure.Cell.VolumeAngstrom3;
        _smallestSpacing = options.SmallestSpacingAngstrom;
        Count = _parts.Length;
        (_g, _q, _gSlope, _qSlope) = (new double[SiteCount], new double[SiteCount], new double[SiteCount], new double[SiteCount]);
        Strength = new double[Count];
        InverseSquare = new double[Count];
        ByInverseSquare = new double[Count];
        ByOccupancy = new double[Count * SiteCount];
        ByDisplacement = new double[Count * DisplacementGroupCount];
        InverseSquareByEdge = new double[Count * Axes.Names.Length];
        KindProducts = new double[(Count + 1) * Kinds.Length * Kinds.Length];
        KindProductsBySite = new double[(Count + 1) * SiteCount * Kinds.Length];
        SetCell(Axes.StartAngstrom);
        MeanSquare = [.. InverseSquare.Select(inverse => MeanSquareAt(inverse / 4)), MeanSquareAt(0)];
    }

    /// <summary>The fitted edges of the cell.</summary>
    public CellAxes Axes { get; }

    /// <summary>Number of lines.</summary>
    public int Count { get; }

    /// <summary>Number of sites.</summary>
    public int SiteCount { get; }

    /// <summary>Number of displacement parameters.</summary>
    public int DisplacementGroupCount { get; }

    /// <summary>Displacement parameter of each site.</summary>
    public int[] DisplacementGroupOf { get; }

    /// <summary>All families, line by line.</summary>
    public ReflectionFamily[] Families { get; }

    /// <summary>Σ m|F|² of each line, electrons².</summary>
    public double[] Strength { get; }

    /// <summary>1/d² of each line, Å⁻².</summary>
    public double[] InverseSquare { get; }

    /// <summary>Derivative of the strength by 1/d².</summary>
    public double[] ByInverseSquare { get; }

    /// <summary>Derivative of the strength by the occupancies, line by line.</summary>
    public double[] ByOccupancy { get; }

    /// <summary>Derivative of the strength by the displacement parameters, line by line.</summary>
    public double[] ByDisplacement { get; }

    /// <summary>Derivative of 1/d² by the fitted edges, line by line.</summary>
    public double[] InverseSquareByEdge { get; }

    /// <summary>The kinds of scatterers: each scattering factor with each displacement parameter.</summary>
    public (int Factor, int Displacement)[] Kinds { get; }

    /// <summary>Positions of each site in the cell.</summary>
    public double[] Multiplicity { get; }

    /// <summary>Kind of each site.</summary>
    public int[] KindOf { get; }

    /// <summary>Σ m·Re(T_e T_e′*) of each line over its families, with T_e = Σ n S over the sites of a kind; by line, kind, kind. A last one is that of the origin of reciprocal space, (000).</summary>
    public double[] KindProducts { get; }

    /// <summary>Σ m·Re(S T_e*) of each line: half the derivative of a product by an occupancy; by line, site, kind.</summary>
    public double[] KindProductsBySite { get; }

    /// <summary>Mean square of the scattering factors at each line of the given cell, and at (000).</summary>
    public double[] MeanSquare { get; }

    /// <summary>The first family of a line, which names it.</summary>
    public ReflectionFamily NameOf(int line) => Families[_firstFamily[line]];

    /// <summary>How far in reciprocal space the lines reach, 2π/Å, in a cell of a volume: further out the more the cell is pressed.</summary>
    public double ReachPerAngstrom(double volumeAngstrom3) => 2 * Math.PI / _smallestSpacing * Math.Cbrt(_cellVolume / volumeAngstrom3);

    /// <summary>Places of the lines for the edges of the cell.</summary>
    public void SetCell(ReadOnlySpan<double> edges)
    {
        int axes = Axes.Names.Length;
        for (int line = 0; line < Count; line++)
        {
            InverseSquare[line] = Axes.InverseSquare(_parts[line], edges, InverseSquareByEdge.AsSpan(line * axes, axes));
        }
    }

    /// <summary>Strengths and their derivatives for occupancies and displacement parameters, at the cell that was set.</summary>
    public void SetStructure(ReadOnlySpan<double> occupancies, ReadOnlySpan<double> displacements)
    {
        Array.Clear(ByOccupancy);
        Array.Clear(ByDisplacement);
        for (int line = 0; line < Count; line++)
        {
            double s2 = InverseSquare[line] / 4;
            SetScattering(s2, displacements);
            double strength = 0, slope = 0;
            for (int family = _firstFamily[line]; family < _firstFamily[line + 1]; family++)
            {
                Add(family, line, occupancies, ref strength, ref slope);
            }

            // Sites with one displacement parameter share −s²·n·∂/∂n.
            for (int i = 0; i < SiteCount; i++)
            {
                ByDisplacement[(line * DisplacementGroupCount) + DisplacementGroupOf[i]] -= s2 * occupancies[i] * ByOccupancy[(line * SiteCount) + i];
            }

            Strength[line] = strength;
            ByInverseSquare[line] = slope / 4;
        }
    }

    /// <summary>The products of the site sums by kinds of scatterers, for models that take scattering factors point by point.</summary>
    public void SetKindProducts(ReadOnlySpan<double> occupancies)
    {
        Array.Clear(KindProducts);
        Array.Clear(KindProductsBySite);
        for (int line = 0; line < Count; line++)
        {
            for (int family = _firstFamily[line]; family < _firstFamily[line + 1]; family++)
            {
                AddKindProducts(
                    line, Families[family].MultiplicityCount, occupancies, _sums.Real.Slice(family * SiteCount, SiteCount), _sums.Imaginary.Slice(family * SiteCount, SiteCount));
            }
        }

        AddKindProducts(Count, 1, occupancies, Multiplicity, stackalloc double[SiteCount]);
    }

    private void AddKindProducts(int line, double m, ReadOnlySpan<double> occupancies, ReadOnlySpan<double> siteReal, ReadOnlySpan<double> siteImaginary)
    {
        int kinds = Kinds.Length;
        Span<double> real = stackalloc double[kinds], imaginary = stackalloc double[kinds];
        real.Clear();
        imaginary.Clear();
        for (int i = 0; i < SiteCount; i++)
        {
            real[KindOf[i]] += occupancies[i] * siteReal[i];
            imaginary[KindOf[i]] += occupancies[i] * siteImaginary[i];
        }

        for (int b = 0; b < kinds; b++)
        {
            for (int a = 0; a < kinds; a++)
            {
                KindProducts[(((line * kinds) + a) * kinds) + b] += m * ((real[a] * real[b]) + (imaginary[a] * imaginary[b]));
            }

            for (int i = 0; i < SiteCount; i++)
            {
                KindProductsBySite[(((line * SiteCount) + i) * kinds) + b] += m * ((siteReal[i] * real[b]) + (siteImaginary[i] * imaginary[b]));
            }
        }
    }

    /// <summary>(f0 + f′)(f0 + f′) + f″f″ of two kinds of scatterers at s², without displacements.</summary>
    public double ProductAt(int kind, int other, double s2)
    {
        int a = Kinds[kind].Factor, b = Kinds[other].Factor;
        double s = Math.Sqrt(s2);
        return ((_factors[a].ElectronsAt(s) + _anomalous[a].RealElectrons) * (_factors[b].ElectronsAt(s) + _anomalous[b].RealElectrons))
            + (_anomalous[a].ImaginaryElectrons * _anomalous[b].ImaginaryElectrons);
    }

    /// <summary>Mean of the squared scattering factors over the atoms of the structure as it was given.</summary>
    public double MeanSquareAt(double s2)
    {
        double sum = 0, atoms = 0;
        for (int i = 0; i < SiteCount; i++)
        {
            sum += _atoms[i] * ProductAt(KindOf[i], KindOf[i], s2);
            atoms += _atoms[i];
        }

        return sum / atoms;
    }

    private void SetScattering(double s2, ReadOnlySpan<double> displacements)
    {
        double s = Math.Sqrt(s2);
        Span<double> f0 = stackalloc double[_factors.Length], f0Slope = stackalloc double[_factors.Length];
        for (int k = 0; k < _factors.Length; k++)
        {
            f0[k] = _factors[k].ElectronsAt(s) + _anomalous[k].RealElectrons;
            f0Slope[k] = _factors[k].SlopeAt(s2);
        }

        for (int i = 0; i < SiteCount; i++)
        {
            int k = _factorOf[i];
            double b = displacements[DisplacementGroupOf[i]], weight = Math.Exp(-b * s2);
            _g[i] = f0[k] * weight;
            _q[i] = _anomalous[k].ImaginaryElectrons * weight;
            _gSlope[i] = (f0Slope[k] - (b * f0[k])) * weight;
            _qSlope[i] = -b * _q[i];
        }
    }

    private void Add(int family, int line, ReadOnlySpan<double> occupancies, ref double strength, ref double slope)
    {
        ReadOnlySpan<double> real = _sums.Real.Slice(family * SiteCount, SiteCount), imaginary = _sums.Imaginary.Slice(family * SiteCount, SiteCount);
        double gReal = 0, gImaginary = 0, qReal = 0, qImaginary = 0, slopeReal = 0, slopeImaginary = 0, qSlopeReal = 0, qSlopeImaginary = 0;
        for (int i = 0; i < SiteCount; i++)
        {
            double a = occupancies[i] * real[i], b = occupancies[i] * imaginary[i];
            gReal += a * _g[i];
            gImaginary += b * _g[i];
            qReal += a * _q[i];
            qImaginary += b * _q[i];
            slopeReal += a * _gSlope[i];
            slopeImaginary += b * _gSlope[i];
            qSlopeReal += a * _qSlope[i];
            qSlopeImaginary += b * _qSlope[i];
        }

        double m = Families[family].MultiplicityCount;
        strength += m * ((gReal * gReal) + (gImaginary * gImaginary) + (qReal * qReal) + (qImaginary * qImaginary));
        slope += 2 * m * ((gReal * slopeReal) + (gImaginary * slopeImaginary) + (qReal * qSlopeReal) + (qImaginary * qSlopeImaginary));
        for (int i = 0; i < SiteCount; i++)
        {
            ByOccupancy[(line * SiteCount) + i] +=
                2 * m * ((_g[i] * ((gReal * real[i]) + (gImaginary * imaginary[i]))) + (_q[i] * ((qReal * real[i]) + (qImaginary * imaginary[i]))));
        }
    }

    private static (ScatteringFactor[] Factors, AnomalousFactor[] Anomalous, int[] Of) Distinct(SiteScattering[] scattering)
    {
        List<SiteScattering> distinct = [];
        int[] of = new int[scattering.Length];
        for (int i = 0; i < scattering.Length; i++)
        {
            of[i] = distinct.FindIndex(other => ReferenceEquals(other.Factor, scattering[i].Factor) && other.Anomalous == scattering[i].Anomalous);
            if (of[i] < 0)
            {
                of[i] = distinct.Count;
                distinct.Add(scattering[i]);
            }
        }

        return ([.. distinct.Select(one => one.Factor)], [.. distinct.Select(one => one.Anomalous)], of);
    }

    /// <summary>Families in the order of their lines, the first family of each line (and the end), and the parts of the lines' 1/d².</summary>
    private static (ReflectionFamily[] Families, int[] First, double[][] Parts) Grouped(CrystalStructure structure, CellAxes axes, double smallestSpacingAngstrom)
    {
        double[] edges = axes.StartAngstrom, byEdge = new double[edges.Length];
        List<(double InverseSquare, double[] ByEdge, double[] Parts, List<ReflectionFamily> Families)> lines = [];
        foreach (ReflectionFamily family in Reflections.Families(structure.Cell, structure.Symmetry, smallestSpacingAngstrom))
        {
            double[] parts = axes.PartsOf(family.H, family.K, family.L);
            double inverse = axes.InverseSquare(parts, edges, byEdge);
            int at = lines.FindLastIndex(line => Same(line.InverseSquare, inverse, inverse) && line.ByEdge.Zip(byEdge).All(pair => Same(pair.First, pair.Second, inverse)));
            if (at >= 0)
            {
                lines[at].Families.Add(family);
            }
            else
            {
                lines.Add((inverse, [.. byEdge], parts, [family]));
            }
        }

        int[] first = new int[lines.Count + 1];
        for (int line = 0; line < lines.Count; line++)
        {
            first[line + 1] = first[line] + lines[line].Families.Count;
        }

        return ([.. lines.SelectMany(line => line.Families)], first, [.. lines.Select(line => line.Parts)]);
    }

    private static bool Same(double first, double second, double scale) => Math.Abs(first - second) <= 1e-9 * scale;
}
