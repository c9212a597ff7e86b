using LieConv.Benchmarks;

LieConv.Runtime.ThreadWaiting.Shorten();
return args switch
{
    ["images", .. var rest] => ImageBenchmark.Run(rest),
    ["memory", .. var rest] => MemoryBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "Usage: images [--threads N] [--steps N] [GROUP...] | memory [--threads N] [--steps N] [GROUP...]");
    return 2;
}
