using LieConv.Cli;

LieConv.Runtime.ThreadWaiting.Shorten();
return CommandLine.Run(args, Console.Out, Console.Error);
