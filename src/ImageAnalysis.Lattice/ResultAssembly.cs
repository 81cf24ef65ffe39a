using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice;

/// <summary>Turns drafts and findings into results: units, verdict, flags.</summary>
internal sealed class ResultAssembly(Micrograph micrograph, Frame frame, ReflectionTable table, FringeOptions options, ScaleEstimate scale, TransferEstimate transfer)
{
    public CrystalMeasurement Crystal(CrystalDraft draft, CrystalFinding finding)
    {
        double pw = frame.PixelWidthNm, ph = frame.PixelHeightNm;
        Dictionary<FringeDraft, FringeMeasurement> made = [];
        foreach (FringeDraft fringe in draft.Spots.Concat(finding.Tested.Where(tested => !draft.Spots.Contains(tested))))
        {
            made[fringe] = Fringe(draft, finding, fringe);
        }

        (Verdict verdict, string reason, FringeDraft? carrier) = VerdictRules.Decide(draft, finding, options, frame.IsCalibrated);
        double? period = verdict == Verdict.Superstructure && carrier is not null
            ? (finding.PValue < options.ParticleFalseAlarmProbability ? table.Period : carrier.OtherPeriod!.Value.Period) / carrier.Spot.OwnFrequencyPerNm
            : null;
        CrystalSeed seed = draft.Seed;
        return new CrystalMeasurement
        {
            ParticleId = 0,
            XPx = seed.XNm / pw,
            YPx = seed.YNm / ph,
            X0Px = Math.Clamp((int)Math.Floor((seed.XNm - (0.5 * seed.WidthNm)) / pw), 0, micrograph.Pixels.WidthPx - 1),
            Y0Px = Math.Clamp((int)Math.Floor((seed.YNm - (0.5 * seed.HeightNm)) / ph), 0, micrograph.Pixels.HeightPx - 1),
            X1Px = Math.Clamp((int)Math.Ceiling((seed.XNm + (0.5 * seed.WidthNm)) / pw), 1, micrograph.Pixels.WidthPx),
            Y1Px = Math.Clamp((int)Math.Ceiling((seed.YNm + (0.5 * seed.HeightNm)) / ph), 1, micrograph.Pixels.HeightPx),
            DiameterPx = seed.OwnDiameterNm / pw,
            DiameterNm = frame.IsCalibrated ? seed.OwnDiameterNm : null,
            OutlinePx = Outline(seed),
            WindowWidthPx = draft.Window.WidthNm / pw,
            WindowHeightPx = draft.Window.HeightNm / ph,
            Fringes = [.. made.Values.OrderByDescending(static fringe => fringe.FringeSnr)],
            Carrier = carrier is null ? null : made[carrier],
            SuperlatticePeriodPx = period / pw,
            SuperlatticePeriodNm = frame.IsCalibrated ? period : null,
            CrystalPValue = finding.Tested.Count == 0 ? null : finding.PValue >= options.ParticleFalseAlarmProbability && finding.OtherPeriod?.OtherPeriod is { } other ? Math.Min(1, other.Test.PValue * finding.Tested.Count) : finding.PValue,
            DetectionProbability = finding.DetectionProbability,
            Verdict = verdict,
            Reason = reason,
            Flags = CrystalFlags.Of(draft, finding, verdict, carrier, options, table, frame, scale, Touches(seed)),
        };
    }

