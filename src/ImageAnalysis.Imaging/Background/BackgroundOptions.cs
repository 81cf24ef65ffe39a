namespace ImageAnalysis.Imaging;

/// <summary>The form of a background.</summary>
public enum BackgroundForm
{
    /// <summary>Free: one value per cell of a coarse grid, smooth in between.</summary>
    Grid,

    /// <summary>A polynomial in x and y over the whole image.</summary>
    Polynomial,
}

/// <summary>Settings of <see cref="BackgroundEstimator"/>.</summary>
public sealed record BackgroundOptions
{
    /// <summary>Form of the background; default a grid. A polynomial is stiffer and needs less empty area.</summary>
    public BackgroundForm Form { get; init; } = BackgroundForm.Grid;

    /// <summary>Side of a grid cell in px; 8 … 4096, default 64. Raised, the background is smoother and large particles disturb it less; lowered, it follows finer structure of the support.</summary>
    public int GridStepPx { get; init; } = 64;

    /// <summary>
    /// Quantile of a cell's pixels that the search for the background level starts from; above 0, at most 0.5, default 0.3. It must lie among the background's pixels: lowered, cells may be
    /// covered more densely by particles; raised, dark spots matter less.
    /// </summary>
    public double QuantileFraction { get; init; } = 0.3;

    /// <summary>Pixels this many s.d. above the background level of their cell are left out of it; 1.5 … 10, default 2.5. Raised, faint particles enter; lowered, fewer pixels remain.</summary>
    public double ClipRatio { get; init; } = 2.5;

    /// <summary>Order of the polynomial in x and y together; 0 … 3, default 2. Higher orders follow more and are less certain near the edges.</summary>
    public int PolynomialOrder { get; init; } = 2;

    /// <summary>Checks every value against its limits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits.</exception>
    public void Validate()
    {
        if (Form is not (BackgroundForm.Grid or BackgroundForm.Polynomial))
        {
            throw new ArgumentOutOfRangeException(nameof(Form), Form, "Expected Grid or Polynomial.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(GridStepPx, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(GridStepPx, 4096);
        Guard.Within(QuantileFraction, 0.001, 0.5);
        Guard.Within(ClipRatio, 1.5, 10);
        ArgumentOutOfRangeException.ThrowIfNegative(PolynomialOrder);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PolynomialOrder, 3);
    }
}
