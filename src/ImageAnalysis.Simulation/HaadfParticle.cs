using ImageAnalysis.Imaging;

namespace ImageAnalysis.Simulation;

/// <summary>One body on the support film.</summary>
public sealed class HaadfParticle
{
    /// <summary>Places a body.</summary>
    /// <param name="originPx">Where the body's origin lies in the image, px; may be outside it.</param>
    /// <param name="body">The body.</param>
    /// <exception cref="ArgumentException">The place is not finite.</exception>
    public HaadfParticle(PointPx originPx, ConvexBody body)
        : this(originPx, body, null)
    {
    }

    internal HaadfParticle(PointPx originPx, ConvexBody body, ConvexOutline? outline)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (!double.IsFinite(originPx.XPx) || !double.IsFinite(originPx.YPx))
        {
            throw new ArgumentException($"A particle lies at a finite place; got {originPx}.", nameof(originPx));
        }

        OriginPx = originPx;
        Body = body;
        Outline = outline ?? ConvexOutline.Of(body);
    }

    /// <summary>Where the body's origin lies in the image, px.</summary>
    public PointPx OriginPx { get; }

    /// <summary>The body.</summary>
    public ConvexBody Body { get; }

    /// <summary>Its projected outline.</summary>
    internal ConvexOutline Outline { get; }
}