    public FringeAnalysis Image(List<CrystalMeasurement> crystals, int layers, SupportCurve support, double lowest, double highest)
    {
        crystals.Sort(static (a, b) => a.YPx != b.YPx ? a.YPx.CompareTo(b.YPx) : a.XPx.CompareTo(b.XPx));
        for (int i = 0; i < crystals.Count; i++)
        {
            crystals[i] = crystals[i] with { ParticleId = i + 1 };
        }

        List<SupportPower> curve = [];
        for (double g = lowest; g <= highest; g += 0.05)
        {
            curve.Add(new SupportPower(g * frame.PixelWidthNm, frame.IsCalibrated ? g : null, support.DensityAt(g * Math.Sqrt(0.5), g * Math.Sqrt(0.5))));
        }

        int testable = crystals.Count(static crystal => crystal.CrystalPValue is not null && crystal.Verdict != Verdict.Superstructure);
        return new FringeAnalysis
        {
            Crystals = crystals,
            Support = curve,
            Transfer = transfer,
            ExpectedFalseCallsRatio = testable * (options.ParticleFalseAlarmProbability + options.FreePeriodFalseAlarmProbability),
            Flags = CrystalFlags.OfImage(frame, scale, layers),
        };
    }

    private FringeMeasurement Fringe(CrystalDraft draft, CrystalFinding finding, FringeDraft fringe)
    {
        WindowSpot spot = fringe.Spot;
        double spacing = 1 / spot.OwnFrequencyPerNm, sigma = spot.AlongSigma * spacing * spacing;
        double angle = Math.Atan2(-spot.OwnGy, spot.OwnGx) * 180 / Math.PI;
        angle = angle < 0 ? angle + 180 : angle;
        return new FringeMeasurement
        {
            Hkl = fringe.Hkl,
            IsTestedFamily = finding.Tested.Contains(fringe),
            IsSuperlattice = fringe.Reference is { } reference && table.Kinds[reference.Kind].IsSuperlattice,
            G = Vector(spot.OwnGx, spot.OwnGy, Projected(spot, spot.Gx, spot.Gy, spot.SigmaX), Projected(spot, spot.Gy, spot.Gx, spot.SigmaY)),
            PeakG = Vector(spot.Gx, spot.Gy, spot.SigmaX, spot.SigmaY),
            SpacingPx = spacing / frame.PixelWidthNm,
            SpacingSigmaPx = sigma / frame.PixelWidthNm,
            SpacingNm = frame.IsCalibrated ? spacing : null,
            SpacingSigmaNm = frame.IsCalibrated ? sigma : null,
            NormalDeg = angle >= 180 ? angle - 180 : angle,
            NormalSigmaDeg = spot.AcrossSigma / spot.FrequencyPerNm * 180 / Math.PI,
            FringeSnr = spot.Snr,
            AmplitudeCounts = spot.Amplitude,
            Superlattice = fringe.Tests.Count == 0 ? null : Test(finding, fringe),
        };
    }

    private SuperlatticeTest Test(CrystalFinding finding, FringeDraft fringe)
    {
        bool isOther = fringe.OtherPeriod is not null && finding.OtherPeriod == fringe;
        PlaceTest first = isOther ? fringe.OtherPeriod!.Value.Test : fringe.Tests[0];
        int count = finding.Tested.Count;
        double level = (isOther ? options.FreePeriodFalseAlarmProbability : options.ParticleFalseAlarmProbability) / count;
        finding.Outlooks.TryGetValue(fringe, out DetectionOutlook? outlook);

        // The first order stands for the fringe, unless the call rests on another place and it says nothing by itself.
        FringeTest all = fringe.Test!;
        int strongest = isOther || first.PValue < level || all.PValue >= level ? 0 : all.Strongest;
        PlaceTest shown = isOther ? first : all.Places[strongest];
        return new SuperlatticeTest
        {
            PeriodRatio = isOther ? fringe.OtherPeriod!.Value.Period : table.Period,
            Place = Place(shown),
            TestedPlaces = [.. fringe.Tests.Select(Place)],
            Controls = [.. shown.Background.Controls.Select(control => Vector(control.Gx, control.Gy, 0, 0))],
            Snr = shown.Snr,
            LargestControlSnr = shown.Background.Controls.Count > 0 ? shown.Background.Controls.Max(static control => control.Snr) : null,
            PValue = isOther ? shown.PValue : all.PValue,
            LimitSnr = isOther ? shown.LimitAt(level) : all.LimitAt(level, strongest),
            ExpectedSnr = outlook is null ? null : isOther ? outlook.ExpectedSnr : all.Expected[strongest],
            DetectionProbability = outlook?.Probability,
            FringeTransferRatio = outlook?.FringeTransfer,
            ExpectedPlacesSnr = outlook is null || isOther ? null : all.Expected,
            TransferRatio = outlook is null ? null : transfer.TransferAt(shown.Gx, shown.Gy)?.AmplitudeFraction,
            Called = isOther || all.PValue * count < options.ParticleFalseAlarmProbability,
        };
    }

