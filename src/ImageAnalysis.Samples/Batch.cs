using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace ImageAnalysis.Samples;

/// <summary>The one place where work runs in parallel: across files.</summary>
internal static class Batch
{
    /// <summary>Does the work for every item, several at a time, begun in the given order.</summary>
    /// <returns>True when all were done; false when it was cancelled. Work that has begun is always finished.</returns>
    public static bool ForEach<T>(IReadOnlyList<T> items, int jobs, Action<T> work, CancellationToken cancel)
    {
        ParallelOptions options = new() { MaxDegreeOfParallelism = jobs, CancellationToken = cancel };
        try
        {
            Parallel.ForEach(Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering), options, work);
            return true;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return false;
        }
        catch (AggregateException e) when (e.InnerExceptions.Count > 0)
        {
            // Work on a file never fails (its failure is an outcome); what arrives here, such as a full disk, ends the run.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            throw;
        }
    }
}
