using Ringfence.Cli;
using Ringfence.Cli.Commands;

return (int)await CommandLine.Run(args, Surroundings.OfThisProcess(), CancellationToken.None);
