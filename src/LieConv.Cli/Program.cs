using LieConv.Cli;

LieConv.Runtime.ThreadWaiting.Shorten();
LieConv.Runtime.HeapRetention.Keep();
return CommandLine.Run(args, Console.Out, Console.Error);
