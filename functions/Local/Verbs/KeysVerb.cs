using System.CommandLine;
using System.Text.Json;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Storage;

namespace OpinionPipeline.Local.Verbs;

/// <summary><c>keys create</c>: makes a key and prints it, this once.</summary>
internal static class KeysVerb
{
    public static void Add(RootCommand root, LocalHost host)
    {
        var station = new Option<string?>("--station")
        {
            Description = "Code of the station the key speaks for.",
        };
        var role = new Option<string?>("--role")
        {
            Description = "admin, committee, office or trainer.",
        };
        var office = new Option<string?>("--office")
        {
            Description = "Code of the office an office key answers for.",
        };
        var label = new Option<string?>("--label")
        {
            Description = "Which device or post holds it, at most 40 characters.",
        };
        var ends = new Option<string?>("--ends")
        {
            Description = "The last day it works, as 2026-12-31.",
        };
        var create = new Command("create", "Make a key.") { station, role, office, label, ends };
        create.SetAction(
            (arguments, cancellation) =>
                CreateAsync(
                    host.Settings(arguments),
                    arguments.GetValue(station),
                    arguments.GetValue(role),
                    arguments.GetValue(office),
                    Terms(arguments.GetValue(label), arguments.GetValue(ends)),
                    cancellation
                )
        );
        root.Subcommands.Add(new Command("keys", "Keys of stations and staff.") { create });
    }

    private static KeyTerms Terms(string? label, string? ends)
    {
        var terms = KeyDesk.Terms(
            label,
            ends,
            null,
            LocalTime.DayOf(TimeProvider.System.GetUtcNow())
        );
        return terms.IsOk ? terms.Value : throw new ArgumentException(terms.Rejections[0].En);
    }

    private static async Task<int> CreateAsync(
        HostSettings settings,
        string? station,
        string? role,
        string? office,
        KeyTerms terms,
        CancellationToken cancellation
    )
    {
        if (station is null == role is null)
            throw new ArgumentException("Give either --station CODE or --role ROLE.");
        var kind = Role.Station;
        if (
            role is not null
            && (!Enum.TryParse(role, ignoreCase: true, out kind) || kind == Role.Station)
        )
            throw new ArgumentException(
                $"--role: '{role}' is none of admin, committee, office, trainer."
            );
        await using var services = await LocalHost.BuildStoresAsync(settings, cancellation);
        var store = services.GetRequiredService<IDocumentStore>();
        var edited = await CountyEdition.NewestAsync(store, cancellation);
        var county = CountyFiles.Load(
            edited is null ? LocalHost.Seeds : new CountyTexts(LocalHost.Seeds, edited.Files)
        );
        if (station is not null && county.Station(station) is null)
            throw new ArgumentException($"--station: there is no station '{station}'.");
        if (kind == Role.Office && county.Office(office) is null)
            throw new ArgumentException("--office: an office key needs the code of an office.");
        var (secret, key) = await new Keys(store, TimeProvider.System).CreateAsync(
            kind,
            station,
            kind == Role.Office ? office : null,
            terms,
            cancellation
        );
        Console.WriteLine(
            station is not null
                ? JsonSerializer.Serialize(new { station, key = secret })
                : JsonSerializer.Serialize(
                    new
                    {
                        role = kind.ToString().ToLowerInvariant(),
                        office = key.Office,
                        key = secret,
                    }
                )
        );
        return 0;
    }
}
