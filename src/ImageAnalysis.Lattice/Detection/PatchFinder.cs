namespace ImageAnalysis.Lattice;

/// <summary>Makes areas of fringes out of the bank's candidates, strongest first.</summary>
internal sealed class PatchFinder
{
    private const int MostPatches = 400;
    private const double StrongSnr = 20; // from here on a patch shows its own outline through the narrowest filter

    private readonly WorkImage _work;
    private readonly FringeSearchResult _search;
    private readonly GaborLevel[] _fine;
    private readonly double _lowest;
    private readonly TransferEstimate _transfer;

    private PatchFinder(WorkImage work, FringeSearchResult search, double lowest, TransferEstimate transfer)
    {
        _work = work;
        _transfer = transfer;
        _search = search;
        _lowest = lowest;
        _fine = [.. search.Levels.Select(level => new GaborLevel(work, level.SigmaNm, refine: 2))];
    }

    public static IReadOnlyList<FringePatch> Find(WorkImage work, FringeSearchResult search, double lowestPerNm, TransferEstimate transfer)
    {
        PatchFinder finder = new(work, search, lowestPerNm, transfer);
        List<FringePatch> patches = [];
        foreach (FringeCandidate candidate in search.Candidates)
        {
            if (patches.Count >= MostPatches)
            {
                break;
            }

            double sigma = search.Levels[candidate.Level].SigmaNm, resolution = search.Levels[candidate.Level].SigmaPerNm;
            double gx = candidate.U / work.FieldWidthNm, gy = candidate.V / work.FieldHeightNm;
            if (patches.Exists(patch => IsOf(patch, gx, gy, candidate.XNm, candidate.YNm, candidate.Snr, sigma, resolution)))
            {
                continue;
            }

            // The refined patch may turn out to be one that is known: fringes are found by several filters.
            FringePatch? made = finder.Make(candidate);
            if (made is not null && !patches.Exists(patch => IsOf(patch, made.Gx, made.Gy, made.XNm, made.YNm, made.PeakSnr, sigma, resolution)))
            {
                patches.Add(made);
            }
        }

        return patches;
    }

    /// <summary>Whether power at a place comes from a patch's own fringes, through the filter's width and the tails of the patch's spectrum.</summary>
    private static bool IsOf(FringePatch patch, double gx, double gy, double x, double y, double snr, double sigmaNm, double sigmaPerNm)
    {
        double plus = Distance(gx - patch.Gx, gy - patch.Gy), minus = Distance(gx + patch.Gx, gy + patch.Gy), apart = Math.Min(plus, minus);

        // Spectrum of the patch (a disc of its area) seen through the filter.
        double own = Math.Sqrt((2 * sigmaPerNm * sigmaPerNm) + (0.08 / patch.AreaNm2));
        double leak = patch.PeakSnr * (Math.Exp(-0.5 * apart * apart / (own * own)) + (0.004 / (1 + Math.Pow(apart / (2 * own), 4))));
        bool near = apart < 1.6 * own && snr < 3 * patch.PeakSnr;
        return (near || snr < 3 * leak) && patch.Mask.Holds(x, y, 1.5 * sigmaNm);
    }

    private FringePatch? Make(FringeCandidate candidate)
    {
        int level = candidate.Level;
        GaborLevel bank = _fine[level];
        double x = candidate.XNm, y = candidate.YNm, gx = candidate.U / _work.FieldWidthNm, gy = candidate.V / _work.FieldHeightNm;
        double power = 0;
        for (int turn = 0; turn < 2; turn++)
        {
            (int u, int v) = bank.BinOf(gx, gy);
            bank.Filter(u, v);
            (int i, int j) = Climb(bank, x, y);
            x = i * bank.StepXNm;
            y = j * bank.StepYNm;
            (double dx, double dy) = PhaseSlope(bank, i, j);

            // A step of more than the filter's width is another spot's doing.
            double most = bank.SigmaPerNm;
            gx = (u / _work.FieldWidthNm) + Math.Clamp(dx, -most, most);
            gy = (v / _work.FieldHeightNm) + Math.Clamp(dy, -most, most);
            power = Power(bank, i, j);
        }

        double g = Distance(gx, gy);
        if (g < 0.9 * _lowest || g > _work.HighestPerNm)
        {
            return null;
        }

        double snr = power / Expected(level, gx, gy);
        int outline = level;
        for (int narrower = 0; narrower < level; narrower++)
        {
            (int u, int v) = _fine[narrower].BinOf(gx, gy);
            _fine[narrower].Filter(u, v);
            (int i, int j) = Climb(_fine[narrower], x, y);
            if (Power(_fine[narrower], i, j) / Expected(narrower, gx, gy) >= StrongSnr)
            {
                outline = narrower;
                break;
            }
        }

        return Outline(outline, level, gx, gy, x, y, snr);
    }

    private double Expected(int level, double gx, double gy) =>
        _search.Supports[level].DensityAt(gx, gy) * Math.PI * _fine[level].SigmaPerNm * _fine[level].SigmaPerNm;

