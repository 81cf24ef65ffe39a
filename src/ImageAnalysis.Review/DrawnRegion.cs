using ImageAnalysis.Imaging;
using ImageAnalysis.Particles;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Review;

/// <summary>What a person draws, measured by the engine with the run's options, as a part of the decision.</summary>
internal static class DrawnRegion
{
    /// <summary>The box of what was drawn, for a particle that is added.</summary>
    /// <exception cref="InputException">Nothing was drawn, or it has no area.</exception>
    public static ParticleKey KeyOf(FileResult file, IReadOnlyList<PointPx> drawn)
    {
        if (drawn.Count < 2 || file.Sha256 is null || file.Role == FileRole.Pxrd)
        {
            throw new InputException("Nothing was drawn in an image.");
        }

        double x0 = drawn.Min(point => point.XPx), x1 = drawn.Max(point => point.XPx), y0 = drawn.Min(point => point.YPx), y1 = drawn.Max(point => point.YPx);
        return !(x1 > x0 && y1 > y0) ? throw new InputException("What was drawn has no area.") : new ParticleKey
        {
            Sha256 = file.Sha256,
            Frame = file.Frame,
            Stage = file.Role == FileRole.Haadf ? ReviewStage.Sizes : ReviewStage.Fringes,
            XPx = (x0 + x1) / 2,
            YPx = (y0 + y1) / 2,
            X0Px = x0,
            Y0Px = y0,
            X1Px = x1,
            Y1Px = y1,
        };
    }

    /// <summary>The decision with what the engine makes of it; unchanged where nothing was drawn or merged.</summary>
    /// <exception cref="InputException">The engine finds nothing there.</exception>
    public static Decision Measured(Decision decision, ReviewItem? item, FileResult file, IReadOnlyList<ReviewItem> others, ReviewedResults results)
    {
        IReadOnlyList<PointPx> drawn = decision.DrawnPx;
        Decision withOptions = decision with { OptionsHash = results.OptionsHashes.GetValueOrDefault(file.File) };
        switch (decision.Action)
        {
            case ReviewAction.Split when drawn.Count == 2:
                IReadOnlyList<IReadOnlyList<PointPx>> halves = OutlineCut.Halves(item!.Size!.OutlinePx, drawn[0], drawn[1])
                    ?? throw new InputException("The line does not cut the particle in two. Draw it from outside to outside, across the neck.");
                return withOptions with { Sizes = Numbered(results.MeasureSizes(file, halves, [item.Size.OutlinePx]), item) };

            case ReviewAction.Split:
                throw new InputException("A split needs a line: draw it across the neck.");

            case ReviewAction.Merge:
                ReviewItem[] merged = [.. others.Where(other => other.Id != item!.Id && other.Size is not null && other.File.File == file.File)];
                if (merged.Length == 0)
                {
                    throw new InputException("A merge needs a second particle of the same image: click it.");
                }

                PointPx[] whole = Polygons.ConvexHull([.. merged.Append(item!).SelectMany(one => one.Size!.OutlinePx)]);
                return withOptions with
                {
                    Others = [.. merged.Select(other => other.Key)],
                    Sizes = Numbered(results.MeasureSizes(file, [whole], [item!.Size!.OutlinePx, .. merged.Select(other => other.Size!.OutlinePx)]), item),
                };

            case ReviewAction.Add when file.Role == FileRole.Haadf:
                IReadOnlyList<SizeMeasurement> added = results.MeasureSizes(file, [drawn], []);
                return withOptions with { Sizes = added, Particle = ReviewItem.KeyOf(file, added[0]) };

            case ReviewAction.Add or ReviewAction.Redraw:
                ParticleKey box = KeyOf(file, drawn);
                Lattice.CrystalMeasurement crystal = results.MeasureCrystal(file, box);
                return withOptions with
                {
                    Crystal = crystal,
                    Particle = decision.Action == ReviewAction.Redraw ? decision.Particle : box with { XPx = crystal.XPx, YPx = crystal.YPx, X0Px = crystal.X0Px, Y0Px = crystal.Y0Px, X1Px = crystal.X1Px, Y1Px = crystal.Y1Px },
                };

            default:
                return drawn.Count == 0 ? decision : throw new InputException($"\"{decision.Action.Word()}\" needs no drawing.");
        }
    }

    /// <summary>Parts keep the number of what they stand for.</summary>
    private static IReadOnlyList<SizeMeasurement> Numbered(IReadOnlyList<SizeMeasurement> sizes, ReviewItem item) => [.. sizes.Select(size => size with { ParticleId = item.Seen.ParticleId })];
}
