using LieConv.Benchmarks;

return ImageBenchmark.Run(args);
