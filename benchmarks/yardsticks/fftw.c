/* What FFTW 3 (single precision, FFTW_MEASURE, one thread) takes for the transforms that FftBenchmarks.cs times, under the same names.
 *
 * usage: fftw [-w WISDOM-FILE] [PREFIX|=NAME...]      prints NAME <tab> MILLISECONDS, the median CPU time of a call
 *
 * Out of place, warm, plans made beforehand and kept in the wisdom file. FFTW leaves out the factor 1/N of the inverse and destroys the
 * input of a complex-to-real transform; ours scales and preserves. Neither is corrected for here. */
#define _POSIX_C_SOURCE 200809L
#include <fftw3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCHES = 15 };
static const double batch_ms = 20, warm_up_ms = 200;

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1e3 + t.tv_nsec * 1e-6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_ms(fftwf_plan plan)
{
    double started = cpu_ms();
    while (cpu_ms() - started < warm_up_ms)
        fftwf_execute(plan);
    started = cpu_ms();
    int calls = 0;
    while (calls == 0 || cpu_ms() - started < batch_ms) {
        fftwf_execute(plan);
        calls++;
    }
    double each[BATCHES];
    for (int b = 0; b < BATCHES; b++) {
        double before = cpu_ms();
        for (int c = 0; c < calls; c++)
            fftwf_execute(plan);
        each[b] = (cpu_ms() - before) / calls;
    }
    qsort(each, BATCHES, sizeof each[0], by_value);
    return each[BATCHES / 2];
}

static int wanted(const char *name, int count, char **prefixes)
{
    for (int i = 0; i < count; i++)
        if (prefixes[i][0] == '=' ? strcmp(name, prefixes[i] + 1) == 0 : strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
            return 1;
    return count == 0;
}

int main(int argc, char **argv)
{
    static const int sizes[][2] = { { 64, 64 }, { 128, 128 }, { 256, 256 }, { 512, 512 }, { 1024, 1024 }, { 2048, 2048 }, { 480, 480 },
        { 1000, 1000 }, { 1536, 1536 }, { 509, 509 }, { 1920, 1200 } };
    static const char *kinds[] = { "fft.real.forward", "fft.real.inverse", "fft.complex.forward", "fft.complex.inverse" };
    const char *wisdom = NULL;
    if (argc >= 3 && strcmp(argv[1], "-w") == 0) {
        wisdom = argv[2];
        argc -= 2;
        argv += 2;
        fftwf_import_wisdom_from_filename(wisdom);
    }
    for (int kind = 0; kind < 4; kind++) {
        for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
            int width = sizes[s][0], height = sizes[s][1];
            char name[64];
            if (width == height)
                snprintf(name, sizeof name, "%s.%d", kinds[kind], width);
            else
                snprintf(name, sizeof name, "%s.%dx%d", kinds[kind], width, height);
            if (!wanted(name, argc - 1, argv + 1))
                continue;
            size_t pixels = (size_t)width * height, half = (size_t)(width / 2 + 1) * height;
            float *real = fftwf_alloc_real(pixels);
            fftwf_complex *from = fftwf_alloc_complex(kind < 2 ? half : pixels), *to = fftwf_alloc_complex(kind < 2 ? 1 : pixels);
            fftwf_plan plan = kind == 0 ? fftwf_plan_dft_r2c_2d(height, width, real, from, FFTW_MEASURE)
                : kind == 1             ? fftwf_plan_dft_c2r_2d(height, width, from, real, FFTW_MEASURE)
                                        : fftwf_plan_dft_2d(height, width, from, to, kind == 2 ? FFTW_FORWARD : FFTW_BACKWARD, FFTW_MEASURE);
            srand(1);
            for (size_t i = 0; i < pixels; i++)
                real[i] = rand() / (float)RAND_MAX;
            for (size_t i = 0; i < (kind < 2 ? half : pixels); i++)
                from[i][0] = rand() / (float)RAND_MAX, from[i][1] = rand() / (float)RAND_MAX;
            printf("%s\t%.5g\n", name, median_ms(plan));
            fflush(stdout);
            fftwf_destroy_plan(plan);
            fftwf_free(real), fftwf_free(from), fftwf_free(to);
        }
    }
    if (wisdom)
        fftwf_export_wisdom_to_filename(wisdom);
    return 0;
}
