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
