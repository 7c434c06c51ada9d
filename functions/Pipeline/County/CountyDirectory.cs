namespace OpinionPipeline.Pipeline.County;

/// <summary>The county as its seeds describe it: categories, offices, stations, places, holidays. Read at start, never changed in memory.</summary>
public sealed class CountyDirectory
{
    private readonly Dictionary<string, Category> categories;
    private readonly Dictionary<string, Category> firstLevelByName;
    private readonly Dictionary<string, Office> offices;
    private readonly Dictionary<string, Station> stations;

    public CountyDirectory(
        IReadOnlyList<Category> categories,
        IReadOnlyList<Office> offices,
        IReadOnlyList<Station> stations,
        IReadOnlyList<Township> townships,
        IReadOnlyList<Place> places,
        IReadOnlyDictionary<string, string> routing
    )
    {
        (Categories, Offices, Stations, Townships, Places) = (
            categories,
            offices,
            stations,
            townships,
            places
        );
        this.categories = categories.ToDictionary(c => c.Code);
        firstLevelByName = categories.Where(c => c.Level == 1).ToDictionary(c => c.Name);
        this.offices = offices.ToDictionary(o => o.Code);
        this.stations = stations.ToDictionary(s => s.Code);
        Routing = new(routing, offices.Count > 0 ? offices[^1].Code : "");
    }

    /// <summary>All categories of the three levels, in order.</summary>
    public IReadOnlyList<Category> Categories { get; }

    /// <summary>All offices; the last one takes what nobody else answers for.</summary>
    public IReadOnlyList<Office> Offices { get; }

    /// <summary>Liaison stations and contact points.</summary>
    public IReadOnlyList<Station> Stations { get; }

    /// <summary>The townships.</summary>
    public IReadOnlyList<Township> Townships { get; }

    /// <summary>The gazetteer.</summary>
    public IReadOnlyList<Place> Places { get; }

    /// <summary>What stands on reports; null where the county has not said, and they go out plain.</summary>
    public Letterhead? Letterhead { get; init; }

    /// <summary>Which office answers for which category; the last one for what has no rule.</summary>
    public RoutingRules Routing { get; }

    /// <summary>The category of that code, or null.</summary>
    public Category? Category(string? code) =>
        code is null ? null : categories.GetValueOrDefault(code);

    /// <summary>The first-level category of that Chinese name, or null.</summary>
    public Category? CategoryNamed(string name) => firstLevelByName.GetValueOrDefault(name.Trim());

    /// <summary>The second-level category of that Chinese name below a first-level one, or null.</summary>
    public Category? CategoryBelow(string first, string name) =>
        Categories.FirstOrDefault(c => c.Level == 2 && c.Parent == first && c.Name == name.Trim());

    /// <summary>The office of that code, or null.</summary>
    public Office? Office(string? code) => code is null ? null : offices.GetValueOrDefault(code);

    /// <summary>The station of that code, or null.</summary>
    public Station? Station(string? code) => code is null ? null : stations.GetValueOrDefault(code);

    /// <summary>The code of the office that answers for a category.</summary>
    public string OfficeFor(string? category) => Routing.OfficeFor(category);
}

/// <summary>类别. Codes are stable ids of two, four or six digits; names may change.</summary>
public sealed record Category(string Code, int Level, string? Parent, string Name, string NameEn);

/// <summary>承办单位.</summary>
public sealed record Office(string Code, string Name, string NameEn);

/// <summary>联络站 (<c>station</c>) or contact point (<c>point</c>).</summary>
public sealed record Station(string Code, string Name, string NameEn, string Township, string Kind);

/// <summary>乡镇、街道.</summary>
public sealed record Township(string Code, string Name, string NameEn);

/// <summary>A name of the gazetteer with its other names.</summary>
public sealed record Place(
    string Name,
    string Kind,
    string? Township,
    IReadOnlyList<string> Aliases
);
