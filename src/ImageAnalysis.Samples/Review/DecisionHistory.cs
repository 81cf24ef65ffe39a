namespace ImageAnalysis.Samples;

/// <summary>Decisions in the order in which they were made, with what was taken back taken back.</summary>
public static class DecisionHistory
{
    /// <summary>
    /// The order in which decisions were made. Those of different machines are put in order by their clocks, so that it does not matter which file was imported first.
    /// </summary>
    public static IReadOnlyList<Decision> Ordered(IEnumerable<Decision> decisions) => [.. decisions.OrderBy(decision => decision.AtUtc).ThenBy(decision => decision.Id, StringComparer.Ordinal)];

    /// <summary>The decisions that hold, in their order: those that were not taken back, or hold again.</summary>
    public static IReadOnlyList<Decision> Holding(IReadOnlyList<Decision> ordered)
    {
        HashSet<string> undone = [];
        foreach (Decision decision in ordered)
        {
            if (decision.Action == ReviewAction.Undo)
            {
                undone.Add(decision.Target!);
            }
            else if (decision.Action == ReviewAction.Redo)
            {
                undone.Remove(decision.Target!);
            }
        }

        return [.. ordered.Where(decision => decision.Action is not (ReviewAction.Undo or ReviewAction.Redo) && !undone.Contains(decision.Id))];
    }

    /// <summary>What a reviewer would take back next, and what would hold again next.</summary>
    public static (Decision? Undo, Decision? Redo) Steps(IReadOnlyList<Decision> ordered, string reviewer)
    {
        List<Decision> done = [], undone = [];
        foreach (Decision decision in ordered.Where(decision => decision.Reviewer == reviewer))
        {
            if (decision.Action == ReviewAction.Undo)
            {
                Move(done, undone, decision.Target!);
            }
            else if (decision.Action == ReviewAction.Redo)
            {
                Move(undone, done, decision.Target!);
            }
            else
            {
                done.Add(decision);
                undone.Clear();
            }
        }

        return (done.LastOrDefault(), undone.LastOrDefault());
    }

    private static void Move(List<Decision> from, List<Decision> to, string id)
    {
        int at = from.FindLastIndex(decision => decision.Id == id);
        if (at >= 0)
        {
            to.Add(from[at]);
            from.RemoveAt(at);
        }
    }
}