    private FringePatch Outline(int level, int foundAt, double gx, double gy, double x, double y, double snr)
    {
        GaborLevel bank = _fine[level];
        (int u, int v) = bank.BinOf(gx, gy);
        bank.Filter(u, v);
        (int peakX, int peakY) = Climb(bank, x, y);
        double peak = Power(bank, peakX, peakY), noise = Expected(level, gx, gy);

        // Half the greatest amplitude above the noise's own; in weak patches the noise decides.
        double least = Math.Max(0.25 * peak, Math.Min(4 * noise, 0.6 * peak));
        int width = bank.GridWidth, height = bank.GridHeight;
        bool[] cells = new bool[width * height];
        Stack<(int X, int Y)> open = new();
        open.Push((peakX, peakY));
        cells[(peakY * width) + peakX] = true;
        double sum = 0, sumX = 0, sumY = 0;
        int count = 0, left = peakX, right = peakX, top = peakY, bottom = peakY;
        while (open.TryPop(out (int X, int Y) at))
        {
            double weight = Math.Sqrt(Power(bank, at.X, at.Y));
            sum += weight;
            sumX += weight * at.X;
            sumY += weight * at.Y;
            count++;
            (left, right, top, bottom) = (Math.Min(left, at.X), Math.Max(right, at.X), Math.Min(top, at.Y), Math.Max(bottom, at.Y));
            foreach ((int dx, int dy) in (ReadOnlySpan<(int, int)>)[(1, 0), (-1, 0), (0, 1), (0, -1)])
            {
                int xx = at.X + dx, yy = at.Y + dy;
                if (xx >= 0 && yy >= 0 && xx < width && yy < height && !cells[(yy * width) + xx] && Power(bank, xx, yy) >= least)
                {
                    cells[(yy * width) + xx] = true;
                    open.Push((xx, yy));
                }
            }
        }

        double area = count * bank.StepXNm * bank.StepYNm;
        return new FringePatch
        {
            Gx = gx,
            Gy = gy,
            PeakSnr = snr,
            Level = foundAt,
            OutlineSigmaNm = bank.SigmaNm,
            XNm = sumX / sum * bank.StepXNm,
            YNm = sumY / sum * bank.StepYNm,
            AreaNm2 = area,
            LeftNm = ((left - 0.5) * bank.StepXNm),
            RightNm = ((right + 0.5) * bank.StepXNm),
            TopNm = ((top - 0.5) * bank.StepYNm),
            BottomNm = ((bottom + 0.5) * bank.StepYNm),
            Displacement = FringeDisplacement.Of(_transfer, gx, gy),
            Mask = new PatchMask(width, height, bank.StepXNm, bank.StepYNm, cells),
        };
    }

    private static (int X, int Y) Climb(GaborLevel bank, double xNm, double yNm)
    {
        int x = Math.Clamp((int)Math.Round(xNm / bank.StepXNm), 0, bank.GridWidth - 1), y = Math.Clamp((int)Math.Round(yNm / bank.StepYNm), 0, bank.GridHeight - 1);
        double best = Power(bank, x, y);
        for (int step = 0; step < 6; step++)
        {
            (int bestX, int bestY) = (x, y);
            for (int dy = -1; dy <= 1; dy++)
            {
                for (int dx = -1; dx <= 1; dx++)
                {
                    int xx = x + dx, yy = y + dy;
                    if (xx >= 0 && yy >= 0 && xx < bank.GridWidth && yy < bank.GridHeight && Power(bank, xx, yy) > best)
                    {
                        best = Power(bank, xx, yy);
                        (bestX, bestY) = (xx, yy);
                    }
                }
            }

            if (bestX == x && bestY == y)
            {
                break;
            }

            (x, y) = (bestX, bestY);
        }

        return (x, y);
    }

    // ∂(phase)/2π from neighbours, weighted with the power.
    private static (double Dx, double Dy) PhaseSlope(GaborLevel bank, int x, int y)
    {
        double dx = 0, dy = 0, slopeX = 0, slopeY = 0;
        for (int j = -2; j <= 2; j++)
        {
            for (int i = -2; i <= 2; i++)
            {
                int xx = x + i, yy = y + j;
                if (xx < 0 || yy < 0 || xx + 1 >= bank.GridWidth || yy + 1 >= bank.GridHeight)
                {
                    continue;
                }

                Turn(bank, xx, yy, xx + 1, yy, ref dx, ref slopeX);
                Turn(bank, xx, yy, xx, yy + 1, ref dy, ref slopeY);
            }
        }

        return (Math.Atan2(slopeX, dx) / (2 * Math.PI * bank.StepXNm), Math.Atan2(slopeY, dy) / (2 * Math.PI * bank.StepYNm));
    }

    private static void Turn(GaborLevel bank, int x0, int y0, int x1, int y1, ref double re, ref double im)
    {
        int a = (y0 * bank.Answer.Stride) + x0, b = (y1 * bank.Answer.Stride) + x1;
        float ar = bank.Answer.Re[a], ai = bank.Answer.Im[a], br = bank.Answer.Re[b], bi = bank.Answer.Im[b];
        re += (ar * br) + (ai * bi);
        im += (ar * bi) - (ai * br);
    }

    private static double Power(GaborLevel bank, int x, int y)
    {
        int at = (y * bank.Answer.Stride) + x;
        float re = bank.Answer.Re[at], im = bank.Answer.Im[at];
        return (re * re) + (im * im);
    }

    private static double Distance(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
