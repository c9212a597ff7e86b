using LieConv.Benchmarks;

LieConv.Cpu.ThreadWaiting.Shorten();
LieConv.Cpu.HeapRetention.Keep();
return BenchmarkCommands.Run(args);
