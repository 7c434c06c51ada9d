namespace OpinionPipeline.Pipeline.County;

/// <summary>
/// The county as its files describe it: categories, offices, stations, places. Everybody holds the same one, and where an
/// administrator changes the county it becomes the changed one (<see cref="CountyWatch"/>): whoever asks next is told the new
/// state, without having to ask somewhere else for who knows it. All lists change at once, since they are one object.
/// </summary>
public sealed class CountyDirectory
{
    private volatile Lists lists;

    public CountyDirectory(
        IReadOnlyList<Category> categories,
        IReadOnlyList<Office> offices,
        IReadOnlyList<Station> stations,
        IReadOnlyList<Township> townships,
        IReadOnlyList<Place> places,
        IReadOnlyDictionary<string, string> routing
    ) =>
        lists = new(
            categories,
            offices,
            stations,
            townships,
            places,
            new(routing, offices.Count > 0 ? offices[^1].Code : ""),
            null
        );

    /// <summary>All categories of the three levels, in order.</summary>
    public IReadOnlyList<Category> Categories => lists.Categories;

    /// <summary>All offices; the last one takes what nobody else answers for.</summary>
    public IReadOnlyList<Office> Offices => lists.Offices;

    /// <summary>Liaison stations and contact points.</summary>
    public IReadOnlyList<Station> Stations => lists.Stations;

    /// <summary>The townships.</summary>
    public IReadOnlyList<Township> Townships => lists.Townships;

    /// <summary>The gazetteer.</summary>
    public IReadOnlyList<Place> Places => lists.Places;

    /// <summary>What stands on reports; null where the county has not said, and they go out plain.</summary>
    public Letterhead? Letterhead
    {
        get => lists.Letterhead;
        init => lists = lists with { Letterhead = value };
    }

    /// <summary>Which office answers for which category; the last one for what has no rule.</summary>
    public RoutingRules Routing => lists.Routing;

    /// <summary>Another object after each change: what is worked out of the county, and kept, is good as long as it is the same.</summary>
    internal object State => lists;

    /// <summary>The category of that code, or null.</summary>
    public Category? Category(string? code) =>
        code is null ? null : lists.CategoryOf.GetValueOrDefault(code);

    /// <summary>The first-level category of that Chinese name, or null.</summary>
    public Category? CategoryNamed(string name) =>
        lists.FirstLevelByName.GetValueOrDefault(name.Trim());

    /// <summary>The second-level category of that Chinese name below a first-level one, or null.</summary>
    public Category? CategoryBelow(string first, string name) =>
        Categories.FirstOrDefault(c => c.Level == 2 && c.Parent == first && c.Name == name.Trim());

    /// <summary>The office of that code, or null.</summary>
    public Office? Office(string? code) =>
        code is null ? null : lists.OfficeOf.GetValueOrDefault(code);

    /// <summary>The station of that code, or null.</summary>
    public Station? Station(string? code) =>
        code is null ? null : lists.StationOf.GetValueOrDefault(code);

    /// <summary>The code of the office that answers for a category.</summary>
    public string OfficeFor(string? category) => lists.Routing.OfficeFor(category);

    /// <summary>From now on this is the other.</summary>
    internal void Become(CountyDirectory other) => lists = other.lists;

    private sealed record Lists(
        IReadOnlyList<Category> Categories,
        IReadOnlyList<Office> Offices,
        IReadOnlyList<Station> Stations,
        IReadOnlyList<Township> Townships,
        IReadOnlyList<Place> Places,
        RoutingRules Routing,
        Letterhead? Letterhead
    )
    {
        public Dictionary<string, Category> CategoryOf { get; } =
            Categories.ToDictionary(c => c.Code);
        public Dictionary<string, Category> FirstLevelByName { get; } =
            Categories.Where(c => c.Level == 1).ToDictionary(c => c.Name);
        public Dictionary<string, Office> OfficeOf { get; } = Offices.ToDictionary(o => o.Code);
        public Dictionary<string, Station> StationOf { get; } = Stations.ToDictionary(s => s.Code);
    }
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
