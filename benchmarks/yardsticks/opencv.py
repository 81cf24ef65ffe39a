"""What OpenCV (Debian's python3-opencv, one thread) takes for the operations that the benchmarks time, under the same names.

usage: opencv.py [PREFIX|=NAME...]      prints NAME <tab> MILLISECONDS, the median CPU time of a call

A case is a name and a function that makes the inputs and returns the operation; outputs are given beforehand where OpenCV takes them.
"""

import sys
import time

import cv2
import numpy as np

BATCHES, BATCH_MS, WARM_UP_MS = 15, 20.0, 200.0


def cpu_ms():
    return time.process_time_ns() * 1e-6


def median_ms(operation):
    started = cpu_ms()
    operation()
    while cpu_ms() - started < WARM_UP_MS:
        operation()
    started, calls = cpu_ms(), 0
    while calls == 0 or cpu_ms() - started < BATCH_MS:
        operation()
        calls += 1
    each = []
    for _ in range(BATCHES):
        before = cpu_ms()
        for _ in range(calls):
            operation()
        each.append((cpu_ms() - before) / calls)
    return sorted(each)[BATCHES // 2]


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


CASES = {
    "machine.copy.2048": machine_copy,
    **{f"fft.real.forward.{n}": (lambda n=n: real_fft(n)) for n in (64, 128, 256, 512, 1024, 2048, 480, 1000, 1536, 509)},
}

if __name__ == "__main__":
    cv2.setNumThreads(1)
    wanted = sys.argv[1:] or [""]
    for name, prepare in CASES.items():
        if any("=" + name == w or name.startswith(w) for w in wanted):
            print(f"{name}\t{median_ms(prepare()):.5g}", flush=True)
