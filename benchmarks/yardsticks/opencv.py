"""What OpenCV (Debian's python3-opencv, one thread) takes for the operations that the benchmarks time, under the same names.

compare.py asks on standard input: "prepare NAME" is answered "ready" or "unknown", "time" by the CPU time of a call in ms over one short batch.

A case is a name and a function that makes the inputs and returns the operation; outputs are given beforehand where OpenCV takes them.
"""

import sys
import time

import cv2
import numpy as np
import scene

BATCH_MS, WARM_UP_MS = 5.0, 100.0


def cpu_ms():
    return time.thread_time_ns() * 1e-6


def batch_ms(operation, calls):
    before = cpu_ms()
    for _ in range(calls):
        operation()
    return (cpu_ms() - before) / calls


def calls_of_batch(operation):
    started = cpu_ms()
    operation()
    while cpu_ms() - started < WARM_UP_MS:
        operation()
    started, calls = cpu_ms(), 0
    while calls == 0 or cpu_ms() - started < BATCH_MS:
        operation()
        calls += 1
    return calls


def noise(width_px, height_px):
    return np.random.default_rng(1).random((height_px, width_px), dtype=np.float32)


def machine_copy():
    source = noise(2048, 2048)
    target = np.empty_like(source)
    return lambda: np.copyto(target, source)


def real_fft(size_px):
    # OpenCV's packed real transform, the fastest that it has.
    image = noise(size_px, size_px)
    spectrum = np.empty_like(image)
    return lambda: cv2.dft(image, spectrum)


def filtering(call):
    image = scene.particles()
    result = np.empty_like(image)
    return lambda: call(image, result)


def on_mask(call):
    mask = scene.particle_mask()
    result = np.empty_like(mask)
    return lambda: call(mask, result)


def on_bytes(call):
    image = scene.particle_bytes()
    result = np.empty_like(image)
    return lambda: call(image, result)


def disc(radius_px):
    reach = int(radius_px)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    return (x * x + y * y <= radius_px * radius_px).astype(np.uint8)


def labelling(statistics):
    mask = scene.particle_mask()
    if statistics:
        return lambda: cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    labels = np.empty(mask.shape, np.int32)
    return lambda: cv2.connectedComponents(mask, labels, connectivity=8, ltype=cv2.CV_32S)


def flooding(rim_px):
    # Markers in the particles' middles (and between the particles, where a rim is given); OpenCV overwrites them, so each call copies them anew.
    image = cv2.cvtColor(255 - scene.particle_bytes(), cv2.COLOR_GRAY2BGR)
    _, markers = cv2.connectedComponents(scene.particle_mask(5), connectivity=8, ltype=cv2.CV_32S)
    if rim_px is not None:
        markers[scene.particle_mask(-rim_px) == 0] = markers.max() + 1
    work = np.empty_like(markers)

    def flood():
        np.copyto(work, markers)
        cv2.watershed(image, work)

    return flood


def comparing():
    # To bytes like ours; cv2.threshold would write floats, which takes longer.
    image = scene.particles()
    result = np.empty(image.shape, np.uint8)
    return lambda: cv2.compare(image, 100, cv2.CMP_GT, result)


def halving():
    image = scene.particles()
    result = np.empty((image.shape[0] // 2, image.shape[1] // 2), np.float32)
    return lambda: cv2.resize(image, (result.shape[1], result.shape[0]), result, interpolation=cv2.INTER_AREA)


def subtracted_gaussians(image, result):
    cv2.subtract(cv2.GaussianBlur(image, (0, 0), 2), cv2.GaussianBlur(image, (0, 0), 4), result)


CASES = {
    "machine.copy.2048": machine_copy,
    "gaussian.2": lambda: filtering(lambda image, result: cv2.GaussianBlur(image, (0, 0), 2, result)),
    "gaussian.5": lambda: filtering(lambda image, result: cv2.GaussianBlur(image, (0, 0), 5, result)),
    "gaussian.20": lambda: filtering(lambda image, result: cv2.GaussianBlur(image, (0, 0), 20, result)),
    "difference-of-gaussians.2-4": lambda: filtering(subtracted_gaussians),
    "median.3x3": lambda: filtering(lambda image, result: cv2.medianBlur(image, 3, result)),
    "median.5x5": lambda: filtering(lambda image, result: cv2.medianBlur(image, 5, result)),
    "threshold.byte": lambda: on_bytes(lambda image, result: cv2.threshold(image, 100, 1, cv2.THRESH_BINARY, result)),
    "threshold.float": comparing,
    "otsu.byte": lambda: on_bytes(lambda image, result: cv2.threshold(image, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU, result)),
    "triangle.byte": lambda: on_bytes(lambda image, result: cv2.threshold(image, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_TRIANGLE, result)),
    "dilate.mask.disc3": lambda: on_mask(lambda mask, result, element=disc(3): cv2.dilate(mask, element, result)),
    "dilate.mask.disc10": lambda: on_mask(lambda mask, result, element=disc(10): cv2.dilate(mask, element, result)),
    "dilate.mask.square9": lambda: on_mask(lambda mask, result, element=np.ones((9, 9), np.uint8): cv2.dilate(mask, element, result)),
    "erode.float.disc3": lambda: filtering(lambda image, result, element=disc(3): cv2.erode(image, element, result)),
    "erode.float.disc10": lambda: filtering(lambda image, result, element=disc(10): cv2.erode(image, element, result)),
    "erode.float.square9": lambda: filtering(lambda image, result, element=np.ones((9, 9), np.uint8): cv2.erode(image, element, result)),
    "labels": lambda: labelling(False),
    "labels.statistics": lambda: labelling(True),
    "distance": lambda: (lambda mask: lambda: cv2.distanceTransform(mask, cv2.DIST_L2, cv2.DIST_MASK_PRECISE))(scene.particle_mask()),
    "distance.inverted": lambda: (lambda mask: lambda: cv2.distanceTransform(mask, cv2.DIST_L2, cv2.DIST_MASK_PRECISE))(1 - scene.particle_mask()),
    "watershed.whole": lambda: flooding(None),
    "watershed.rims": lambda: flooding(3),
    "downsample.2": halving,
    **{f"fft.real.forward.{n}": (lambda n=n: real_fft(n)) for n in (64, 128, 256, 512, 1024, 2048, 480, 1000, 1536, 509)},
}

if __name__ == "__main__":
    cv2.setNumThreads(1)
    operation, calls = None, 1
    for line in sys.stdin:
        if line.startswith("prepare "):
            prepare = CASES.get(line[len("prepare ") :].strip())
            operation = prepare and prepare()
            calls = calls_of_batch(operation) if operation else 1
            print("ready" if operation else "unknown", flush=True)
        else:
            if calls > 1:
                operation()
            print(f"{batch_ms(operation, calls):.6g}", flush=True)
