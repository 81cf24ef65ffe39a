namespace ImageAnalysis.Core;

/// <summary>
/// The partly filled places of a cluster as a lattice gas: a place is empty or filled, and neighbours that exclude each other are never
/// filled together. Moves keep to that and bring the number of atoms on each site to its target.
/// </summary>
internal sealed class PlaceLattice
{
    private readonly int[] _siteOf;
    private readonly int[][] _excluded; // places that may not be filled together with this one
    private readonly int[] _open; // places that are not blocked
    private readonly int[] _openSites; // sites that have such places
    private readonly int[] _targets;
    private readonly int[] _counts;
    private readonly int[] _filledNeighbours;
    private readonly List<int>[] _filled; // filled places, site by site
    private readonly int[] _slot; // where in that list a filled place stands; −1 for an empty one
    private readonly SeededRandom _random;

    public PlaceLattice(int[] siteOf, int[][] excluded, bool[] blocked, int[] targets, SeededRandom random)
    {
        (_siteOf, _excluded, _targets, _random) = (siteOf, excluded, targets, random);
        _open = [.. Enumerable.Range(0, siteOf.Length).Where(place => !blocked[place])];
        _openSites = [.. _open.Select(place => siteOf[place]).Distinct()];
        _counts = new int[targets.Length];
        _filledNeighbours = new int[siteOf.Length];
        _slot = new int[siteOf.Length];
        Array.Fill(_slot, -1);
        _filled = [.. targets.Select(_ => new List<int>())];
    }

    public bool IsFilled(int place) => _slot[place] >= 0;

    /// <summary>Number of atoms that are still missing, on all sites that have an open place.</summary>
    public int Missing => _openSites.Sum(site => _targets[site] - _counts[site]);

    /// <summary>Makes one attempt for each open place.</summary>
    public void Sweep()
    {
        for (int i = 0; i < _open.Length; i++)
        {
            Attempt(_open[_random.NextIndex(_open.Length)]);
        }
    }

    // Fill, or take an atom from elsewhere on the same site; where one neighbour is in the way, let it hop here or make way. All moves that leave the numbers
    // alone are as likely as their reverse, so that every allowed configuration is as likely as any other.
    private void Attempt(int place)
    {
        if (IsFilled(place))
        {
            return;
        }

        int site = _siteOf[place];
        int missing = _targets[site] - _counts[site];
        if (_filledNeighbours[place] == 0)
        {
            if (missing > 0)
            {
                Fill(place);
            }
            else if (_counts[site] > 0)
            {
                Empty(_filled[site][_random.NextIndex(_counts[site])]);
                Fill(place);
            }
        }
        else if (_filledNeighbours[place] == 1)
        {
            int neighbour = FilledNeighbour(place);
            int other = _siteOf[neighbour];
            if (other == site || missing > _targets[other] - _counts[other])
            {
                // A shortage goes to the site that is less short, until it meets a place where it can be made good.
                Empty(neighbour);
                Fill(place);
            }
            else
            {
                Exchange(place, neighbour);
            }
        }
    }

    // One atom of each of two sites changes over to the other, at two ends of the particle: the numbers stay as they are.
    private void Exchange(int place, int neighbour)
    {
        int site = _siteOf[place];
        int other = _siteOf[neighbour];
        int far = _open[_random.NextIndex(_open.Length)];
        if (_siteOf[far] != other || IsFilled(far) || _filledNeighbours[far] != 1)
        {
            return;
        }

        int farNeighbour = FilledNeighbour(far);
        if (_siteOf[farNeighbour] != site)
        {
            return;
        }

        Empty(neighbour);
        Fill(place);
        if (_filledNeighbours[far] == 1 && IsFilled(farNeighbour))
        {
            Empty(farNeighbour);
            Fill(far);
            return;
        }

        Empty(place);
        Fill(neighbour);
    }

    private int FilledNeighbour(int place)
    {
        foreach (int neighbour in _excluded[place])
        {
            if (IsFilled(neighbour))
            {
                return neighbour;
            }
        }

        throw new InvalidOperationException("The number of filled neighbours is wrong.");
    }

    private void Fill(int place)
    {
        int site = _siteOf[place];
        _slot[place] = _filled[site].Count;
        _filled[site].Add(place);
        _counts[site]++;
        foreach (int neighbour in _excluded[place])
        {
            _filledNeighbours[neighbour]++;
        }
    }

    private void Empty(int place)
    {
        int site = _siteOf[place];
        List<int> list = _filled[site];
        int last = list[^1];
        list[_slot[place]] = last;
        _slot[last] = _slot[place];
        list.RemoveAt(list.Count - 1);
        _slot[place] = -1;
        _counts[site]--;
        foreach (int neighbour in _excluded[place])
        {
            _filledNeighbours[neighbour]--;
        }
    }
}
