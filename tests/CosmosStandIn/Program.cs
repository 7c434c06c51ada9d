using System.Globalization;
using OpinionPipeline.CosmosStandIn;

// The stand-in by itself: listens on the loopback port given as the argument and says what to connect with.
await using var server = await StandInServer.StartAsync(
    int.Parse(args.FirstOrDefault("8081"), CultureInfo.InvariantCulture)
);
Console.WriteLine($"COSMOS_CONNECTION_STRING={server.ConnectionString}");
Console.WriteLine($"Listening on {server.Endpoint}");
await server.WaitAsync();
