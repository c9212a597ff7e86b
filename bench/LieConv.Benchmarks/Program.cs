using LieConv.Benchmarks;

LieConv.Runtime.ThreadWaiting.Shorten();
LieConv.Runtime.HeapRetention.Keep();
return BenchmarkCommands.Run(args);
