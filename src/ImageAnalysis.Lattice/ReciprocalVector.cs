namespace ImageAnalysis.Lattice;

/// <summary>A place in the Fourier transform of an image: a spatial frequency with a direction; x to the right, y down, as in the image.</summary>
public sealed record ReciprocalVector
{
    /// <summary>Component along x, cycles a pixel (of the pixel's width).</summary>
    public required double XPerPx { get; init; }

    /// <summary>Component along y (down), cycles a pixel (of the pixel's height).</summary>
    public required double YPerPx { get; init; }

    /// <summary>One standard deviation of <see cref="XPerPx"/>.</summary>
    public required double XSigmaPerPx { get; init; }

    /// <summary>One standard deviation of <see cref="YPerPx"/>.</summary>
    public required double YSigmaPerPx { get; init; }

    /// <summary>Component along x, nm⁻¹; <c>null</c> without calibration.</summary>
    public double? XPerNm { get; init; }

    /// <summary>Component along y (down), nm⁻¹; <c>null</c> without calibration.</summary>
    public double? YPerNm { get; init; }
}
