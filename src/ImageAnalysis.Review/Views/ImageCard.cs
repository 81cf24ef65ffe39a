using System.Globalization;
using System.Text;
using System.Text.Json;
using ImageAnalysis.Imaging;
using ImageAnalysis.Samples;

namespace ImageAnalysis.Review;

/// <summary>An image with all its particles, one of them chosen.</summary>
internal sealed record ImageCard
{
    public required FileResult File { get; init; }

    public required int ImageNumber { get; init; }

    public required ReviewItem? Chosen { get; init; }

    public required ReviewState State { get; init; }

    public required ReviewerName Who { get; init; }

    public required QueueFilter Filter { get; init; }

    public required bool Settles { get; init; }

    public required ReviewItem? Before { get; init; }

    public required ReviewItem? After { get; init; }

    public required int Left { get; init; }

    public required bool IsThere { get; init; }

    public required IReadOnlyList<ReviewItem> Items { get; init; }

    /// <summary>Outlines and states for the page's script, as JSON.</summary>
    public required string ItemsJson { get; init; }

    public required int Counted { get; init; }

    public static ImageCard Of(ReviewDesk desk, FileResult file, ReviewItem? chosen, QueueFilter filter, ReviewerName who, bool settles)
    {
        Snapshot now = desk.Now;
        ReviewItem[] items = [.. now.OfFile(file).Where(item => !now.Book.Replaced.Contains(item.Id) || item.Id == chosen?.Id)];
        (ReviewItem? before, ReviewItem? after) = chosen is null ? (null, desk.Queue(filter, who) is [ReviewItem first, ..] ? first : null) : desk.Around(chosen, filter, who);
        return new ImageCard
        {
            File = file,
            ImageNumber = desk.NumberOf(file),
            Chosen = chosen,
            State = chosen is null ? ReviewState.None : now.Book.StateOf(chosen),
            Who = who,
            Filter = filter,
            Settles = settles,
            Before = before,
            After = after,
            Left = desk.Queue(filter, who).Count,
            IsThere = desk.Results.Image(file) is not null,
            Items = items,
            ItemsJson = Json(items, now.Book, who),
            Counted = items.Count(item => item.Size is not null && QueueFilter.VerdictOf(item, now.Book.StateOf(item)) == "counted"),
        };
    }

    /// <summary>How a particle is drawn: for a blind reviewer, without what anybody else says of it.</summary>
    private static string StateOf(ReviewItem item, ReviewBook book, ReviewerName who)
    {
        ReviewState state = book.StateOf(item);
        if (who.Blind)
        {
            return state.Judgements.ContainsKey(who.Name) ? "decided" : "open";
        }

        string said = QueueFilter.VerdictOf(item, state);
        return book.Replaced.Contains(item.Id) ? "replaced" : item.Crystal is not null ? said : state.IsExcluded ? "deleted" : item.Size!.TouchesBorder ? "border"
            : said != "counted" ? "left-out" : item.MadeBy is not null ? "made" : state.Effective is not null ? "accepted" : item.DoubtScore >= QueueFilter.FlaggedScore ? "flagged" : "counted";
    }

    private static string Json(IReadOnlyList<ReviewItem> items, ReviewBook book, ReviewerName who)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartArray();
            foreach (ReviewItem item in items)
            {
                json.WriteStartObject();
                json.WriteString("id", item.Id);
                json.WriteString("name", item.Seen.ParticleId.ToString(CultureInfo.InvariantCulture));
                json.WriteString("state", StateOf(item, book, who));
                json.WriteStartArray("outline");
                foreach (PointPx point in item.Size?.OutlinePx ?? item.Crystal!.OutlinePx)
                {
                    json.WriteNumberValue(Math.Round(point.XPx, 2));
                    json.WriteNumberValue(Math.Round(point.YPx, 2));
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
