using LieConv.Benchmarks;
using LieConv.Cpu;

LieConv.Cpu.ThreadWaiting.Shorten();
LieConv.Cpu.HeapRetention.Keep();
return BenchmarkCommands.Run(args);
