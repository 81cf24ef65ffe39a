namespace ImageAnalysis.Core;

/// <summary>Where each parameter of the powder model stands in the list of parameters.</summary>
/// <remarks>All parameters are always there; the ones that a fit does not refine are held by equal bounds.</remarks>
internal sealed class PowderLayout
{
    public PowderLayout(int edges, int sites, int displacements, int backgroundTerms, int freeLines)
    {
        (Edges, Sites, Displacements, BackgroundTerms, FreeLines) = (edges, sites, displacements, backgroundTerms, freeLines);
        Edge = 1;
        Zero = Edge + edges;
        Occupancy = Zero + 6;
        Displacement = Occupancy + sites;
        Holder = Displacement + displacements;
        Background = Holder + 9;
        Line = Background + backgroundTerms;
        Centre = Line + freeLines;
        Count = freeLines > 0 ? Centre + 1 : Centre;
    }

    public int Edges { get; }

    public int Sites { get; }

    public int Displacements { get; }

    public int BackgroundTerms { get; }

    /// <summary>Lines whose strengths are parameters; 0 where they follow from the structure.</summary>
    public int FreeLines { get; }

    /// <summary>Factor on all lines.</summary>
    public const int Scale = 0;

    /// <summary>First edge of the cell, Å.</summary>
    public int Edge { get; }

    /// <summary>Shift of the scale of 2θ, degrees.</summary>
    public int Zero { get; }

    /// <summary>Displacement of the sample, mm.</summary>
    public int Offset => Zero + 1;

    /// <summary>1/size, Å⁻¹.</summary>
    public int InverseSize => Zero + 2;

    /// <summary>Microstrain, a fraction.</summary>
    public int Strain => Zero + 3;

    /// <summary>η of the pseudo-Voigt, or the relative spread of the diameters of spheres.</summary>
    public int Shape => Zero + 4;

    /// <summary>Diffuse scattering of spheres: over that of independent atoms, or with free strengths of lines in counts at the primary beam.</summary>
    public int Diffuse => Zero + 5;

    /// <summary>First occupancy.</summary>
    public int Occupancy { get; }

    /// <summary>First displacement parameter B, Å².</summary>
    public int Displacement { get; }

    /// <summary>Height (counts), place and width (degrees) of the holder's peak.</summary>
    public int Holder { get; }

    /// <summary>Height (counts), place and width (degrees) of the amorphous halo.</summary>
    public int Halo => Holder + 6;

    /// <summary>Height (counts), place and width (degrees) of the line ½½½ of vacancy order.</summary>
    public int HalfOrder => Holder + 3;

    /// <summary>First coefficient of the background, counts.</summary>
    public int Background { get; }

    /// <summary>First free strength of a line.</summary>
    public int Line { get; }

    /// <summary>Strength of the scattering around the primary beam, where the strengths of lines are free; only small particles show it.</summary>
    public int Centre { get; }

    /// <summary>Number of parameters.</summary>
    public int Count { get; }
}
