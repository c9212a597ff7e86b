using LieConv.Cli;

LieConv.Cpu.ThreadWaiting.Shorten();
LieConv.Cpu.HeapRetention.Keep();
return CommandLine.Run(args, Console.Out, Console.Error);
