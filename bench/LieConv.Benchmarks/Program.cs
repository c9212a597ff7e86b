using LieConv.Benchmarks;

LieConv.Runtime.ThreadWaiting.Shorten();
LieConv.Runtime.HeapRetention.Keep();
return args switch
{
    ["images", .. var rest] => ImageBenchmark.Run(rest),
    ["springs", .. var rest] => SpringBenchmark.Run(rest),
    ["molecules", .. var rest] => MoleculeBenchmark.Run(rest),
    ["memory", .. var rest] => MemoryBenchmark.Run(rest),
    ["molecule-data", .. var rest] => MoleculeDataBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "Usage: images [--threads N] [--steps N] [GROUP...] | memory [--threads N] [--steps N] [GROUP...] | " +
        "springs [--threads N] [--steps N] [NETWORK[:GROUP]...] | molecules [--threads N] [--steps N] [GROUP...] | " +
        "molecule-data generate FOLDER ARCHIVE | molecule-data load FOLDER");
    return 2;
}
