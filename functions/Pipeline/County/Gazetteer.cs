using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.County;

/// <summary>The county's places as the text library looks for them.</summary>
public static class Gazetteer
{
    /// <summary>Townships first, then the places of the directory.</summary>
    public static PlaceFinder Finder(CountyDirectory county) =>
        new(
            county
                .Townships.Select(t => new GazetteerEntry(t.Name, PlaceLevel.Township, []))
                .Concat(
                    county.Places.Select(p => new GazetteerEntry(p.Name, Level(p.Kind), p.Aliases))
                )
        );

    private static PlaceLevel Level(string kind) =>
        kind switch
        {
            "township" => PlaceLevel.Township,
            "village" or "community" => PlaceLevel.Village,
            _ => PlaceLevel.Site,
        };
}

/// <summary>The places of the county as it stands now; made anew when the county has changed.</summary>
public sealed class CurrentPlaces(CountyDirectory county)
{
    private volatile Made? made;

    /// <summary>Finds them.</summary>
    public PlaceFinder Finder()
    {
        var state = county.State;
        if (made is { } known && ReferenceEquals(known.Of, state))
            return known.Finder;
        var finder = Gazetteer.Finder(county);
        made = new(state, finder);
        return finder;
    }

    private sealed record Made(object Of, PlaceFinder Finder);
}
