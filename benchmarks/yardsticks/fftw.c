/* What FFTW 3 (single precision, FFTW_MEASURE, one thread) takes for the transforms that FftBenchmarks.cs times, under the same names.
 *
 * usage: fftw [NAME...]      makes the plans of these names first, then answers lines on standard input: "prepare NAME" by "ready" or "unknown",
 *                            "time" by the CPU time of a call in ms over one short batch
 *
 * Out of place, warm. FFTW leaves out the factor 1/N of the inverse and destroys the input of a complex-to-real transform; ours scales and
 * preserves. Neither is corrected for here. */
#define _POSIX_C_SOURCE 200809L
#include <fftw3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double batch_ms = 5, warm_up_ms = 100;
static const char *kinds[] = { "fft.real.forward.", "fft.real.inverse.", "fft.complex.forward.", "fft.complex.inverse." };

struct transform {
    fftwf_plan plan;
    void *from, *to;
};

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1e3 + t.tv_nsec * 1e-6;
}

/* Plans that were made before come out of FFTW's own memory ("wisdom") at once. */
static int make(const char *name, struct transform *made)
{
    for (int kind = 0; kind < 4; kind++) {
        size_t length = strlen(kinds[kind]);
        if (strncmp(name, kinds[kind], length) != 0)
            continue;
        int width, height;
        int sizes = sscanf(name + length, "%dx%d", &width, &height);
        if (sizes < 1)
            return 0;
        if (sizes == 1)
            height = width;
        size_t pixels = (size_t)width * height, half = (size_t)(width / 2 + 1) * height;
        size_t reals = pixels, complexes = kind < 2 ? half : pixels;
        float *real = kind < 2 ? fftwf_alloc_real(reals) : NULL;
        fftwf_complex *first = fftwf_alloc_complex(complexes), *second = kind < 2 ? NULL : fftwf_alloc_complex(complexes);
        made->plan = kind == 0 ? fftwf_plan_dft_r2c_2d(height, width, real, first, FFTW_MEASURE)
            : kind == 1        ? fftwf_plan_dft_c2r_2d(height, width, first, real, FFTW_MEASURE)
                               : fftwf_plan_dft_2d(height, width, first, second, kind == 2 ? FFTW_FORWARD : FFTW_BACKWARD, FFTW_MEASURE);
        made->from = real;
        made->to = first;
        if (!real)
            made->from = second;
        srand(1);
        for (size_t i = 0; real && i < reals; i++)
            real[i] = rand() / (float)RAND_MAX;
        for (size_t i = 0; i < complexes; i++)
            first[i][0] = rand() / (float)RAND_MAX, first[i][1] = rand() / (float)RAND_MAX;
        return 1;
    }
    return 0;
}

static void forget(struct transform *made)
{
    if (made->plan) {
        fftwf_destroy_plan(made->plan);
        fftwf_free(made->from);
        fftwf_free(made->to);
    }
    memset(made, 0, sizeof *made);
}

int main(int argc, char **argv)
{
    struct transform now = { 0 };
    for (int i = 1; i < argc; i++) {
        make(argv[i], &now);
        forget(&now);
    }
    char line[128];
    int calls = 1;
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        if (strncmp(line, "prepare ", 8) == 0) {
            forget(&now);
            int known = make(line + 8, &now);
            if (known) {
                double started = cpu_ms();
                while (cpu_ms() - started < warm_up_ms)
                    fftwf_execute(now.plan);
                started = cpu_ms();
                for (calls = 0; calls == 0 || cpu_ms() - started < batch_ms; calls++)
                    fftwf_execute(now.plan);
            }
            puts(known ? "ready" : "unknown");
        } else if (now.plan) {
            if (calls > 1)
                fftwf_execute(now.plan);
            double before = cpu_ms();
            for (int c = 0; c < calls; c++)
                fftwf_execute(now.plan);
            printf("%.6g\n", (cpu_ms() - before) / calls);
        } else {
            return 1;
        }
        fflush(stdout);
    }
    return 0;
}
