namespace ImageAnalysis.Core;

/// <summary>The positions that symmetry makes of one, with those merged that lie on a special position.</summary>
internal static class SiteOrbit
{
    public static FractionalPosition[] Of(FractionalPosition position, UnitCell cell, SymmetryGroup symmetry)
    {
        FractionalPosition own = OnSpecialPosition(position, cell, symmetry, out int same);
        if (same == 1)
        {
            // A general position: two images that met would make an operation that leaves the position where it is.
            return [.. symmetry.Operations.Select(operation => operation.Apply(own).Wrapped())];
        }

        List<FractionalPosition> orbit = [own.Wrapped()];
        foreach (SymmetryOperation operation in symmetry.Operations)
        {
            FractionalPosition image = operation.Apply(own).Wrapped();
            if (!orbit.Exists(other => cell.CloseDistanceAngstrom(other, image) < CrystalStructure.MergeToleranceAngstrom))
            {
                orbit.Add(image);
            }
        }

        return [.. orbit];
    }

    // The mean of the images that fall onto the position itself: where it lies near a special position, that special position. Counts them.
    // Else 0.333 instead of 1/3 would put the images of one atom some thousandths of an Å apart and the centre of symmetry out of place.
    private static FractionalPosition OnSpecialPosition(FractionalPosition position, UnitCell cell, SymmetryGroup symmetry, out int count)
    {
        count = 0;
        double x = 0, y = 0, z = 0;
        foreach (SymmetryOperation operation in symmetry.Operations)
        {
            FractionalPosition image = operation.Apply(position);
            if (cell.CloseDistanceAngstrom(position, image) < CrystalStructure.MergeToleranceAngstrom)
            {
                double dx = image.XFraction - position.XFraction, dy = image.YFraction - position.YFraction, dz = image.ZFraction - position.ZFraction;
                x += dx - Math.Round(dx);
                y += dy - Math.Round(dy);
                z += dz - Math.Round(dz);
                count++;
            }
        }

        FractionalPosition special = new(position.XFraction + (x / count), position.YFraction + (y / count), position.ZFraction + (z / count));
        return cell.DistanceAngstrom(position, special) < 1e-9 ? position : special;
    }
}
