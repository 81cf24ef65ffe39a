using ImageAnalysis.Imaging;
using ImageAnalysis.Lattice;
using ImageAnalysis.Report;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Review;

/// <summary>All evidence about one crystal on one screen.</summary>
internal sealed record CrystalCard
{
    public required ReviewItem Item { get; init; }

    public required ReviewState State { get; init; }

    public required ReviewerName Who { get; init; }

    public required QueueFilter Filter { get; init; }

    /// <summary>True where the decision settles a difference between reviewers.</summary>
    public required bool Settles { get; init; }

    /// <summary>The crystal as it is shown: as found, or as redrawn.</summary>
    public required CrystalMeasurement Crystal { get; init; }

    public required int ImageNumber { get; init; }

    public required Micrograph? Image { get; init; }

    public required ReviewItem? Before { get; init; }

    public required ReviewItem? After { get; init; }

    public required int Left { get; init; }

    public required IReadOnlyList<Mark> Marks { get; init; }

    /// <summary>Cycles a unit at the middle of the spectrum's edges; <c>null</c> where the image is gone.</summary>
    public required double? HighestFrequency { get; init; }

    public required string Unit { get; init; }

    public required ReferenceCrystal Reference { get; init; }

    public FringeMeasurement? Fringe => Crystal.Carrier ?? (Crystal.Fringes.Count > 0 ? Crystal.Fringes[0] : null);

    /// <summary>Address of a picture: one that a browser keeps is never that of another result.</summary>
    public string Picture(string kind) =>
        $"/{kind}/{Item.Id}?v={Item.Seen.ResultId[..8]}{(Who.Blind ? "b" : string.Empty)}{(State.Redrawn is null ? string.Empty : "&region=drawn&d=" + Uri.EscapeDataString(State.Redrawn.Id))}";

    public static CrystalCard Of(ReviewDesk desk, ReviewItem item, QueueFilter filter, ReviewerName who, bool settles)
    {
        ReviewState state = desk.Now.Book.StateOf(item);
        CrystalMeasurement crystal = state.Redrawn?.Crystal ?? item.Crystal!;
        (ReviewItem? before, ReviewItem? after) = desk.Around(item, filter, who);
        (FrequencyScale Scale, double Highest)? shown = desk.Pictures.SpectrumScale(item with { Crystal = crystal });
        return new CrystalCard
        {
            Item = item,
            State = state,
            Who = who,
            Filter = filter,
            Settles = settles,
            Crystal = crystal,
            ImageNumber = desk.NumberOf(item.File),
            Image = desk.Results.Image(item.File),
            Before = before,
            After = after,
            Left = desk.Queue(filter, who).Count,
            Marks = shown is null ? [] : [.. Mark.Of(crystal, shown.Value.Scale, shown.Value.Highest, desk.Results.Options.Fringes.Reference, who.Blind)],
            HighestFrequency = shown?.Highest,
            Unit = shown?.Scale.Unit ?? "px",
            Reference = desk.Results.Options.Fringes.Reference,
        };
    }

    /// <summary>A mark on the spectrum, whose sides are 0…100.</summary>
    internal sealed record Mark(string Kind, double X, double Y, double R, string Text)
    {
        public static IEnumerable<Mark> Of(CrystalMeasurement crystal, FrequencyScale scale, double highest, ReferenceCrystal reference, bool blind)
        {
            Mark At(string kind, ReciprocalVector g, int sign, string text)
            {
                (double x, double y) = scale.Of(g);
                return new Mark(kind, 50 + (sign * 50 * x / highest), 50 + (sign * 50 * y / highest), 1.9, text);
            }

            if (scale.ReferenceSpacing(reference) is double d)
            {
                foreach (double ring in new[] { d, reference.PeriodCount * d })
                {
                    yield return new Mark("ring", 50, 50, 50 / ring / highest, FormattableString.Invariant($"{ring:0.000} nm"));
                }
            }

            foreach (FringeMeasurement fringe in crystal.Fringes)
            {
                bool isCarrier = ReferenceEquals(fringe, crystal.Carrier);
                foreach (int sign in new[] { 1, -1 })
                {
                    yield return At(isCarrier ? "carrier" : "fringe", fringe.PeakG, sign, sign > 0 ? fringe.Hkl ?? string.Empty : string.Empty);
                    foreach (ReciprocalVector place in fringe.Superlattice?.TestedPlaces ?? [])
                    {
                        yield return At(fringe.Superlattice!.Called && !blind ? "called" : "tested", place, sign, string.Empty);
                    }
                }

                foreach (ReciprocalVector control in isCarrier ? fringe.Superlattice?.Controls ?? [] : [])
                {
                    yield return At("control", control, 1, string.Empty);
                }
            }
        }
    }
}
