"""The scene that the benchmarks of image primitives work on; ImageAnalysis.Benchmarks/TestImages.cs makes the same numbers."""

import functools

import numpy as np

SIZE_PX = 2048


def chance(index):
    """Numbers from 0 to 1 that depend on the indices as if by chance."""
    h = np.asarray(index, dtype=np.uint64) & 0xFFFFFFFF
    h = (h * 2654435761) & 0xFFFFFFFF
    h = ((h ^ (h >> 15)) * 2246822519) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 3266489917) & 0xFFFFFFFF
    return (h ^ (h >> 16)).astype(np.float64) / 4294967296.0


def discs(shrink_px=0.0):
    """Slices and squared distances over squared radii of all particles."""
    across, pitch_px = 37, SIZE_PX / 37
    for g in range(across * across):
        jitter = chance([3 * g, 3 * g + 1, 3 * g + 2])
        x = (g % across + 0.5) * pitch_px + 40 * (jitter[0] - 0.5)
        y = (g // across + 0.5) * pitch_px + 40 * (jitter[1] - 0.5)
        radius = 8 + 10 * jitter[2] - shrink_px
        rows = np.arange(int(max(0, y - 20)), int(min(SIZE_PX - 1, y + 20)) + 1)
        columns = np.arange(int(max(0, x - 20)), int(min(SIZE_PX - 1, x + 20)) + 1)
        d2 = (columns[None, :] - x) ** 2 + (rows[:, None] - y) ** 2
        yield (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)), d2, radius * radius


@functools.cache
def particles():
    image = (60 + 30 * (chance(np.arange(SIZE_PX * SIZE_PX) + 100000) - 0.5)).astype(np.float32).reshape(SIZE_PX, SIZE_PX)
    for place, d2, r2 in discs():
        height = np.sqrt(np.maximum(0, 1 - d2 / r2))
        image[place] = np.where(d2 < r2, image[place] + (120 * height).astype(np.float32), image[place])
    return image


@functools.cache
def particle_mask(shrink_px=0.0):
    mask = np.zeros((SIZE_PX, SIZE_PX), np.uint8)
    for place, d2, r2 in discs(shrink_px):
        mask[place] |= (d2 < r2).astype(np.uint8)
    return mask


@functools.cache
def particle_bytes():
    return np.clip(np.round(particles()), 0, 255).astype(np.uint8)
