using ImageAnalysis.Core;

namespace ImageAnalysis.Samples;

/// <summary>A pattern that was fitted with one or more structures.</summary>
/// <param name="Pattern">The pattern.</param>
/// <param name="Models">The structures with their fits, the one with the lowest information criterion first; at least one.</param>
public sealed record PatternFit(PatternFile Pattern, IReadOnlyList<ModelFit> Models)
{
    /// <summary>The structure that describes the pattern best.</summary>
    public ModelFit Best => Models[0];

    /// <summary>Fits structures to a pattern and compares them by the Bayesian information criterion.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="models">The structures; at least one.</param>
    /// <param name="options">How to fit.</param>
    /// <returns>The fits.</returns>
    /// <exception cref="BadFileException">The pattern cannot be fitted: a wavelength that is none of a laboratory anode, too few points, no line of the structure in its range.</exception>
    /// <exception cref="InputException">What was asked for does not go with the structure, such as a total that its sites cannot hold.</exception>
    public static PatternFit Of(PatternFile pattern, IReadOnlyList<CrystalModel> models, PowderFitOptions options)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentOutOfRangeException.ThrowIfZero(models.Count, nameof(models));
        ModelFit[] fits = [.. models.Select(model => new ModelFit(model, One(pattern, model, options)))];
        return new(pattern, [.. fits.OrderBy(fit => fit.Fit.Best.Bic)]);
    }

    /// <summary>What the fit was made from, for its file.</summary>
    /// <param name="expected">Sizes of the microscope to go with it; <c>null</c> for none.</param>
    /// <returns>Pattern, models and sizes.</returns>
    public FitInput Input(ExpectedSize? expected) => new(Pattern.Sha256)
    {
        Pattern = Path.GetFileName(Pattern.Path),
        IsSimulated = Pattern.Pattern.IsSimulated,
        Model = Best.Model.Name,
        OtherModels = [.. Models.Skip(1).Select(other => new OtherModel(other.Model.Name, other.Fit))],
        ExpectedSizeAngstrom = expected?.ScherrerSizeAngstrom,
    };

    private static PowderFit One(PatternFile pattern, CrystalModel model, PowderFitOptions options)
    {
        try
        {
            return PowderFitter.Fit(pattern.Pattern, model.Structure, options);
        }
        catch (ArgumentException e) when (e.ParamName is "pattern" or "structure")
        {
            throw new BadFileException($"{pattern.Path}: {Plain(e)}", e);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"{model.Name}: {Plain(e)}", e);
        }
    }

    /// <summary>The message without the name of the parameter that .NET adds.</summary>
    private static string Plain(ArgumentException e)
    {
        int end = e.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }
}

/// <summary>One structure fitted to a pattern.</summary>
/// <param name="Model">The structure.</param>
/// <param name="Fit">The fit.</param>
public sealed record ModelFit(CrystalModel Model, PowderFit Fit);
