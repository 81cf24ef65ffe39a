namespace ImageAnalysis.Imaging;

/// <summary>
/// Follows lines of one intensity from side to side of the squares between four pixel centres. Each crossed side has one direction of travel, since the inside is on the left; so a line
/// is followed from the pixel values alone, and one bit per side says that it was passed.
/// </summary>
internal sealed class ContourTracer
{
    // Directions of travel as seen: turning left adds one.
    private const int Right = 0;
    private const int Up = 1;
    private const int Left = 2;
    private const int Down = 3;

    private readonly Raster<float> _image;
    private readonly double _level;
    private readonly int _width;
    private readonly int _height;
    private readonly ulong[] _passed; // a bit for each pair of horizontal neighbours: enough to know a line by
    private readonly List<Contour> _lines = [];

    internal ContourTracer(Raster<float> image, double level)
    {
        _image = image;
        _level = level;
        _width = image.WidthPx;
        _height = image.HeightPx;
        _passed = new ulong[(image.PixelCount + 63) / 64];
    }

    internal List<Contour> Trace()
    {
        if (_width < 2 || _height < 2)
        {
            return _lines;
        }

        // A line comes in through a side on the edge when it travels inwards there.
        for (int x = 0; x < _width - 1; x++)
        {
            StartOnEdge(x, 0, across: true, Down);
        }

        for (int y = 0; y < _height - 1; y++)
        {
            StartOnEdge(_width - 1, y, across: false, Left);
        }

        for (int x = _width - 2; x >= 0; x--)
        {
            StartOnEdge(x, _height - 1, across: true, Up);
        }

        for (int y = _height - 2; y >= 0; y--)
        {
            StartOnEdge(0, y, across: false, Right);
        }

        for (int y = 1; y < _height - 1; y++)
        {
            ReadOnlySpan<float> row = _image.Row(y);
            for (int x = 0; x < _width - 1; x++)
            {
                bool inside = row[x] > _level;
                if (inside != row[x + 1] > _level && !Passed(x, y))
                {
                    Follow(x, y, inside ? Up : Down, closed: true);
                }
            }
        }

        return _lines;
    }

    private bool Inside(int x, int y) => _image.Row(y)[x] > _level;

    private bool Passed(int x, int y)
    {
        int bit = (y * _width) + x;
        return ((_passed[bit >> 6] >> (bit & 63)) & 1) != 0;
    }

    private void StartOnEdge(int x, int y, bool across, int inwards)
    {
        bool first = Inside(x, y);
        bool second = across ? Inside(x + 1, y) : Inside(x, y + 1);
        if (first == second)
        {
            return;
        }

        int heading = across ? (first ? Up : Down) : (first ? Right : Left);
        if (heading == inwards)
        {
            Follow(x, y, heading, closed: false);
        }
    }

    // (x, y) is the left or upper pixel of the crossed pair; the heading tells which kind of pair it is.
    private void Follow(int x, int y, int heading, bool closed)
    {
        List<PointPx> points = [];
        int startX = x;
        int startY = y;
        int startHeading = heading;
        while (true)
        {
            AddCrossing(points, x, y, heading is Up or Down);

            // The square that the line enters, by its upper left pixel.
            int cx = heading == Left ? x - 1 : x;
            int cy = heading == Up ? y - 1 : y;
            if (cx < 0 || cy < 0 || cx >= _width - 1 || cy >= _height - 1)
            {
                break; // out through the edge
            }

            heading = Turn(cx, cy, heading);
            x = heading == Right ? cx + 1 : cx;
            y = heading == Down ? cy + 1 : cy;
            if (x == startX && y == startY && heading == startHeading)
            {
                break;
            }
        }

        if (closed && points.Count > 1 && points[^1] == points[0])
        {
            points.RemoveAt(points.Count - 1);
        }

        if (points.Count > 1)
        {
            _lines.Add(new Contour([.. points], closed));
        }
    }

    private void AddCrossing(List<PointPx> points, int x, int y, bool across)
    {
        double a = _image.Row(y)[x];
        double b = across ? _image.Row(y)[x + 1] : _image.Row(y + 1)[x];
        double t = (_level - a) / (b - a);
        PointPx point = across ? new PointPx(x + t, y) : new PointPx(x, y + t);
        if (points.Count == 0 || points[^1] != point)
        {
            points.Add(point);
        }

        if (across)
        {
            int bit = (y * _width) + x;
            _passed[bit >> 6] |= 1UL << (bit & 63);
        }
    }

    // The side through which a line that entered a square with some heading leaves it.
    private int Turn(int cx, int cy, int heading)
    {
        ReadOnlySpan<float> upper = _image.Row(cy).Slice(cx, 2);
        ReadOnlySpan<float> lower = _image.Row(cy + 1).Slice(cx, 2);

        // The two corners ahead: the near ones are inside on the left and outside on the right.
        (float aheadLeft, float aheadRight) = heading switch
        {
            Up => (upper[0], upper[1]),
            Down => (lower[1], lower[0]),
            Left => (lower[0], upper[0]),
            _ => (upper[1], lower[1]),
        };
        bool leftInside = aheadLeft > _level;
        bool rightInside = aheadRight > _level;
        if (leftInside && !rightInside)
        {
            return heading;
        }

        bool turnRight = leftInside && rightInside;
        if (!leftInside && rightInside)
        {
            // Both diagonals: the saddle of the bilinear interpolant decides whether the inside corners are joined.
            double a = upper[0];
            double b = upper[1];
            double c = lower[0];
            double d = lower[1];
            double saddle = ((a * d) - (b * c)) / (a + d - b - c);
            turnRight = saddle > _level;
        }

        return (heading + (turnRight ? 3 : 1)) & 3;
    }
}
