namespace ImageAnalysis.Samples;

/// <summary>Pairs what was found with what is there, one to one.</summary>
internal static class OneToOne
{
    /// <summary>The pairing with the most pairs, and of those the one with the greatest sum of qualities.</summary>
    /// <param name="firstCount">Number of things on one side.</param>
    /// <param name="secondCount">Number of things on the other.</param>
    /// <param name="candidates">Pairs that are allowed, with their quality in 0…1.</param>
    /// <returns>For each of the first the number of its partner, or −1.</returns>
    /// <remarks>Parts of the graph of candidates that do not touch are solved apart; in a crowded image they hold a few particles each.</remarks>
    public static int[] Match(int firstCount, int secondCount, IReadOnlyList<(int First, int Second, double Quality)> candidates)
    {
        int[] partner = new int[firstCount];
        Array.Fill(partner, -1);
        int[] group = [.. Enumerable.Range(0, firstCount + secondCount)];
        int Root(int i)
        {
            while (group[i] != i)
            {
                group[i] = group[group[i]];
                i = group[i];
            }

            return i;
        }

        foreach ((int first, int second, _) in candidates)
        {
            group[Root(first)] = Root(firstCount + second);
        }

        foreach (IGrouping<int, (int First, int Second, double Quality)> part in candidates.GroupBy(pair => Root(pair.First)))
        {
            int[] rows = [.. part.Select(pair => pair.First).Distinct().Order()], columns = [.. part.Select(pair => pair.Second).Distinct().Order()];

            // With 1 added to each quality divided by the number of pairs there can be, one more pair outweighs any sum of qualities.
            int size = Math.Max(rows.Length, columns.Length);
            double[,] cost = new double[size, size];
            foreach ((int first, int second, double quality) in part)
            {
                cost[Array.BinarySearch(rows, first), Array.BinarySearch(columns, second)] = -1 - (Math.Clamp(quality, 0, 1) / (size + 1));
            }

            int[] assigned = Assign(cost);
            for (int i = 0; i < rows.Length; i++)
            {
                if (assigned[i] < columns.Length && cost[i, assigned[i]] < 0)
                {
                    partner[rows[i]] = columns[assigned[i]];
                }
            }
        }

        return partner;
    }

    /// <summary>The column of each row of a square matrix such that the sum of costs is least.</summary>
    /// <remarks>Shortest augmenting paths with prices on rows and columns (H. W. Kuhn, Nav. Res. Logist. Q. 2 (1955) 83, doi:10.1002/nav.3800020109; not opened).</remarks>
    private static int[] Assign(double[,] cost)
    {
        int n = cost.GetLength(0);
        double[] rowPrice = new double[n + 1], columnPrice = new double[n + 1];

        // Row of each column; column n is where a path begins.
        int[] rowOf = new int[n + 1], before = new int[n + 1];
        Array.Fill(rowOf, -1);
        for (int row = 0; row < n; row++)
        {
            double[] least = new double[n + 1];
            Array.Fill(least, double.PositiveInfinity);
            bool[] done = new bool[n + 1];
            int column = n;
            rowOf[n] = row;
            while (rowOf[column] >= 0)
            {
                done[column] = true;
                int at = rowOf[column], next = -1;
                double step = double.PositiveInfinity;
                for (int j = 0; j < n; j++)
                {
                    if (done[j])
                    {
                        continue;
                    }

                    double reduced = cost[at, j] - rowPrice[at] - columnPrice[j];
                    if (reduced < least[j])
                    {
                        (least[j], before[j]) = (reduced, column);
                    }

                    if (least[j] < step)
                    {
                        (step, next) = (least[j], j);
                    }
                }

                for (int j = 0; j <= n; j++)
                {
                    if (done[j])
                    {
                        rowPrice[rowOf[j]] += step;
                        columnPrice[j] -= step;
                    }
                    else
                    {
                        least[j] -= step;
                    }
                }

                column = next;
            }

            while (column != n)
            {
                rowOf[column] = rowOf[before[column]];
                column = before[column];
            }
        }

        int[] columnOf = new int[n];
        for (int j = 0; j < n; j++)
        {
            columnOf[rowOf[j]] = j;
        }

        return columnOf;
    }
}
