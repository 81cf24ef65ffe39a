using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace ImageAnalysis.Imaging;

/// <summary>Grows markers over a landscape until they meet.</summary>
public static class Watershed
{
    private const int Closed = -1;
    private const int Queued = -2;
    private const int Line = -3;

    /// <summary>Floods a landscape from markers: lower ground first, and on level ground the nearest marker first.</summary>
    /// <param name="landscape">Heights in counts (or any unit), any shape.</param>
    /// <param name="markers">0 where nothing is marked, else the marker's label, 1 or more; of the same shape.</param>
    /// <param name="mask">0 where no water may go (markers there are dropped), or <c>null</c> for everywhere; of the same shape.</param>
    /// <param name="lines">True leaves a line of zeros between regions that meet; false gives every reached pixel to a region.</param>
    /// <param name="connectivity">Which pixels count as neighbours.</param>
    /// <returns>The label of each pixel; 0 outside the mask, on the lines, and where no marker reaches.</returns>
    /// <exception cref="ArgumentException">The shapes differ, a height is not finite, or a marker is negative.</exception>
    /// <remarks>
    /// Meyer's flooding (Meyer 1994, doi 10.1016/0165-1684(94)90060-4): a pixel's turn comes at the lowest pass that leads to it from a marker; among equals,
    /// first come, first served, markers starting in reading order. Exact in the heights, whatever their range: they are not rounded to levels.
    /// </remarks>
    public static Raster<int> Flood(
        Raster<float> landscape, Raster<int> markers, Raster<byte>? mask = null, bool lines = false, Connectivity connectivity = Connectivity.Eight)
    {
        Guard.Finite(landscape);
        Guard.SameShape(landscape, markers);
        if (mask is not null)
        {
            Guard.SameShape(landscape, mask);
        }

        int width = landscape.WidthPx;
        int height = landscape.HeightPx;
        Cell[] cells = Cells(landscape, markers, mask, out float lowest, out float highest);
        Plane plane = new(cells, width + 2, connectivity);
        using (FloodQueue queue = new(lowest, highest))
        {
            if (lines)
            {
                FloodWithLines(plane, queue, width, height);
            }
            else
            {
                FloodAll(plane, queue, width, height);
            }
        }

        Raster<int> flooded = Raster<int>.Unfilled(width, height, out Span<int> labels);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<Cell> from = cells.AsSpan(((y + 1) * plane.Stride) + 1, width);
            Span<int> row = labels.Slice(y * width, width);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = Math.Max(from[x].State, 0);
            }
        }

        ArrayPool<Cell>.Shared.Return(cells);
        return flooded;
    }

    // One closed pixel all around spares the test for the edge.
    private static Cell[] Cells(Raster<float> landscape, Raster<int> markers, Raster<byte>? mask, out float lowest, out float highest)
    {
        int width = landscape.WidthPx;
        int height = landscape.HeightPx;
        int stride = width + 2;
        Cell[] cells = ArrayPool<Cell>.Shared.Rent(stride * (height + 2));
        Cell closed = new() { State = Closed };
        cells.AsSpan(0, stride).Fill(closed);
        cells.AsSpan((height + 1) * stride, stride).Fill(closed);
        lowest = float.MaxValue;
        highest = float.MinValue;
        for (int y = 0; y < height; y++)
        {
            Span<Cell> to = cells.AsSpan((y + 1) * stride, stride);
            to[0] = closed;
            to[^1] = closed;
            ReadOnlySpan<float> heights = landscape.Row(y);
            ReadOnlySpan<int> labels = markers.Row(y);
            ReadOnlySpan<byte> open = mask is null ? default : mask.Row(y);
            for (int x = 0; x < heights.Length; x++)
            {
                int state = open.IsEmpty || open[x] != 0 ? labels[x] : Closed;
                if (state < 0 && (open.IsEmpty || open[x] != 0))
                {
                    throw new ArgumentException($"The marker at x = {x}, y = {y} is {state}; expected 0 or a label from 1.", nameof(markers));
                }

                to[x + 1] = new Cell { State = state, Height = heights[x] };
                lowest = Math.Min(lowest, heights[x]);
                highest = Math.Max(highest, heights[x]);
            }
        }

        return cells;
    }

    // A pixel takes the label of the first flooded neighbour that reaches it, and then waits for its turn to pass it on.
    private static void FloodAll(Plane plane, FloodQueue queue, int width, int height)
    {
        // The markers' rims are listed before anything is labelled: pixels labelled on the way are no markers.
        List<int> rims = [];
        for (int y = 1; y <= height; y++)
        {
            for (int p = (y * plane.Stride) + 1; p <= (y * plane.Stride) + width; p++)
            {
                if (plane[p].State > 0 && plane.HasUnlabelledNeighbour(p))
                {
                    rims.Add(p);
                }
            }
        }

        foreach (int p in rims)
        {
            plane.Pass(p, plane[p].State, queue);
        }

        Span<FloodQueue.Entry> turn = stackalloc FloodQueue.Entry[FloodQueue.MostTaken];
        for (int count = queue.Take(turn); count > 0; count = queue.Take(turn))
        {
            plane.Prefetch(turn[..count]);
            for (int i = 0; i < count; i++)
            {
                int p = turn[i].Pixel;
                plane.Pass(p, plane[p].State, queue);
            }
        }
    }

    // A pixel is labelled when its turn comes: with its neighbours' label if they agree, as line if they do not.
    private static void FloodWithLines(Plane plane, FloodQueue queue, int width, int height)
    {
        for (int y = 1; y <= height; y++)
        {
            for (int p = (y * plane.Stride) + 1; p <= (y * plane.Stride) + width; p++)
            {
                if (plane[p].State > 0)
                {
                    plane.Pass(p, Queued, queue);
                }
            }
        }

        Span<FloodQueue.Entry> turn = stackalloc FloodQueue.Entry[FloodQueue.MostTaken];
        for (int count = queue.Take(turn); count > 0; count = queue.Take(turn))
        {
            plane.Prefetch(turn[..count]);
            for (int i = 0; i < count; i++)
            {
                int p = turn[i].Pixel;
                int label = plane.CommonLabel(p);
                plane[p].State = label;
                if (label > 0)
                {
                    plane.Pass(p, Queued, queue);
                }
            }
        }
    }

    private struct Cell
    {
        public int State;
        public float Height;
    }

    private readonly struct Plane
    {
        private readonly Cell[] _cells;
        private readonly int[] _steps;

        public Plane(Cell[] cells, int stride, Connectivity connectivity)
        {
            _cells = cells;
            Stride = stride;
            _steps = connectivity == Connectivity.Eight
                ? [-stride, -1, 1, stride, -stride - 1, -stride + 1, stride - 1, stride + 1]
                : [-stride, -1, 1, stride];
        }

        public int Stride { get; }

        public ref Cell this[int p] => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cells), p);

        // Gives the unlabelled neighbours of a pixel a state and a place in the queue.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Pass(int p, int state, FloodQueue queue)
        {
            ref Cell centre = ref this[p];
            foreach (int step in _steps)
            {
                ref Cell neighbour = ref Unsafe.Add(ref centre, step);
                if (neighbour.State == 0)
                {
                    neighbour.State = state;
                    queue.Add(p + step, neighbour.Height);
                }
            }
        }

        public bool HasUnlabelledNeighbour(int p)
        {
            foreach (int step in _steps)
            {
                if (this[p + step].State == 0)
                {
                    return true;
                }
            }

            return false;
        }

        public int CommonLabel(int p)
        {
            int label = 0;
            foreach (int step in _steps)
            {
                int other = this[p + step].State;
                if (other > 0)
                {
                    if (label != 0 && other != label)
                    {
                        return Line;
                    }

                    label = other;
                }
            }

            return label;
        }

        // Calls the surroundings of the pixels in turn into cache; they are scattered over the image.
        public unsafe void Prefetch(ReadOnlySpan<FloodQueue.Entry> turn)
        {
            if (!Sse.IsSupported)
            {
                return;
            }

            fixed (Cell* cells = _cells)
            {
                foreach (FloodQueue.Entry entry in turn)
                {
                    Sse.Prefetch0(cells + entry.Pixel - Stride);
                    Sse.Prefetch0(cells + entry.Pixel);
                    Sse.Prefetch0(cells + entry.Pixel + Stride);
                }
            }
        }
    }
}