    private static double Projected(WindowSpot spot, double component, double other, double sigma) =>
        Math.Sqrt((sigma * sigma) + Math.Pow(component / spot.FrequencyPerNm * spot.Shift.AlongSigmaPerNm, 2) + Math.Pow(other / spot.FrequencyPerNm * spot.Shift.AcrossSigmaPerNm, 2));

    private ReciprocalVector Place(PlaceTest place) => Vector(place.Gx, place.Gy, 0, 0);

    private ReciprocalVector Vector(double gx, double gy, double sigmaX, double sigmaY) => new()
    {
        XPerPx = gx * frame.PixelWidthNm,
        YPerPx = gy * frame.PixelHeightNm,
        XSigmaPerPx = sigmaX * frame.PixelWidthNm,
        YSigmaPerPx = sigmaY * frame.PixelHeightNm,
        XPerNm = frame.IsCalibrated ? gx : null,
        YPerNm = frame.IsCalibrated ? gy : null,
    };

    private bool Touches(CrystalSeed seed)
    {
        double widthNm = micrograph.Pixels.WidthPx * frame.PixelWidthNm, heightNm = micrograph.Pixels.HeightPx * frame.PixelHeightNm;
        double halfWidth = 0.5 * seed.WidthNm, halfHeight = 0.5 * seed.HeightNm;
        return seed.XNm - halfWidth < 0.3 || seed.YNm - halfHeight < 0.3 || seed.XNm + halfWidth > widthNm - 0.3 || seed.YNm + halfHeight > heightNm - 0.3;
    }

    // Convex hull of the strongest fringes' area (Andrew's monotone chain).
    private List<PointPx> Outline(CrystalSeed seed)
    {
        List<PointPx> points = [];
        foreach (PatchMask mask in seed.Twin is { } twin ? (PatchMask[])[seed.Strongest.Mask, twin.Mask] : [seed.Strongest.Mask])
        {
            for (int y = 0; y < mask.Height; y++)
            {
                for (int x = 0; x < mask.Width; x++)
                {
                    if (mask.Cells[(y * mask.Width) + x])
                    {
                        points.Add(new PointPx(x * mask.StepXNm / frame.PixelWidthNm, y * mask.StepYNm / frame.PixelHeightNm));
                    }
                }
            }
        }

        points.Sort(static (a, b) => a.XPx != b.XPx ? a.XPx.CompareTo(b.XPx) : a.YPx.CompareTo(b.YPx));
        List<PointPx> hull = [];
        foreach (IEnumerable<PointPx> chain in (IEnumerable<PointPx>[])[points, points.AsEnumerable().Reverse()])
        {
            int start = hull.Count;
            foreach (PointPx point in chain)
            {
                while (hull.Count >= start + 2 && Turn(hull[^2], hull[^1], point) <= 0)
                {
                    hull.RemoveAt(hull.Count - 1);
                }

                hull.Add(point);
            }

            hull.RemoveAt(hull.Count - 1);
        }

        return hull;
    }

    private static double Turn(PointPx a, PointPx b, PointPx c) => ((b.XPx - a.XPx) * (c.YPx - a.YPx)) - ((b.YPx - a.YPx) * (c.XPx - a.XPx));
}
