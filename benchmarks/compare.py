"""Asks our benchmark program, FFTW and OpenCV in turns, and prints a table of CPU times and ratios; compare.sh builds and starts what it needs.

usage: compare.py OURS.dll FFTW-PROGRAM [--rounds N] [--all] [PREFIX...]
"""

import argparse
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

# Sizes of transforms that are no powers of two: asked for by --all only.
OTHER_SIZES = (".480", ".1000", ".1536", ".509", ".1920x1200")

# Operations that take longer than this are asked five times only.
SLOW_MS = 50.0


class Program:
    """A program that answers one line for each line it is sent."""

    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def send(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.process.args[0]} ended; its message stands above.")
        return line.strip()

    def ask(self, line):
        self.send(line)
        return self.answer()

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def compare(name, ours, others, rounds):
    """Median times and, for each of the others that knows the name, the list of ratios ours/theirs of the rounds."""
    for program in others.values():
        program.send("prepare " + name)
    theirs = {column: program for column, program in others.items() if program.answer() == "ready"}
    if not theirs or ours.ask("prepare " + name) != "ready":
        return None
    times = {column: [] for column in ("ours", *theirs)}
    order = [("ours", ours), *theirs.items()]
    for done in range(rounds):
        if done >= 5 and times["ours"][0] > SLOW_MS:
            break
        for column, program in order:
            times[column].append(float(program.ask("time")))
        order.append(order.pop(0))  # who comes first changes from round to round
    return times


def cell(times, column):
    if times is None or column not in times:
        return f"{'':>9} {'':>6} {'':>11}"
    ratios = sorted(o / t for o, t in zip(times["ours"], times[column]))
    quartiles = statistics.quantiles(ratios, n=4, method="inclusive")
    return f"{statistics.median(times[column]):>9.4g} {quartiles[1]:>6.2f} {quartiles[0]:>5.2f}-{quartiles[2]:<5.2f}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("ours")
    parser.add_argument("fftw")
    parser.add_argument("prefixes", nargs="*")
    options = parser.parse_intermixed_args()

    listed = subprocess.run(["dotnet", options.ours, "--quick", "--list", *options.prefixes], check=True, capture_output=True, text=True).stdout.split()
    names = [name for name in listed if options.all or not name.endswith(OTHER_SIZES)]

    # Plans are made by measuring, so nothing else of ours runs meanwhile.
    fftw = Program(options.fftw, *names)
    fftw.ask("prepare none")
    others = {"FFTW": fftw, "OpenCV": Program("/usr/bin/python3", str(HERE / "yardsticks" / "opencv.py"))}
    ours = Program("dotnet", options.ours, "--turns")

    print(f"{'CPU time of a call, ms':<30} {'ours':>9}", *(f"{column:>9} {'ratio':>6} {'quartiles':>11}" for column in others))
    slower = []
    for name in names:
        times = compare(name, ours, others, options.rounds)
        if times is None:
            continue
        print(f"{name:<30} {statistics.median(times['ours']):>9.4g}", *(cell(times, column) for column in others), flush=True)
        for column in others:
            if column in times:
                ratio = statistics.median(o / t for o, t in zip(times["ours"], times[column]))
                if ratio > 1 and not name.startswith("machine."):
                    slower.append(f"{name} ({ratio:.2f} of {column})")
    print("slower than a yardstick: " + (", ".join(slower) if slower else "none"))
    for program in (ours, *others.values()):
        program.end()


main()
